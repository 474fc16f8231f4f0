//! What more members do to reading and making one.

use riverbank_testkit::server::ServerOptions;

use crate::Outcome;
use crate::load::{Call, Load, Measured};
use crate::plot::{Axis, Plot, Series, Shape};
use crate::row::{Rounds, Row, Target};
use crate::sample::{Summary, count};
use crate::section::{Findings, Section, Setting};
use crate::seed::{Copies, Seeding, guid};
use crate::turns::{Competitor, Results, in_turns};
use crate::world::{Session, World};

pub const SECTION: Section = Section {
    name: "growth",
    about: "Growth of the members",
    method: "`GET /members/{guid}` and `POST /members` with `skip_aggregation`, 16 connections, on a database that grows \
             from 1,000 to 1,000,000 members, ten of each user with two credentials each; SQLite. The row compares the \
             largest size with the smallest; they cannot be measured in turns.",
    run,
};

const CONNECTIONS: usize = 16;
/// Members of each user.
const OF_USER: u64 = 10;

fn run(setting: &Setting) -> Outcome<Findings> {
    let sizes: &[u64] =
        if setting.quick { &[1_000, 10_000, 100_000] } else { &[1_000, 10_000, 100_000, 1_000_000] };
    let mut world = World::start(setting, ServerOptions::default())?;
    let session = world.user(setting, "template")?;
    let template = world.create_one(setting, &session, "template", true)?;
    let mut held = 0;
    let mut measured = Vec::new();
    for &size in sizes {
        world.server.stop()?;
        populate(&world, &template, held, size)?;
        held = size;
        world.server.start_again()?;
        measured.push((size, measure(setting, &world, &session, &template)));
    }
    let figures = |operation: usize| -> Outcome<Vec<(u64, Vec<f64>)>> {
        let figures = measured.iter().map(|(size, results)| {
            Ok((*size, results[operation].figures(|measured| measured.rate).ours()?.to_vec()))
        });
        figures.collect()
    };
    let mut findings = Findings::default();
    let mut series = Vec::new();
    for (operation, name) in ["GET /members/{guid}", "POST /members"].into_iter().enumerate() {
        let figures = figures(operation)?;
        let [(least, few), .., (most, many)] = figures.as_slice() else { continue };
        let smallest = format!("at {least}");
        let peer = Rounds { name: &smallest, figures: Ok(few) };
        let what = format!("{name} among {most} members, 16 connections");
        let target = Some(Target::AtLeast(1.0 / 1.3)).filter(|_| operation == 0);
        findings.rows.extend(Row::beside(&what, "requests/s", many, &peer, target));
        let points =
            figures.iter().filter_map(|(size, rates)| Some((count(*size), Summary::of(rates)?.median)));
        series.push(Series { name: name.into(), points: points.collect() });
    }
    findings.plots.push(Plot {
        name: "members-growth".into(),
        title: "Growth of the members, 16 connections, SQLite".into(),
        shape: Shape::Lines {
            x: Axis::logarithmic("members in the database"),
            y: Axis::linear("requests/s"),
            series,
        },
    });
    Ok(findings)
}

/// Adds users with their members to a database that holds `from` members, until it holds `to`.
fn populate(world: &World, template: &str, from: u64, to: u64) -> Outcome {
    let seeding = Seeding::open(&world.database())?;
    let first = from / OF_USER;
    let users = to / OF_USER - first;
    let user = format!("'USR-grown-' || ({first} + (n - 1) / {OF_USER})");
    // The ids sort anywhere, and a member's rows find each other by the number of their copy.
    let member = format!(
        "printf('MBR-%08x-0000-4000-8000-%012x', ((n + {from}) * 2654435761) & 4294967295, n + {from})"
    );
    let owner = format!("guid = (select user_guid from members where guid = '{template}')");
    seeding.copy(&Copies {
        table: "users",
        of: &owner,
        times: users,
        with: &[
            ("guid", &format!("'USR-grown-' || ({first} + n - 1)")),
            ("partner_id", &format!("'grown-' || ({first} + n - 1)")),
        ],
    })?;
    seeding.copy(&Copies {
        table: "members",
        of: &format!("guid = '{template}'"),
        times: to - from,
        with: &[
            ("user_guid", &user),
            ("guid", &member),
            ("number", &format!("(n - 1) % {OF_USER} + 1")),
            ("login_fingerprint", "randomblob(32)"),
        ],
    })?;
    seeding.copy(&Copies {
        table: "member_credentials",
        of: &format!("member_guid = '{template}'"),
        times: to - from,
        with: &[("user_guid", &user), ("member_guid", &member), ("guid", &guid("MCR"))],
    })?;
    seeding.close()
}

fn measure(setting: &Setting, world: &World, session: &Session, member: &str) -> Vec<Results<Measured>> {
    let read = Load {
        base_url: world.server.base_url().to_owned(),
        calls: vec![Call::get(format!("/members/{member}"), session)],
        connections: CONNECTIONS,
        seconds: 1,
    };
    let make = Load { calls: vec![world.create(session, true)], ..read.clone() };
    let rounds = if setting.quick { 1 } else { 3 };
    in_turns(rounds, vec![Competitor::under("read", read), Competitor::under("make", make)])
}
