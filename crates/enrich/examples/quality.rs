//! Measures how good and how fast the answers are, and writes `docs/quality.md`; run by `cargo xtask quality`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the developer")]

use std::hint::black_box;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use riverbank_enrich::Catalogue;
use riverbank_enrich::quality::{
    Rates, Report, categories, cross_validated, keys, matching, occurrences, recurrence, texts,
};
use riverbank_model::account::AccountType;

/// How often each rate is measured, in turns.
const ROUNDS: usize = 7;

/// How long a rate is measured at a time.
const ROUND: Duration = Duration::from_millis(400);

fn main() -> ExitCode {
    let first_use = elapsed(|| {
        for told in texts().iter().take(1) {
            black_box(Catalogue::shipped().enrich(told, AccountType::Checking, &[]));
        }
    });
    let rates = rates(first_use);
    let report = Report {
        categories: categories(),
        cross_validated: cross_validated(),
        matching: matching(),
        recurrence: recurrence(),
        rates,
    };
    let document = report.document();
    println!("{document}");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/quality.md");
    if let Err(error) = std::fs::write(&path, document) {
        eprintln!("{}: {error}", path.display());
        return ExitCode::FAILURE;
    }
    let shortfalls = report.shortfalls();
    for shortfall in &shortfalls {
        eprintln!("too low: {shortfall}");
    }
    if shortfalls.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[expect(clippy::cast_precision_loss, reason = "rates are rough")]
fn rates(first_use: Duration) -> Rates {
    let texts = texts();
    let keyed: String = texts.iter().map(|told| keys(&told.description)).collect();
    let bytes: usize = texts.iter().map(|told| told.description.len()).sum();
    let mut enriching = Vec::new();
    let mut bare = Vec::new();
    for _ in 0..ROUNDS {
        enriching.push(rate(bytes, || {
            for told in &texts {
                black_box(Catalogue::shipped().enrich(told, AccountType::Checking, &[]));
            }
        }));
        bare.push(rate(bytes, || {
            black_box(occurrences(&keyed));
        }));
    }
    let median = |mut rates: Vec<f64>| {
        rates.sort_by(f64::total_cmp);
        rates[ROUNDS / 2]
    };
    let mean_length = bytes as f64 / texts.len() as f64;
    Rates { first_use, enriching: median(enriching), bare: median(bare), mean_length }
}

/// Bytes in a second when `work` goes over so many each time.
#[expect(clippy::cast_precision_loss, reason = "rates are rough")]
fn rate(bytes: usize, mut work: impl FnMut()) -> f64 {
    let mut spent = Duration::ZERO;
    let mut done = 0;
    while spent < ROUND {
        spent += elapsed(&mut work);
        done += bytes;
    }
    done as f64 / spent.as_secs_f64()
}

#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn elapsed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}
