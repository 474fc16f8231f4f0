//! No sequence of calls leaves the table of statuses and their legal moves.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use riverbank_connect::script::ScriptConnector;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_store::jobs::{self, ClaimTerms};

use super::{Connectors, Steps};
use crate::members::{
    AggregationOptions, CreateMember, DeleteMember, GivenAnswer, GivenCredential, UpdateMember,
};
use crate::testing::{Backend, Bench};
use crate::{Caller, Engine};

/// Passwords of the test bank, each with its own way of life.
const PASSWORDS: [&str; 14] = [
    "fine",
    "DENIED",
    "REJECTED",
    "LOCKED",
    "IMPEDED",
    "FAILED",
    "DELAYED",
    "DEGRADED",
    "DISCONNECTED",
    "DISCONTINUED",
    "text",
    "together",
    "chain",
    "slow",
];

/// What a caller, a worker or the passing of time may do.
#[derive(Clone, Copy, Debug)]
enum Call {
    Aggregate,
    AggregateAll,
    Credentials { password: usize, skip: bool },
    Answer { right: bool },
    Set(usize),
    Work,
    Pass { minutes: i64 },
}

fn call() -> impl Strategy<Value = Call> {
    prop_oneof![
        2 => Just(Call::Aggregate),
        1 => Just(Call::AggregateAll),
        2 => (0..PASSWORDS.len(), any::<bool>()).prop_map(|(password, skip)| Call::Credentials { password, skip }),
        2 => any::<bool>().prop_map(|right| Call::Answer { right }),
        1 => (0..ConnectionStatus::ALL.len()).prop_map(Call::Set),
        5 => Just(Call::Work),
        1 => (0_i64..20).prop_map(|minutes| Call::Pass { minutes }),
    ]
}

/// A bench with the test bank.
struct Life {
    bench: Bench,
    caller: Caller,
    credentials: Vec<String>,
    institution: String,
}

impl Life {
    async fn new() -> Self {
        let connectors = Connectors::default().with("script", Arc::new(ScriptConnector::default()));
        let bench = Bench::with(Backend::Sqlite, connectors).await;
        bench.engine.load_test_banks().await.expect("test banks");
        let caller = bench.session("acme", "u").await.caller;
        let catalogue = bench.engine.catalogue().await.expect("a catalogue");
        let bank = catalogue.by_code("riverbank_test").expect("the test bank");
        let credentials = bank.credentials.iter().map(|field| field.guid.to_string()).collect();
        Self { caller, credentials, institution: bank.guid.to_string(), bench }
    }

    fn engine(&self) -> &Engine {
        &self.bench.engine
    }

    fn credentials(&self, password: usize) -> Vec<GivenCredential> {
        let values = ["mxuser", PASSWORDS[password]];
        let given = self.credentials.iter().zip(values);
        given.map(|(guid, value)| GivenCredential { guid: guid.clone(), value: value.into() }).collect()
    }

    async fn create(&self, password: usize) -> MemberGuid {
        let request = CreateMember {
            institution_guid: self.institution.clone(),
            credentials: self.credentials(password),
            ..CreateMember::default()
        };
        self.engine().create_member(&self.caller, request).await.expect("a member").member.guid
    }

    async fn status(&self, guid: &MemberGuid) -> ConnectionStatus {
        let view = self.engine().read_member(&self.caller, guid).await.expect("a read").expect("a member");
        view.member.connection_status.expect("a status")
    }

    /// Refusals are as good as success here: what counts is where the member ends.
    async fn make(&self, guid: &MemberGuid, call: Call) {
        let options = AggregationOptions { include_holdings: true, include_transactions: false };
        match call {
            Call::Aggregate => drop(self.engine().aggregate_member(&self.caller, guid, options).await),
            Call::AggregateAll => drop(self.engine().aggregate_all_members(&self.caller, options).await),
            Call::Credentials { password, skip } => {
                let change = UpdateMember {
                    credentials: self.credentials(password),
                    skip_aggregation: skip,
                    ..UpdateMember::default()
                };
                drop(self.engine().update_member(&self.caller, guid, change).await);
            }
            Call::Answer { right } => {
                let open = self.engine().list_challenges(&self.caller, guid).await.expect("a read");
                let open = open.expect("a member").unwrap_or_default();
                let word = if right { "correct" } else { "wrong" };
                let answers =
                    open.iter().map(|one| GivenAnswer { guid: one.guid.to_string(), value: word.into() });
                drop(self.engine().resume_member(&self.caller, guid, answers.collect()).await);
            }
            Call::Set(status) => {
                let name = ConnectionStatus::ALL[status].name().to_owned();
                let change = UpdateMember { connection_status: Some(name), ..UpdateMember::default() };
                drop(self.engine().update_member(&self.caller, guid, change).await);
            }
            Call::Work => self.work().await,
            Call::Pass { minutes } => {
                self.bench.advance(minutes * 60);
                self.engine().sweep().await.expect("a sweep");
            }
        }
    }

    async fn work(&self) {
        let now = self.engine().now();
        let lease = Duration::from_mins(1);
        let claims = self.engine().store().write(async move |tx| {
            jobs::claim(tx, &ClaimTerms { owner: "w", limit: 10, per_institution: 10, lease, now }).await
        });
        for claim in claims.await.expect("claims") {
            self.engine().run_job(&claim, "w", &Steps::default()).await.expect("a run");
        }
    }
}

/// Whether a call may lead from one status to the other. A run is two moves at most: let in, and what came after.
fn is_lawful(call: Call, from: ConnectionStatus, to: ConnectionStatus) -> bool {
    let through = |next: &ConnectionStatus| from.may_become(*next) && next.may_become(to);
    match call {
        Call::Set(_) => true,
        Call::Work => from.may_become(to) || ConnectionStatus::ALL.iter().any(through),
        _ => from.may_become(to),
    }
}

#[test]
fn no_sequence_of_calls_leaves_the_table() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let life = runtime.block_on(Life::new());
    let lives = (0..PASSWORDS.len(), prop::collection::vec(call(), 1..25));
    let config = Config { cases: 60, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&lives, |(password, calls)| {
        runtime.block_on(async {
            let guid = life.create(password).await;
            let mut was = ConnectionStatus::Created;
            for call in calls {
                Box::pin(life.make(&guid, call)).await;
                let is = life.status(&guid).await;
                prop_assert!(is_lawful(call, was, is), "{call:?} led from {was:?} to {is:?}");
                was = is;
            }
            let gone = life.engine().delete_member(&life.caller, &guid, DeleteMember::default()).await;
            prop_assert!(gone.expect("a deletion"));
            Ok(())
        })
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}
