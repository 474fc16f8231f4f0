//! The first history of a member: two years at once.

mod upsert;

use std::fmt::Write as _;
use std::fs;

use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};
use riverbank_testkit::server::ServerOptions;
use serde_json::json;

use self::upsert::Upsert;
use crate::Outcome;
use crate::peers::bulk_insert::Bulk;
use crate::peers::copy_in::CopyIn;
use crate::row::{Row, Target};
use crate::sample::count;
use crate::section::{Findings, Section, Setting};
use crate::stopwatch::Stopwatch;
use crate::turns::{Competitor, in_turns};
use crate::world::{Owner, Session, World, open_bank};

pub const SECTION: Section = Section {
    name: "history",
    about: "A first history of 24 months",
    method: "About 20,000 transactions of 24 months in nine accounts of one member, whose user has none yet. The upsert is what \
             an import runs when it has read, matched, described and categorised a feed: the store's own functions over \
             rows made before, a durable unit of work for each account. The bare insert writes the same rows into tables \
             with the same indexes in one durable transaction: on SQLite an INSERT that is prepared once, \
             `synchronous=FULL`; on PostgreSQL `COPY ... FROM STDIN` of a text made before. The whole job goes from `POST \
             /members/{guid}/extend_history` until it is done: a server signs in at the scripted bank, fetches, matches, \
             describes and categorises besides; it has no target.",
    run,
};

const BANK: &str = "Long Bank";
/// Accounts beside those of the generated household, which brings in some 7,000 transactions in as many days.
const ACCOUNTS: usize = 3;
const DAYS: usize = 730;
/// Transactions of each day in each of those accounts.
const OF_A_DAY: usize = 6;
/// What these say, a number behind each.
const PAYEES: [&str; OF_A_DAY] = [
    "SQ *HARBOR GROCER",
    "POS PURCHASE CITY PARKING",
    "STARBUCKS STORE",
    "SHELL OIL",
    "PAYPAL *TOWN BOOKS",
    "ACH DEBIT RIVER WATER UTILITY",
];

/// What a database has for each round: users with a member each, for ours and for the bare insert.
struct Owners {
    ours: Vec<Owner>,
    theirs: Vec<Owner>,
}

fn run(setting: &Setting) -> Outcome<Findings> {
    let mut findings = Findings::default();
    on_sqlite(setting, &mut findings)?;
    on_postgres(setting, &mut findings)?;
    Ok(findings)
}

fn on_sqlite(setting: &Setting, findings: &mut Findings) -> Outcome {
    let mut world = start(setting, ServerOptions::default())?;
    let (template, owners) = members(setting, &world)?;
    world.server.stop()?;
    let [ours, theirs] = ["ours", "theirs"].map(|name| world.database().with_extension(name));
    for copy in [&ours, &theirs] {
        fs::copy(world.database(), copy)?;
    }
    world.server.start_again()?;
    let upsert = setting.wait(Upsert::like(&format!("sqlite://{}", ours.display()), &template))?;
    let mut bulk = Bulk::like(&theirs, &template.member)?;
    let mut theirs = owners.theirs.iter();
    let bare = Competitor::new("bare insert", || {
        bulk.give_to(theirs.next().ok_or("an owner too few")?);
        let watch = Stopwatch::start();
        bulk.insert()?;
        Ok(watch.elapsed().as_secs_f64())
    });
    measure(setting, &world, ("SQLite", &upsert, &owners.ours), bare, findings)
}

fn on_postgres(setting: &Setting, findings: &mut Findings) -> Outcome {
    let cluster = PostgresCluster::start_with(ClusterOptions { durable: true, ..ClusterOptions::default() })?;
    let url = cluster.create_database()?;
    let world = start(setting, ServerOptions::on(&url))?;
    let (template, owners) = members(setting, &world)?;
    let upsert = setting.wait(Upsert::like(&url, &template))?;
    let mut copy_in = setting.wait(CopyIn::like(&url, &template.member))?;
    let mut theirs = owners.theirs.iter();
    let bare = Competitor::new("COPY", || {
        copy_in.give_to(theirs.next().ok_or("an owner too few")?)?;
        let watch = Stopwatch::start();
        setting.wait(copy_in.insert())?;
        Ok(watch.elapsed().as_secs_f64())
    });
    measure(setting, &world, ("PostgreSQL", &upsert, &owners.ours), bare, findings)
}

