//! Which requests touched members: counted in memory, and written every few seconds.
//!
//! A member may be asked thousands of times a second, so nothing waits for the database, and what was asked alike within a
//! minute is one row.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_store::member_requests::{self, MemberRequests};

use crate::{Engine, Fault};

/// Sums that are held at most: what an SQLite takes within a tenth of a second or so.
const MOST: usize = 5_000;
/// Sums of one unit of work, which holds nobody up for long.
const BATCH: usize = 500;

/// A request that was answered.
#[derive(Clone, Copy, Debug)]
pub struct MemberRequest<'a> {
    /// Whose session it came with.
    pub user: &'a UserGuid,
    /// Which member it names; whether that is the user's is looked at when it is written.
    pub member: &'a MemberGuid,
    /// When it came; business time.
    pub at: Timestamp,
    /// Its method.
    pub method: &'static str,
    /// The template of its route.
    pub route: &'a str,
    /// The status of its answer.
    pub status: u16,
    /// How long it took.
    pub took: Duration,
}

impl MemberRequest<'_> {
    fn micros(&self) -> i64 {
        i64::try_from(self.took.as_micros()).unwrap_or(i64::MAX)
    }

    fn is_of(&self, sum: &MemberRequests, minute: Timestamp) -> bool {
        let operation = sum.operation.split_once(' ');
        sum.at == minute
            && sum.status == i64::from(self.status)
            && operation == Some((self.method, self.route))
            && sum.user_guid == *self.user
    }
}

/// The sums that were not written yet.
#[derive(Default)]
struct Noted {
    of_members: HashMap<MemberGuid, Vec<MemberRequests>>,
    sums: usize,
}

/// The requests that touched members since they were last written.
#[derive(Default)]
pub struct Requests(Mutex<Noted>);

impl Requests {
    fn lock(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a request. One that begins a sum where there is no room for another is left out.
    pub fn note(&self, request: &MemberRequest<'_>) {
        let minute = minute_of(request.at);
        let mut noted = self.lock();
        let sums = noted.of_members.get_mut(request.member);
        if let Some(sum) = sums.and_then(|sums| sums.iter_mut().find(|sum| request.is_of(sum, minute))) {
            sum.requests += 1;
            sum.longest = sum.longest.max(request.micros());
            return;
        }
        if noted.sums >= MOST {
            drop(noted);
            leave_out(1);
            return;
        }
        noted.sums += 1;
        noted.of_members.entry(request.member.clone()).or_default().push(MemberRequests {
            user_guid: request.user.clone(),
            member_guid: request.member.clone(),
            at: minute,
            operation: format!("{} {}", request.method, request.route),
            status: i64::from(request.status),
            requests: 1,
            longest: request.micros(),
        });
    }

    /// Takes all sums, sorted.
    pub(crate) fn take(&self) -> Vec<MemberRequests> {
        let noted = std::mem::take(&mut *self.lock());
        let mut sums: Vec<_> = noted.of_members.into_values().flatten().collect();
        sums.sort_unstable();
        sums
    }
}

/// Counts requests that are in no timeline.
fn leave_out(requests: i64) {
    metrics::counter!("member_requests_left_out_total").increment(requests.unsigned_abs());
}

/// The first moment of a minute.
fn minute_of(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second().div_euclid(60) * 60).unwrap_or(Timestamp::MIN)
}

impl Engine {
    /// Where requests that touch members are counted.
    pub fn requests(&self) -> &Arc<Requests> {
        &self.requests
    }

    /// Writes what was counted, and logs where that fails.
    pub async fn put_down_requests(&self) {
        let written = self.write_requests().await;
        written.unwrap_or_else(|fault| fault.log("requests are missing in the timelines of members"));
    }

