//! What a server holds in memory after its work.

use crate::Outcome;
use crate::load::{Call, Load};
use crate::peers::mocks::{self, Mock};
use crate::peers::process::{Process, resident};
use crate::row::{Rounds, Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::world::headers;

use super::transactions::Ledger;

pub const SECTION: Section = Section {
    name: "memory",
    about: "Resident memory",
    method: "The resident set of the process after 16 connections have read members and lists of 100 transactions for some \
             seconds: ours with a user of 100,000 transactions on SQLite, the pages of the file that it maps included; \
             Prism with the same calls to its mocks.",
    run,
};

const LIST: &str = "/transactions?records_per_page=100";
const CONNECTIONS: usize = 16;

fn run(setting: &Setting) -> Outcome<Findings> {
    let transactions = setting.size(100_000, 10_000);
    let ledger = Ledger::start(setting, &[transactions], 0)?;
    let seconds = setting.seconds() * 2;
    let user = &ledger.users[0];
    let calls = vec![
        Call::get(LIST, &user.session),
        Call::get(format!("/members/{}", user.member), &user.session),
        Call::get("/accounts", &user.session),
    ];
    let base_url = ledger.world.server.base_url().to_owned();
    Load { base_url, calls, connections: CONNECTIONS, seconds }.run()?;
    let ours = [resident(ledger.world.server.pid().ok_or("the server has ended")?)?];
    let theirs = prism(seconds).map_err(|error| error.to_string());
    let peer =
        Rounds { name: "Prism", figures: theirs.as_ref().map(<[f64; 1]>::as_slice).map_err(String::as_str) };
    let row = Row::beside(
        &format!("resident memory after the load, {transactions} transactions"),
        "MiB",
        &ours,
        &peer,
        Some(Target::AtMost(0.4)),
    );
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}

fn prism(seconds: u64) -> Outcome<[f64; 1]> {
    let prism: Process = Mock::Prism.start()?;
    let any = headers("any".into());
    let calls = [LIST, mocks::MEMBER, "/accounts"].map(|path| Call::get(path, &any)).to_vec();
    Load { base_url: prism.base_url(), calls, connections: CONNECTIONS, seconds }.run()?;
    Ok([prism.resident()?])
}
