//! The shipped banks through the connector.

mod changes;
mod scripts;

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::date;
use riverbank_model::SecretText;
use riverbank_model::challenge::{Challenge, ChallengeKind};
use riverbank_model::connection::ConnectionStatus::{self, *};
use riverbank_model::feed::Feed;
use riverbank_model::transaction::TransactionStatus;

use super::{SHIPPED, ScriptConnector};
use crate::catalogue::{self, CatalogueEntry};
use crate::connector::{
    Answer, Bank, BankRefusal, Connector, CredentialValue, Login, Session, Step, Visit, Wanted,
};

fn shipped(code: &str) -> CatalogueEntry {
    SHIPPED
        .iter()
        .flat_map(|(name, text)| catalogue::parse(text).unwrap_or_else(|error| panic!("{name}: {error}")))
        .find(|entry| entry.code == code)
        .unwrap()
}

fn bank(entry: &CatalogueEntry) -> Bank {
    Bank { code: entry.code.clone(), name: entry.name.clone(), settings: entry.settings.clone() }
}

fn login(user: &str, password: &str) -> Login {
    let value = |field_name: &str, value: &str| CredentialValue {
        field_name: field_name.to_owned(),
        value: SecretText::from(value.to_owned()),
    };
    Login { values: vec![value("LOGIN", user), value("PASSWORD", password)], ..Login::default() }
}

fn now() -> Timestamp {
    "2026-11-25T10:30:00Z".parse().unwrap()
}

fn visit(bank: &Bank) -> Visit<'_> {
    Visit { bank, seed: "seed", user: "USR-1", attempt: 1, now: now(), since: now() }
}

async fn open(bank: &Bank, user: &str, password: &str) -> Result<Step, BankRefusal> {
    ScriptConnector::default().open(&visit(bank), &login(user, password)).await
}

async fn answer(bank: &Bank, state: &[u8], answers: &[(&str, &str)]) -> Result<Step, BankRefusal> {
    let answers: Vec<Answer> = answers
        .iter()
        .map(|(field_name, value)| Answer {
            field_name: (*field_name).to_owned(),
            value: SecretText::from((*value).to_owned()),
        })
        .collect();
    ScriptConnector::default().resume(&visit(bank), &login("mxuser", ""), state, &answers).await
}

#[track_caller]
fn asked(step: Result<Step, BankRefusal>) -> (Vec<Challenge>, Vec<u8>) {
    match step {
        Ok(Step::Challenge { challenges, state }) => (challenges, state),
        other => panic!("not a challenge: {other:?}"),
    }
}

/// The status that the end of an attempt gives, and the bank's code.
#[track_caller]
fn ended(step: Result<Step, BankRefusal>) -> (ConnectionStatus, Option<i64>) {
    match step {
        Ok(Step::Open(_)) => (Connected, None),
        Ok(step) => panic!("not an end: {step:?}"),
        Err(refusal) => (refusal.status, refusal.code),
    }
}

async fn fetch(visit: &Visit<'_>) -> Feed {
    fetch_wanted(
        visit,
        Wanted { transactions_from: Some(date(2000, 1, 1)), holdings: true, ..Wanted::default() },
    )
    .await
}

async fn fetch_wanted(visit: &Visit<'_>, wanted: Wanted) -> Feed {
    let connector = ScriptConnector::default();
    let answer = connector.fetch(visit, &login("mxuser", "any"), &Session(Vec::new()), wanted).await.unwrap();
    connector.read(&answer).unwrap()
}

const WITH_OWNERS_AND_NUMBERS: Wanted =
    Wanted { transactions_from: None, holdings: false, owners: true, numbers: true };

