use riverbank_model::account::AccountType;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::given::GivenFacts;
use riverbank_model::transaction::TransactionType;
use riverbank_model::webhook::EventKind;
use riverbank_testkit::webhook_sink::WebhookSink;
use serde_json::Value;

use super::{log, only};
use crate::Caller;
use crate::accounts::{AccountChanges, CreateAccount};
use crate::members::{
    AggregationOptions, CreateMember, DeleteMember, GivenAnswer, GivenCredential, MemberView, UpdateMember,
};
use crate::testing::{Backend, Bench};
use crate::transactions::{CreateTransaction, Part, Split, UpdateTransaction};
use crate::users::{CreateUser, Profile, UpdateUser};

/// A bench with the test banks, an endpoint that hears everything, and a user.
struct Partner {
    bench: Bench,
    sink: WebhookSink,
    caller: Caller,
}

impl Partner {
    async fn new() -> Self {
        let bench = Bench::with_test_banks(Backend::Sqlite).await;
        let sink = WebhookSink::start().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        bench.endpoint("acme", &sink.url(), "every").await;
        Self { bench, sink, caller }
    }

    /// What was told since the last time: kinds and actions, in order; a number of transactions as one.
    async fn told(&self) -> Vec<String> {
        self.bench.deliver().await;
        let mut told: Vec<String> = self.sink.received().iter().map(|one| title(&one.json())).collect();
        told.dedup();
        self.sink.clear();
        told
    }

    async fn member(&self, password: &str) -> MemberView {
        self.bench.mx_bank_member(&self.caller, password).await
    }

    async fn answer(&self, member: &MemberView, word: &str) {
        let guid = &member.member.guid;
        let open = self.bench.engine.list_challenges(&self.caller, guid).await.unwrap().unwrap().unwrap();
        let answers = open.iter().map(|one| GivenAnswer { guid: one.guid.to_string(), value: word.into() });
        self.bench.engine.resume_member(&self.caller, guid, answers.collect()).await.unwrap();
    }
}

fn title(body: &Value) -> String {
    if let Some(status) = body["job"]["status_name"].as_str() {
        return format!("job {status}");
    }
    let action = body["action"].as_str().unwrap();
    match body["type"].as_str() {
        Some("CONNECTION_STATUS") => format!("{action} {}", body["connection_status"].as_str().unwrap()),
        Some(kind) => format!("{action} {kind}"),
        None => {
            let names = EventKind::ALL.iter().map(|kind| kind.name());
            let root = names.into_iter().find(|name| body.get(name).is_some()).unwrap();
            format!("{root} {action}")
        }
    }
}

#[tokio::test]
async fn a_connection_is_told_from_its_making_to_its_end() {
    let partner = Partner::new().await;
    let member = partner.member("any").await;
    assert_eq!(partner.told().await, ["member created"]);
    partner.bench.run_jobs().await;
    let told = partner.told().await;
    assert_eq!(told[..2], ["account created", "transaction created"]);
    assert_eq!(told[told.len() - 2..], ["member_data_updated AGGREGATION", "job COMPLETED"]);
    // What is told again as it was is no news.
    let options = AggregationOptions { include_holdings: true, include_transactions: true };
    partner.bench.engine.aggregate_member(&partner.caller, &member.member.guid, options).await.unwrap();
    partner.bench.run_jobs().await;
    assert_eq!(partner.told().await, ["member_data_updated AGGREGATION", "job COMPLETED"]);
    let deletion = DeleteMember::default();
    partner.bench.engine.delete_member(&partner.caller, &member.member.guid, deletion).await.unwrap();
    assert_eq!(
        partner.told().await,
        ["member deleted", "account deleted", "holding deleted", "transaction deleted"]
    );
}

#[tokio::test]
async fn a_challenge_is_told_each_time_and_expires() {
    let partner = Partner::new().await;
    let member = partner.member("challenge").await;
    partner.bench.run_jobs().await;
    assert_eq!(partner.told().await, ["member created", "CHANGED CHALLENGED", "job CHALLENGED"]);
    partner.answer(&member, "challenge").await;
    partner.bench.run_jobs().await;
    assert_eq!(partner.told().await, ["CHANGED CHALLENGED", "job CHALLENGED"]);
    partner.bench.advance(601);
    partner.bench.engine.sweep().await.unwrap();
    assert_eq!(partner.told().await, ["job HALTED", "CHANGED EXPIRED"]);
}

