//! Listing transactions, and what more rows do to it.

use std::path::PathBuf;

use riverbank_testkit::server::ServerOptions;

use crate::Outcome;
use crate::load::{Call, Load};
use crate::peers::bare;
use crate::peers::process::Process;
use crate::plot::{Axis, Plot, Series, Shape};
use crate::row::{Row, Target};
use crate::sample::{Summary, count};
use crate::section::{Findings, Section, Setting};
use crate::seed::{Copies, Seeding, guid};
use crate::turns::{Competitor, in_turns};
use crate::world::{Session, World};

pub const SECTION: Section = Section {
    name: "transactions",
    about: "Listing transactions",
    method: "`GET /transactions?records_per_page=100`, the newest 100 of a user's, 16 connections, with the pagination's \
             total. A user's rows are copies of those that a scripted bank's household left, spread over two years; the \
             list covers its default of 120 days back. The bare axum handler reads the same 100 rows from the same file \
             in the order of the same index and writes the same JSON; it counts nothing. That more rows of one user cost \
             nothing, and more rows of other users neither, is measured as time per answer.",
    run,
};

const PATH: &str = "/transactions?records_per_page=100";
const CONNECTIONS: usize = 16;
/// Days over which the copies are spread.
const DAYS: u64 = 730;

/// A server with users of different sizes.
pub struct Ledger {
    pub world: World,
    pub users: Vec<User>,
}

/// A user with one connected member.
pub struct User {
    pub guid: String,
    pub member: String,
    /// The account of most of its transactions.
    pub account: String,
    pub session: Session,
    /// How many transactions it has.
    pub rows: u64,
}

impl Ledger {
    /// A server with users of so many transactions each, and `others` users with a household each.
    pub fn start(setting: &Setting, sizes: &[u64], others: u64) -> Outcome<Self> {
        let mut world = World::start(setting, ServerOptions::default())?;
        let sessions = world.users(setting, "reader", sizes.len() as u64)?;
        let members: Vec<_> =
            sessions.iter().map(|session| world.connect(setting, session)).collect::<Outcome<_>>()?;
        world.server.stop()?;
        let seeding = Seeding::open(&world.database())?;
        let mut users = Vec::new();
        for ((session, member), rows) in sessions.into_iter().zip(members).zip(sizes) {
            let guid = seeding.text(&format!("select user_guid from members where guid = '{member}'"))?;
            let rows = grow(&seeding, &guid, *rows)?;
            let account = seeding.text(&format!(
                "select account_guid from transactions where user_guid = '{guid}' group by account_guid order by count(*) desc limit 1"
            ))?;
            users.push(User { guid, member, account, session, rows });
        }
        if let Some(first) = users.first() {
            populate(&seeding, &first.guid, others)?;
        }
        seeding.close()?;
        world.server.start_again()?;
        Ok(Self { world, users })
    }

    fn load(&self, setting: &Setting, user: usize) -> Load {
        let base_url = self.world.server.base_url().to_owned();
        let calls = vec![Call::get(PATH, &self.users[user].session)];
        Load { base_url, calls, connections: CONNECTIONS, seconds: setting.seconds() }
    }

    fn bare(&self, user: usize) -> Outcome<Process> {
        let database: PathBuf = self.world.database();
        bare::start(&database, &self.users[user].guid)
    }
}

/// Copies the user's transactions until there are `rows`, less than one household's rows aside; how many there are then.
fn grow(seeding: &Seeding, user: &str, rows: u64) -> Outcome<u64> {
    let of = format!("user_guid = '{user}' and deleted_at is null");
    let had: u64 =
        seeding.text(&format!("select cast(count(*) as text) from transactions where {of}"))?.parse()?;
    let copied = seeding.copy(&Copies {
        table: "transactions",
        of: &of,
        times: (rows / had.max(1)).saturating_sub(1),
        with: &[
            ("guid", &guid("TRN")),
            ("feed_id", "t.feed_id || '-' || n"),
            ("date", &format!("t.date - (n * 7 + t.r) % {DAYS}")),
        ],
    })?;
    Ok(had + copied)
}

