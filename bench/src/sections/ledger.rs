//! What a user with a large ledger waits for, beside one with a household's.

use crate::Outcome;
use crate::load::{Call, Load};
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::turns::{Competitor, in_turns};

use super::transactions::{Ledger, User};

pub const SECTION: Section = Section {
    name: "ledger",
    about: "A large ledger",
    method: "Reads of a user with 50,000 transactions over two years, beside the same reads of one with some 900 over 90 days, \
             in turns, on one server; SQLite, 4 connections, the time of an answer. Pages of `GET /transactions` have 100 \
             rows; the deep page is the 50th, and the 8th, before which all rows are counted off. Sums by month and by category grow \
             with what they are of.",
    run,
};

const CONNECTIONS: usize = 4;
const SIZES: [u64; 2] = [900, 50_000];
/// The deep page of each of them.
const DEEP: [u64; 2] = [8, 50];
const ROWS: usize = 100;

/// The path of a read of a user, whose deep page this is.
type Asked = fn(&User, u64) -> String;

/// What is read, and what is aimed at.
const READS: [(&str, Asked, Option<Target>); 5] = [
    (
        "GET /transactions, first page",
        |_, _| format!("/transactions?records_per_page={ROWS}"),
        Some(Target::AtMost(1.3)),
    ),
    (
        "GET /transactions, deep page",
        |_, page| format!("/transactions?records_per_page={ROWS}&page={page}"),
        None,
    ),
    ("GET /accounts", |_, _| "/accounts".to_owned(), None),
    (
        "GET monthly_account_balance",
        |user, _| format!("/accounts/{}/monthly_account_balance", user.account),
        None,
    ),
    (
        "GET date_range_category_totals, all days",
        |_, _| "/date_range_category_totals/from/2000-01-01/to/2100-01-01".to_owned(),
        None,
    ),
];

fn run(setting: &Setting) -> Outcome<Findings> {
    let ledger = Ledger::start(setting, &SIZES, 0)?;
    let mut findings = Findings::default();
    for (what, asked, target) in READS {
        let mut competitors = Vec::new();
        let names = ["900 transactions", "50,000 transactions"];
        for ((user, page), name) in ledger.users.iter().zip(DEEP).zip(names).rev() {
            let path = asked(user, page);
            let read = setting.wait(ledger.world.get(&user.session, &path));
            if read["transactions"].as_array().is_some_and(|rows| rows.len() < ROWS) {
                return Err(format!("{path} has less than {ROWS} rows").into());
            }
            let load = Load {
                base_url: ledger.world.server.base_url().to_owned(),
                calls: vec![Call::get(path, &user.session)],
                connections: CONNECTIONS,
                seconds: 1,
            };
            competitors.push(Competitor::under(name, load));
        }
        let results = in_turns(setting.rounds(), competitors);
        let [large, small] = results.as_slice() else { return Err("a competitor too few".into()) };
        findings.rows.extend(Row::beside(
            &format!("{what}, 50,000 transactions of the user"),
            "ms an answer",
            large.times().ours()?,
            &small.times().rounds(),
            target,
        ));
    }
    Ok(findings)
}
