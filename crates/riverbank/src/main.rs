//! The `riverbank` binary: configuration, commands, wiring, start and stop.

mod commands;
mod config;
mod failure;
mod logging;
mod signals;
mod system;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::keys;
use config::GeneralFlags;
use failure::Failure;
use system::OsSecrets;

/// A self-hosted bank-data aggregation server that speaks the Nexus HTTP API
#[derive(Debug, Parser)]
#[command(
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    /// A TOML file of settings; flags and environment variables stand over it
    #[arg(
        long,
        value_name = "FILE",
        global = true,
        help_heading = "Settings of every command"
    )]
    config: Option<PathBuf>,
    #[command(flatten)]
    flags: GeneralFlags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make and handle the master key that seals credentials
    #[command(subcommand)]
    Keys(keys::Keys),
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::Keys(command) => keys::run(&command, &OsSecrets, &mut io::stdout()).map_err(Failure::of),
    }
}
