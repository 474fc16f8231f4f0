//! From the start of the process to the first answer.

use std::thread;
use std::time::Duration;

use riverbank_testkit::server::{Server, ServerOptions};

use crate::Outcome;
use crate::peers::mocks::Mock;
use crate::peers::process::answers;
use crate::row::{Rounds, Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;

pub const SECTION: Section = Section {
    name: "start",
    about: "Start on an empty database",
    method: "From the start of the process until it answers: ours `/health/ready` with a success, on a new SQLite file \
             that it creates, migrates and fills with its catalogue; Prism the first mocked answer. The processes \
             start in turns.",
    run,
};

/// The gap between two looks whether ours is ready.
const LOOK: Duration = Duration::from_millis(1);

fn run(setting: &Setting) -> Outcome<Findings> {
    let (mut ours, mut prism) = (Vec::new(), Ok(Vec::new()));
    for _ in 0..setting.rounds() {
        ours.push(start_ours()?);
        if let Ok(rounds) = &mut prism {
            let watch = Stopwatch::start();
            match Mock::Prism.start() {
                Ok(_running) => rounds.push(watch.milliseconds()),
                Err(error) => prism = Err(error.to_string()),
            }
        }
    }
    let peer = Rounds { name: "Prism", figures: prism.as_deref().map_err(String::as_str) };
    let row = Row::beside("start to ready, empty database", "ms", &ours, &peer, Some(Target::AtMost(0.1)));
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}

fn start_ours() -> Outcome<f64> {
    let mut server = Server::prepare(ServerOptions::default())?;
    let watch = Stopwatch::start();
    server.start_again()?;
    let address = server.base_url().trim_start_matches("http://").to_owned();
    while !answers(&address, "/health/ready") {
        thread::sleep(LOOK);
    }
    Ok(watch.milliseconds())
}
