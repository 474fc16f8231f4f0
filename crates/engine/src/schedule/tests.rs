//! What falls due happens at its moment and in its order, however far the clock is moved at once.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::limits::{CHALLENGE_LIFE, PURGE_AFTER};
use riverbank_store::members;
use tokio::sync::watch;
use tokio::task::JoinHandle;

mod refreshes;
mod vanished;

use crate::members::DeleteMember;
use crate::testing::{Backend, Bench};
use crate::{Caller, Engine};

/// Workers that run as long as a test does.
struct Workers {
    stop: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Workers {
    fn of(engine: &Engine) -> Self {
        let (stop, stopping) = watch::channel(false);
        let running = tokio::spawn(engine.clone().run_workers("bench".to_owned(), stopping));
        Self { stop, running }
    }

    async fn stop(self) {
        self.stop.send_replace(true);
        self.running.await.expect("workers that end");
    }
}

async fn read(bench: &Bench, caller: &Caller, member: &members::Member) -> members::Member {
    let view = bench.engine.read_member(caller, &member.guid).await.expect("a read");
    view.expect("a member").member
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    at.checked_add(by).expect("a time in range")
}

async fn each_thing_happens_at_its_moment(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let engine = &bench.engine;
    let caller = bench.session("acme", "u").await.caller;
    let workers = Workers::of(engine);
    let start = engine.now();
    let asked = bench.mx_bank_member(&caller, "challenge").await.member;
    let other = bench.session("acme", "v").await.caller;
    let deleted = bench.mx_bank_member(&other, "fine").await.member;
    bench.run_due().await;
    assert_eq!(read(&bench, &caller, &asked).await.connection_status, Some(ConnectionStatus::Challenged));
    engine.advance_clock(60).await.expect("a moved clock");
    assert!(engine.delete_member(&other, &deleted.guid, DeleteMember::default()).await.expect("a deletion"));
    let purge = later(engine.now(), PURGE_AFTER);

    let seconds = i64::try_from(PURGE_AFTER.as_secs()).unwrap() - 1;
    let reading = engine.advance_clock(seconds).await.expect("a moved clock");
    assert_eq!(
        (reading.now, reading.speed),
        (later(purge, Duration::ZERO) - SignedDuration::from_secs(1), 0)
    );
    let expired = read(&bench, &caller, &asked).await;
    assert_eq!(expired.connection_status, Some(ConnectionStatus::Expired));
    assert_eq!(expired.updated_at, later(start, CHALLENGE_LIFE), "at its moment, not at the end of the move");
    let rows = || async {
        let reader = engine.store().read().await.expect("a reader");
        riverbank_store::due::purges(&reader, Timestamp::MAX).await.expect("purges").len()
    };
    assert_eq!(rows().await, 1);
    engine.advance_clock(1).await.expect("a moved clock");
    assert_eq!(rows().await, 0);
    workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_happens_at_its_moment_on_sqlite() {
    each_thing_happens_at_its_moment(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_happens_at_its_moment_on_postgres() {
    each_thing_happens_at_its_moment(Backend::Postgres).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_waits_goes_on_at_its_moment() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let engine = &bench.engine;
    let caller = bench.session("acme", "u").await.caller;
    let workers = Workers::of(engine);
    let member = bench.member_at("riverbank_test", &caller, "slow").await.member;
    bench.run_due().await;
    let reader = engine.store().read().await.expect("a reader");
    let waits_until =
        riverbank_store::jobs::next_due(&reader).await.expect("a read").expect("a job that waits");
    drop(reader);
    assert!(waits_until > engine.now());
    engine.advance_clock(60 * 60).await.expect("a moved clock");
    let connected = read(&bench, &caller, &member).await;
    assert_eq!(connected.connection_status, Some(ConnectionStatus::Connected));
    assert_eq!(connected.successfully_aggregated_at, Some(waits_until));
    workers.stop().await;
}

#[tokio::test]
async fn sessions_and_tokens_go_with_the_full_hour_after_their_end() {
    let bench = Bench::on(Backend::Sqlite).await;
    let engine = &bench.engine;
    let (acme, _) = bench.user("acme", "u").await;
    bench.session("acme", "u").await;
    engine.create_api_token(&acme, "u").await.expect("a token");
    let left = || async {
        let reader = engine.store().read().await.expect("a reader");
        let mut left = 0;
        for rows in [&riverbank_store::retention::API_TOKENS, &riverbank_store::retention::SESSIONS] {
            left += usize::from(
                riverbank_store::retention::oldest(&reader, rows).await.expect("a read").is_some(),
            );
        }
        left
    };
    // A bench begins on the full hour.
    engine.advance_clock(59 * 60 + 59).await.expect("a moved clock");
    assert_eq!(left().await, 2);
    engine.advance_clock(1).await.expect("a moved clock");
    assert_eq!(left().await, 0);
}

#[tokio::test]
async fn the_audit_goes_after_four_hundred_days() {
    let bench = Bench::on(Backend::Sqlite).await;
    bench.user("acme", "u").await;
    let is_there = async || {
        let reader = bench.engine.store().read().await.expect("a reader");
        riverbank_store::retention::oldest(&reader, &riverbank_store::retention::AUDIT)
            .await
            .expect("a read")
            .is_some()
    };
    bench.engine.advance_clock(400 * 24 * 60 * 60 - 1).await.expect("a moved clock");
    assert!(is_there().await);
    bench.engine.advance_clock(1).await.expect("a moved clock");
    assert!(!is_there().await);
}

#[tokio::test(start_paused = true)]
async fn a_clock_at_a_speed_shows_so_many_seconds_in_each_and_keeps_it_when_moved() {
    let bench = Bench::on(Backend::Sqlite).await;
    let engine = &bench.engine;
    assert_eq!(engine.speed_clock(60).await.expect("a speed").speed, 60);
    let before = engine.now();
    tokio::time::advance(Duration::from_secs(2)).await;
    assert_eq!(engine.now().duration_since(before), SignedDuration::from_secs(120));
    let reading = engine.advance_clock(24 * 60 * 60).await.expect("a moved clock");
    assert_eq!(reading.speed, 60);
    assert!(reading.now >= before.checked_add(SignedDuration::from_hours(24)).unwrap());
    assert_eq!(engine.speed_clock(1).await.expect("a speed").speed, 1);
    for speed in [0, 86_401] {
        assert!(engine.speed_clock(speed).await.is_err());
    }
}
