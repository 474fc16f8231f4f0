//! `riverbank sandbox ...`: what a test-suite does to a running sandbox. One file per subject.

mod clock;
mod control;

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};
use url::Url;

use crate::config::Config;
use crate::failure::Failure;
use control::Control;

#[derive(Debug, Args)]
pub struct Sandbox {
    #[command(flatten)]
    place: Place,
    #[command(subcommand)]
    subject: Subject,
}

/// Which sandbox, and what opens it.
#[derive(Debug, Args)]
pub struct Place {
    /// Where the sandbox is reached [default: `http://` and the address that the settings have it listen on]
    #[arg(long, global = true)]
    url: Option<Url>,
    /// The file with its control key [default: `RIVERBANK_CONTROL_KEY`, else the file beside the database]
    #[arg(long, value_name = "FILE", global = true)]
    key_file: Option<PathBuf>,
    /// A certificate in PEM to trust besides the machine's, such as that of `riverbank dev-ca`
    #[arg(long, value_name = "FILE", global = true)]
    authority: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Subject {
    /// Read and move the business clock; what falls due on the way is done when a command returns
    #[command(subcommand)]
    Clock(clock::Clock),
}

pub async fn run(sandbox: Sandbox, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let control = Control::of(&sandbox.place, config)?;
    match sandbox.subject {
        Subject::Clock(command) => clock::run(command, &control, output).await,
    }
}
