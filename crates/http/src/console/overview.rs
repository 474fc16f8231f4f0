//! How the last day went: the first page, and the part of it that a script fetches anew.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::lately::{EndedWebhooks, HourOfJobs, LastDay};

use super::chart::{Bar, Chart, Counts, HEIGHT};
use super::figures::{self, mean, seconds};
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::words::Words;
use crate::app::App;
use crate::error::ApiError;

/// Bars of a chart.
const HOURS: i64 = 24;

#[derive(Template)]
#[template(path = "console/overview.html")]
struct OverviewPage {
    frame: Frame,
    day: Day,
}

#[derive(Template)]
#[template(path = "console/last_day.html")]
struct Fragment {
    words: &'static Words,
    day: Day,
}

pub(super) async fn show(State(app): State<App>, Extension(visitor): Extension<Visitor>) -> Response {
    let answer = async {
        let frame = Frame::new(&app, &visitor, "/console");
        rendered(StatusCode::OK, &OverviewPage { day: Day::read(&app, frame.words).await?, frame })
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn fragment(State(app): State<App>, Extension(visitor): Extension<Visitor>) -> Response {
    let words = visitor.words;
    let answer = async { rendered(StatusCode::OK, &Fragment { words, day: Day::read(&app, words).await? }) };
    shown(&app, &visitor, answer.await)
}

/// The last day as it is shown.
struct Day {
    until: Timestamp,
    hours: Vec<Hour>,
    jobs: Chart,
    latency: Chart,
    /// Statuses that jobs left their members in, and how many.
    outcomes: Vec<(&'static str, i64)>,
    webhooks: Vec<Webhooks>,
    waiting: i64,
    /// How long the oldest of the webhooks that wait has waited.
    oldest: String,
    /// Live members by status, the most frequent first.
    members: Vec<(&'static str, i64)>,
}

/// An hour as a row of a table.
struct Hour {
    begins: String,
    ended: i64,
    connected: i64,
    mean: String,
    longest: String,
}

/// Webhooks that ended alike, as a row.
struct Webhooks {
    state: String,
    messages: i64,
    mean: String,
    longest: String,
}

impl Day {
    async fn read(app: &App, words: &Words) -> Result<Self, ApiError> {
        Ok(Self::of(app.engine.last_day().await?, words))
    }

    fn of(day: LastDay, words: &Words) -> Self {
        let LastDay { until, hours, outcomes, webhooks, waiting, members } = day;
        let last = until.as_second().div_euclid(3600);
        let hours: BTreeMap<i64, HourOfJobs> = hours.into_iter().map(|hour| (hour.hour, hour)).collect();
        let every = (last - HOURS + 1..=last).map(|number| {
            let none = HourOfJobs { hour: number, ended: 0, connected: 0, took: 0, longest: 0 };
            hours.get(&number).cloned().unwrap_or(none)
        });
        let every: Vec<HourOfJobs> = every.collect();
        let label = |hour: &HourOfJobs| {
            if hour.hour.rem_euclid(6) == 0 {
                format!("{:02}:00", hour.hour.rem_euclid(24))
            } else {
                String::new()
            }
        };
        let bars = |parts: fn(&HourOfJobs) -> [i64; 2]| {
            Chart::of(every.iter().map(|hour| Bar { label: label(hour), parts: parts(hour) }).collect())
        };
        let mut by_status: BTreeMap<&'static str, i64> = BTreeMap::new();
        for one in &outcomes {
            *by_status.entry(words.outcome(one.outcome)).or_default() += one.jobs;
        }
        let mut by_status: Vec<_> = by_status.into_iter().collect();
        by_status.sort_by_key(|(_, jobs)| -jobs);
        let mut members: Vec<_> =
            members.into_iter().map(|one| (words.status(one.status), one.members)).collect();
        members.sort_by_key(|(_, members)| -members);
        let waited = |oldest: Timestamp| seconds(until.as_microsecond() - oldest.as_microsecond());
        Self {
            until,
            waiting: waiting.messages,
            oldest: waiting.oldest.map_or_else(String::new, waited),
            members,
            jobs: bars(|hour| [hour.connected, hour.ended - hour.connected]),
            latency: bars(|hour| [mean(hour.took, hour.ended), 0]),
            hours: every.iter().rev().filter(|hour| hour.ended > 0).map(Hour::of).collect(),
            outcomes: by_status,
            webhooks: webhooks.into_iter().map(Webhooks::of).collect(),
        }
    }

    fn outcomes_drawn(&self) -> Counts {
        Counts::of(self.outcomes.iter().copied())
    }

    fn members_drawn(&self) -> Counts {
        Counts::of(self.members.iter().copied())
    }

    fn webhooks_drawn(&self) -> Counts {
        Counts::of(self.webhooks.iter().map(|one| (one.state.as_str(), one.messages)))
    }
}

impl Hour {
    fn of(hour: &HourOfJobs) -> Self {
        let begins = Timestamp::from_second(hour.hour.saturating_mul(3600)).unwrap_or(Timestamp::MIN);
        Self {
            begins: begins.strftime("%Y-%m-%d %H:%M").to_string(),
            ended: hour.ended,
            connected: hour.connected,
            mean: seconds(mean(hour.took, hour.ended)),
            longest: seconds(hour.longest),
        }
    }
}

impl Webhooks {
    fn of(EndedWebhooks { state, messages, took, longest }: EndedWebhooks) -> Self {
        Self { state, messages, mean: seconds(mean(took, messages)), longest: seconds(longest) }
    }
}

#[cfg(test)]
mod tests {
    use riverbank_engine::lately::{MembersIn, WaitingWebhooks};
    use riverbank_engine::pages::Language;

    use super::*;

    #[test]
    fn every_hour_of_the_day_has_a_bar_and_only_those_with_jobs_a_row() {
        let until = Timestamp::from_second(100 * 3600 + 5).unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        let hour = HourOfJobs { hour: 99, ended: 4, connected: 3, took: 8_000_000, longest: 5_250_000 };
        let day = LastDay {
            until,
            hours: vec![hour],
            outcomes: Vec::new(),
            webhooks: Vec::new(),
            waiting: WaitingWebhooks { messages: 2, oldest: Some(at(until.as_second() - 3)) },
            members: vec![MembersIn { status: None, members: 1 }],
        };
        let day = Day::of(day, Words::of(Language::English));
        assert_eq!((day.jobs.bars.len(), day.jobs.most), (24, 4));
        assert_eq!((day.waiting, day.oldest.as_str(), day.members), (2, "3.0 s", vec![("none", 1)]));
        let [row] = day.hours.try_into().ok().unwrap();
        assert_eq!(
            (row.begins.as_str(), row.mean.as_str(), row.longest.as_str()),
            ("1970-01-05 03:00", "2.0 s", "5.2 s")
        );
        assert_eq!((day.jobs.bars[22].lower_height, day.jobs.bars[22].upper_height), (90, 30));
    }
}
