//! A rule over many transactions, and what others feel of it.

use std::thread;
use std::time::Duration;

use riverbank_testkit::server::ServerOptions;
use serde_json::json;

use crate::Outcome;
use crate::load::{Call, Load, Measured};
use crate::row::Row;
use crate::sample::count;
use crate::section::{Findings, Section, Setting};
use crate::seed::{Copies, Seeding, guid};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};
use crate::world::{Session, World};

pub const SECTION: Section = Section {
    name: "rule",
    about: "A rule over many transactions",
    method: "A rule of a user with 100,000 transactions, all of which fit it, is given another category: from the answer of `PUT \
             /transaction_rules/{guid}` until its progress says that it is finished, each transaction looked at and \
             written anew, in the background. Beside it, the slowest hundredth of another user's `GET /transactions` (100 \
             rows) and `POST /members` with `skip_aggregation`, four connections each, while the rule is being applied, and \
             without it. SQLite, `synchronous=FULL`.",
    run,
};

const CONNECTIONS: usize = 4;
/// What the feed says of each transaction of the user with the rule, and how it is described.
const SAYS: &str = "HARBOR GROCER 17";
/// Two categories of the default tree, for one and the other round.
const CATEGORIES: [&str; 2] =
    ["CAT-bf5c9cca-c96b-b50d-440d-38d9adfda5b0", "CAT-7829f71c-2e8c-afa5-2f55-fa3634b89874"];
/// Of each load.
const SECONDS: u64 = 1;
/// Progress is asked for as often as this.
const LOOK: Duration = Duration::from_millis(20);
/// The longest that a rule may take.
const PATIENCE: Duration = Duration::from_mins(5);

/// A user with many transactions and a rule for them, and another user.
struct Scene {
    world: World,
    session: Session,
    /// Path of the rule.
    rule: String,
    other: Session,
}

/// What others felt.
struct Felt {
    reads: Measured,
    creates: Measured,
}

fn run(setting: &Setting) -> Outcome<Findings> {
    let transactions = setting.size(100_000, 30_000);
    let scene = Scene::set(setting, transactions)?;
    let mut rounds = 0;
    let mut change = || {
        rounds += 1;
        let change = json!({"transaction_rule": {"category_guid": CATEGORIES[rounds % 2]}});
        setting.wait(scene.world.put(&scene.session, &scene.rule, &change)).map(drop)
    };
    let mut alone = Vec::new();
    // The first round warms up.
    for round in 0..=setting.rounds() {
        let watch = Stopwatch::start();
        change()?;
        scene.wait(setting)?;
        if round > 0 {
            alone.push(count(transactions) / watch.elapsed().as_secs_f64());
        }
    }
    let beside = Competitor::new("beside a rule", || {
        change()?;
        let felt = scene.felt()?;
        if scene.is_finished(setting)? {
            return Err("the rule was finished before the load was over".into());
        }
        scene.wait(setting)?;
        Ok(felt)
    });
    let results =
        in_turns(setting.rounds(), vec![beside, Competitor::new("without a rule", || scene.felt())]);
    let [beside, without] = results.as_slice() else { return Err("a competitor too few".into()) };
    let mut findings = Findings::default();
    let what = format!("a rule over {transactions} transactions, SQLite");
    findings.rows.extend(Row::alone(&what, "transactions/s", &alone));
    for (what, p99) in [
        (
            "GET /transactions, 100 rows, p99, another user has a rule applied",
            Felt::reading as fn(&Felt) -> f64,
        ),
        ("POST /members, p99, another user has a rule applied", Felt::creating),
    ] {
        let without = without.figures(p99);
        findings.rows.extend(Row::beside(what, "ms", beside.figures(p99).ours()?, &without.rounds(), None));
    }
    Ok(findings)
}

impl Felt {
    fn reading(&self) -> f64 {
        self.reads.p99
    }

    fn creating(&self) -> f64 {
        self.creates.p99
    }
}

impl Scene {
    fn set(setting: &Setting, transactions: u64) -> Outcome<Self> {
        let mut world = World::start(setting, ServerOptions::default())?;
        let session = world.user(setting, "with-a-rule")?;
        let member = world.connect(setting, &session)?;
        let other = world.user(setting, "other")?;
        world.connect(setting, &other)?;
        world.server.stop()?;
        let seeding = Seeding::open(&world.database())?;
        let one = format!(
            "guid = (select guid from transactions where member_guid = '{member}' and deleted_at is null limit 1)"
        );
        seeding.copy(&Copies {
            table: "transactions",
            of: &one,
            times: transactions,
            with: &[
                ("guid", &guid("TRN")),
                ("feed_id", "t.feed_id || '-' || n"),
                ("feed_description", &format!("'{SAYS}'")),
                ("date", "t.date - n % 730"),
            ],
        })?;
        seeding.close()?;
        world.server.start_again()?;
        let body = json!({"transaction_rule": {
            "category_guid": CATEGORIES[0], "description": "Groceries by rule", "match_description": "Harbor Grocer 17",
        }});
        let made = setting.wait(world.post(&session, "/transaction_rules", &body))?;
        let rule = made["transaction_rule"]["guid"].as_str().ok_or("no rule")?;
        let scene = Self { rule: format!("/transaction_rules/{rule}"), world, session, other };
        let changed = scene.wait(setting)?;
        if changed < transactions {
            return Err(format!("the rule fits {changed} of {transactions} transactions").into());
        }
        Ok(scene)
    }

    /// Waits until the rule has been applied; how many transactions it changed.
    fn wait(&self, setting: &Setting) -> Outcome<u64> {
        let watch = Stopwatch::start();
        while !self.is_finished(setting)? {
            if watch.elapsed() > PATIENCE {
                return Err("the rule does not come to its end".into());
            }
            thread::sleep(LOOK);
        }
        let progress = setting.wait(self.world.get(&self.session, &self.progress()));
        progress["progress"]["transactions_changed"].as_u64().ok_or_else(|| "no progress".into())
    }

    fn is_finished(&self, setting: &Setting) -> Outcome<bool> {
        let progress = setting.wait(self.world.get(&self.session, &self.progress()));
        progress["progress"]["is_finished"].as_bool().ok_or_else(|| "no progress".into())
    }

    fn progress(&self) -> String {
        format!("{}/progress", self.rule)
    }

    /// What another user feels, reading first, then making members.
    fn felt(&self) -> Outcome<Felt> {
        let load = |call| Load {
            base_url: self.world.server.base_url().to_owned(),
            calls: vec![call],
            connections: CONNECTIONS,
            seconds: SECONDS,
        };
        let reads = load(Call::get("/transactions?records_per_page=100", &self.other)).run()?;
        let creates = load(self.world.create(&self.other, true)).run()?;
        Ok(Felt { reads, creates })
    }
}
