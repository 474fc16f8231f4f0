//! `riverbank sandbox ...`: what a test-suite does to a running sandbox. One file per subject.

mod bank;
mod clock;
mod control;
mod fault;
mod member;
mod run;
mod state;

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
    /// Look into a member, and put it in a state
    #[command(subcommand)]
    Member(member::Member),
    /// Load, print and remove institutions while the sandbox runs
    #[command(subcommand)]
    Bank(bank::Bank),
    /// Plan what goes wrong on the way to institutions
    #[command(subcommand)]
    Fault(fault::Fault),
    /// Put the whole sandbox back: to its beginning, or to what was kept
    #[command(subcommand)]
    State(state::State),
    /// Play journey files: calls, what is expected of their answers, and moves of the clock
    #[command(after_help = RUN_EXAMPLES)]
    Run(run::Run),
}

const RUN_EXAMPLES: &str = "\
Examples:
  riverbank sandbox run examples/journeys/*.toml
  riverbank client create ci --json > client.json
  riverbank sandbox run --url http://127.0.0.1:8080 --client client.json examples/journeys/challenge.toml

Exits with 0 when all was as expected, 1 when something was not, 2 when a file is wrong or cannot be played.";

pub async fn run(sandbox: Sandbox, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let control = || Control::of(&sandbox.place, config);
    match sandbox.subject {
        Subject::Clock(command) => clock::run(command, &control()?, output).await,
        Subject::Member(command) => member::run(command, &control()?, output).await,
        Subject::Bank(command) => bank::run(command, &control()?, output).await,
        Subject::Fault(command) => fault::run(command, &control()?, output).await,
        Subject::State(command) => state::run(command, &control()?, output).await,
        Subject::Run(command) => run::run(&command, &sandbox.place, config, output).await,
    }
}
