use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::webhook_messages;

use super::*;
use crate::control::{Effect, FaultTarget, PlanFault};
use crate::testing::{Backend, Bench};
use crate::transactions::{ListTransactions, Period};
use crate::{Caller, Page};

/// What a user sees after connecting to MX Bank: who it is, its member, and how many transactions there are.
#[derive(Clone, Debug, PartialEq)]
struct Seen {
    caller: Caller,
    member: String,
    transactions: i64,
}

async fn connect(bench: &Bench, client: &str) -> Seen {
    let caller = bench.session(client, "u").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    Seen { transactions: count(bench, &caller).await, member: member.to_string(), caller }
}

async fn count(bench: &Bench, caller: &Caller) -> i64 {
    let all = ListTransactions {
        account: None,
        accounts: None,
        category: None,
        use_case: None,
        rule: None,
        period: Period::Dated(None, None),
        page: Page::new(1, 25),
    };
    bench.engine.list_transactions(caller, all).await.unwrap().total
}

/// The ids of the messages to an endpoint, in their order.
async fn told(bench: &Bench, endpoint: &riverbank_model::guid::WebhookEndpointGuid) -> Vec<String> {
    let reader = bench.engine.store().read().await.unwrap();
    let log = webhook_messages::log(&reader, endpoint, jiff::Timestamp::MAX, 1_000, 0).await.unwrap();
    log.into_iter().map(|message| message.guid.to_string()).collect()
}

async fn the_same_calls_give_the_same(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let before = bench.endpoint("acme", "http://127.0.0.1:9/", "member,aggregation").await;
    let first = connect(&bench, "acme").await;
    assert!(first.transactions > 100);
    let messages = told(&bench, &before).await;
    assert!(messages.len() >= 2);
    // One that is made among the users takes nothing of their numbers.
    let between = bench.endpoint("acme", "http://127.0.0.1:9/", "user").await;
    for _ in 0..3 {
        let reset = bench.engine.reset_state(Some("acme")).await.unwrap();
        assert_eq!(reset, Reset { clients: 1, users: 1 });
        assert_eq!(told(&bench, &before).await, [""; 0]);
        let caller = bench.session("acme", "u").await.caller;
        assert_eq!(caller, first.caller);
        // Nothing of what was counted before is remembered for the user that has the guid now.
        assert_eq!(count(&bench, &caller).await, 0);
        assert_eq!(connect(&bench, "acme").await, first);
        assert_eq!(told(&bench, &before).await, messages);
    }
    let after = bench.endpoint("acme", "http://127.0.0.1:9/", "user").await;
    assert!(after != before && after != between);
}

#[tokio::test]
async fn after_a_reset_the_same_calls_give_the_same_on_sqlite() {
    Box::pin(the_same_calls_give_the_same(Backend::Sqlite)).await;
}

#[tokio::test]
async fn after_a_reset_the_same_calls_give_the_same_on_postgres() {
    Box::pin(the_same_calls_give_the_same(Backend::Postgres)).await;
}

#[tokio::test]
async fn a_reset_is_of_one_client_or_of_all() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let (acme, other) = (bench.session("acme", "u").await, bench.session("other", "u").await);
    assert!(matches!(bench.engine.reset_state(Some("nobody")).await, Err(ResetError::NoSuchClient)));
    bench.engine.reset_state(Some("acme")).await.unwrap();
    assert_eq!(bench.engine.authenticate(&acme.token).await.unwrap(), None);
    assert!(bench.engine.authenticate(&other.token).await.unwrap().is_some());
    assert_eq!(bench.engine.reset_state(None).await.unwrap(), Reset { clients: 2, users: 1 });
    assert_eq!(bench.engine.authenticate(&other.token).await.unwrap(), None);
}

const CORNER_BANK: &str = "[[institution]]\ncode = \"corner\"\nname = \"Corner Bank\"\nconnector = \"script\"\n\
                           [[institution.script.login]]\n";

async fn everything_is_as_in_a_new_sandbox(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let engine = &bench.engine;
    let banks = engine.catalogue().await.unwrap().institutions().len();
    engine.upload_banks(CORNER_BANK).await.unwrap();
    let fault = PlanFault {
        target: FaultTarget::Institution("mxbank".to_owned()),
        effect: Effect::Timeout,
        call: None,
        count: None,
        chance: crate::control::Chance::ALWAYS,
    };
    engine.plan_fault(fault).await.unwrap();
    engine.freeze_clock().await.unwrap();
    engine.advance_clock(86_400).await.unwrap();
    engine.reset_state(None).await.unwrap();
    assert_eq!(engine.catalogue().await.unwrap().institutions().len(), banks);
    assert_eq!(engine.planned_faults().await.unwrap(), []);
    let start: Timestamp = crate::testing::START.parse().unwrap();
    let clock = engine.read_clock();
    assert_eq!(clock.speed, 1);
    assert!(clock.now >= start && clock.now < start + jiff::SignedDuration::from_mins(10), "{clock:?}");
    let node = bench.another_node().await;
    node.restore_clock().await.unwrap();
    assert_eq!(node.read_clock().speed, 1);
}

#[tokio::test]
async fn a_reset_of_everything_leaves_a_new_sandbox_on_sqlite() {
    Box::pin(everything_is_as_in_a_new_sandbox(Backend::Sqlite)).await;
}

#[tokio::test]
async fn a_reset_of_everything_leaves_a_new_sandbox_on_postgres() {
    Box::pin(everything_is_as_in_a_new_sandbox(Backend::Postgres)).await;
}

async fn a_job_under_way_writes_nothing_afterwards(backend: Backend) {
    let bench = Bench::with_test_banks(backend).await;
    let caller = bench.session("acme", "u").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    let other = bench.session("other", "u").await.caller;
    let theirs = bench.mx_bank_member(&other, "any").await.member.guid;
    let taken = bench.take_jobs().await;
    bench.engine.reset_state(Some("acme")).await.unwrap();
    // The same again: this job has the id of the one that is in hand.
    let caller = bench.session("acme", "u").await.caller;
    assert_eq!(bench.mx_bank_member(&caller, "INVALID").await.member.guid, member);
    let anew = bench.take_jobs().await;
    assert!(!anew.is_empty());
    bench.finish_jobs(taken).await;
    assert_eq!(count(&bench, &caller).await, 0);
    assert!(count(&bench, &other).await > 100, "the job of another client goes on");
    let status = async |caller: &Caller, guid| {
        bench.engine.read_member(caller, guid).await.unwrap().unwrap().member.connection_status
    };
    assert_eq!(status(&other, &theirs).await, Some(ConnectionStatus::Connected));
    assert_eq!(status(&caller, &member).await, Some(ConnectionStatus::Created));
    bench.finish_jobs(anew).await;
    assert_eq!(status(&caller, &member).await, Some(ConnectionStatus::Denied));
}

#[tokio::test]
async fn a_job_that_was_under_way_writes_nothing_after_a_reset_on_sqlite() {
    Box::pin(a_job_under_way_writes_nothing_afterwards(Backend::Sqlite)).await;
}

#[tokio::test]
async fn a_job_that_was_under_way_writes_nothing_after_a_reset_on_postgres() {
    Box::pin(a_job_under_way_writes_nothing_afterwards(Backend::Postgres)).await;
}

#[tokio::test]
async fn only_a_sandbox_is_reset() {
    let bench = Bench::in_production().await;
    assert!(matches!(bench.engine.reset_state(None).await, Err(ResetError::NotASandbox(_))));
}
