//! `riverbank migrate`: the schema, brought up to date without starting a server.

use std::io::Write;

use crate::config::Config;
use crate::database::{Opener, connect};
use crate::failure::Failure;

pub async fn run(config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let store = connect(config, Opener::Command).await?;
    let taken = store.migrate().await.map_err(Failure::of)?;
    for migration in &taken {
        writeln!(output, "migrated: {:04} {}", migration.version, migration.name).map_err(Failure::of)?;
    }
    if taken.is_empty() {
        writeln!(output, "the schema of {} is up to date", config.database_url).map_err(Failure::of)?;
    }
    Ok(())
}
