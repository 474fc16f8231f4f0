//! Who is refreshed in the background, and when.

use riverbank_model::use_case::UseCase;
use riverbank_store::jobs::{self, Job};

use super::*;
use crate::aggregation::Stop;
use crate::members::{AggregationOptions, UpdateMember};
use crate::users::{Profile, UpdateUser};

fn users(count: i64) -> impl Iterator<Item = String> {
    (0..count).map(|number| format!("user-{number}"))
}

const DAY: i64 = 24 * 60 * 60;

/// A bench with workers, whose clock starts at noon.
struct Days {
    bench: Bench,
    workers: Workers,
}

impl Days {
    async fn on(backend: Backend) -> Self {
        Self::over(Bench::with_test_banks(backend).await)
    }

    fn over(bench: Bench) -> Self {
        let workers = Workers::of(&bench.engine);
        Self { bench, workers }
    }

    fn engine(&self) -> &Engine {
        &self.bench.engine
    }

    /// A member of a user of this id at MX Bank, connected.
    async fn member(&self, user: &str) -> (Caller, members::Member) {
        self.members([user.to_owned()]).await.remove(0)
    }

    /// One for each of these users.
    async fn members(&self, users: impl IntoIterator<Item = String>) -> Vec<(Caller, members::Member)> {
        let mut made = Vec::new();
        for user in users {
            let caller = self.bench.session("acme", &user).await.caller;
            let member = self.bench.mx_bank_member(&caller, "fine").await.member;
            made.push((caller, member));
        }
        self.bench.run_due().await;
        for (caller, member) in &mut made {
            *member = read(&self.bench, caller, member).await;
            assert_eq!(member.connection_status, Some(ConnectionStatus::Connected));
        }
        made
    }

    async fn pass(&self, seconds: i64) {
        self.engine().advance_clock(seconds).await.expect("a moved clock");
    }

    async fn newest_job(&self, (caller, member): &(Caller, members::Member)) -> Job {
        let member = read(&self.bench, caller, member).await;
        let reader = self.engine().store().read().await.expect("a reader");
        let newest = member.most_recent_job_guid.expect("a job");
        jobs::find(&reader, &caller.user, &newest).await.expect("a read").expect("the newest job")
    }

    async fn change(&self, (caller, member): &(Caller, members::Member), change: UpdateMember) {
        self.engine().update_member(caller, &member.guid, change).await.expect("a change");
    }
}

