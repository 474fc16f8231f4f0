//! The judgement of implementations that have nothing in common with ours.

use jiff::Timestamp;
use riverbank_connect::Connector as _;
use riverbank_connect::ofx::{export, read};
use riverbank_model::feed::FeedAccount;
use riverbank_model::transaction::TransactionType;
use riverbank_testkit::ofx_bank::OfxBank;
use riverbank_testkit::ofx_judges::{Judged, ofxtools, read_by_libofx, read_by_ofxtools};

use super::*;

/// A whole conversation; gives what was sent and what came back.
async fn conversation(bank: &OfxBank, version: u16, more: &str, user: &str) {
    let (connector, entry, login) = (connector(), entry(bank.settings_with(version, more)), login(user));
    let visit = visit(&entry);
    let step = connector.open(&visit, &login).await.unwrap();
    let session = match step {
        riverbank_connect::Step::Challenge { challenges, state } => {
            let answers = [riverbank_connect::Answer {
                field_name: challenges[0].field_name.clone(),
                value: if user == "token" {
                    riverbank_testkit::ofx_bank::TOKEN.into()
                } else {
                    riverbank_testkit::ofx_bank::ANSWER.into()
                },
            }];
            session(connector.resume(&visit, &login, &state, &answers).await.unwrap())
        }
        step => session(step),
    };
    connector.fetch(&visit, &login, &session, EVERYTHING).await.unwrap();
}

#[tokio::test]
async fn ofxtools_accepts_all_that_our_client_sends_and_that_the_recorded_bank_answers() {
    let bank = bank();
    for (version, more, user) in [
        (102, "profile_request = true", "anna"),
        (102, "close_tags = true\npretty = true", "anna"),
        (103, "client_uid = true", "token"),
        (203, "client_uid = true\nprofile_request = true", "keys"),
        (211, "", "questions"),
    ] {
        conversation(&bank, version, more, user).await;
    }
    let requests = bank.requests();
    assert!(requests.len() > 10);
    let mut all = requests;
    all.extend(bank.answers());
    // One process for all of them: each is preceded by its length.
    let mut input = Vec::new();
    for document in &all {
        input.extend(format!("{}\n", document.len()).into_bytes());
        input.extend(document);
    }
    let output = String::from_utf8(ofxtools(&["accept"], &input)).unwrap();
    assert_eq!(output.trim(), format!("accepted {}", all.len()));
}

#[test]
fn our_reader_reads_what_the_models_of_ofxtools_build() {
    for version in ["102", "103", "203", "220"] {
        for form in ["closed", "unclosed"] {
            let file = read(&ofxtools(&["build", version, form], b"")).unwrap();
            assert!(file.is_whole);
            assert_eq!(file.version.as_deref(), Some(version));
            assert_eq!(file.warnings, [], "{version} {form}");
            assert_eq!(file.sign_on.as_ref().unwrap().org.as_deref(), Some("Judge & Sons"));
            let rows: Vec<String> = file
                .accounts
                .iter()
                .map(|account| {
                    let feed = &account.account;
                    let transactions: Vec<String> = feed
                        .transactions
                        .iter()
                        .map(|transaction| {
                            format!(
                                "{} {} {} {}",
                                transaction.posted_on.unwrap(),
                                transaction.transaction_type.name(),
                                transaction.amount,
                                transaction.description
                            )
                        })
                        .collect();
                    format!(
                        "{} {} {} {transactions:?}",
                        feed.id,
                        feed.facts.balance.unwrap(),
                        feed.holdings.len()
                    )
                })
                .collect();
            assert_eq!(
                rows,
                [
                    "bank:111000025:111222:SAVINGS 1250.75 0 [\"2026-02-03 DEBIT 24.5 CAFÉ & BAR 1 < 2\", \"2026-02-25 CREDIT 1900 PAYROLL\"]",
                    "card:4000111122223333 310.2 0 [\"2026-02-10 DEBIT 310.2 BOOKS\"]",
                    "investment:judge.example:I-9 765.4 1 [\"2026-02-11 DEBIT 255 Judge Fund\"]",
                ],
                "{version} {form}"
            );
        }
    }
}

/// The accounts of the recorded bank, with ids of transactions that no other account has.
async fn fetched(bank: &OfxBank) -> Vec<FeedAccount> {
    let (connector, entry, login) = (connector(), entry(bank.settings_with(203, "")), login("anna"));
    let visit = visit(&entry);
    let session = session(connector.open(&visit, &login).await.unwrap());
    let answer = connector.fetch(&visit, &login, &session, EVERYTHING).await.unwrap();
    let mut accounts = connector.read(&answer).unwrap().accounts;
    for account in &mut accounts {
        for one in &mut account.transactions {
            one.id = Some(format!("{}/{}", account.id, one.id.as_deref().unwrap()));
        }
    }
    accounts
}

fn judged(accounts: &[FeedAccount]) -> Vec<Judged> {
    let all = accounts.iter().flat_map(|account| &account.transactions);
    let mut judged: Vec<_> = all
        .map(|one| Judged {
            id: one.id.clone().unwrap(),
            day: one.posted_on.unwrap(),
            amount: match one.transaction_type {
                TransactionType::Debit => -one.amount,
                TransactionType::Credit => one.amount,
            },
        })
        .collect();
    judged.sort();
    judged
}

#[tokio::test]
async fn what_is_exported_is_read_back_by_us_by_ofxtools_and_by_libofx() {
    let accounts = fetched(&bank()).await;
    let expected = judged(&accounts);
    assert!(expected.len() > 30, "{}", expected.len());
    let exported = export(&accounts, Timestamp::constant(1_772_445_600, 0));
    assert_eq!(exported.left_out, [] as [&str; 0]);
    let file = read(&exported.file).unwrap();
    assert_eq!(file.warnings, []);
    let told: Vec<_> = file.accounts.into_iter().map(|account| account.account).collect();
    let balances = |accounts: &[FeedAccount]| {
        accounts
            .iter()
            .map(|account| (account.facts.account_number.clone(), account.facts.balance))
            .collect::<Vec<_>>()
    };
    assert_eq!(balances(&told), balances(&accounts));
    assert_eq!(judged(&told), expected);
    assert_eq!(read_by_ofxtools(&exported.file), expected);
    assert_eq!(read_by_libofx(&exported.file), expected);
}
