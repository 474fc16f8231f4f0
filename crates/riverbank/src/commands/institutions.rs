//! `riverbank institutions ...`: the catalogue of institutions, from and to a file.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use riverbank_connect::catalogue::{parse, to_toml};
use riverbank_engine::institutions::{export, load};
use riverbank_model::Clock;

use crate::config::Config;
use crate::database::{Opener, open};
use crate::failure::Failure;
use crate::system::SystemClock;

#[derive(Debug, Subcommand)]
pub enum Institutions {
    /// Read institutions from a file into the database; those that are there already are brought up to date
    Load {
        /// The file, in the format that `export` prints
        file: PathBuf,
    },
    /// Print all institutions of the database in the format that `load` reads
    Export,
}

pub async fn run(command: Institutions, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let text = match command {
        Institutions::Load { file } => {
            let text = fs::read_to_string(&file).map_err(|error| Failure::of(error).about(file.display()))?;
            let entries = parse(&text).map_err(|error| Failure::of(error).about(file.display()))?;
            let store = open(config, Opener::Command).await?;
            let loaded = load(&store, &entries, SystemClock.now()).await.map_err(Failure::of)?;
            format!("{} new, {} changed, {} as they were\n", loaded.created, loaded.updated, loaded.unchanged)
        }
        Institutions::Export => {
            let store = open(config, Opener::Command).await?;
            to_toml(&export(&store).await.map_err(Failure::of)?).map_err(Failure::of)?
        }
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}
