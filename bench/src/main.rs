//! Measures the release server beside its peers and the bare limits of the machine; run by `cargo xtask bench`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the developer")]

mod document;
mod figures;
mod load;
mod machine;
mod peers;
mod plot;
mod processor_time;
mod row;
mod sample;
mod scripted_bank;
mod section;
mod sections;
mod seed;
mod stopwatch;
mod table;
mod turns;
mod world;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

use crate::figures::Figures;
use crate::peers::bare::{self, BareArguments};
use crate::section::Setting;
use crate::sections::{SECTIONS, SOAKS, ofx};

/// Measures Riverbank; `cargo xtask bench` builds it and what it measures
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Measure, print the table and write docs/benchmarks.md with its plots
    Run(RunArguments),
    /// The bare server beside which ours is measured
    #[command(hide = true)]
    Bare(BareArguments),
    /// Read an OFX statement of so many transactions, and nothing else: what is run under callgrind
    #[command(hide = true)]
    ReadStatement { transactions: u32, file: PathBuf },
}

#[derive(Debug, Args)]
struct RunArguments {
    /// Short rounds and small databases, for trying out
    #[arg(long)]
    quick: bool,
    /// Only these sections; the others keep the figures they have
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    only: Vec<String>,
    /// How many minutes a soak lasts; soaks are measured only when they are named
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..))]
    minutes: u64,
}

/// What a task gives, or a sentence on why it could not.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Run(arguments) => run(&arguments),
        Task::Bare(arguments) => bare::serve(arguments),
        Task::ReadStatement { transactions, file } => read_statement(&file, transactions),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("riverbank-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &RunArguments) -> Outcome {
    let all = [&SECTIONS[..], &SOAKS[..]].concat();
    let candidates = if arguments.only.is_empty() { &SECTIONS[..] } else { &all[..] };
    let chosen = section::choose(candidates, &arguments.only)?;
    let mut figures = Figures::read()?;
    let mut failures = Vec::new();
    for section in &chosen {
        println!("== {}: {}", section.name, section.about);
        let soak = Duration::from_mins(arguments.minutes);
        let setting = Setting::new(arguments.quick, soak)?;
        match (section.run)(&setting) {
            Ok(findings) => {
                failures.extend(findings.complaints.iter().map(|text| format!("{}: {text}", section.name)));
                figures.put(section.name, arguments.quick, findings);
            }
            Err(error) => failures.push(format!("{}: {error}", section.name)),
        }
    }
    let names: Vec<_> = chosen.iter().map(|section| section.name).collect();
    println!("\n{}", table::printed(figures.rows(&names)));
    figures.write()?;
    document::write(&figures, &all)?;
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

fn read_statement(file: &Path, transactions: u32) -> Outcome {
    ofx::read_whole(&fs::read(file)?, transactions)
}
