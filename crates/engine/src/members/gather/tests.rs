use riverbank_model::connection::ConnectionStatus;
use riverbank_model::job::JobStatus;
use riverbank_store::accounts;
use riverbank_testkit::webhook_sink::{Received, WebhookSink};
use serde_json::Value;

use super::*;
use crate::Engine;
use crate::members::{
    AggregationOptions, CreateMember, DeleteMember, GivenAnswer, GivenCredential, MemberView, UpdateMember,
};
use crate::testing::{Backend, Bench, nobodys};

const ALL: AggregationOptions = AggregationOptions { include_holdings: true, include_transactions: true };
const BACKENDS: [Backend; 2] = [Backend::Sqlite, Backend::Postgres];

/// A bench with a user.
struct Life {
    bench: Bench,
    caller: Caller,
}

impl Life {
    async fn new(backend: Backend) -> Self {
        let bench = Bench::with_test_banks(backend).await;
        let caller = bench.session("acme", "u").await.caller;
        Self { bench, caller }
    }

    fn engine(&self) -> &Engine {
        &self.bench.engine
    }

    /// A member that was aggregated.
    async fn member(&self, bank: &str) -> MemberGuid {
        let guid = self.bench.member_at(bank, &self.caller, "any").await.member.guid;
        self.bench.run_jobs().await;
        guid
    }

    async fn read(&self, guid: &MemberGuid) -> MemberView {
        self.engine().read_member(&self.caller, guid).await.unwrap().unwrap()
    }

    async fn transactions(&self, guid: &MemberGuid) -> usize {
        let reader = self.engine().store().read().await.unwrap();
        riverbank_store::transactions::of_member(&reader, &self.caller.user, guid).await.unwrap().len()
    }

    async fn start(&self, guid: &MemberGuid, kind: JobKind) -> Result<Aggregated, StartJobError> {
        let (engine, caller) = (self.engine(), &self.caller);
        match kind {
            JobKind::Aggregation => engine.aggregate_member(caller, guid, ALL).await,
            JobKind::Verification => engine.verify_member(caller, guid, false).await,
            JobKind::Identification => engine.identify_member(caller, guid, false).await,
            JobKind::History => engine.extend_history(caller, guid).await,
            JobKind::Balance => engine.check_balance(caller, guid).await,
        }
    }

    async fn owners(&self, guid: &MemberGuid) -> Vec<(String, String)> {
        let owners = self.engine().list_account_owners(&self.caller, guid).await.unwrap().unwrap();
        owners
            .into_iter()
            .map(|one| (one.row.guid.to_string(), one.told.owner_name.unwrap_or_default()))
            .collect()
    }

    async fn numbers(&self, guid: &MemberGuid) -> Vec<(String, String, bool)> {
        let numbers = self.engine().list_member_account_numbers(&self.caller, guid).await.unwrap().unwrap();
        numbers
            .into_iter()
            .map(|one| (one.guid.to_string(), one.routing_number, one.passed_validation))
            .collect()
    }
}