/// Further users with the transactions of this one.
fn populate(seeding: &Seeding, user: &str, others: u64) -> Outcome {
    let of = format!("user_guid = '{user}'");
    let theirs = "'USR-other-' || n";
    let partner = ("partner_id", "'other-' || n");
    seeding.copy(&Copies {
        table: "users",
        of: &format!("guid = '{user}'"),
        times: others,
        with: &[("guid", theirs), partner],
    })?;
    for (table, prefix) in [("members", "MBR"), ("accounts", "ACT"), ("transactions", "TRN")] {
        let copies =
            Copies { table, of: &of, times: others, with: &[("user_guid", theirs), ("guid", &guid(prefix))] };
        seeding.copy(&copies)?;
    }
    Ok(())
}

fn run(setting: &Setting) -> Outcome<Findings> {
    let (most, sizes) = if setting.quick {
        (100_000, vec![1_000, 10_000, 100_000])
    } else {
        (1_000_000, vec![1_000, 10_000, 100_000, 1_000_000])
    };
    // A database with 10,000 rows in all, and one with more than a million: of one user, and of a thousand others.
    let small = Ledger::start(setting, &[1_000, 8_000], 1)?;
    let large = Ledger::start(setting, &sizes, setting.size(1_000, 100))?;
    let last = sizes.len() - 1;
    let bare = large.bare(last)?;
    let against = |name, load| Competitor::under(name, load);
    let results = in_turns(
        setting.rounds(),
        vec![
            against("Riverbank", large.load(setting, last)),
            against("bare axum", Load { base_url: bare.base_url(), ..large.load(setting, last) }),
            against("10,000 rows", large.load(setting, 1)),
            against("a household in a small database", small.load(setting, 0)),
            against("a household in a large database", large.load(setting, 0)),
        ],
    );
    let [ours, axum, ten_thousand, in_small, in_large] = results.as_slice() else {
        return Err("a competitor too few".into());
    };
    let rows = [
        Row::beside(
            &format!("GET /transactions, 100 of {most} rows, 16 connections"),
            "requests/s",
            ours.rates().ours()?,
            &axum.rates().rounds(),
            Some(Target::AtLeast(0.5)),
        ),
        Row::beside(
            &format!("GET /transactions, {most} rows of the user"),
            "ms an answer",
            ours.times().ours()?,
            &ten_thousand.times().rounds(),
            Some(Target::AtMost(1.3)),
        ),
        Row::beside(
            "GET /transactions, 900 rows of the user",
            "ms an answer",
            in_large.times().ours()?,
            &in_small.times().rounds(),
            Some(Target::AtMost(1.3)),
        ),
    ];
    let growth = growth(setting, &large)?;
    Ok(Findings { rows: rows.into_iter().flatten().collect(), plots: vec![growth], ..Findings::default() })
}

/// The time of an answer to one caller alone, for users of rising size.
fn growth(setting: &Setting, ledger: &Ledger) -> Outcome<Plot> {
    let mut series = [("Riverbank", Vec::new()), ("bare axum", Vec::new())];
    for (index, user) in ledger.users.iter().enumerate() {
        let bare = ledger.bare(index)?;
        let ours = Load { connections: 1, seconds: 1, ..ledger.load(setting, index) };
        let theirs = Load { base_url: bare.base_url(), ..ours.clone() };
        let results = in_turns(
            if setting.quick { 1 } else { 3 },
            vec![Competitor::under("ours", ours), Competitor::under("theirs", theirs)],
        );
        for ((_, points), results) in series.iter_mut().zip(&results) {
            let median = Summary::of(results.figures(|measured| measured.median).ours()?);
            points.extend(median.map(|median| (count(user.rows), median.median)));
        }
    }
    Ok(Plot {
        name: "transactions-growth".into(),
        title: "GET /transactions, 100 rows: growth of a user's transactions".into(),
        shape: Shape::Lines {
            x: Axis::logarithmic("transactions of the user"),
            y: Axis::linear("median latency, one connection (ms)"),
            series: series.into_iter().map(|(name, points)| Series { name: name.into(), points }).collect(),
        },
    })
}
