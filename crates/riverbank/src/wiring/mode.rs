//! A database belongs to a mode: the first server stamps it.

use riverbank_engine::Mode;
use riverbank_store::{Store, StoreError, settings};

use crate::config::Config;
use crate::failure::Failure;

/// The setting of the database that holds its mode.
const STAMP: &str = "mode";

/// The mode that the configuration asks for.
pub fn wanted(config: &Config) -> Mode {
    if config.sandbox { Mode::Sandbox } else { Mode::Production }
}

fn name(mode: Mode) -> &'static str {
    match mode {
        Mode::Sandbox => "sandbox",
        Mode::Production => "production",
    }
}

/// Stamps a database that nobody has served yet; refuses one of the other mode.
pub async fn stamp(store: &Store, mode: Mode) -> Result<(), Failure> {
    let own = name(mode);
    let settled = store.write(async move |tx| settings::settle(tx, STAMP, own.as_bytes()).await).await;
    check(&settled.map_err(Failure::of)?, mode)
}

/// The stamp of a database, if a server has been there.
pub async fn stamped(store: &Store) -> Result<Option<Vec<u8>>, StoreError> {
    settings::find(&*store.read().await?, STAMP).await
}

/// The configuration with the mode of a database that a server has used: a command works on what it finds, and need not
/// be told what that is.
pub async fn of_database(config: &Config, store: &Store) -> Result<Config, Failure> {
    let stamp = stamped(store).await.map_err(Failure::of)?;
    let mut own = config.clone();
    if let Some(stamp) = stamp {
        own.sandbox = stamp == name(Mode::Sandbox).as_bytes();
    }
    Ok(own)
}

/// Refuses a stamp of the other mode.
pub fn check(stamp: &[u8], mode: Mode) -> Result<(), Failure> {
    if stamp == name(mode).as_bytes() {
        return Ok(());
    }
    let (stamp, own) = (String::from_utf8_lossy(stamp), name(mode));
    let hint = match mode {
        Mode::Sandbox => "leave --sandbox out, or give the sandbox a database of its own (--database-url)",
        Mode::Production => "add --sandbox, or give this server a database of its own (--database-url)",
    };
    Err(Failure::new(format!("the database belongs to a {stamp} server, and this is a {own} server"))
        .hint(hint))
}