async fn a_day_apart(backend: Backend) {
    let days = Days::on(backend).await;
    let made = days.members(users(4)).await;
    days.pass(2 * DAY).await;
    for one in &made {
        let first = days.newest_job(one).await;
        assert!(first.is_background && first.attempt >= 2);
        days.pass(DAY).await;
        let second = days.newest_job(one).await;
        assert_eq!(second.created_at, later(first.created_at, Duration::from_hours(24)));
        assert_eq!(second.attempt, first.attempt + 1);
        assert_eq!(second.started_at, Some(second.created_at));
        assert_eq!(second.outcome, Some(ConnectionStatus::Connected));
    }
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refreshes_are_a_day_apart_on_sqlite() {
    a_day_apart(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refreshes_are_a_day_apart_on_postgres() {
    a_day_apart(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manual_aggregation_pushes_the_refresh_back() {
    let days = Days::on(Backend::Sqlite).await;
    let one = days.member("u").await;
    days.pass(2 * DAY).await;
    let refreshed = days.newest_job(&one).await;
    let options = AggregationOptions { include_holdings: true, include_transactions: true };
    // Five hours before it would be refreshed again.
    let due = later(refreshed.created_at, Duration::from_hours(24));
    days.engine().set_clock(due - SignedDuration::from_hours(5)).await.expect("a moved clock");
    days.engine().aggregate_member(&one.0, &one.1.guid, options).await.expect("an aggregation");
    days.bench.run_due().await;
    let by_hand = days.newest_job(&one).await;
    assert!(!by_hand.is_background);
    days.engine().set_clock(due).await.expect("a moved clock");
    assert_eq!(days.newest_job(&one).await.guid, by_hand.guid);
    days.pass(DAY).await;
    assert_eq!(days.newest_job(&one).await.created_at, later(due, Duration::from_hours(24)));
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_three_statuses_are_refreshed() {
    let days = Days::on(Backend::Sqlite).await;
    let settable = ConnectionStatus::ALL.iter().filter(|status| **status != ConnectionStatus::Pending);
    let names: Vec<String> = settable.map(|status| status.name().to_owned()).collect();
    let made = days.members(names.clone()).await;
    for (one, name) in made.iter().zip(&names) {
        let change = UpdateMember { connection_status: Some(name.clone()), ..UpdateMember::default() };
        days.change(one, change).await;
    }
    days.pass(2 * DAY).await;
    for (one, name) in made.iter().zip(&names) {
        let is_refreshed = days.newest_job(one).await.is_background;
        assert_eq!(is_refreshed, matches!(name.as_str(), "CREATED" | "CONNECTED" | "UPDATED"), "{name}");
    }
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn member_user_client_and_use_case_can_each_forbid_it() {
    let days = Days::on(Backend::Sqlite).await;
    let engine = days.engine();
    let (free, member) = (days.member("free").await, days.member("member").await);
    let (user, moving) = (days.member("user").await, days.member("moving").await);
    let disabled = UpdateMember { background_aggregation_is_disabled: Some(true), ..UpdateMember::default() };
    days.change(&member, disabled).await;
    let only = [UseCase::MoneyMovement].into_iter().collect();
    days.change(&moving, UpdateMember { use_cases: Some(only), ..UpdateMember::default() }).await;
    let acme = days.bench.partner("acme").await;
    let profile = Profile { is_disabled: Some(true), ..Profile::default() };
    let disable = UpdateUser { profile, skip_webhook: false };
    engine.update_user(&acme, "user", disable).await.expect("a disabled user");
    days.pass(2 * DAY).await;
    assert!(days.newest_job(&free).await.is_background);
    for barred in [&member, &user, &moving] {
        assert!(!days.newest_job(barred).await.is_background);
    }

    days.bench.clients().set_background("acme", false).await.expect("a client without refreshes");
    let last = days.newest_job(&free).await;
    days.pass(2 * DAY).await;
    assert_eq!(days.newest_job(&free).await.guid, last.guid);
    days.bench.clients().set_background("acme", true).await.expect("a client with refreshes");
    days.pass(DAY).await;
    assert_ne!(days.newest_job(&free).await.guid, last.guid);
    days.workers.stop().await;
}

/// A bank that may be asked in the background, and one that must not.
const TWO_BANKS: &str = r#"
[[institution]]
code = "open"
name = "Open Bank"
is_test = true
connector = "script"
credential = [{ field_name = "LOGIN", label = "User", type = "LOGIN" }]
script.login = [{}]
script.data = { household = [] }

[[institution]]
code = "closed"
name = "Closed Bank"
is_test = true
background_aggregation_is_disabled = true
connector = "script"
credential = [{ field_name = "LOGIN", label = "User", type = "LOGIN" }]
script.login = [{}]
script.data = { household = [] }
"#;

async fn an_institution_can_forbid_it(backend: Backend) {
    let days = Days::over(Bench::with_banks(backend, TWO_BANKS).await);
    let caller = days.bench.session("acme", "u").await.caller;
    let open = (caller.clone(), days.bench.member_at("open", &caller, "").await.member);
    let closed = (caller.clone(), days.bench.member_at("closed", &caller, "").await.member);
    days.pass(3 * DAY).await;
    assert!(days.newest_job(&open).await.is_background);
    let first = days.newest_job(&closed).await;
    assert_eq!((first.is_background, first.outcome), (false, Some(ConnectionStatus::Connected)));
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_can_forbid_it_on_sqlite() {
    an_institution_can_forbid_it(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_institution_can_forbid_it_on_postgres() {
    an_institution_can_forbid_it(Backend::Postgres).await;
}

async fn a_clock_that_is_set_back(backend: Backend) {
    let days = Days::on(backend).await;
    let start = days.engine().now();
    let made = days.members(users(4)).await;
    days.pass(5 * DAY).await;
    let mut newest = Vec::new();
    for one in &made {
        newest.push(days.newest_job(one).await);
    }
    days.engine().set_clock(start).await.expect("a clock that is set back");
    // However often the member is written.
    let renamed = UpdateMember { name: Some("Bank".to_owned()), ..UpdateMember::default() };
    days.change(&made[0], renamed).await;
    // By a clock that runs: it is past each moment when that is looked at.
    days.engine().resume_clock().await.expect("a clock that runs");
    days.pass(DAY).await;
    for (one, before) in made.iter().zip(&newest) {
        let refreshed = days.newest_job(one).await;
        assert_eq!(refreshed.attempt, before.attempt + 1, "once within a day");
        let hour = refreshed.created_at.duration_since(start).as_hours();
        assert!(refreshed.is_background && (0..24).contains(&hour), "{hour}");
        let apart = before.created_at.duration_since(refreshed.created_at).as_secs();
        assert!((apart + 60) % DAY < 120, "at its time of the day: {apart}");
    }
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_clock_is_set_back_each_member_is_refreshed_within_a_day_on_sqlite() {
    a_clock_that_is_set_back(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_clock_is_set_back_each_member_is_refreshed_within_a_day_on_postgres() {
    a_clock_that_is_set_back(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_missed_for_a_week_is_caught_up_within_a_day_and_not_at_once() {
    let days = Days::on(Backend::Sqlite).await;
    let made = days.members(users(48)).await;
    // As if no server had run: nothing is done on the way.
    days.bench.advance(7 * DAY);
    let back = days.engine().now();
    days.bench.run_due().await;
    let mut hours = [0; 24];
    let day = Duration::from_hours(24);
    for one in &made {
        let at = read(&days.bench, &one.0, &one.1).await.next_refresh_at.expect("a refresh to come");
        assert!(at >= back && at < later(back, day));
        let hour = at.duration_since(back).as_hours();
        hours[usize::try_from(hour).unwrap()] += 1;
    }
    assert!(hours.iter().all(|&members| members <= 8), "{hours:?}");
    days.pass(DAY).await;
    for one in &made {
        assert!(days.newest_job(one).await.is_background);
    }
    days.workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_job_goes_ninety_days_after_the_next_one_began_and_the_newest_stays() {
    let days = Days::on(Backend::Sqlite).await;
    let one = days.member("u").await;
    let first = days.newest_job(&one).await;
    days.pass(2 * DAY).await;
    let newest = days.newest_job(&one).await;
    assert!(newest.attempt > first.attempt);
    days.bench.clients().set_background("acme", false).await.expect("a client without refreshes");
    let is_there = async || {
        let reader = days.engine().store().read().await.expect("a reader");
        jobs::find(&reader, &one.0.user, &first.guid).await.expect("a read").is_some()
    };
    days.pass(87 * DAY).await;
    assert!(is_there().await);
    days.pass(4 * DAY).await;
    assert!(!is_there().await);
    assert_eq!(days.newest_job(&one).await.guid, newest.guid);
    days.workers.stop().await;
}

/// The schedule and the workers of a node.
fn run(engine: &Engine, owner: &str, stop: &Stop) -> [JoinHandle<()>; 2] {
    let workers = tokio::spawn(engine.clone().run_workers(owner.to_owned(), stop.clone()));
    [workers, tokio::spawn(engine.clone().run_schedule(stop.clone()))]
}

#[tokio::test(flavor = "multi_thread")]
async fn on_nodes_whose_clocks_are_minutes_apart_each_refresh_happens_once() {
    let days = Days::on(Backend::Postgres).await;
    let made = days.members(users(12)).await;
    // A day and more has passed for everybody, and all are due within ten seconds.
    let ahead = SignedDuration::from_hours(25);
    let (one, _) = days.bench.node_off_by(SignedDuration::from_mins(5)).await;
    let (other, _) = days.bench.node_off_by(SignedDuration::from_mins(-5)).await;
    for node in [&one, &other] {
        node.resume_clock().await.expect("a clock that runs");
        node.parts.clock.set_pace(crate::clock::Pace::Running(ahead));
    }
    one.set_clock(one.now()).await.expect("a clock for all nodes");
    let members: Vec<_> = made.iter().map(|(_, member)| member.clone()).collect();
    let now = one.now();
    let write = one.store().write(async move |tx| {
        for (number, member) in (0..).zip(&members) {
            let at = now.saturating_add(SignedDuration::from_millis(500 * number)).ok();
            riverbank_store::refreshes::put(tx, member, at).await?;
        }
        Ok::<_, crate::Fault>(())
    });
    write.await.expect("members that are due");

    let (stop, stopping) = watch::channel(false);
    let parts = [run(&one, "one", &stopping), run(&other, "other", &stopping)];
    let last = now.saturating_add(SignedDuration::from_secs(9)).expect("a time in range");
    let all_are_refreshed = async {
        for one in &made {
            while days.newest_job(one).await.attempt < 2 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    };
    tokio::time::timeout(Duration::from_mins(1), all_are_refreshed).await.expect("a refresh of each");
    // And time for one too many.
    while one.now() < last {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    stop.send_replace(true);
    for part in parts.into_iter().flatten() {
        part.await.expect("a part that ends");
    }
    for one in &made {
        let newest = days.newest_job(one).await;
        assert!(newest.is_background);
        assert_eq!(newest.attempt, 2, "the first connection, and one refresh");
    }
    days.workers.stop().await;
}
