//! Playing a journey: one step after another, until the first that does not end as it must.

use std::io;
use std::time::Duration;

use serde_json::{Value, json};

use super::expectation::{Difference, Expectation, Seen};
use super::file::{Act, CLIENT_ID, Journey, Step};
use super::partner::{NoAnswer, Partner};
use super::path::find;
use super::report::Report;
use super::values::Values;

/// How a journey ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ended {
    /// All was as expected.
    AsExpected,
    /// An answer was not.
    Otherwise,
    /// It could not be played: no sandbox, or no answer.
    Unplayed,
}

/// The pause between two looks of a step that waits.
const GLANCE: Duration = Duration::from_millis(50);

/// Plays a journey as `partner`.
pub async fn play(journey: &Journey, partner: Partner, report: &mut Report<'_>) -> io::Result<Ended> {
    let mut values = journey.values.clone();
    values.set(CLIENT_ID, partner.client_id().into());
    let mut player = Player { partner, values };
    report.begin(&journey.title)?;
    if let Some(start) = &journey.start
        && let Err(error) = player.start_clock(start).await
    {
        report.unplayed(1, "the clock", &error.to_string())?;
        return Ok(Ended::Unplayed);
    }
    for step in &journey.steps {
        if let Some(words) = &step.say {
            report.say(words)?;
        }
        match player.step(step).await {
            Ok(Played { call, differences, .. }) if differences.is_empty() => {
                report.passed(step.line, &call)?;
            }
            Ok(Played { call, differences, seen }) => {
                report.failed(step.line, &call, &differences, &seen)?;
                return Ok(Ended::Otherwise);
            }
            Err(error) => {
                report.unplayed(step.line, "no answer", &error.to_string())?;
                return Ok(Ended::Unplayed);
            }
        }
    }
    Ok(Ended::AsExpected)
}

struct Player {
    partner: Partner,
    values: Values,
}

/// A step that had its answer.
struct Played {
    /// How the call reads.
    call: String,
    seen: Seen,
    differences: Vec<Difference>,
}

impl Player {
    /// Freezes the clock at a time.
    async fn start_clock(&self, at: &str) -> Result<(), NoAnswer> {
        for (path, body) in [("/control/clock/freeze", json!({})), ("/control/clock/set", json!({"at": at}))]
        {
            let (call, seen) = self.partner.control(path, &body).await?;
            if seen.status != 200 {
                return Err(NoAnswer::Refused { call, seen: Box::new(seen) });
            }
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<Played, NoAnswer> {
        let expectation = step.expectation.filled(&self.values)?;
        let mut played = self.act(step, &expectation).await?;
        if let Some(within) = step.within {
            let again = async {
                while !played.differences.is_empty() {
                    tokio::time::sleep(GLANCE).await;
                    played = self.act(step, &expectation).await?;
                }
                Ok::<_, NoAnswer>(())
            };
            // What was seen last is judged.
            if let Ok(ended) = tokio::time::timeout(within, again).await {
                ended?;
            }
        }
        if played.differences.is_empty() {
            self.keep(step, &mut played);
        }
        Ok(played)
    }

    async fn act(&mut self, step: &Step, expectation: &Expectation) -> Result<Played, NoAnswer> {
        let (call, seen) = match &step.act {
            Act::Open { user, skip_aggregation } => self.partner.open(user, *skip_aggregation).await?,
            Act::Call(call) => self.partner.call(call, &self.values).await?,
            Act::Advance(seconds) => {
                self.partner.control("/control/clock/advance", &json!({"seconds": seconds})).await?
            }
            Act::SetClock(at) => self.partner.control("/control/clock/set", &json!({"at": at})).await?,
        };
        let differences = expectation.judge(step.line, &seen);
        Ok(Played { call, seen, differences })
    }

    /// Gives parts of the answer their names; a part that is not there is a difference.
    fn keep(&mut self, step: &Step, played: &mut Played) {
        for (line, name, path) in &step.keep {
            match find(&played.seen.json, path) {
                Some(Value::Null) | None => played.differences.push(Difference {
                    line: *line,
                    at: path.clone(),
                    expected: format!("a value to keep as {name}"),
                    actual: "nothing".to_owned(),
                }),
                Some(value) => self.values.set(name, value.clone()),
            }
        }
    }
}
