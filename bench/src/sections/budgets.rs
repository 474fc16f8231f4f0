//! Reading budgets, which are computed when they are read.

use serde_json::json;

use super::transactions::Ledger;
use crate::Outcome;
use crate::load::{Call, Load};
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::turns::{Competitor, in_turns};

pub const SECTION: Section = Section {
    name: "budgets",
    about: "Budgets",
    method: "All budgets that `POST /budgets/generate` has made for a user with 50,000 transactions over two years, beside one of \
             its members, in turns, on one server; SQLite, 4 connections, the slowest hundredth. The sums of three months are \
             kept in memory until a transaction or an account of the user changes; the first answer after it makes them anew.",
    run,
};

const CONNECTIONS: usize = 4;
const TRANSACTIONS: u64 = 50_000;
/// Fewer would measure little.
const BUDGETS: usize = 5;

fn run(setting: &Setting) -> Outcome<Findings> {
    let ledger = Ledger::start(setting, &[TRANSACTIONS], 0)?;
    let user = ledger.users.first().ok_or("a user too few")?;
    let made = setting.wait(ledger.world.post(&user.session, "/budgets/generate", &json!({})))?;
    if made["budgets"].as_array().is_none_or(|budgets| budgets.len() < BUDGETS) {
        return Err(format!("less than {BUDGETS} budgets: {made}").into());
    }
    let load = |path: String| Load {
        base_url: ledger.world.server.base_url().to_owned(),
        calls: vec![Call::get(path, &user.session)],
        connections: CONNECTIONS,
        seconds: setting.seconds(),
    };
    let results = in_turns(
        setting.rounds(),
        vec![
            Competitor::under("GET /budgets", load("/budgets".to_owned())),
            Competitor::under("GET /members/{guid}", load(format!("/members/{}", user.member))),
        ],
    );
    let [budgets, member] = results.as_slice() else { return Err("a competitor too few".into()) };
    let row = Row::beside(
        "GET /budgets, 50,000 transactions of the user",
        "ms, p99",
        budgets.p99s().ours()?,
        &member.p99s().rounds(),
        Some(Target::AtMost(20.0)),
    );
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}
