//! A whole connection, from its create to its data.

use std::thread;
use std::time::Duration;

use riverbank_testkit::server::ServerOptions;
use rusqlite::{Connection, OpenFlags};

use crate::Outcome;
use crate::peers::bulk_insert::Bulk;
use crate::row::{Row, Target};
use crate::sample::count;
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};
use crate::world::World;

pub const SECTION: Section = Section {
    name: "connection",
    about: "A whole connection",
    method: "Members of a scripted bank with the generated household (6 accounts, about 900 transactions), each of a user \
             of its own, from the first `POST /members` until the last is CONNECTED: signed in, fetched, cleansed, \
             categorised and stored, with the workers that a server has by default. The bare insert writes the rows of \
             such a member into a copy of the database with the same indexes, `synchronous=FULL`, one transaction for \
             each connection.",
    run,
};

/// Asked whether all are connected, as often as this.
const LOOK: Duration = Duration::from_millis(2);
/// The number of the status, as the API has it.
const CONNECTED: i64 = 6;
/// The longest that a round may take.
const PATIENCE: Duration = Duration::from_mins(2);

fn run(setting: &Setting) -> Outcome<Findings> {
    let connections = setting.size(30, 8);
    let mut world = World::start(setting, ServerOptions::default())?;
    let session = world.user(setting, "template")?;
    let template = world.connect(setting, &session)?;
    world.server.stop()?;
    let copy = world.database().with_extension("copy");
    std::fs::copy(world.database(), &copy)?;
    world.server.start_again()?;
    let mut bulk = Bulk::like(&copy, &template)?;
    let (accounts, transactions) = bulk.size();
    let mut rounds = 0;
    let competitors = vec![
        Competitor::new("Riverbank", || {
            rounds += 1;
            connect_all(setting, &world, rounds, connections)
        }),
        Competitor::new("bare bulk insert", || {
            let watch = Stopwatch::start();
            for _ in 0..connections {
                bulk.renew();
                bulk.insert()?;
            }
            Ok(count(connections) / watch.elapsed().as_secs_f64())
        }),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [ours, theirs] = results.as_slice() else { return Err("a competitor too few".into()) };
    let row = Row::beside(
        &format!("create to CONNECTED, {accounts} accounts, {transactions} transactions, SQLite"),
        "connections/s",
        ours.figures(|rate| *rate).ours()?,
        &theirs.figures(|rate| *rate).rounds(),
        Some(Target::AtLeast(0.4)),
    );
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}

/// The connections in a second of users made for this round.
pub(super) fn connect_all(setting: &Setting, world: &World, round: u64, connections: u64) -> Outcome<f64> {
    let sessions = world.users(setting, &format!("round-{round}"), connections)?;
    let database = Connection::open_with_flags(world.database(), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let connected = |database: &Connection| -> Outcome<(i64, i64)> {
        let counts = "select count(*), count(*) filter (where live_job_guid is null) from members";
        Ok(database.query_row(counts, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
    };
    let (before, _) = connected(&database)?;
    let watch = Stopwatch::start();
    for session in &sessions {
        world.create_one(setting, session, "household", false)?;
    }
    loop {
        let (made, idle) = connected(&database)?;
        if idle == made {
            break;
        }
        if watch.elapsed() > PATIENCE {
            return Err(
                format!("{} of {} members are still being aggregated", made - idle, made - before).into()
            );
        }
        thread::sleep(LOOK);
    }
    let elapsed = watch.elapsed();
    let failed = "select count(*) from members where connection_status <> ?";
    match database.query_row(failed, [CONNECTED], |row| row.get::<_, i64>(0))? {
        0 => Ok(count(connections) / elapsed.as_secs_f64()),
        failed => Err(format!("{failed} members did not end CONNECTED").into()),
    }
}
