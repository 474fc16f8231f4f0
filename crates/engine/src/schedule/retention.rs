//! What is kept for how long, and then goes.

use std::time::Duration;

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use riverbank_model::limits::{
    AUDIT_LIFE, INSIGHT_LIFE, JOB_LIFE, NOTIFICATION_LIFE, OAUTH_PENDING, PURGE_AFTER,
};
use riverbank_store::retention::{
    self, API_TOKENS, AUDIT, BANK_CONSENTS, BANK_TICKETS, Expiring, FOLLOWED_JOBS, INSIGHTS, MEMBER_HISTORY,
    MEMBER_REQUESTS, MICRO_DEPOSITS, NOTIFICATIONS, OPERATOR_AUDIT, PAGE_ADDRESSES, PAGE_CLIENTS,
    PAGE_SESSIONS, RAW_ANSWERS, SESSIONS, VANISHED_TRANSACTIONS, WEBHOOKS,
};
use riverbank_store::{StoreError, Tx};

use super::oauth_ways::OauthWays;
use super::pending::PendingEnds;
use super::purges::Purges;
use super::source::Source;
use crate::sessions::DEAD_AFTER;
use crate::{Engine, Fault, Settings};

/// What nobody sees is removed on the hour, so that a moved clock does not stop for each row.
const ROUND: SignedDuration = SignedDuration::from_hours(1);

/// A rule of retention.
struct Rule {
    /// What goes, as the operations guide has it.
    what: &'static str,
    /// How long it is kept, as the guide has it.
    kept: &'static str,
    /// The same as a period; the columns that rows are judged by may have it in them already.
    period: fn(&Settings) -> Duration,
    /// How it goes.
    way: Way,
}

enum Way {
    /// At its moment, by rules of its own.
    Exactly(&'static dyn Source),
    /// On the first full hour after its time, a batch of rows after the other.
    Hourly(&'static Expiring),
}

/// All rules: a new one is a line here, its statements in `riverbank_store::retention`, and a line of the guide.
static RULES: &[Rule] = &[
    Rule {
        what: "API tokens that were not used",
        kept: "until they expire",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&API_TOKENS),
    },
    Rule {
        what: "sessions",
        kept: "31 minutes after their last use",
        period: |_| DEAD_AFTER,
        way: Way::Hourly(&SESSIONS),
    },
    Rule {
        what: "addresses of pages that were not opened",
        kept: "until they expire",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&PAGE_ADDRESSES),
    },
    Rule {
        what: "sessions of pages",
        kept: "31 minutes after their last use",
        period: |_| DEAD_AFTER,
        way: Way::Hourly(&PAGE_SESSIONS),
    },
    Rule {
        what: "whose users the addresses of pages that were opened, and their sessions, were of",
        kept: "1 day after the opening",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&PAGE_CLIENTS),
    },
    Rule {
        what: "members that wait for OAuth",
        kept: "1 hour after their making",
        period: |_| OAUTH_PENDING,
        way: Way::Exactly(&PendingEnds),
    },
    Rule {
        what: "ways to an institution's own page (OAuth states)",
        kept: "14 days after their end, which comes after 1 hour at most",
        period: |_| PURGE_AFTER,
        way: Way::Exactly(&OauthWays),
    },
    Rule {
        what: "codes and tokens of test banks",
        kept: "until they expire",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&BANK_TICKETS),
    },
    Rule {
        what: "consents at test banks",
        kept: "until they run out",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&BANK_CONSENTS),
    },
    Rule {
        what: "deleted members, with all that is theirs",
        kept: "14 days after their deletion",
        period: |_| PURGE_AFTER,
        way: Way::Exactly(&Purges),
    },
    Rule {
        what: "pending transactions that vanished",
        kept: "14 days after they were last seen",
        period: |_| PURGE_AFTER,
        way: Way::Hourly(&VANISHED_TRANSACTIONS),
    },
    Rule {
        what: "deleted micro deposits",
        kept: "14 days after their deletion",
        period: |_| PURGE_AFTER,
        way: Way::Hourly(&MICRO_DEPOSITS),
    },
    Rule {
        what: "ended jobs, but for the newest of each member",
        kept: "90 days after the next one began",
        period: |_| Duration::ZERO,
        way: Way::Hourly(&FOLLOWED_JOBS),
    },
    Rule {
        what: "what members went through: their statuses, and what was asked",
        kept: "90 days",
        period: |_| JOB_LIFE,
        way: Way::Hourly(&MEMBER_HISTORY),
    },
    Rule {
        what: "which requests touched members, by the minute",
        kept: "7 days, or `member_request_days`",
        period: |settings| settings.member_requests,
        way: Way::Hourly(&MEMBER_REQUESTS),
    },
    Rule {
        what: "webhooks, with what was answered",
        kept: "30 days after they have ended, or `webhook_log_days`",
        period: |settings| settings.webhook_log,
        way: Way::Hourly(&WEBHOOKS),
    },
    Rule {
        what: "raw answers of institutions",
        kept: "7 days after they were fetched, or `raw_answer_days`",
        period: |settings| settings.raw_answers,
        way: Way::Hourly(&RAW_ANSWERS),
    },
    Rule {
        what: "insights, dismissed or not",
        kept: "90 days after they were made",
        period: |_| INSIGHT_LIFE,
        way: Way::Hourly(&INSIGHTS),
    },
    Rule {
        what: "notifications, with their deliverables",
        kept: "400 days after they were made",
        period: |_| NOTIFICATION_LIFE,
        way: Way::Hourly(&NOTIFICATIONS),
    },
    Rule { what: "the audit", kept: "400 days", period: |_| AUDIT_LIFE, way: Way::Hourly(&AUDIT) },
    Rule {
        what: "the audit of operators",
        kept: "400 days",
        period: |_| AUDIT_LIFE,
        way: Way::Hourly(&OPERATOR_AUDIT),
    },
];