#[tokio::test]
async fn owners_and_numbers_are_told_only_when_they_are_wanted() {
    let bank = bank(&shipped("riverbank_test"));
    let feed = fetch_wanted(&visit(&bank), Wanted::default()).await;
    assert!(feed.accounts.iter().all(|account| account.owners.is_empty() && account.numbers.is_empty()));
    let feed = fetch_wanted(&visit(&bank), WITH_OWNERS_AND_NUMBERS).await;
    assert_eq!(feed, fetch_wanted(&visit(&bank), WITH_OWNERS_AND_NUMBERS).await);
    let owners: Vec<_> = feed.accounts.iter().map(|account| &account.owners).collect();
    assert!(owners.iter().all(|of_account| of_account.len() == 1 && *of_account == owners[0]), "{owners:?}");
    let numbers =
        feed.accounts.iter().map(|account| account.numbers[0].both().map(|(_, routing)| routing.len()));
    assert_eq!(numbers.collect::<Vec<_>>(), [Some(9), Some(9), None, None, None, None, Some(9)]);
    let checking = &feed.accounts[0];
    assert!(checking.numbers[0].pass_validation());
    assert_eq!(checking.numbers[0].account_number, checking.facts.account_number);
    let other = Visit { user: "USR-2", ..visit(&bank) };
    assert_ne!(fetch_wanted(&other, WITH_OWNERS_AND_NUMBERS).await.accounts[0].owners, checking.owners);
}

#[tokio::test]
async fn the_owners_of_the_reference_are_served() {
    for (code, expected) in [
        ("mxbank", &["MX Test"][..]),
        ("mx_bank_oauth", &["MX Test"]),
        ("mxcu_oauth", &["John Smith", "Mary Smith"]),
    ] {
        let bank = bank(&shipped(code));
        let feed = fetch_wanted(&visit(&bank), WITH_OWNERS_AND_NUMBERS).await;
        let names = feed.accounts[0].owners.iter().filter_map(|owner| owner.owner_name.as_deref());
        assert_eq!(names.collect::<Vec<_>>(), expected, "{code}");
    }
}

const OUTCOMES: [(&str, ConnectionStatus, i64); 7] = [
    ("BAD_REQUEST", Failed, 400),
    ("UNAUTHORIZED", Denied, 401),
    ("INVALID", Denied, 401),
    ("LOCKED", Locked, 401),
    ("DISABLED", Denied, 401),
    ("SERVER_ERROR", Failed, 500),
    ("UNAVAILABLE", Failed, 503),
];

const MX_BANKS: [&str; 4] = ["mxbank", "mx_bank_oauth", "mxcu_credential", "mxcu_oauth"];

#[tokio::test]
async fn each_documented_password_of_mx_bank_leads_to_its_status() {
    for code in MX_BANKS {
        let bank = bank(&shipped(code));
        for (password, status, upstream) in OUTCOMES {
            assert_eq!(ended(open(&bank, "mxuser", password).await), (status, Some(upstream)), "{password}");
        }
        for password in ["password", "correct", "locked", "", "LOCKED "] {
            assert_eq!(ended(open(&bank, "mxuser", password).await).0, Connected, "{password:?}");
        }
    }
}

#[tokio::test]
async fn another_login_than_mxuser_is_denied_whatever_the_password() {
    for code in MX_BANKS.into_iter().chain(["riverbank_test"]) {
        let bank = bank(&shipped(code));
        for user in ["someone", "MXUSER", ""] {
            for password in ["any", "challenge", "LOCKED"] {
                assert_eq!(
                    ended(open(&bank, user, password).await),
                    (Denied, Some(401)),
                    "{user} {password}"
                );
            }
        }
    }
}