/// The rows of one engine.
fn measure(
    setting: &Setting,
    world: &World,
    (engine, upsert, owners): (&str, &Upsert, &[Owner]),
    bare: Competitor<'_, f64>,
    findings: &mut Findings,
) -> Outcome {
    let (accounts, transactions) = upsert.size();
    let rate = |seconds: &f64| count(transactions as u64) / seconds;
    let (mut owners, mut round) = (owners.iter(), 0);
    let competitors = vec![
        Competitor::new("upsert", || {
            let parts = upsert.given_to(owners.next().ok_or("an owner too few")?)?;
            let watch = Stopwatch::start();
            setting.wait(upsert.write(parts))?;
            Ok(watch.elapsed().as_secs_f64())
        }),
        bare,
        Competitor::new("whole job", || {
            round += 1;
            let session = world.user(setting, &format!("round-{round}"))?;
            let member = world.create_one(setting, &session, "any", true)?;
            let watch = Stopwatch::start();
            gather(setting, world, &session, &member)?;
            Ok(watch.elapsed().as_secs_f64())
        }),
    ];
    let results = in_turns(setting.rounds(), competitors);
    let [ours, theirs, whole] = results.as_slice() else { return Err("a competitor too few".into()) };
    let history = format!("{transactions} transactions in {accounts} accounts, {engine}");
    for (what, measured, target) in [("upsert", ours, Some(Target::AtLeast(0.4))), ("whole job", whole, None)]
    {
        findings.rows.extend(Row::beside(
            &format!("{what} of {history}"),
            "transactions/s",
            measured.figures(rate).ours()?,
            &theirs.figures(rate).rounds(),
            target,
        ));
    }
    Ok(())
}

fn start(setting: &Setting, options: ServerOptions) -> Outcome<World> {
    let mut world = World::start_with(setting, options, &long_bank()?)?;
    world.choose_bank(setting, BANK)?;
    Ok(world)
}

/// A member whose history there is, and those who are to get it.
fn members(setting: &Setting, world: &World) -> Outcome<(Owner, Owners)> {
    let session = world.user(setting, "template")?;
    let member = world.create_one(setting, &session, "template", true)?;
    gather(setting, world, &session, &member)?;
    let template = world.owner_of(setting, &session, member)?;
    // The first round warms up.
    let some = |whose: &str| -> Outcome<Vec<Owner>> {
        (0..=setting.rounds()).map(|number| world.owner(setting, &format!("{whose}-{number}"))).collect()
    };
    Ok((template, Owners { ours: some("ours")?, theirs: some("theirs")? }))
}

/// Has a member's whole history fetched.
fn gather(setting: &Setting, world: &World, session: &Session, member: &str) -> Outcome {
    let path = format!("/members/{member}/extend_history");
    setting.wait(world.post(session, &path, &json!({})))?;
    world.wait_for(setting, session, member)
}

/// A bank with the generated household over two years, and accounts of many small payments.
fn long_bank() -> Outcome<String> {
    let kind = "connector = \"script\"";
    let mut bank =
        open_bank("long", BANK).replace(kind, &format!("{kind}\nsupports_transaction_history = true"));
    writeln!(bank, "\n[institution.script.data]\nhistory_days = {DAYS}")?;
    for account in 1..=ACCOUNTS {
        writeln!(
            bank,
            "\n[[institution.script.data.account]]\nid = \"daily-{account}\"\n\
             facts = {{ account_type = \"CHECKING\", name = \"Daily {account}\", balance = 100.5 }}"
        )?;
        for number in 0..DAYS * OF_A_DAY {
            let (day, payee) = (number / OF_A_DAY, PAYEES[number % OF_A_DAY]);
            let cents = 199 + number * 37 % 9_000;
            writeln!(
                bank,
                "\n[[institution.script.data.account.transaction]]\nid = \"{account}-{number}\"\n\
                 days_ago = {day}\namount = {}.{:02}\ntype = \"DEBIT\"\ndescription = \"{payee} {:04}\"",
                cents / 100,
                cents % 100,
                number * 13 % 10_000
            )?;
        }
    }
    Ok(bank)
}
