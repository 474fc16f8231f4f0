//! Jobs that wait for their time.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, jobs};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which jobs may be taken up again. The workers see for themselves what is due.
pub(super) struct WaitingJobs;

#[async_trait]
impl Source for WaitingJobs {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        jobs::next_after(tx, after).await
    }

    async fn run(&self, _: &Engine, _: Timestamp) -> Result<usize, Fault> {
        Ok(0)
    }
}