fn is_started(answer: Result<Aggregated, StartJobError>) -> bool {
    match answer.unwrap() {
        Aggregated::Changed(view) => {
            assert!(view.member.live_job_guid.is_some());
            true
        }
        Aggregated::Unchanged(_) => false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn owners_and_numbers_are_found_replaced_and_go_with_their_member() {
    for backend in BACKENDS {
        let life = Life::new(backend).await;
        let guid = life.member("riverbank_test").await;
        assert!(life.owners(&guid).await.is_empty() && life.numbers(&guid).await.is_empty());
        let before =
            (life.transactions(&guid).await, life.read(&guid).await.member.successfully_aggregated_at);
        life.bench.advance(60);
        for kind in [JobKind::Identification, JobKind::Verification] {
            assert!(is_started(life.start(&guid, kind).await));
            life.bench.run_jobs().await;
        }
        let view = life.read(&guid).await;
        assert_eq!(view.member.connection_status, Some(ConnectionStatus::Connected));
        assert_eq!(view.member.aggregated_at, Some(life.engine().now()));
        // Nothing but owners and numbers, and no throttle window.
        assert_eq!((life.transactions(&guid).await, view.member.successfully_aggregated_at), before);
        let (owners, numbers) = (life.owners(&guid).await, life.numbers(&guid).await);
        assert_eq!(owners.len(), 7);
        assert!(owners.iter().all(|(_, name)| *name == owners[0].1), "{owners:?}");
        let listed: Vec<_> = numbers.iter().map(|(_, routing, passed)| (&routing[..3], *passed)).collect();
        assert_eq!(listed, [("324", true), ("324", true), ("000", true)]);
        // The same again keeps its ids.
        for kind in [JobKind::Identification, JobKind::Verification] {
            assert!(is_started(life.start(&guid, kind).await));
            life.bench.run_jobs().await;
        }
        assert_eq!((life.owners(&guid).await, life.numbers(&guid).await), (owners, numbers));

        let stranger = life.bench.session("acme", "v").await.caller;
        assert!(life.engine().list_account_owners(&stranger, &guid).await.unwrap().is_none());
        assert!(life.engine().list_member_account_numbers(&stranger, &guid).await.unwrap().is_none());
        let reader = life.engine().store().read().await.unwrap();
        let account =
            accounts::of_member(&reader, &life.caller.user, &guid).await.unwrap().swap_remove(0).guid;
        drop(reader);
        let of_account = async |caller: &Caller| {
            life.engine().list_account_numbers(caller, &account).await.unwrap().map(|found| found.len())
        };
        assert_eq!((of_account(&life.caller).await, of_account(&stranger).await), (Some(1), None));
        assert!(life.engine().delete_member(&life.caller, &guid, DeleteMember::default()).await.unwrap());
        assert_eq!(of_account(&life.caller).await, None);
        let reader = life.engine().store().read().await.unwrap();
        let left =
            riverbank_store::account_numbers::of_account(&reader, &life.caller.user, &account).await.unwrap();
        assert!(left.is_empty(), "numbers outlive their member");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_lie_sealed() {
    let life = Life::new(Backend::Sqlite).await;
    let guid = life.member("mxbank").await;
    life.start(&guid, JobKind::Verification).await.unwrap();
    life.bench.run_jobs().await;
    let shown = life.engine().list_member_account_numbers(&life.caller, &guid).await.unwrap().unwrap();
    let reader = life.engine().store().read().await.unwrap();
    let rows = riverbank_store::account_numbers::of_member(&reader, &life.caller.user, &guid).await.unwrap();
    assert_eq!(rows.len(), 2);
    for (row, shown) in rows.iter().zip(shown) {
        let number = shown.account_number.as_bytes();
        assert!(!row.told.windows(number.len()).any(|window| window == number));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_kind_runs_at_a_time() {
    for backend in BACKENDS {
        let life = Life::new(backend).await;
        let guid = life.member("riverbank_test").await;
        for running in JobKind::ALL {
            assert!(is_started(life.start(&guid, running).await), "{running:?}");
            for kind in JobKind::ALL {
                match life.start(&guid, kind).await {
                    Ok(Aggregated::Unchanged(_)) => assert_eq!(kind, running),
                    Err(StartJobError::AnotherKindRuns) => assert_ne!(kind, running),
                    other => panic!("{kind:?} while {running:?} runs: {other:?}"),
                }
            }
            life.bench.run_jobs().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_institution_or_client_lacks_is_refused() {
    let life = Life::new(Backend::Sqlite).await;
    let refusal = async |guid: &MemberGuid, kind| life.start(guid, kind).await.unwrap_err().to_string();
    assert_eq!(refusal(&nobodys(), JobKind::Verification).await, "no such member");
    let catalogue = include_str!("../../../../connect/banks/mxbank.toml")
        .replace("supports_account_identification = true", "")
        .replace("supports_account_verification = true", "");
    let bench = Bench::with_banks(Backend::Sqlite, &catalogue).await;
    let plain = Life { caller: bench.session("acme", "u").await.caller, bench };
    let guid = plain.member("mxbank").await;
    for (kind, what) in [
        (JobKind::Identification, "instant account identification"),
        (JobKind::Verification, "instant account verification"),
        (JobKind::History, "extended transaction history"),
    ] {
        let refused = plain.start(&guid, kind).await.unwrap_err();
        assert_eq!(refused.to_string(), format!("Member's institution does not support {what}."));
        assert!(matches!(refused, StartJobError::NotSupported(_)));
    }
    let clients = plain.bench.clients();
    for (kind, feature) in [
        (JobKind::Identification, Feature::Identification),
        (JobKind::Verification, Feature::Verification),
        (JobKind::History, Feature::ExtendedHistory),
    ] {
        clients.set_feature("acme", feature, false).await.unwrap();
        let refused = plain.start(&guid, kind).await.unwrap_err();
        assert!(matches!(refused, StartJobError::FeatureOff), "the client is asked before the institution");
    }
    assert!(is_started(plain.start(&guid, JobKind::Balance).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_without_pfm_is_verified_without_transactions_and_has_no_history() {
    let life = Life::new(Backend::Sqlite).await;
    let guid = life.bench.member_at("riverbank_test", &life.caller, "any").await.member.guid;
    let change = UpdateMember {
        use_cases: Some([UseCase::MoneyMovement].into_iter().collect()),
        ..UpdateMember::default()
    };
    life.engine().update_member(&life.caller, &guid, change).await.unwrap();
    life.bench.run_jobs().await;
    assert!(matches!(life.start(&guid, JobKind::History).await, Err(StartJobError::NotPfm)));
    life.engine().verify_member(&life.caller, &guid, true).await.unwrap();
    life.bench.run_jobs().await;
    assert_eq!((life.numbers(&guid).await.len(), life.transactions(&guid).await), (3, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_parks_a_verification_and_its_answer_wakes_it() {
    for backend in BACKENDS {
        let life = Life::new(backend).await;
        let catalogue = life.engine().catalogue().await.unwrap();
        let bank = catalogue.by_code("mxbank").unwrap();
        let values = bank.credentials.iter().zip(["mxuser", "challenge"]);
        let request = CreateMember {
            institution_guid: bank.guid.to_string(),
            credentials: values
                .map(|(field, value)| GivenCredential {
                    guid: field.guid.to_string(),
                    value: value.to_owned().into(),
                })
                .collect(),
            skip_aggregation: true,
            ..CreateMember::default()
        };
        let guid = life.engine().create_member(&life.caller, request).await.unwrap().member.guid;
        life.engine().verify_member(&life.caller, &guid, true).await.unwrap();
        life.bench.run_jobs().await;
        let view = life.read(&guid).await;
        assert_eq!(view.member.connection_status, Some(ConnectionStatus::Challenged));
        assert!(matches!(life.start(&guid, JobKind::Verification).await, Ok(Aggregated::Unchanged(_))));
        assert!(matches!(life.start(&guid, JobKind::Aggregation).await, Err(StartJobError::AnotherKindRuns)));
        let open = life.engine().list_challenges(&life.caller, &guid).await.unwrap().unwrap().unwrap();
        let answers =
            open.iter().map(|one| GivenAnswer { guid: one.guid.to_string(), value: "correct".into() });
        life.engine().resume_member(&life.caller, &guid, answers.collect()).await.unwrap();
        life.bench.run_jobs().await;
        let view = life.read(&guid).await;
        assert_eq!(view.member.connection_status, Some(ConnectionStatus::Connected));
        assert_eq!(life.numbers(&guid).await.len(), 2);
        assert!(life.transactions(&guid).await > 800);
        let job = view.member.most_recent_job_guid.unwrap();
        let job = life.engine().read_job(&life.caller, &job).await.unwrap().unwrap();
        assert_eq!((job.kind, job.status), (JobKind::Verification, JobStatus::Completed));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_the_bank_count_as_those_of_an_aggregation_do() {
    let life = Life::new(Backend::Sqlite).await;
    let guid = life.bench.mx_bank_member(&life.caller, "UNAUTHORIZED").await.member.guid;
    life.bench.run_jobs().await;
    for expected in [ConnectionStatus::Denied, ConnectionStatus::Prevented] {
        assert!(is_started(life.start(&guid, JobKind::Identification).await));
        life.bench.run_jobs().await;
        assert_eq!(life.read(&guid).await.member.connection_status, Some(expected));
    }
    // A password is not sent again after that.
    assert!(!is_started(life.start(&guid, JobKind::Identification).await));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_extended_history_reaches_back_two_years_and_later_aggregations_leave_it() {
    for backend in BACKENDS {
        let life = Life::new(backend).await;
        let guid = life.member("mxcu_credential").await;
        let first = life.transactions(&guid).await;
        assert!(is_started(life.start(&guid, JobKind::History).await));
        life.bench.run_jobs().await;
        let extended = life.transactions(&guid).await;
        assert!(extended > 7 * first, "{first} and then {extended}");
        life.start(&guid, JobKind::Aggregation).await.unwrap();
        life.bench.run_jobs().await;
        assert_eq!(life.transactions(&guid).await, extended);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_told_in_its_own_words() {
    let life = Life::new(Backend::Sqlite).await;
    let guid = life.member("riverbank_test").await;
    let sink = WebhookSink::start().await.unwrap();
    life.bench.endpoint("acme", &sink.url(), "aggregation,history,verification,balance").await;
    let caller = Caller { callback_payload: Some("bWluZQ==".to_owned()), ..life.caller.clone() };
    let told = async || {
        life.bench.run_jobs().await;
        life.bench.deliver().await;
        let told: Vec<Value> = sink.received().iter().map(Received::json).collect();
        sink.clear();
        told
    };
    life.engine().identify_member(&caller, &guid, false).await.unwrap();
    assert_eq!(told().await, Vec::<Value>::new());

    life.engine().extend_history(&caller, &guid).await.unwrap();
    let history = told().await;
    assert_eq!(history.len(), 1);
    assert_eq!(history[0]["type"], "HISTORY");
    assert!(history[0]["transactions_created_count"].as_i64().unwrap() > 5_000, "{history:?}");
    assert!(history[0].get("job_guid").is_none() && history[0].get("user_id").is_none());

    life.engine().verify_member(&caller, &guid, false).await.unwrap();
    let verification = told().await;
    let numbers = life.engine().list_member_account_numbers(&caller, &guid).await.unwrap().unwrap();
    let accounts: Vec<_> = numbers.into_iter().map(|one| one.account_guid.to_string()).collect();
    assert_eq!(verification[0]["type"], "VERIFICATION");
    assert_eq!(verification[0]["accounts"], serde_json::json!(accounts));
    assert_eq!((&verification[0]["user_id"], verification.len()), (&Value::from("u"), 1));
    assert_eq!(
        verification[0]["job_guid"],
        life.read(&guid).await.member.most_recent_job_guid.unwrap().as_str()
    );

    life.engine().check_balance(&caller, &guid).await.unwrap();
    let balance = told().await;
    let keys: Vec<_> = balance[0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["action", "completed_at", "completed_on", "member_guid", "type", "user_guid"]);
    assert_eq!((&balance[0]["type"], balance.len()), (&Value::from("BALANCE"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_split_where_the_client_asks_for_it() {
    let life = Life::new(Backend::Sqlite).await;
    let guid = life.member("mxbank").await;
    life.start(&guid, JobKind::Identification).await.unwrap();
    life.bench.run_jobs().await;
    let names = async || {
        let owners = life.engine().list_account_owners(&life.caller, &guid).await.unwrap().unwrap();
        let told = owners.into_iter().next().unwrap().told;
        (told.owner_name.unwrap(), told.first_name, told.last_name)
    };
    assert_eq!(names().await, ("MX Test".to_owned(), None, None));
    life.bench.clients().set_feature("acme", Feature::NameSplitting, true).await.unwrap();
    assert_eq!(names().await, ("MX Test".to_owned(), Some("MX".to_owned()), Some("Test".to_owned())));
}
