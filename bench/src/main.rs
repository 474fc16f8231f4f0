//! Measures the release server beside its peers and the bare limits of the machine; run by `cargo xtask bench`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the developer")]

mod document;
mod figures;
mod load;
mod machine;
mod peers;
mod plot;
mod row;
mod sample;
mod section;
mod sections;
mod seed;
mod stopwatch;
mod table;
mod turns;
mod world;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::figures::Figures;
use crate::peers::bare::{self, BareArguments};
use crate::section::Setting;
use crate::sections::SECTIONS;

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
}

#[derive(Debug, Args)]
struct RunArguments {
    /// Short rounds and small databases, for trying out
    #[arg(long)]
    quick: bool,
    /// Only these sections; the others keep the figures they have
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    only: Vec<String>,
}

/// What a task gives, or a sentence on why it could not.
type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn main() -> ExitCode {
    let outcome = match Arguments::parse().task {
        Task::Run(arguments) => run(&arguments),
        Task::Bare(arguments) => bare::serve(arguments),
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
    let chosen = section::choose(&SECTIONS, &arguments.only)?;
    let mut figures = Figures::read()?;
    let mut failures = Vec::new();
    for section in &chosen {
        println!("== {}: {}", section.name, section.about);
        let setting = Setting::new(arguments.quick, figures.of(section.name))?;
        match (section.run)(&setting) {
            Ok(findings) => figures.put(section.name, arguments.quick, findings),
            Err(error) => failures.push(format!("{}: {error}", section.name)),
        }
    }
    let names: Vec<_> = chosen.iter().map(|section| section.name).collect();
    println!("\n{}", table::printed(figures.rows(&names)));
    figures.write()?;
    document::write(&figures, &SECTIONS)?;
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}
