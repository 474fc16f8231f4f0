//! A second server on the same PostgreSQL.

use std::cell::{Cell, RefCell};
use std::thread;
use std::time::Duration;

use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::{Server, ServerOptions};
use tokio_postgres::Client;

use crate::Outcome;
use crate::machine::Machine;
use crate::peers::pgbench::connect;
use crate::row::{Row, Target};
use crate::sample::count;
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};
use crate::world::World;

pub const SECTION: Section = Section {
    name: "nodes",
    about: "Two servers on one PostgreSQL",
    method: "Jobs of the scripted bank (sign in, fetch, store 6 accounts and about 900 transactions) in a second, from the \
             first `POST /members` to the last job's end, with one server and with two on the same durable PostgreSQL; \
             all members are made through the first. A trigger writes down each time that a server takes a job: no job \
             may be taken twice.",
    run,
};

/// Cores from which on two servers and their PostgreSQL do not share one; below, the ratio is for the record.
const CORES: usize = 4;
/// The longest that a round may take.
const PATIENCE: Duration = Duration::from_mins(2);
const LOOK: Duration = Duration::from_millis(5);
/// Both servers need the key that seals credentials: any will do.
const KEY: (&str, &str) = ("RIVERBANK_MASTER_KEY", "1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");

/// Notes each taking of a job.
const TRIGGER: &str = "
create table takings (guid text not null, owner text);
create function note_taking() returns trigger language plpgsql as $$
begin insert into takings values (new.guid, new.lease_owner); return new; end $$;
create trigger taken after update on jobs for each row
when (new.state = 'RUNNING' and (old.state <> 'RUNNING' or old.lease_owner is distinct from new.lease_owner))
execute function note_taking()";

fn run(setting: &Setting) -> Outcome<Findings> {
    let jobs = setting.size(40, 12);
    let cluster = PostgresCluster::start_with(ClusterOptions { durable: true, ..ClusterOptions::default() })?;
    let url = cluster.create_database()?;
    // The bank is not to be what limits two servers.
    let options = ServerOptions::on(&url).with(KEY.0, KEY.1).with("RIVERBANK_WORKERS_PER_INSTITUTION", "64");
    let world = World::start(setting, options.clone())?;
    let client = setting.wait(connect(&url))?;
    setting.wait(client.batch_execute(TRIGGER))?;
    let (rounds, second) = (Cell::new(0), RefCell::new(None::<Server>));
    let round = || {
        rounds.set(rounds.get() + 1);
        run_jobs(setting, &world, &client, rounds.get(), jobs)
    };
    let competitors = vec![
        Competitor::new("two servers", || {
            second.replace(Some(world.another_node(options.clone())?));
            round()
        }),
        Competitor::new("one server", || {
            second.replace(None);
            round()
        }),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [both, alone] = results.as_slice() else { return Err("a competitor too few".into()) };
    let cores = Machine::this().cores;
    let row = Row::beside(
        &format!("jobs of two servers beside one, PostgreSQL, {cores} cores"),
        "jobs/s",
        both.figures(|rate| *rate).ours()?,
        &alone.figures(|rate| *rate).rounds(),
        (cores >= CORES).then_some(Target::AtLeast(1.6)),
    );
    let mut notes = vec![takings(setting, &client)?];
    if cores < CORES {
        notes.push(format!(
            "The target, at least 1.6 x, is for machines whose cores allow it. Here {cores} cores run both servers, \
             PostgreSQL and the caller, so the ratio shows what sharing costs, not what a second machine brings."
        ));
    }
    Ok(Findings { rows: row.into_iter().collect(), notes, ..Findings::default() })
}

/// The jobs in a second of users made for this round.
fn run_jobs(setting: &Setting, world: &World, client: &Client, round: u64, jobs: u64) -> Outcome<f64> {
    let sessions = world.users(setting, &format!("round-{round}"), jobs)?;
    let watch = Stopwatch::start();
    for session in &sessions {
        world.create_one(setting, session, "household", false)?;
    }
    while number(setting, client, "select count(*) from jobs where state <> 'DONE'")? > 0 {
        if watch.elapsed() > PATIENCE {
            return Err("the jobs do not end".into());
        }
        thread::sleep(LOOK);
    }
    Ok(count(jobs) / watch.elapsed().as_secs_f64())
}

/// What the trigger noted; an error if a job was taken twice.
fn takings(setting: &Setting, client: &Client) -> Outcome<String> {
    let taken = number(setting, client, "select count(*) from takings")?;
    let jobs = number(setting, client, "select count(*) from jobs")?;
    let twice = "select count(*) from (select guid from takings group by guid having count(*) > 1) twice";
    let twice = number(setting, client, twice)?;
    let owners = number(setting, client, "select count(distinct owner) from takings")?;
    if twice > 0 || taken != jobs {
        return Err(format!("{taken} takings of {jobs} jobs, {twice} jobs taken more than once").into());
    }
    Ok(format!("{jobs} jobs were taken {taken} times by {owners} servers in turn, none of them twice."))
}

fn number(setting: &Setting, client: &Client, sql: &str) -> Outcome<i64> {
    Ok(setting.wait(client.query_one(sql, &[]))?.try_get(0)?)
}