#[tokio::test]
async fn each_documented_answer_of_mx_bank_leads_to_its_status() {
    let kinds = [
        ("challenge", ChallengeKind::Text),
        ("options", ChallengeKind::Options),
        ("image", ChallengeKind::ImageData),
    ];
    for code in MX_BANKS {
        let bank = bank(&shipped(code));
        for (password, kind) in kinds {
            let (challenges, state) = asked(open(&bank, "mxuser", password).await);
            assert_eq!(challenges.len(), 1);
            assert_eq!(challenges[0].kind, kind);
            assert_eq!(challenges[0].image_data.is_some(), kind == ChallengeKind::ImageData);
            let name = challenges[0].field_name.as_str();
            for (word, status, upstream) in OUTCOMES {
                let end = ended(answer(&bank, &state, &[(name, word)]).await);
                assert_eq!(end, (status, Some(upstream)), "{password} {word}");
                let offered = challenges[0].options.iter().any(|option| option.value == word);
                assert_eq!(offered, kind == ChallengeKind::Options);
            }
            assert_eq!(ended(answer(&bank, &state, &[(name, "correct")]).await).0, Connected);
            for wrong in ["wrong", "Correct", ""] {
                assert_eq!(ended(answer(&bank, &state, &[(name, wrong)]).await).0, Rejected);
            }
            assert_eq!(ended(answer(&bank, &state, &[]).await).0, Rejected);

            let (second, state) = asked(answer(&bank, &state, &[(name, "challenge")]).await);
            assert_ne!(second[0].field_name, name);
            let name = second[0].field_name.as_str();
            assert_eq!(ended(answer(&bank, &state, &[(name, "correct")]).await).0, Connected);
            assert_eq!(ended(answer(&bank, &state, &[(name, "challenge")]).await).0, Rejected);
            assert_eq!(ended(answer(&bank, &state, &[(name, "SERVER_ERROR")]).await), (Failed, Some(500)));
        }
    }
}

#[test]
fn mx_bank_has_its_documented_ids() {
    let entry = shipped("mxbank");
    assert_eq!(entry.guid.as_str(), "INS-1572a04c-912b-59bf-5841-332c7dfafaef");
    assert_eq!((entry.name.as_str(), entry.popularity), ("MX Bank", 72_644));
    let fields: Vec<_> = entry
        .credentials
        .iter()
        .map(|field| {
            (field.guid.as_str(), field.field_name.as_str(), field.label.as_str(), field.field_type.id())
        })
        .collect();
    assert_eq!(
        fields,
        [
            ("CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1", "LOGIN", "Username", 3),
            ("CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d", "PASSWORD", "Password", 1),
        ]
    );
    assert_eq!(shipped("mx_bank_oauth").guid.as_str(), "INS-68e96dd6-eabd-42d3-9f05-416897f0746c");
    // How an end user comes to the bank's page, and what the bank tells, is each bank's own matter.
    let rules = |code: &str| {
        let mut rules: toml::Table = shipped(code).settings.parse().unwrap();
        rules.remove("oauth");
        rules.remove("data");
        rules
    };
    for code in MX_BANKS {
        let entry = shipped(code);
        assert!(entry.flags.is_test && !entry.flags.is_hidden, "{code}");
        assert_eq!(entry.flags.supports_oauth, entry.credentials.is_empty(), "{code}");
        assert_eq!(rules(code), rules("mxbank"), "{code} has the rules of MX Bank");
    }
}

#[tokio::test]
async fn the_riverbank_test_bank_reaches_every_status_of_a_bank() {
    let bank = bank(&shipped("riverbank_test"));
    for status in [Denied, Rejected, Locked, Impeded, Failed, Delayed, Degraded, Disconnected, Discontinued] {
        assert_eq!(ended(open(&bank, "mxuser", status.name()).await).0, status);
    }
}

