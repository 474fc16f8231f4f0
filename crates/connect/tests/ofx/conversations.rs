//! Logins that are let in, at once or after questions.

use riverbank_connect::ofx::Document;
use riverbank_connect::{Answer, Connector as _, Step};
use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::challenge::{Challenge, ChallengeKind};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use riverbank_testkit::ofx_bank::{ANSWER, TOKEN, TOKEN_LABEL};

use super::*;

async fn fetched(settings: String, user: &str, wanted: Wanted) -> Feed {
    let (connector, entry, login) = (connector(), entry(settings), login(user));
    let visit = visit(&entry);
    let session = session(connector.open(&visit, &login).await.unwrap());
    connector.read(&connector.fetch(&visit, &login, &session, wanted).await.unwrap()).unwrap()
}

fn answer(field_name: &str, value: &str) -> Answer {
    Answer { field_name: field_name.to_owned(), value: value.into() }
}

fn challenged(step: Step) -> (Vec<Challenge>, Vec<u8>) {
    match step {
        Step::Challenge { challenges, state } => (challenges, state),
        other => panic!("not asked: {other:?}"),
    }
}

#[tokio::test]
async fn every_version_brings_the_same_accounts_and_sends_what_a_bank_expects() {
    let mut feeds = Vec::new();
    for version in [102, 103, 151, 160, 203, 211, 220] {
        for more in ["", "close_tags = true\npretty = true", "profile_request = true"] {
            let bank = bank();
            feeds.push(fetched(bank.settings_with(version, more), "anna", EVERYTHING).await);
            assert_eq!(bank.violations(), [""; 0], "{version} {more}");
        }
    }
    for feed in &feeds[1..] {
        assert_eq!(feed, &feeds[0]);
    }
    let rows: Vec<String> = feeds[0]
        .accounts
        .iter()
        .map(|account| {
            let show = |money: Option<riverbank_model::money::Money>| {
                money.map_or("-".to_owned(), |money| money.to_string())
            };
            let facts = &account.facts;
            format!(
                "{} {} {} {} {} {} {}",
                account.id,
                facts.account_type.name(),
                facts.name,
                show(facts.balance),
                show(facts.available_balance.or(facts.available_credit)),
                account.transactions.len(),
                account.holdings.len()
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            "bank:091000022:5550001234:CHECKING CHECKING Everyday Checking 2801.3 2801.3 43 0",
            "bank:091000022:5550009876:SAVINGS SAVINGS Rainy Day Savings 7958.13 7958.13 4 0",
            "card:4000000000007766 CREDIT_CARD Millrace Card 175.62 4824.38 40 0",
            "investment:millrace.example:MR-77120 INVESTMENT Millrace Brokerage 2350.41 - 6 1",
        ]
    );
    let investment = &feeds[0].accounts[3];
    assert_eq!(investment.facts.account_type, AccountType::Investment);
    assert_eq!(investment.facts.account_subtype, Some(AccountSubtype::Brokerage));
    assert_eq!(investment.holdings[0].symbol.as_deref(), Some("MLRCX"));
    assert_eq!(feeds[0].accounts[0].facts.routing_number.as_deref(), Some("091000022"));
    let numbers = feeds[0].accounts.iter().map(|account| account.numbers[0].both().is_some());
    assert_eq!(numbers.collect::<Vec<_>>(), [true, true, false, false]);
    for account in &feeds[0].accounts {
        assert_eq!(account.transactions_from, EVERYTHING.transactions_from, "{}", account.id);
    }
}

#[tokio::test]
async fn windows_that_overlap_tell_the_same_transactions_again() {
    let bank = bank();
    let wide = fetched(bank.settings(), "anna", EVERYTHING).await;
    let narrow = Wanted { transactions_from: Some(date(2026, 2, 1)), ..EVERYTHING };
    let narrow = fetched(bank.settings(), "anna", narrow).await;
    for (wide, narrow) in wide.accounts.iter().zip(&narrow.accounts) {
        assert!(wide.transactions.ends_with(&narrow.transactions), "{}", wide.id);
        assert!(wide.transactions.len() > narrow.transactions.len(), "{}", wide.id);
        assert_eq!(wide.facts, narrow.facts);
    }
}

#[tokio::test]
async fn only_what_is_wanted_is_asked_for() {
    let bank = bank();
    let nothing = Wanted::default();
    let feed = fetched(bank.settings(), "anna", nothing).await;
    for account in &feed.accounts {
        assert!(account.transactions.is_empty(), "{}", account.id);
        assert_eq!(account.transactions_from, None, "{}", account.id);
    }
    assert!(feed.accounts.iter().all(|account| account.numbers.is_empty()));
    let requests = bank.requests();
    let document = Document::parse(&requests[1]).unwrap();
    let positions = document.root().find("INCPOS").unwrap();
    assert_eq!(positions.value("INCLUDE").as_deref(), Some("N"));
}

#[tokio::test]
async fn the_profile_is_asked_for_first_and_without_the_login_where_the_settings_say_so() {
    let bank = bank();
    fetched(bank.settings_with(102, "profile_request = true"), "anna", EVERYTHING).await;
    let first = String::from_utf8(bank.requests()[0].clone()).unwrap();
    assert!(first.contains("<PROFRQ>") && first.contains("<USERID>anonymous0"));
    assert!(!first.contains("anna") && !first.contains(PASSWORD));
}

#[tokio::test]
async fn a_client_uid_is_the_same_for_a_login_and_another_for_another() {
    let bank = bank();
    let settings = bank.settings_with(103, "client_uid = true");
    for user in ["anna", "anna", "keys"] {
        fetched(settings.clone(), user, EVERYTHING).await;
    }
    let uids: Vec<String> = bank
        .requests()
        .iter()
        .filter_map(|request| Document::parse(request).unwrap().root().find("CLIENTUID")?.text())
        .collect();
    assert_eq!(uids.len(), 6);
    assert!(uids[..4].iter().all(|uid| uid == &uids[0]));
    assert_ne!(uids[4], uids[0]);
}

#[tokio::test]
async fn keys_and_cookies_that_the_bank_gives_stand_for_the_password() {
    let bank = bank();
    let feed = fetched(bank.settings_with(203, ""), "keys", EVERYTHING).await;
    assert_eq!(feed.accounts.len(), 4);
    assert_eq!(bank.violations(), [""; 0]);
    let second = String::from_utf8(bank.requests()[1].clone()).unwrap();
    assert!(second.contains("<USERKEY>") && !second.contains(PASSWORD));
}

#[tokio::test]
async fn questions_are_asked_of_the_end_user_and_the_client_answers_its_own() {
    let bank = bank();
    let (connector, entry, login) = (connector(), entry(bank.settings_with(211, "")), login("questions"));
    let visit = visit(&entry);
    let (challenges, state) = challenged(connector.open(&visit, &login).await.unwrap());
    assert_eq!(challenges.len(), 1);
    assert_eq!(challenges[0].kind, ChallengeKind::Text);
    assert_eq!(challenges[0].label, "What was your first boat called?");

    let wrong = [answer(&challenges[0].field_name, "heron")];
    let refusal = connector.resume(&visit, &login, &state, &wrong).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (ConnectionStatus::Rejected, Some(3001)));

    let right = [answer(&challenges[0].field_name, ANSWER)];
    let session = session(connector.resume(&visit, &login, &state, &right).await.unwrap());
    let answer = connector.fetch(&visit, &login, &session, EVERYTHING).await.unwrap();
    let feed = connector.read(&answer).unwrap();
    assert_eq!(feed.accounts.len(), 4);
}

