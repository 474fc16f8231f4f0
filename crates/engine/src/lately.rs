//! How the last day went, over all users: what operators look at first.

use jiff::{SignedDuration, Timestamp};
use riverbank_store::lately;

use crate::{Engine, Fault};

pub use riverbank_store::lately::{EndedWebhooks, HourOfJobs, MembersIn, Outcome, WaitingWebhooks};

/// How far back is looked.
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Pairs of an institution and an outcome, at most: more than a day of trouble needs to be seen.
const OUTCOMES: i64 = 1000;

/// The last 24 hours of business time.
#[derive(Clone, Debug)]
pub struct LastDay {
    /// When it ends: now.
    pub until: Timestamp,
    /// Jobs that ended, hour by hour; hours without any are left out.
    pub hours: Vec<HourOfJobs>,
    /// What they left their members in, by institution, the most frequent first.
    pub outcomes: Vec<Outcome>,
    /// Webhooks that ended.
    pub webhooks: Vec<EndedWebhooks>,
    /// Webhooks that wait now.
    pub waiting: WaitingWebhooks,
    /// Live members now, by status.
    pub members: Vec<MembersIn>,
}

impl Engine {
    /// How the last day went.
    pub async fn last_day(&self) -> Result<LastDay, Fault> {
        let until = self.now();
        let since = until.checked_sub(DAY).unwrap_or(Timestamp::MIN);
        let reader = self.store().read().await?;
        Ok(LastDay {
            until,
            hours: lately::hours(&reader, since).await?,
            outcomes: lately::outcomes(&reader, since, OUTCOMES).await?,
            webhooks: lately::webhooks(&reader, since).await?,
            waiting: lately::waiting(&reader).await?,
            members: lately::members(&reader).await?,
        })
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::connection::ConnectionStatus;

    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn the_last_day_counts_what_ended_in_it(bench: &Bench) {
            let caller = bench.session("acme", "U-1").await.caller;
            let engine = &bench.engine;
            engine.load_test_banks().await.unwrap();
            assert_eq!(engine.last_day().await.unwrap().hours, []);
            bench.mx_bank_member(&caller, "any").await;
            bench.run_jobs().await;
            let day = engine.last_day().await.unwrap();
            let [hour] = day.hours.try_into().unwrap();
            assert_eq!((hour.ended, hour.connected), (1, 1));
            assert_eq!(hour.hour, engine.now().as_second() / 3600);
            let [outcome] = day.outcomes.try_into().unwrap();
            assert_eq!((outcome.outcome, outcome.jobs), (Some(ConnectionStatus::Connected), 1));
            bench.advance(24 * 60 * 60);
            assert_eq!(engine.last_day().await.unwrap().hours, []);
        }
    }
}