/// The moments at which something has been kept long enough.
pub(super) struct Retention;

#[async_trait]
impl Source for Retention {
    async fn next(
        &self,
        engine: &Engine,
        tx: &Tx,
        after: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let mut first: Option<Timestamp> = None;
        for rule in RULES {
            let next = match rule.way {
                Way::Exactly(source) => source.next(engine, tx, after).await?,
                Way::Hourly(rows) => {
                    let oldest = retention::oldest(tx, rows).await?;
                    let due = oldest.and_then(|at| at.checked_add((rule.period)(engine.settings())).ok());
                    due.and_then(|due| full_hour_from(due.max(after.saturating_add(MICROSECOND).ok()?)))
                }
            };
            first = first.into_iter().chain(next).min();
        }
        Ok(first)
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let mut done = 0;
        for rule in RULES {
            let gone = match rule.way {
                Way::Exactly(source) => source.run(engine, now).await,
                Way::Hourly(rows) => engine.forget(rule, rows, now).await,
            };
            match gone {
                Ok(some) => done += some,
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                // One rule that cannot be followed holds no other up.
                Err(fault) => fault.log(rule.what),
            }
        }
        Ok(done)
    }
}

impl Engine {
    /// Removes a batch of what was to be kept until the last full hour; how much that was.
    async fn forget(&self, rule: &Rule, rows: &'static Expiring, now: Timestamp) -> Result<usize, Fault> {
        let hour = last_full_hour(now);
        let Ok(until) = hour.checked_sub((rule.period)(self.settings())) else { return Ok(0) };
        let oldest = retention::oldest(&*self.store().read().await?, rows).await?;
        if oldest.is_none_or(|oldest| oldest > until) {
            return Ok(0);
        }
        let gone = self.store().write(async move |tx| retention::forget(tx, rows, until).await).await?;
        tracing::debug!(gone, kept = rule.kept, "{} went", rule.what);
        Ok(usize::try_from(gone).unwrap_or(usize::MAX))
    }
}

const MICROSECOND: SignedDuration = SignedDuration::from_micros(1);

fn last_full_hour(at: Timestamp) -> Timestamp {
    let hour = i64::try_from(ROUND.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_microsecond(at.as_microsecond().div_euclid(hour) * hour).unwrap_or(Timestamp::MIN)
}

/// The first full hour that is not before `at`.
fn full_hour_from(at: Timestamp) -> Option<Timestamp> {
    let last = last_full_hour(at);
    if last == at { Some(at) } else { last.checked_add(ROUND).ok() }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::*;

    #[test]
    fn the_operations_guide_holds_the_table_of_rules() {
        let guide = include_str!("../../../../docs/operations.md");
        let mut table = String::from("| what | kept | removed |\n| --- | --- | --- |\n");
        for rule in RULES {
            let removed = match rule.way {
                Way::Exactly(_) => "at that moment",
                Way::Hourly(_) => "on the next full hour",
            };
            writeln!(table, "| {} | {} | {removed} |", rule.what, rule.kept).unwrap();
        }
        assert!(guide.contains(&table), "docs/operations.md should contain:\n{table}");
    }
}