#[tokio::test]
async fn a_one_time_token_is_asked_for_and_sent_once() {
    let bank = bank();
    let settings = bank.settings_with(103, "profile_request = true");
    let (connector, entry, login) = (connector(), entry(settings), login("token"));
    let visit = visit(&entry);
    let (challenges, state) = challenged(connector.open(&visit, &login).await.unwrap());
    assert_eq!(challenges[0].kind, ChallengeKind::Token);
    assert_eq!(challenges[0].label, TOKEN_LABEL);

    let wrong = [answer(&challenges[0].field_name, "271828")];
    let refusal = connector.resume(&visit, &login, &state, &wrong).await.unwrap_err();
    assert_eq!((refusal.status, refusal.code), (ConnectionStatus::Rejected, Some(15513)));

    let right = [answer(&challenges[0].field_name, TOKEN)];
    let session = session(connector.resume(&visit, &login, &state, &right).await.unwrap());
    connector.fetch(&visit, &login, &session, EVERYTHING).await.unwrap();
    let last = bank.requests().pop().unwrap();
    assert!(!String::from_utf8(last).unwrap().contains(TOKEN));
}

#[tokio::test]
async fn a_session_that_is_not_ours_is_refused() {
    let bank = bank();
    let (connector, entry, login) = (connector(), entry(bank.settings()), login("anna"));
    let visit = visit(&entry);
    for state in [&b""[..], b"{", b"[]", b"\xff"] {
        let refusal = connector.resume(&visit, &login, state, &[]).await.unwrap_err();
        assert_eq!(refusal.status, ConnectionStatus::Failed);
    }
    assert!(bank.requests().is_empty());
}

/// The session with other numbers in its list: accounts that the bank does not know.
fn with_unknown(session: &Session, numbers: &[&str]) -> Session {
    let mut text = String::from_utf8(session.0.clone()).unwrap();
    for number in numbers {
        assert!(text.contains(number));
        text = text.replace(number, "999");
    }
    Session(text.into_bytes())
}

#[tokio::test]
async fn an_account_whose_statement_is_refused_keeps_what_the_list_told() {
    let bank = bank();
    let (connector, entry, login) = (connector(), entry(bank.settings()), login("anna"));
    let visit = visit(&entry);
    let opened = session(connector.open(&visit, &login).await.unwrap());
    let partly = with_unknown(&opened, &["5550001234"]);
    let answer = connector.fetch(&visit, &login, &partly, EVERYTHING).await.unwrap();
    let feed = connector.read(&answer).unwrap();
    assert_eq!(feed.accounts.len(), 4);
    assert_eq!(feed.accounts[0].facts.name, "Everyday Checking");
    assert_eq!(feed.accounts[0].facts.balance, None);
    assert_eq!(feed.accounts[0].transactions_from, None);
    assert!(!feed.accounts[1].transactions.is_empty());

    let all = ["5550001234", "5550009876", "4000000000007766", "MR-77120"];
    let none = with_unknown(&opened, &all);
    let answer = connector.fetch(&visit, &login, &none, EVERYTHING).await.unwrap();
    let refusal = connector.read(&answer).unwrap_err();
    assert_eq!((refusal.status, refusal.code), (ConnectionStatus::Failed, Some(2003)));
}
