//! The developer's commands: `cargo xtask demo`, `cargo xtask test`, `cargo xtask fuzz`, `cargo xtask openapi`,
//! `cargo xtask quality`, `cargo xtask bench`, `cargo xtask soak`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "these commands talk to the developer")]

mod bench;
mod demo;
mod fuzz;
mod openapi;
mod process;
mod quality;
mod requirements;
mod steps;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The developer's commands of Riverbank
#[derive(Debug, Parser)]
#[command(bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Start a sandbox, connect a user to two banks and show what a partner reads
    Demo {
        /// Stop the server at the end instead of leaving it running until Ctrl-C
        #[arg(long)]
        once: bool,
    },
    /// Run all tests, on both databases; installs what is missing where it may
    Test,
    /// Look for inputs that bring out what must never happen; needs cargo-fuzz
    Fuzz {
        /// How long each target is tried
        #[arg(long, default_value_t = 10)]
        minutes: u32,
        /// Only this one of `fuzz/fuzz_targets`
        target: Option<String>,
    },
    /// Write the documents of openapi/ anew from the handlers
    Openapi {
        /// Compare only, and fail if the file is not what would be written
        #[arg(long)]
        check: bool,
    },
    /// Measure how good categories, merchants and matching are, and write docs/quality.md
    Quality,
    /// Measure the release server beside its peers and write docs/benchmarks.md
    Bench {
        /// What the measuring program is told; `-- --help` shows it
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Keep a server at half of what it can do, and see that nothing grows
    Soak {
        /// How long
        #[arg(long, default_value_t = 10)]
        minutes: u64,
        /// On PostgreSQL instead of SQLite
        #[arg(long)]
        postgres: bool,
    },
}

/// What a task gives, or a sentence on why it could not.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Demo { once } => demo::run(once),
        Task::Test => test::run(),
        Task::Fuzz { minutes, target } => fuzz::fuzz(minutes, target.as_deref()),
        Task::Openapi { check } => openapi::run(check),
        Task::Quality => quality::quality(),
        Task::Bench { arguments } => bench::run_with(&arguments),
        Task::Soak { minutes, postgres } => bench::soak(minutes, postgres),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
