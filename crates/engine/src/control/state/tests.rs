//! What is kept and put back, beside workers and their claims.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;

use super::*;
use crate::Caller;
use crate::members::AggregationOptions;
use crate::testing::{Backend, Bench};

const OPTIONS: AggregationOptions = AggregationOptions { include_holdings: true, include_transactions: true };

async fn status(bench: &Bench, caller: &Caller, member: &MemberGuid) -> Option<ConnectionStatus> {
    bench.engine.read_member(caller, member).await.unwrap().unwrap().member.connection_status
}

async fn a_snapshot_waits_for_what_is_under_way(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let caller = bench.session("acme", "u").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    let taken = bench.take_jobs().await;
    let finishing = async {
        tokio::time::sleep(GLANCE * 5).await;
        bench.finish_jobs(taken).await;
    };
    let (snapshot, ()) = tokio::join!(bench.engine.take_snapshot("after"), finishing);
    snapshot.unwrap();
    bench.engine.reset_state(None).await.unwrap();
    bench.engine.restore_snapshot("after").await.unwrap();
    assert_eq!(status(&bench, &caller, &member).await, Some(ConnectionStatus::Connected));
}

#[tokio::test]
async fn a_snapshot_waits_for_a_job_under_way_on_sqlite() {
    Box::pin(a_snapshot_waits_for_what_is_under_way(Backend::Sqlite)).await;
}

#[tokio::test]
async fn a_snapshot_waits_for_a_job_under_way_on_postgres() {
    Box::pin(a_snapshot_waits_for_what_is_under_way(Backend::Postgres)).await;
}

async fn a_job_of_the_undone_writes_nothing(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let caller = bench.session("acme", "u").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    bench.engine.take_snapshot("before").await.unwrap();
    let begin = async || {
        bench.engine.freeze_clock().await.unwrap();
        bench.advance(4 * 60 * 60);
        bench.engine.aggregate_member(&caller, &member, OPTIONS).await.unwrap();
        let job = bench.engine.read_member(&caller, &member).await.unwrap().unwrap().member.live_job_guid;
        (job, bench.take_jobs().await)
    };
    let (undone, taken) = begin().await;
    bench.engine.restore_snapshot("before").await.unwrap();
    let (again, anew) = begin().await;
    assert_eq!(undone, again, "the job has the id of the one that is in hand");
    bench.finish_jobs(taken).await;
    let running = bench.engine.read_member(&caller, &member).await.unwrap().unwrap().member;
    assert_eq!(running.live_job_guid, again);
    bench.finish_jobs(anew).await;
    let ended = bench.engine.read_member(&caller, &member).await.unwrap().unwrap().member;
    assert_eq!((ended.live_job_guid, ended.most_recent_job_guid), (None, again));
}

#[tokio::test]
async fn a_job_that_was_under_way_writes_nothing_after_a_restore_on_sqlite() {
    Box::pin(a_job_of_the_undone_writes_nothing(Backend::Sqlite)).await;
}

#[tokio::test]
async fn a_job_that_was_under_way_writes_nothing_after_a_restore_on_postgres() {
    Box::pin(a_job_of_the_undone_writes_nothing(Backend::Postgres)).await;
}

#[tokio::test]
async fn the_clock_of_a_snapshot_goes_on_as_it_went() {
    let bench = Bench::on(Backend::Sqlite).await;
    let engine = &bench.engine;
    for (name, speed) in [("still", 0), ("real", 1), ("fast", 60)] {
        match speed {
            0 => engine.freeze_clock().await.unwrap(),
            speed => engine.speed_clock(speed).await.unwrap(),
        };
        let kept = engine.take_snapshot(name).await.unwrap();
        assert_eq!(kept.speed, speed);
        engine.freeze_clock().await.unwrap();
        engine.advance_clock(86_400).await.unwrap();
        engine.restore_snapshot(name).await.unwrap();
        let clock = engine.read_clock();
        assert_eq!(clock.speed, speed);
        let since = clock.now.duration_since(kept.taken_at);
        assert!(!since.is_negative() && since < jiff::SignedDuration::from_hours(1), "{since}");
    }
}

#[tokio::test]
async fn only_a_sandbox_is_kept_and_put_back() {
    let bench = Bench::in_production().await;
    let engine = &bench.engine;
    assert!(matches!(engine.take_snapshot("a").await, Err(TakeSnapshotError::NotASandbox(_))));
    assert!(matches!(engine.restore_snapshot("a").await, Err(RestoreSnapshotError::NotASandbox(_))));
    assert!(matches!(engine.load_snapshot("a").await, Err(LoadSnapshotError::NotASandbox(_))));
}