#[tokio::test]
async fn a_refusal_is_told_as_a_status_and_as_the_end_of_its_job() {
    let partner = Partner::new().await;
    for (password, status, job) in [
        ("INVALID", "DENIED", "DENIED"),
        ("LOCKED", "LOCKED", "HALTED"),
        ("SERVER_ERROR", "FAILED", "HALTED"),
    ] {
        let _ = password;
        let member = partner.member(password).await;
        partner.bench.run_jobs().await;
        let told = partner.told().await;
        let ended =
            partner.bench.engine.read_member(&partner.caller, &member.member.guid).await.unwrap().unwrap();
        let found = ended.member.connection_status.unwrap().name();
        assert_eq!((found, told.contains(&format!("job {job}"))), (status, true), "{told:?}");
        let is_told = status != "FAILED";
        assert_eq!(told.contains(&format!("CHANGED {status}")), is_told, "{told:?}");
        assert!(!told.iter().any(|one| one.ends_with("AGGREGATION")), "{told:?}");
        let deletion = DeleteMember { skip_webhook: true };
        partner.bench.engine.delete_member(&partner.caller, &member.member.guid, deletion).await.unwrap();
        assert_eq!(partner.told().await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_call_that_skips_webhooks_leaves_those_of_its_jobs() {
    let partner = Partner::new().await;
    let engine = &partner.bench.engine;
    let catalogue = engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let request = CreateMember {
        institution_guid: bank.guid.to_string(),
        connection_status: Some("LOCKED".to_owned()),
        skip_webhook: true,
        ..CreateMember::default()
    };
    let member = engine.create_member(&partner.caller, request).await.unwrap();
    assert_eq!(partner.told().await, ["CHANGED LOCKED"]);
    let change = |name: &str, skip_webhook| UpdateMember {
        name: Some(name.to_owned()),
        skip_webhook,
        ..UpdateMember::default()
    };
    let guid = &member.member.guid;
    engine.update_member(&partner.caller, guid, change("one", true)).await.unwrap();
    assert_eq!(partner.told().await, Vec::<String>::new());
    engine.update_member(&partner.caller, guid, change("two", false)).await.unwrap();
    engine.update_member(&partner.caller, guid, change("two", false)).await.unwrap();
    assert_eq!(partner.told().await, ["member updated"], "what changes nothing is not told");
}

#[tokio::test]
async fn users_are_told_of_unless_that_is_skipped() {
    let partner = Partner::new().await;
    let engine = &partner.bench.engine;
    let acme = partner.bench.partner("acme").await;
    for skip_webhook in [false, true] {
        let request = CreateUser { id: "U-2".to_owned(), skip_webhook, ..CreateUser::default() };
        engine.create_user(&acme, request).await.unwrap();
        let profile = Profile { first_name: Some("Ann".to_owned()), ..Profile::default() };
        engine.update_user(&acme, "U-2", UpdateUser { profile, skip_webhook }).await.unwrap();
        engine.delete_user(&acme, "U-2", skip_webhook).await.unwrap();
        let expected: &[&str] =
            if skip_webhook { &[] } else { &["user created", "user updated", "user deleted"] };
        assert_eq!(partner.told().await, expected);
    }
}

#[tokio::test]
async fn what_the_call_wants_to_see_again_is_on_what_it_causes_and_nothing_else() {
    let partner = Partner::new().await;
    let caller = Caller { callback_payload: Some("dGhhdCBjYWxs".to_owned()), ..partner.caller.clone() };
    let member = partner.bench.mx_bank_member(&caller, "any").await;
    partner.bench.run_jobs().await;
    partner.bench.deliver().await;
    for one in partner.sink.received() {
        let title = title(&one.json());
        let echoes = ["member created", "member_data_updated AGGREGATION"].contains(&&*title);
        assert_eq!(one.header("x-callback-payload"), if echoes { "dGhhdCBjYWxs" } else { "" }, "{title}");
    }
    partner.sink.clear();
    let options = AggregationOptions { include_holdings: true, include_transactions: true };
    partner.bench.engine.aggregate_member(&partner.caller, &member.member.guid, options).await.unwrap();
    partner.bench.run_jobs().await;
    partner.bench.deliver().await;
    assert!(partner.sink.received().iter().all(|one| one.header("x-callback-payload").is_empty()));
}

#[tokio::test]
async fn what_an_update_wants_to_see_again_is_on_the_job_that_follows_the_running_one() {
    let partner = Partner::new().await;
    let engine = &partner.bench.engine;
    let member = partner.member("any").await.member;
    let running = partner.bench.take_jobs().await;
    let catalogue = engine.catalogue().await.unwrap();
    let bank = catalogue.by_code("mxbank").unwrap();
    let fields = bank.credentials.iter().zip(["mxuser", "other"]);
    let given = |(field, value): (&crate::institutions::InstitutionCredential, &str)| GivenCredential {
        guid: field.guid.to_string(),
        value: value.into(),
    };
    let change = UpdateMember { credentials: fields.map(given).collect(), ..UpdateMember::default() };
    let caller = Caller { callback_payload: Some("bGF0ZXI=".to_owned()), ..partner.caller.clone() };
    engine.update_member(&caller, &member.guid, change).await.unwrap();
    partner.bench.finish_jobs(running).await;
    let endpoint = partner.bench.endpoint("acme", &partner.sink.url(), "aggregation").await;
    partner.bench.run_jobs().await;
    assert_eq!(only(&partner.bench, &endpoint).await.message.callback_payload.as_deref(), Some("bGF0ZXI="));
}

#[tokio::test]
async fn while_nobody_listens_nothing_is_written() {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    let other = bench.endpoint("other", &sink.url(), "every").await;
    let users_only = bench.endpoint("acme", &sink.url(), "user").await;
    let caller = bench.session("acme", "U-1").await.caller;
    bench.mx_bank_member(&caller, "any").await;
    bench.run_jobs().await;
    assert_eq!(log(&bench, &other).await.len(), 0, "another client's");
    assert_eq!(log(&bench, &users_only).await.len(), 1, "the user only");
    bench.engine.disable_endpoint(&users_only).await.unwrap();
    bench.session("acme", "U-2").await;
    assert_eq!(log(&bench, &users_only).await.len(), 1);
}

#[tokio::test]
async fn a_deleted_users_messages_are_forgotten_once_they_have_ended() {
    let partner = Partner::new().await;
    let acme = partner.bench.partner("acme").await;
    let endpoint = partner.bench.engine.list_endpoints(None).await.unwrap()[0].endpoint.guid.clone();
    partner.member("any").await;
    partner.bench.deliver().await;
    assert!(!log(&partner.bench, &endpoint).await.is_empty());
    partner.bench.engine.delete_user(&acme, "U-1", false).await.unwrap();
    let left = log(&partner.bench, &endpoint).await;
    assert_eq!(left.iter().map(|message| message.kind).collect::<Vec<_>>(), [EventKind::User]);
}

#[test]
fn the_eight_statuses_that_are_told_are_those_of_the_reference() {
    let told: Vec<_> = super::super::news::TOLD_STATUSES.iter().map(|status| status.name()).collect();
    let expected =
        ["CHALLENGED", "DENIED", "EXPIRED", "IMPAIRED", "IMPEDED", "LOCKED", "PREVENTED", "REJECTED"];
    assert_eq!(told, expected);
    assert!(expected.iter().all(|name| ConnectionStatus::from_name(name).is_some()));
}

#[tokio::test]
async fn what_is_made_by_hand_is_told_unless_the_call_does_not_want_it() {
    let partner = Partner::new().await;
    let engine = &partner.bench.engine;
    let given = GivenFacts {
        name: Some("Purse".into()),
        account_type: Some(AccountType::Cash),
        ..GivenFacts::default()
    };
    let fields = AccountChanges { given, ..AccountChanges::default() };
    let account = async |skip_webhook| {
        let request = CreateAccount { fields: fields.clone(), skip_webhook };
        engine.create_account(&partner.caller, request).await.unwrap().account.guid
    };
    let purse = account(false).await;
    assert_eq!(partner.told().await, ["member created", "account created"]);
    let silent = account(true).await;
    let lunch = |skip_webhook| CreateTransaction {
        amount: "12.5".parse().unwrap(),
        date: "2026-01-10".parse().unwrap(),
        description: "Lunch".into(),
        transaction_type: TransactionType::Debit,
        category_guid: None,
        currency_code: None,
        has_been_viewed: false,
        is_hidden: false,
        is_international: None,
        memo: None,
        metadata: None,
        skip_webhook,
    };
    engine.create_transaction(&partner.caller, &silent, lunch(true)).await.unwrap();
    engine.delete_account(&partner.caller, &silent, true).await.unwrap();
    assert_eq!(partner.told().await, Vec::<String>::new());
    let made = engine.create_transaction(&partner.caller, &purse, lunch(false)).await.unwrap();
    let guid = &made.transaction.guid;
    assert_eq!(partner.told().await, ["transaction created"]);
    let flag = UpdateTransaction { is_flagged: Some(true), ..UpdateTransaction::default() };
    engine.update_transaction(&partner.caller, guid, flag.clone()).await.unwrap();
    engine.update_transaction(&partner.caller, guid, flag).await.unwrap();
    assert_eq!(partner.told().await, ["transaction updated"], "what changes nothing is not told");
    let part = Part { amount: "2.5".parse().unwrap(), ..Part::default() };
    engine.split_transaction(&partner.caller, guid, Split::Off(part)).await.unwrap();
    let told = partner.told().await;
    assert!(
        ["transaction created", "transaction updated"].iter().all(|one| told.contains(&(*one).into())),
        "{told:?}"
    );
    engine.unsplit_transaction(&partner.caller, guid, false).await.unwrap();
    let told = partner.told().await;
    assert!(
        ["transaction deleted", "transaction updated"].iter().all(|one| told.contains(&(*one).into())),
        "{told:?}"
    );
    engine.delete_account(&partner.caller, &purse, false).await.unwrap();
    assert_eq!(partner.told().await, ["account deleted", "transaction deleted"]);
}
