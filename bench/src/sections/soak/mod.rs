//! A server at half of what it can do, for long enough to see what grows; `cargo xtask soak` runs it.

mod life;
mod load;
mod pace;
mod sample;
mod verdict;

use std::path::Path;
use std::time::Duration;

use riverbank_testkit::client::Caller;
use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::{Server, ServerOptions};

use crate::Outcome;
use crate::plot::{Axis, Plot, Series, Shape};
use crate::row::Row;
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use load::Loaded;
use pace::Pace;
use sample::Sample;
use verdict::{RULES, complaints, thirds};

const METHOD: &str = "Run by `cargo xtask soak`, with `--postgres` for the other database. Sixteen users at a time live one life after another: each is made, opens a session, gets three \
    members that are not aggregated and one that is (six accounts, about 900 transactions, at a scripted bank), reads \
    members, accounts and pages of transactions, deletes a member and the session, and is deleted with all it owns, so \
    that the database stays as large as sixteen users make it, save for the audit. First the load is not held back, to \
    find the full rate; then requests are sent at half of it, and any answer but a success ends the run. Of the time \
    after a warm-up of a fifth, the last third is held against the middle third: the median of resident memory may be \
    3 % and 1 MiB above, that of open files 2, of threads 1, of tasks 10 % and 4, of waiting jobs 20 % and 8. SQLite's \
    write-ahead log may never be longer than 96 MiB.";

pub const ON_SQLITE: Section = Section {
    name: "soak",
    about: "Soak on SQLite",
    method: METHOD,
    run: |setting| {
        let server = Server::prepare(ServerOptions::default())?;
        let log = server.directory().join("riverbank.db-wal");
        run(setting, "soak", server, Some(&log))
    },
};

pub const ON_POSTGRES: Section = Section {
    name: "soak-postgres",
    about: "Soak on PostgreSQL",
    method: METHOD,
    run: |setting| {
        let cluster =
            PostgresCluster::start_with(ClusterOptions { durable: true, ..ClusterOptions::default() })?;
        let server = Server::prepare(ServerOptions::on(cluster.create_database()?))?;
        run(setting, "soak-postgres", server, None)
    },
};

/// How long the full rate is looked for.
const FULL: Duration = Duration::from_secs(20);
/// The gap between two looks at the server.
const LOOK: Duration = Duration::from_secs(2);
/// The part of the aimed rate that must be kept for the load to count as half.
const KEPT: f64 = 0.95;

fn run(setting: &Setting, name: &str, mut server: Server, log: Option<&Path>) -> Outcome<Findings> {
    let credentials = server.create_client("soak")?;
    server.start_again()?;
    let process = server.pid().ok_or("the server does not run")?;
    let base_url = server.base_url().to_owned();
    let (full, half, samples) = setting.wait(async {
        let target = Loaded::prepare(&base_url, &credentials).await?;
        let full = target.load(Pace::unlimited(), FULL).await?;
        println!("  full rate: {full:.0} requests/s; {} minutes at half of it", setting.soak.as_secs() / 60);
        let machines = Caller::new(&base_url);
        let mut samples = Vec::new();
        let watch = Stopwatch::start();
        let load = target.load(Pace::of(full / 2.0), setting.soak);
        tokio::pin!(load);
        let half = loop {
            tokio::select! {
                half = &mut load => break half?,
                () = tokio::time::sleep(LOOK) => {
                    let metrics = machines.get("/metrics").await;
                    let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
                    let at = watch.elapsed().as_secs_f64();
                    samples.push(Sample::take(at, process, &metrics, log)?);
                }
            }
        };
        Outcome::Ok((full, half, samples))
    })?;
    server.stop()?;
    let mut complaints = complaints(&samples);
    if half < KEPT * full / 2.0 {
        complaints.push(format!(
            "{half:.0} requests/s were kept up where half of the full rate is {:.0}",
            full / 2.0
        ));
    }
    let verdict = if complaints.is_empty() { " Nothing grew that must not." } else { "" };
    Ok(Findings {
        rows: rows(name, half, &samples),
        plots: plots(name, &samples),
        notes: vec![format!("Full rate: {full:.0} requests/s; the load was {half:.0} requests/s.{verdict}")],
        complaints,
    })
}

fn rows(name: &str, rate: f64, samples: &[Sample]) -> Vec<Row> {
    let [.., last] = thirds(samples);
    let of_rules = RULES
        .iter()
        .map(|rule| Row::alone(&format!("{name}: {}, last third", rule.what), rule.unit, &rule.values(last)));
    let log: Vec<_> = samples.iter().map(|sample| sample.log).filter(|log| *log > 0.0).collect();
    [
        Row::alone(&format!("{name}: load"), "requests/s", &[rate]),
        Row::alone(&format!("{name}: write-ahead log"), "MiB", &log),
    ]
    .into_iter()
    .chain(of_rules)
    .flatten()
    .collect()
}

/// Points that a line is drawn through at most.
const DRAWN: usize = 60;

fn plots(name: &str, samples: &[Sample]) -> Vec<Plot> {
    let drawn: Vec<_> = samples.iter().step_by(samples.len().div_ceil(DRAWN).max(1)).collect();
    let series = |what: &str, of: fn(&Sample) -> f64| Series {
        name: what.to_owned(),
        points: drawn.iter().map(|sample| (sample.at / 60.0, of(sample))).collect(),
    };
    let plot = |kind: &str, title: &str, y: &str, series: Vec<Series>| Plot {
        name: format!("{name}-{kind}"),
        title: title.to_owned(),
        shape: Shape::Lines { x: Axis::linear("minutes"), y: Axis::linear(y), series },
    };
    vec![
        plot(
            "memory",
            "Memory and write-ahead log at half load",
            "MiB",
            vec![
                series("resident memory", |sample| sample.memory),
                series("write-ahead log", |sample| sample.log),
            ],
        ),
        plot(
            "counts",
            "What is held at half load",
            "count",
            vec![
                series("open files", |sample| sample.files),
                series("threads", |sample| sample.threads),
                series("tasks", |sample| sample.tasks),
                series("waiting jobs", |sample| sample.waiting_jobs),
            ],
        ),
    ]
}