#[tokio::test]
async fn each_kind_of_challenge_is_asked_in_its_form_and_answered_rightly_and_wrongly() {
    let bank = bank(&shipped("riverbank_test"));
    for kind in ChallengeKind::ALL {
        let password = kind.name().to_lowercase();
        let (challenges, state) = asked(open(&bank, "mxuser", &password).await);
        let challenge = &challenges[0];
        assert_eq!(challenge.kind, kind);
        assert_eq!(challenge.image_data.is_some(), kind == ChallengeKind::ImageData);
        let chosen = matches!(kind, ChallengeKind::Options | ChallengeKind::ImageOptions);
        assert_eq!(!challenge.options.is_empty(), chosen);
        for option in &challenge.options {
            let picture = option.data_uri.as_deref().unwrap_or_default();
            assert_eq!(
                picture.starts_with("data:image/png;base64,iVBOR"),
                kind == ChallengeKind::ImageOptions
            );
        }
        let pictures: std::collections::BTreeSet<_> =
            challenge.options.iter().filter_map(|option| option.data_uri.as_ref()).collect();
        if kind == ChallengeKind::ImageOptions {
            assert_eq!(pictures.len(), challenge.options.len(), "the pictures differ");
        }
        let name = challenge.field_name.as_str();
        assert_eq!(ended(answer(&bank, &state, &[(name, "correct")]).await).0, Connected);
        assert_eq!(ended(answer(&bank, &state, &[(name, "wrong")]).await).0, Rejected);
    }
}

#[tokio::test]
async fn questions_asked_together_must_all_be_answered_rightly() {
    let bank = bank(&shipped("riverbank_test"));
    let (challenges, state) = asked(open(&bank, "mxuser", "together").await);
    let names: Vec<_> = challenges.iter().map(|challenge| challenge.field_name.as_str()).collect();
    assert_eq!(names, ["city", "code"]);
    for (first, second, status) in
        [("correct", "correct", Connected), ("correct", "wrong", Rejected), ("wrong", "correct", Rejected)]
    {
        let end = answer(&bank, &state, &[("code", second), ("city", first)]).await;
        assert_eq!(ended(end).0, status);
    }
}

#[tokio::test]
async fn questions_in_a_row_are_asked_one_after_another() {
    let bank = bank(&shipped("riverbank_test"));
    let mut step = open(&bank, "mxuser", "chain").await;
    for name in ["phone", "code", "gallery"] {
        let (challenges, state) = asked(step);
        assert_eq!(challenges[0].field_name, name);
        assert_eq!(ended(answer(&bank, &state, &[(name, "wrong")]).await).0, Rejected);
        step = answer(&bank, &state, &[(name, "correct")]).await;
    }
    assert_eq!(ended(step).0, Connected);
}

#[tokio::test]
async fn a_wait_ends_after_its_seconds_of_business_time() {
    let bank = bank(&shipped("riverbank_test"));
    let Ok(Step::Wait { until, state }) = open(&bank, "mxuser", "slow").await else {
        panic!("no wait");
    };
    assert_eq!(until, now() + Duration::from_secs(30));
    assert_eq!(ended(answer(&bank, &state, &[]).await).0, Connected);
}

#[tokio::test]
async fn rules_can_hold_for_some_attempts_only() {
    let bank = bank(&shipped("riverbank_test"));
    for (password, attempt, status) in [
        ("flaky", 1, Failed),
        ("flaky", 2, Failed),
        ("flaky", 3, Connected),
        ("expired", 3, Connected),
        ("expired", 4, Denied),
    ] {
        let visit = Visit { attempt, ..visit(&bank) };
        let step = ScriptConnector::default().open(&visit, &login("mxuser", password)).await;
        assert_eq!(ended(step).0, status, "{password} {attempt}");
    }
}

#[tokio::test]
async fn a_pending_purchase_comes_back_posted_under_another_id() {
    let bank = bank(&shipped("riverbank_test"));
    for (attempt, id, status) in
        [(1, "pending-1", TransactionStatus::Pending), (2, "posted-1", TransactionStatus::Posted)]
    {
        let feed = fetch(&Visit { attempt, ..visit(&bank) }).await;
        let prepaid = feed.accounts.iter().find(|account| account.id == "prepaid").unwrap();
        assert_eq!(prepaid.facts.balance, Some("87.5".parse().unwrap()));
        assert_eq!(prepaid.transactions.len(), 1);
        assert_eq!(prepaid.transactions[0].id.as_deref(), Some(id));
        assert_eq!(prepaid.transactions[0].status, status);
        assert_eq!(prepaid.transactions[0].date(), Some(date(2026, 11, 24)));
    }
}
