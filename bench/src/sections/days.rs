//! Sixty days in the background, on a clock that is moved.

use std::fmt::Write as _;

use riverbank_testkit::server::ServerOptions;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;

use super::connection::connect_all;
use crate::Outcome;
use crate::row::{Row, Target};
use crate::sample::count;
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};
use crate::world::{World, open_bank};

pub const SECTION: Section = Section {
    name: "days",
    about: "Days in the background",
    method: "100 members of a small bank (2 accounts, 30 transactions) on a frozen clock that is moved on day by day, 60 days \
             in all. Every member is refreshed once a day at a time of the day of its own, so the clock stops for each and \
             waits for its job: signed in, fetched, compared, nothing stored anew. Beside it, in turns, the jobs of a whole \
             connection, as in the section of that name, which many workers do at once. SQLite.",
    run,
};

/// Where the clock begins: within the history of the small bank.
const START: &str = "2026-03-01T00:00:00Z";
const DAY: u64 = 24 * 60 * 60;
/// Connections of a round.
const CONNECTIONS: u64 = 30;

fn run(setting: &Setting) -> Outcome<Findings> {
    let (members, days) = (setting.size(100, 20), setting.size(60, 6));
    let mut world = World::start_with(setting, ServerOptions::default(), &small_bank()?)?;
    world.choose_bank(setting, "Small Bank")?;
    world.control(setting, "clock/freeze", &json!({}))?;
    world.control(setting, "clock/set", &json!({"at": START}))?;
    connect_all(setting, &world, 0, members)?;
    let database = Connection::open_with_flags(world.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    // On the first day there are those who are not due yet.
    advance(setting, &world, 2)?;
    let share = days / (u64::try_from(setting.rounds())? + 1);
    let others = World::start(setting, ServerOptions::default())?;
    let mut round = 0;
    let competitors = vec![
        Competitor::new("refreshes", || {
            let before = refreshes(&database)?;
            let watch = Stopwatch::start();
            advance(setting, &world, share)?;
            let elapsed = watch.elapsed();
            let done = refreshes(&database)? - before;
            if done != members * share {
                return Err(format!("{done} refreshes of {members} members in {share} days").into());
            }
            Ok(count(done) / elapsed.as_secs_f64())
        }),
        Competitor::new("connections", || {
            round += 1;
            connect_all(setting, &others, round, CONNECTIONS)
        }),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [ours, theirs] = results.as_slice() else { return Err("a competitor too few".into()) };
    let row = Row::beside(
        &format!("refreshes of {members} members over {days} days, the clock moved, SQLite"),
        "jobs/s",
        ours.figures(|rate| *rate).ours()?,
        &theirs.figures(|rate| *rate).rounds(),
        Some(Target::AtLeast(0.3)),
    );
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}

/// A bank with two accounts of fifteen transactions, whatever the day.
fn small_bank() -> Outcome<String> {
    let mut bank = open_bank("small", "Small Bank");
    bank += "\n[institution.script.data]\nhousehold = []\nhistory_days = 730\n";
    for (account, kind) in [("one", "CHECKING"), ("two", "SAVINGS")] {
        write!(
            bank,
            "\n[[institution.script.data.account]]\nid = \"{account}\"\n\
             facts = {{ account_type = \"{kind}\", name = \"{account}\", balance = 100.5 }}\n"
        )?;
        for number in 1..=15 {
            write!(
                bank,
                "\n[[institution.script.data.account.transaction]]\nid = \"{account}-{number}\"\n\
                 on = \"2026-02-{number:02}\"\namount = {number}.5\ntype = \"DEBIT\"\n\
                 description = \"COFFEE SHOP {number}\"\n"
            )?;
        }
    }
    Ok(bank)
}

/// Day by day, since a call is to be answered within a minute.
fn advance(setting: &Setting, world: &World, days: u64) -> Outcome<()> {
    for _ in 0..days {
        world.control(setting, "clock/advance", &json!({"seconds": DAY}))?;
    }
    Ok(())
}

/// Refreshes that ended well.
fn refreshes(database: &Connection) -> Outcome<u64> {
    let done = "select count(*) from jobs where is_background and state = 'DONE' and outcome = 6";
    Ok(u64::try_from(database.query_row(done, [], |row| row.get::<_, i64>(0))?)?)
}
