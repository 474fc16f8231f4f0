//! `riverbank migrate`: the schema, brought up to date without starting a server, or a whole database moved to a new
//! place.

use std::io::{self, Write};
use std::sync::Arc;

use clap::Args;
use riverbank_model::MachineClock;
use riverbank_store::DatabaseUrl;
use riverbank_store::db::{Moved, transfer};

use crate::config::Config;
use crate::database::{Opener, connect};
use crate::failure::Failure;
use crate::system::SystemMachineClock;

#[derive(Debug, Args)]
pub struct Migrate {
    /// Move the database at this address, whose servers are stopped, and change nothing in it
    #[arg(long, value_name = "URL", requires = "to")]
    from: Option<DatabaseUrl>,
    /// Move it to this address, where there is nothing yet
    #[arg(long, value_name = "URL", requires = "from")]
    to: Option<DatabaseUrl>,
}

pub async fn run(command: Migrate, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    match command {
        Migrate { from: Some(from), to: Some(to) } => {
            let machine: Arc<dyn MachineClock> = Arc::new(SystemMachineClock::start());
            let moved = transfer(&from, &to, &machine).await.map_err(Failure::of)?;
            print(&moved, &from, &to, output).map_err(Failure::output)
        }
        _ => bring_up_to_date(config, output).await,
    }
}

async fn bring_up_to_date(config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
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

fn print(moved: &[Moved], from: &DatabaseUrl, to: &DatabaseUrl, output: &mut dyn Write) -> io::Result<()> {
    writeln!(output, "{:<24} {:>12}  checksum", "table", "rows")?;
    for Moved { table, rows, checksum } in moved {
        writeln!(output, "{table:<24} {rows:>12}  {checksum}")?;
    }
    let rows: u64 = moved.iter().map(|moved| moved.rows).sum();
    writeln!(
        output,
        "moved {rows} rows from {from} to {to}; every table was read back and is the same\n\
         Serve the new database with the same keyring, and put the old one away."
    )
}
