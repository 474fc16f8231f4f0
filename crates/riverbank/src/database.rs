//! Opening the database that the configuration names.

use std::sync::Arc;

use riverbank_store::{OpenOptions, Store};

use crate::config::Config;
use crate::failure::Failure;
use crate::system::SystemMachineClock;

/// Who opens the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opener {
    /// A command, beside a server that may be running.
    Command,
    /// The server, of which an SQLite file has one.
    Server,
}

/// Opens the database and brings its schema up to date, so that every command works on an empty one.
pub async fn open(config: &Config, opener: Opener) -> Result<Store, Failure> {
    let store = connect(config, opener).await?;
    for migration in store.migrate().await.map_err(Failure::of)? {
        tracing::info!(
            version = migration.version,
            name = migration.name,
            "the schema was brought up to date"
        );
    }
    Ok(store)
}

/// Opens the database as it is.
pub async fn connect(config: &Config, opener: Opener) -> Result<Store, Failure> {
    let options = OpenOptions {
        exclusive: opener == Opener::Server,
        // One for each worker, and some for requests.
        connections: config.workers + 8,
        ..OpenOptions::new(Arc::new(SystemMachineClock::start()))
    };
    Store::open(&config.database_url, options).await.map_err(|error| {
        Failure::of(error).hint(format!("the database is {} (--database-url)", config.database_url))
    })
}
