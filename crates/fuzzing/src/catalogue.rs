//! Catalogue files and the scripts in them.

use std::cell::OnceCell;

use riverbank_connect::catalogue::{CatalogueEntry, ConnectorKind, parse, to_toml};
use riverbank_connect::ofx::Settings;
use riverbank_connect::script::ScriptConnector;
use riverbank_connect::{Answer, Bank, Connector, CredentialValue, Login, Session, Step, Visit, Wanted};
use tokio::runtime::{Builder, Runtime};

/// A visit is given up after so many steps; a script can ask for ever.
const STEPS: usize = 8;
/// A message may be so many times as long as the file. It may name a key or a value of it.
const GROWTH: usize = 16;
/// A message on an empty file may be so long.
const LEAST: usize = 1024;

/// A catalogue file: what is read is written and read again as it was, and its scripts are followed to their end.
pub fn catalogue(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let entries = match parse(text) {
        Ok(entries) => entries,
        Err(error) => {
            let message = error.to_string();
            assert!(message.len() <= LEAST + GROWTH * text.len(), "a message of {} bytes", message.len());
            return;
        }
    };
    let written = to_toml(&entries).expect("what was read can be written");
    assert_eq!(parse(&written).as_ref(), Ok(&entries), "{written}");
    for entry in &entries {
        match entry.connector {
            ConnectorKind::Script => visit(entry),
            ConnectorKind::Ofx => _ = Settings::parse(&entry.settings),
        }
    }
}

thread_local! {
    static RUNTIME: OnceCell<Runtime> = const { OnceCell::new() };
}

/// Logs in, answers what is asked with the first answer that the script knows, and fetches.
fn visit(entry: &CatalogueEntry) {
    let bank = Bank { code: entry.code.clone(), name: entry.name.clone(), settings: entry.settings.clone() };
    let now = "2026-01-15T12:00:00Z".parse().expect("a time");
    let visit = Visit { bank: &bank, seed: "seed", user: "user", attempt: 1, now, since: now };
    let values = entry.credentials.iter().map(|field| CredentialValue {
        field_name: field.field_name.clone(),
        value: "mxuser".to_owned().into(),
    });
    let login = Login { values: values.collect(), ..Login::default() };
    RUNTIME.with(|runtime| {
        let runtime = runtime.get_or_init(|| Builder::new_current_thread().build().expect("a runtime"));
        runtime.block_on(follow(&visit, &login));
    });
}

async fn follow(visit: &Visit<'_>, login: &Login) {
    let mut step = ScriptConnector::default().open(visit, login).await;
    for _ in 0..STEPS {
        step = match step {
            Ok(Step::Challenge { challenges, state }) => {
                let answers: Vec<_> = challenges
                    .into_iter()
                    .map(|challenge| Answer {
                        value: challenge
                            .options
                            .first()
                            .map_or("correct", |option| &option.value)
                            .to_owned()
                            .into(),
                        field_name: challenge.field_name,
                    })
                    .collect();
                ScriptConnector::default().resume(visit, login, &state, &answers).await
            }
            Ok(Step::Wait { state, .. }) => {
                ScriptConnector::default().resume(visit, login, &state, &[]).await
            }
            Ok(Step::Open(_)) | Err(_) => break,
        };
    }
    let wanted = Wanted {
        transactions_from: Some(jiff::tz::Offset::UTC.to_datetime(visit.now).date()),
        holdings: true,
        owners: true,
        numbers: true,
    };
    let fetched = ScriptConnector::default().fetch(visit, login, &Session(Vec::new()), wanted).await;
    if let Ok(answer) = fetched {
        let feed = ScriptConnector::default().read(&answer).expect("what was served is read");
        for account in &feed.accounts {
            let ids: Vec<_> =
                account.transactions.iter().filter_map(|transaction| transaction.id.as_ref()).collect();
            assert!(ids.iter().all(|id| !id.is_empty()), "an empty id");
        }
    }
}
