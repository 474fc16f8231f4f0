//! `riverbank merchants ...`: merchants beside those that come with the program, from and to a file.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use riverbank_engine::merchants::{export, load, parse};
use riverbank_model::Clock;

use crate::config::Config;
use crate::database::{Opener, open};
use crate::failure::Failure;
use crate::system::SystemClock;

#[derive(Debug, Subcommand)]
pub enum Merchants {
    /// Read merchants from a file into the database; those that are there already are brought up to date
    Load {
        /// The file, in the format that `export` prints
        file: PathBuf,
    },
    /// Print the merchants that were loaded in the format that `load` reads
    Export,
}

pub async fn run(command: Merchants, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        Merchants::Load { file } => {
            let text = fs::read_to_string(&file).map_err(|error| Failure::of(error).about(file.display()))?;
            let merchants = parse(&file.to_string_lossy(), &text).map_err(Failure::of)?;
            let store = open(config, Opener::Command).await?;
            let loaded = load(&store, &merchants, SystemClock.now()).await.map_err(Failure::of)?;
            format!("{} new, {} changed, {} as they were\n", loaded.created, loaded.updated, loaded.unchanged)
        }
        Merchants::Export => {
            let store = open(config, Opener::Command).await?;
            export(&store).await.map_err(Failure::of)?
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}