    /// Writes what was counted. What cannot be written is left out: nobody knows which of it was committed.
    async fn write_requests(&self) -> Result<(), Fault> {
        let sums = self.requests.take();
        let mut batches = sums.chunks(BATCH);
        while let Some(batch) = batches.next() {
            let rows = batch.to_vec();
            let written = self.store().write(async move |tx| member_requests::add(tx, &rows).await).await;
            if let Err(error) = written {
                let lost = std::iter::once(batch).chain(batches).flatten().map(|sum| sum.requests).sum();
                leave_out(lost);
                return Err(error.into());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::Guid;

    use super::*;
    use crate::members::DeleteMember;
    use crate::oversight::Happening;
    use crate::testing::{Bench, on_both_engines};

    const ROUTE: &str = "/members/{member_guid}";

    fn request<'a>(user: &'a UserGuid, member: &'a MemberGuid, at: Timestamp) -> MemberRequest<'a> {
        let took = Duration::from_micros(1_500);
        MemberRequest { user, member, at, method: "GET", route: ROUTE, status: 200, took }
    }

    /// What the timeline tells of requests, the newest first.
    async fn told(bench: &Bench, member: &MemberGuid) -> Vec<(String, i64, i64, i64)> {
        let moments = bench.engine.timeline(member, Timestamp::MAX, 50, 0).await.unwrap().unwrap();
        let sums = moments.into_iter().filter_map(|moment| match moment.happening {
            Happening::Requests(sum) => Some((sum.operation, sum.status, sum.requests, sum.longest)),
            _ => None,
        });
        sums.collect()
    }

    #[test]
    fn what_is_asked_alike_within_a_minute_is_one_sum() {
        let requests = Requests::default();
        let (user, member) = (UserGuid::trusted("USR-1".into()), MemberGuid::trusted("MBR-1".into()));
        let minute: Timestamp = "2026-01-15T12:00:00Z".parse().unwrap();
        let at = |second: i64| Timestamp::from_second(minute.as_second() + second).unwrap();
        let one = request(&user, &member, at(0));
        requests.note(&one);
        requests.note(&MemberRequest { at: at(59), took: Duration::from_micros(900), ..one });
        requests.note(&MemberRequest { at: at(60), ..one });
        requests.note(&MemberRequest { method: "PUT", ..one });
        requests.note(&MemberRequest { status: 409, ..one });
        let sums = requests.take();
        let told: Vec<_> =
            sums.iter().map(|sum| (sum.at, sum.operation.as_str(), sum.status, sum.requests)).collect();
        let (get, put) = ("GET /members/{member_guid}", "PUT /members/{member_guid}");
        assert_eq!(
            told,
            [(minute, get, 200, 2), (minute, get, 409, 1), (minute, put, 200, 1), (at(60), get, 200, 1)]
        );
        assert_eq!(sums[0].longest, 1_500);
        assert_eq!(requests.take(), []);
    }

    #[test]
    fn where_there_is_no_room_known_sums_still_grow() {
        let requests = Requests::default();
        let user = UserGuid::trusted("USR-1".into());
        for number in 0..MOST + 10 {
            let member = MemberGuid::trusted(format!("MBR-{number}"));
            requests.note(&request(&user, &member, Timestamp::UNIX_EPOCH));
        }
        requests.note(&request(&user, &MemberGuid::trusted("MBR-0".into()), Timestamp::UNIX_EPOCH));
        let sums = requests.take();
        assert_eq!(sums.len(), MOST);
        assert_eq!(sums.iter().map(|sum| sum.requests).sum::<i64>(), i64::try_from(MOST).unwrap() + 1);
    }

    on_both_engines! {
        async fn a_member_tells_what_was_asked_of_it(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            let (engine, now) = (&bench.engine, bench.engine.now());
            let one = request(&caller.user, &member, now);
            for took in [3, 1] {
                engine.requests().note(&MemberRequest { took: Duration::from_millis(took), ..one });
            }
            engine.write_requests().await.unwrap();
            // What comes within the minute is added to what is there.
            for took in [2, 2] {
                engine.requests().note(&MemberRequest { took: Duration::from_millis(took), ..one });
            }
            engine.requests().note(&MemberRequest { route: "/members/{member_guid}/resume", method: "PUT", ..one });
            engine.write_requests().await.unwrap();
            engine.write_requests().await.unwrap();
            let (get, put) = ("GET /members/{member_guid}".to_owned(), "PUT /members/{member_guid}/resume".to_owned());
            assert_eq!(told(bench, &member).await, [(get, 200, 4, 3_000), (put, 200, 1, 1_500)]);
        }

        async fn a_stranger_leaves_nothing(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let stranger = bench.session("acme", "U-2").await.caller;
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            let (engine, now) = (&bench.engine, bench.engine.now());
            let nobodys = MemberGuid::trusted("MBR-1".into());
            engine.requests().note(&request(&caller.user, &member, now));
            engine.requests().note(&request(&stranger.user, &member, now));
            engine.requests().note(&request(&stranger.user, &nobodys, now));
            engine.write_requests().await.unwrap();
            assert_eq!(told(bench, &member).await, [("GET /members/{member_guid}".to_owned(), 200, 1, 1_500)]);
            // Nor does anybody of a member that is gone.
            engine.requests().note(&request(&caller.user, &member, now));
            engine.delete_member(&caller, &member, DeleteMember::default()).await.unwrap();
            engine.write_requests().await.unwrap();
        }

        async fn requests_go_after_a_week(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            bench.engine.requests().note(&request(&caller.user, &member, bench.engine.now()));
            bench.engine.write_requests().await.unwrap();
            bench.advance(7 * 24 * 60 * 60 - 1);
            bench.sweep().await;
            assert_eq!(told(bench, &member).await.len(), 1);
            bench.advance(1);
            bench.sweep().await;
            assert_eq!(told(bench, &member).await, []);
        }

        async fn what_was_asked_before_a_reset_is_not_told_after_it(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            bench.engine.requests().note(&request(&caller.user, &member, bench.engine.now()));
            bench.engine.reset_state(Some("acme")).await.unwrap();
            assert_eq!(bench.engine.requests().take(), []);
        }
    }
}
