//! Reading one member, and how that holds up under more and more connections.

use riverbank_testkit::server::ServerOptions;

use crate::Outcome;
use crate::load::{Call, Load, Measured};
use crate::peers::mocks::{self, Mock};
use crate::peers::{bare, process::Process};
use crate::plot::{Axis, Plot, Series, Shape};
use crate::row::{Row, Target};
use crate::section::{Findings, Section, Setting};
use crate::seed::{Copies, Seeding, guid};
use crate::turns::{Competitor, Results, in_turns};
use crate::world::{Session, World, headers};

pub const SECTION: Section = Section {
    name: "member",
    about: "Reading a member",
    method: "`GET /members/{guid}` of a user with 100 members, each in its turn, through the whole stack: session, \
             rules, media types, request id, metrics. The bare axum handler has no middleware, keeps its connection in \
             the thread and writes the same JSON from one row by primary key. Prism and Mockoon mock the committed \
             `openapi/nexus.json`. The latencies are those that wrk saw.",
    run,
};

/// Members of the user.
const MEMBERS: u64 = 100;
const CONNECTIONS: usize = 16;
/// Those of the latency plot.
const LOADS: [usize; 8] = [1, 2, 4, 8, 16, 32, 64, 128];
const WHAT: &str = "GET /members/{guid}, 16 connections";

/// A server with a user of many members, and the calls that read them.
pub struct Members {
    pub world: World,
    pub user: String,
    pub session: Session,
    pub calls: Vec<Call>,
}

impl Members {
    pub fn start(setting: &Setting) -> Outcome<Self> {
        let mut world = World::start(setting, ServerOptions::default())?;
        let session = world.user(setting, "reader")?;
        let member = world.connect(setting, &session)?;
        world.server.stop()?;
        let seeding = Seeding::open(&world.database())?;
        seeding.copy(&Copies {
            table: "members",
            of: &format!("guid = '{member}'"),
            times: MEMBERS - 1,
            with: &[
                ("guid", &guid("MBR")),
                ("number", "t.number + n"),
                ("login_fingerprint", "randomblob(32)"),
            ],
        })?;
        let user = seeding.text(&format!("select user_guid from members where guid = '{member}'"))?;
        let guids = seeding.texts(&format!("select guid from members where user_guid = '{user}'"))?;
        seeding.close()?;
        world.server.start_again()?;
        let calls = guids.iter().map(|guid| Call::get(format!("/members/{guid}"), &session)).collect();
        Ok(Self { world, user, session, calls })
    }

    /// The load of a server with this address.
    pub fn load(&self, setting: &Setting, base_url: &str) -> Load {
        let calls = self.calls.clone();
        Load { base_url: base_url.to_owned(), calls, connections: CONNECTIONS, seconds: setting.seconds() }
    }
}

fn run(setting: &Setting) -> Outcome<Findings> {
    let members = Members::start(setting)?;
    let bare = bare::start(&members.world.database(), &members.user)?;
    let ours = members.load(setting, members.world.server.base_url());
    let theirs = members.load(setting, &bare.base_url());
    let results = beside_all(setting, &ours, &theirs);
    let latency = latency(setting, &ours, &theirs)?;
    let [us, axum, prism, mockoon] = results.as_slice() else { return Err("a competitor too few".into()) };
    let our_rates = us.rates();
    let our_rates = our_rates.ours()?;
    let rows = [(axum, Some(Target::AtLeast(0.5))), (prism, Some(Target::AtLeast(30.0))), (mockoon, None)];
    let rows = rows.into_iter().filter_map(|(peer, target)| {
        Row::beside(WHAT, "requests/s", our_rates, &peer.rates().rounds(), target)
    });
    let rates = results.iter().filter_map(|results| {
        let row = Row::alone("", "", results.rates().ours().ok()?)?;
        Some((results.name.to_owned(), row.ours.median))
    });
    let rates = Plot {
        name: "member-rates".into(),
        title: "GET /members/{guid} beside peers, 16 connections".into(),
        shape: Shape::Bars { unit: "requests/s".into(), bars: rates.collect() },
    };
    let p99 = Row::alone("GET /members/{guid}, p99, 16 connections", "ms", us.p99s().ours()?);
    Ok(Findings { rows: rows.chain(p99).collect(), plots: vec![rates, latency], ..Findings::default() })
}

/// One after the other: ours, the bare handler, the mocks. Those that wait hold no processor.
fn beside_all(setting: &Setting, ours: &Load, theirs: &Load) -> Vec<Results<Measured>> {
    let mocks: Vec<(Mock, Result<Process, String>)> = [Mock::Prism, Mock::Mockoon]
        .map(|mock| (mock, mock.start().map_err(|error| error.to_string())))
        .into_iter()
        .collect();
    let mut competitors =
        vec![Competitor::under("Riverbank", ours.clone()), Competitor::under("bare axum", theirs.clone())];
    for (mock, process) in &mocks {
        competitors.push(match process {
            Ok(process) => {
                let calls = vec![Call::get(mocks::MEMBER, &headers("any".into()))];
                Competitor::under(mock.name(), Load { base_url: process.base_url(), calls, ..ours.clone() })
            }
            Err(why) => Competitor::missing(mock.name(), why),
        });
    }
    in_turns(setting.rounds(), competitors)
}

/// Latencies at rising numbers of connections.
fn latency(setting: &Setting, ours: &Load, theirs: &Load) -> Outcome<Plot> {
    let loads = if setting.quick { &LOADS[..5] } else { &LOADS[..] };
    let mut series = Vec::new();
    for (name, load) in [("Riverbank", ours), ("bare axum", theirs)] {
        let (mut median, mut p99) = (Vec::new(), Vec::new());
        for &connections in loads {
            let measured = load.with_connections(connections).run()?;
            let connections = f64::from(u32::try_from(connections)?);
            median.push((connections, measured.median));
            p99.push((connections, measured.p99));
        }
        series.push(Series { name: format!("{name}, p50"), points: median });
        series.push(Series { name: format!("{name}, p99"), points: p99 });
    }
    Ok(Plot {
        name: "member-latency".into(),
        title: "GET /members/{guid}: latency against load".into(),
        shape: Shape::Lines {
            x: Axis::logarithmic("connections"),
            y: Axis::logarithmic("latency (ms)"),
            series,
        },
    })
}
