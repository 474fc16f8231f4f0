//! The judgement of `ofxtools`, an implementation that has nothing in common with ours. It runs as a separate process.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use riverbank_connect::Connector as _;
use riverbank_connect::ofx::read;
use riverbank_testkit::ofx_bank::OfxBank;

use super::*;

/// The Python that has `ofxtools`.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("RIVERBANK_OFXTOOLS_PYTHON") {
        return python.into();
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let python = root.join("target/venv/bin/python");
    assert!(
        python.exists(),
        "ofxtools is not here. In the root of the repository: python3 -m venv target/venv && target/venv/bin/pip install ofxtools"
    );
    python
}

/// Runs the script with that word and input, and gives its output; what it says on failure ends the test.
fn ofxtools(arguments: &[&str], input: &[u8]) -> Vec<u8> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ofxtools_bank.py");
    let mut child = Command::new(python())
        .arg(script)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One that refuses does not read to the end.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    assert!(
        output.status.success(),
        "ofxtools refuses {arguments:?}: {}\n{}",
        String::from_utf8_lossy(&output.stderr),
        String::from_utf8_lossy(input)
    );
    output.stdout
}

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
