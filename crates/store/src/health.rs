//! Whether the database does its work.

use crate::db::{Store, StoreError, params, statements};
use crate::{machine_time, settings};

/// The setting that a trial writes. What it holds must change: SQLite does not write what is there already.
const TRIAL: &str = "last_trial_write";

statements! {
    READ: (i64,) = "select version from schema_migrations where version = 1";
}

impl Store {
    /// Whether requests can be served now: the database can be read; and written, which is tried if the last write
    /// failed, so that a server that nobody calls finds out as well.
    pub async fn check(&self) -> Result<(), StoreError> {
        self.read().await?.query_one(&READ, params![]).await?;
        if self.is_failing_to_write() {
            let trial = self.write(async |tx| {
                let now = machine_time::now(tx).await?;
                settings::put(tx, TRIAL, &now.as_microsecond().to_be_bytes()).await
            });
            trial.await?;
        }
        Ok(())
    }
}
