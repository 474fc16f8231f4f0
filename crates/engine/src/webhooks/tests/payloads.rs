//! Each payload has the documented fields, and of each kind what is written how.

use riverbank_model::webhook::{Action, EventKind};
use riverbank_testkit::webhook_sink::WebhookSink;
use serde_json::{Value, json};

use crate::testing::{Backend, Bench};
use crate::webhooks::sample::sample;

/// The fields of the user, the member and the job as the reference lists them.
const USER: &str = "birthday credit_score email email_is_verified first_name gender guid id is_disabled last_name \
    logged_in_at metadata phone phone_is_verified postal_code revision";
const MEMBER: &str = "aggregated_at connection_status connection_status_id connection_status_message created_at \
    external_guid guid id institution_code institution_guid is_being_aggregated is_managed_by_user is_manual is_oauth \
    metadata name revision successfully_aggregated_at updated_at user_guid user_id";
const JOB: &str = "created_at error_message finished_at guid insitution_guid institution_guid is_authenticated \
    member_guid member_id started_at status status_name updated_at user_guid user_id";
const AGGREGATION: &str = "action completed_at completed_on is_background job_guid member_guid \
    transactions_created_count transactions_updated_count type user_guid user_id";
const CONNECTION_STATUS: &str = "action connection_status connection_status_id connection_status_message member_guid \
    type user_guid";
/// What the reference names of accounts and transactions; the tail follows the object of the API, which a test of the
/// faces compares.
const ACCOUNT: [&str; 16] = [
    "account_id",
    "account_number",
    "account_number_set_by",
    "account_subtype",
    "account_type",
    "apr",
    "apy",
    "available_balance",
    "available_credit",
    "balance",
    "cash_balance",
    "cash_surrender_value",
    "member_guid",
    "member_id",
    "user_guid",
    "user_id",
];
const TRANSACTION: [&str; 18] = [
    "account_guid",
    "account_id",
    "amount",
    "amount_set_by",
    "category_guid",
    "category_name",
    "check_number",
    "created_at",
    "currency_code",
    "date",
    "description",
    "feed_amount",
    "feed_check_number",
    "feed_currency_code",
    "feed_description",
    "feed_is_international",
    "feed_latitude",
    "feed_longitude",
];

fn fields(object: &Value) -> String {
    let mut names: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names.join(" ")
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One payload of each kind that a whole connection tells.
async fn told() -> Vec<Value> {
    let bench = Bench::with_test_banks(Backend::Sqlite).await;
    let sink = WebhookSink::start().await.unwrap();
    bench.endpoint("acme", &sink.url(), "every").await;
    let caller = bench.session("acme", "U-1").await.caller;
    bench.mx_bank_member(&caller, "challenge").await;
    bench.run_jobs().await;
    bench.mx_bank_member(&bench.session("acme", "U-2").await.caller, "any").await;
    bench.run_jobs().await;
    bench.deliver().await;
    sink.received().iter().map(riverbank_testkit::webhook_sink::Received::json).collect()
}

#[tokio::test]
async fn every_payload_has_the_documented_fields() {
    let told = told().await;
    let root = |name: &str| told.iter().find(|body| body.get(name).is_some()).unwrap();
    let of_type = |name: &str| told.iter().find(|body| body["type"] == name).unwrap();
    assert_eq!(fields(&root("user")["user"]), words(USER));
    assert_eq!(fields(&root("member")["member"]), words(MEMBER));
    assert_eq!(fields(root("job")), "job");
    assert_eq!(fields(&root("job")["job"]), words(JOB));
    assert_eq!(fields(of_type("AGGREGATION")), words(AGGREGATION));
    assert_eq!(fields(of_type("CONNECTION_STATUS")), words(CONNECTION_STATUS));
    for (name, known) in [("account", &ACCOUNT[..]), ("transaction", &TRANSACTION[..])] {
        let body = root(name);
        assert_eq!(body.as_object().unwrap().len(), 2, "the action and the object");
        for field in known {
            assert!(body[name].get(field).is_some(), "{name}.{field}");
        }
    }
}

#[tokio::test]
async fn times_are_seconds_days_are_days_and_who_set_a_value_is_a_word() {
    let told = told().await;
    let now = 1_768_478_400;
    let aggregation = told.iter().find(|body| body["type"] == "AGGREGATION").unwrap();
    assert_eq!(
        (&aggregation["completed_at"], &aggregation["completed_on"]),
        (&json!(now), &json!("2026-01-15"))
    );
    assert_eq!(aggregation["transactions_updated_count"], 0);
    let transactions = told.iter().filter(|body| body.get("transaction").is_some()).count();
    assert_eq!(aggregation["transactions_created_count"], transactions);
    assert_eq!(aggregation["user_id"], "U-2");
    let account = &told.iter().find(|body| body.get("account").is_some()).unwrap()["account"];
    assert_eq!(account["created_at"], now);
    assert_eq!((&account["name_set_by"], &account["name_set_by_name"]), (&json!("FEED"), &json!("FEED")));
    assert_eq!((&account["nickname"], &account["nickname_set_by"]), (&Value::Null, &Value::Null));
    let number = account["account_number"].as_str().unwrap();
    assert!(number.trim_start_matches('*').len() <= 4, "{number}");
    let transaction = &told.iter().find(|body| body.get("transaction").is_some()).unwrap()["transaction"];
    let date = transaction["date"].as_i64().unwrap();
    assert_eq!(date % 86_400, 43_200, "noon of the day");
    assert_eq!(transaction["description_set_by"], "SYSTEM");
}

#[test]
fn every_kind_has_a_sample() {
    let now = "2026-01-15T12:00:00Z".parse().unwrap();
    for kind in EventKind::ALL {
        let body: Value = serde_json::from_str(&sample(*kind, Action::Created, now).unwrap()).unwrap();
        let named = body.get(kind.name()).is_some() || body["type"] == kind.name().to_uppercase();
        let notifies = *kind == EventKind::Notification && body["enabled_channels"][0] == "email";
        assert!(named || notifies, "{kind:?}: {body}");
    }
}
