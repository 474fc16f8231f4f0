//! Logins that are not let in, and banks that do not answer.

use std::time::Instant;

use riverbank_connect::Connector as _;
use riverbank_model::connection::ConnectionStatus::{self, Denied, Failed, Impeded, Locked};

use super::*;

async fn refusal(settings: String, login: &Login) -> riverbank_connect::BankRefusal {
    let entry = entry(settings);
    connector().open(&visit(&entry), login).await.unwrap_err()
}

#[tokio::test]
async fn each_answer_of_a_bank_leads_to_its_status_and_keeps_its_code() {
    let rows: [(&str, ConnectionStatus, Option<i64>); 12] = [
        ("nobody", Denied, Some(15500)),
        ("general-error", Failed, Some(2000)),
        ("must-change", Impeded, Some(15000)),
        ("in-use", Impeded, Some(15501)),
        ("locked", Locked, Some(15502)),
        ("not-allowed", Impeded, Some(15508)),
        ("unapproved", Impeded, Some(15510)),
        ("down", Failed, Some(500)),
        ("forbidden", Failed, Some(403)),
        ("redirect", Failed, Some(302)),
        ("cut-off", Failed, None),
        ("web-page", Failed, None),
    ];
    for version in [102, 203] {
        let bank = bank();
        for (user, status, code) in rows {
            let refusal = refusal(bank.settings_with(version, ""), &login(user)).await;
            assert_eq!((refusal.status, refusal.code), (status, code), "{user}: {refusal}");
            assert!(!refusal.message.contains(PASSWORD), "{refusal}");
        }
        assert_eq!(bank.violations(), [""; 0]);
        assert_eq!(bank.requests().len(), rows.len(), "a redirect is not followed");
    }
}

#[tokio::test]
async fn a_bank_that_takes_too_long_has_failed() {
    let bank = bank();
    let policy = Policy { total_limit: Duration::from_secs(3), ..Policy::sandbox() };
    let connector = OfxConnector::new(Client::new(policy).unwrap());
    let entry = entry(bank.settings());
    let refusal = connector.open(&visit(&entry), &login("slow")).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (Failed, None), "{refusal}");
}

#[tokio::test]
async fn a_wrong_password_is_denied() {
    let bank = bank();
    let refusal = refusal(bank.settings(), &login_with("anna", "guess")).await;
    assert_eq!((refusal.status, refusal.code), (Denied, Some(15500)));
}

#[tokio::test]
async fn a_bank_whose_address_leads_inward_is_not_asked() {
    let connector = OfxConnector::new(Client::new(Policy::default()).unwrap());
    for (url, trick) in riverbank_testkit::inward::INWARD {
        let entry = entry(format!("url = \"{url}\""));
        let refusal = connector.open(&visit(&entry), &login("anna")).await.unwrap_err();
        // Or the settings cannot be read, where it is no address at all.
        let is_refused = refusal.message.contains("the address is refused");
        assert!(is_refused || url.parse::<url::Url>().is_err(), "{trick}: {refusal}");
    }
}

#[tokio::test]
async fn a_bank_that_is_not_there_fails_soon() {
    let url = {
        let bank = bank();
        bank.url().to_owned()
    };
    #[expect(clippy::disallowed_methods, reason = "the test measures real time")]
    let started = Instant::now();
    let refusal = refusal(format!("url = \"{url}\""), &login("anna")).await;
    assert_eq!((refusal.status, refusal.code), (Failed, None));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn outside_a_sandbox_a_bank_on_this_machine_is_not_asked() {
    let bank = bank();
    let connector = OfxConnector::new(Client::new(Policy::default()).unwrap());
    for settings in [bank.settings(), bank.settings().replace("http://", "https://")] {
        let entry = entry(settings);
        let refusal = connector.open(&visit(&entry), &login("anna")).await.unwrap_err();
        assert_eq!(refusal.status, Failed);
        assert!(refusal.message.contains("the address is refused"), "{refusal}");
    }
    assert!(bank.requests().is_empty());
}

#[tokio::test]
async fn settings_and_credentials_that_are_missing_are_told() {
    let bank = bank();
    let wrong = refusal("org = \"X\"".to_owned(), &login("anna")).await;
    assert!(wrong.message.contains("url"), "{wrong}");
    let missing = refusal(bank.settings(), &Login::default()).await;
    assert!(missing.message.contains("LOGIN"), "{missing}");
    assert!(bank.requests().is_empty());
}
