//! Making members durably: on SQLite beside a bare group commit, on PostgreSQL beside pgbench.

use std::fs;
use std::time::Duration;

use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::ServerOptions;

use crate::Outcome;
use crate::load::Load;
use crate::peers::group_commit::Create;
use crate::peers::pgbench::Pgbench;
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::turns::{Competitor, Results, in_turns};
use crate::world::{Session, World};

pub const SQLITE: Section = Section {
    name: "create",
    about: "Making members on SQLite",
    method: "`POST /members` with `skip_aggregation` and two credentials, each with a login of its own, 64 connections and \
             64 users; an answer means that the member is on the disk. The bare loop has 64 callers who wait and one \
             writer that groups them into commits; it writes the same rows (the user's counter, the member, two sealed \
             credentials, the audit) into a copy of the database with the same indexes, `synchronous=FULL`. It speaks no \
             HTTP, checks no rules and seals nothing.",
    run: on_sqlite,
};

pub const POSTGRES: Section = Section {
    name: "create-postgres",
    about: "Making members on PostgreSQL",
    method: "The same on PostgreSQL with its own durable defaults. `pgbench -M prepared` with 64 clients runs the \
             statements of our create with its round trips on the same database: the session, the version of the \
             catalogue, then in a transaction the user's counter, the deleted twin, the member, two credentials in a \
             pipeline and the audit.",
    run: on_postgres,
};

/// Users, and connections of the load.
const USERS: u64 = 64;
const CONNECTIONS: usize = 64;

fn on_sqlite(setting: &Setting) -> Outcome<Findings> {
    let mut world = World::start(setting, ServerOptions::default())?;
    let sessions = world.users(setting, "maker", USERS)?;
    let template = world.create_one(setting, &sessions[0], "template", true)?;
    world.server.stop()?;
    let copy = world.database().with_extension("copy");
    fs::copy(world.database(), &copy)?;
    world.server.start_again()?;
    let mut bare = Create::like(&copy, &template)?;
    let duration = Duration::from_secs(setting.seconds());
    let load = load(setting, &world, &sessions);
    let competitors = vec![
        Competitor::new("Riverbank", || Ok(load.run()?.rate)),
        Competitor::new("bare group commit", || bare.run(duration)),
    ];
    let results = in_turns(setting.rounds(), competitors);
    findings("POST /members, durable, 64 connections, SQLite", &results, Target::AtLeast(0.4))
}

fn on_postgres(setting: &Setting) -> Outcome<Findings> {
    let cluster = PostgresCluster::start_with(ClusterOptions { durable: true, ..ClusterOptions::default() })?;
    let url = cluster.create_database()?;
    let world = World::start(setting, ServerOptions::on(&url))?;
    let sessions = world.users(setting, "maker", USERS)?;
    let template = world.create_one(setting, &sessions[0], "template", true)?;
    let script = setting.wait(Pgbench::like(&url, &template, USERS))?;
    let load = load(setting, &world, &sessions);
    let competitors = vec![
        Competitor::new("Riverbank", || Ok(load.run()?.rate)),
        Competitor::new("pgbench", || script.run(setting.seconds())),
    ];
    let results = in_turns(setting.rounds(), competitors);
    findings("POST /members, durable, 64 connections, PostgreSQL", &results, Target::AtLeast(0.5))
}

fn load(setting: &Setting, world: &World, sessions: &[Session]) -> Load {
    Load {
        base_url: world.server.base_url().to_owned(),
        calls: sessions.iter().map(|session| world.create(session, true)).collect(),
        connections: CONNECTIONS,
        seconds: setting.seconds(),
    }
}

fn findings(what: &str, results: &[Results<f64>], target: Target) -> Outcome<Findings> {
    let [ours, theirs] = results else { return Err("a competitor too few".into()) };
    let (ours, theirs) = (ours.figures(|rate| *rate), theirs.figures(|rate| *rate));
    let row = Row::beside(what, "creates/s", ours.ours()?, &theirs.rounds(), Some(target));
    Ok(Findings { rows: row.into_iter().collect(), ..Findings::default() })
}
