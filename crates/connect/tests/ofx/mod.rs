//! The OFX connector against the recorded bank, and against the judgement of an independent implementation.

mod conversations;
mod judge;
mod refusals;

use std::time::Duration;

use jiff::civil::{Date, date};
use riverbank_connect::ofx::OfxConnector;
use riverbank_connect::transport::{Client, Policy};
use riverbank_connect::{Bank, CredentialValue, Login, Session, Step, Visit, Wanted};
use riverbank_testkit::ofx_bank::{OfxBank, PASSWORD};

/// The day it is.
const TODAY: Date = date(2026, 3, 2);
/// Two whole months of transactions, and positions.
const EVERYTHING: Wanted =
    Wanted { transactions_from: Some(date(2026, 1, 1)), holdings: true, owners: true, numbers: true };

fn bank() -> OfxBank {
    OfxBank::start("127.0.0.1:0".parse().unwrap(), TODAY).unwrap()
}

fn connector() -> OfxConnector {
    OfxConnector::new(Client::new(Policy::sandbox()).unwrap())
}

/// The bank as the catalogue would describe it.
fn entry(settings: String) -> Bank {
    Bank { code: "millrace".to_owned(), name: "Millrace Savings Bank".to_owned(), settings }
}

fn visit(entry: &Bank) -> Visit<'_> {
    Visit {
        bank: entry,
        seed: "seed",
        user: "USR-1",
        attempt: 1,
        now: "2026-03-02T08:30:00Z".parse().unwrap(),
        since: "2026-03-02T08:30:00Z".parse().unwrap(),
    }
}

fn login_with(user: &str, password: &str) -> Login {
    Login {
        values: [("LOGIN", user), ("PASSWORD", password)]
            .map(|(field_name, value)| CredentialValue {
                field_name: field_name.to_owned(),
                value: value.into(),
            })
            .into(),
        ..Login::default()
    }
}

fn login(user: &str) -> Login {
    login_with(user, PASSWORD)
}

/// The session of a login that was let in at once.
fn session(step: Step) -> Session {
    match step {
        Step::Open(session) => session,
        other => panic!("not let in: {other:?}"),
    }
}
