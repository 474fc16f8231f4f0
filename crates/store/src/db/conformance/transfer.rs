//! Moving a database, from each engine to each.

use std::collections::{BTreeMap, BTreeSet};

use super::upgrades::{contents, read_all, upgraded};
use super::{Bench, options};
use crate::db::{
    DatabaseUrl, Engine, Moved, OpenError, OpenOptions, Store, StoreError, TransferError, statements,
    transfer,
};
use crate::jobs;
use crate::migrations::MIGRATIONS;

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

statements! {
    HOLDS: (i64,) = "select lease_until from jobs where state = 'RUNNING'";
}

/// A place for a new database on the same server, or in the same folder.
async fn new_place(engine: Engine) -> (Bench, DatabaseUrl) {
    let bench = Bench::without_schema(engine).await;
    let url = match engine {
        Engine::Sqlite => format!("sqlite://{}", bench.folder().join("moved.db").display()).parse().unwrap(),
        Engine::Postgres => bench.url.clone(),
    };
    (bench, url)
}

async fn run(from: &DatabaseUrl, to: &DatabaseUrl) -> Result<Vec<Moved>, TransferError> {
    transfer(from, to, &options().machine).await
}

/// What must be as it was, and what is made free in the new place.
async fn contents_but_leases(store: &Store) -> BTreeMap<String, Vec<String>> {
    let mut contents = contents(store).await.unwrap();
    for held in ["jobs", "webhook_messages"].map(|table| contents.remove_entry(table).unwrap()) {
        let (table, rows) = held;
        let freed = rows.iter().map(|row| row.replace(&format!("lease_until={}", i64::MAX), "lease_until=0"));
        contents.insert(table, freed.collect());
    }
    contents
}

/// Does what riverbank would not.
async fn spoil(source: &Bench, sql: &'static str) {
    let done: Result<(), StoreError> = source.store.write(async move |tx| tx.batch(sql).await).await;
    done.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_row_of_every_table_is_moved_between_all_engines() {
    assert_eq!(STATEMENTS.len(), 1);
    // As the files of the steps have it, which the mover never sees.
    let tables: BTreeSet<&str> = MIGRATIONS
        .iter()
        .flat_map(|step| step.text.lines())
        .filter_map(|line| line.strip_prefix("create table ")?.split_whitespace().next())
        // The new place makes these of its members.
        .filter(|table| *table != "member_counts")
        .collect();
    for from in ENGINES {
        let source = upgraded(from).await;
        let mut told = Vec::new();
        let before = contents(&source.store).await.unwrap();
        for to in ENGINES {
            let (_kept, place) = new_place(to).await;
            let moved = run(&source.url, &place).await.unwrap();
            let names: BTreeSet<&str> = moved.iter().map(|moved| moved.table.as_str()).collect();
            assert_eq!(names, tables, "{from:?} to {to:?}");
            let there = Store::open(&place, OpenOptions { exclusive: true, ..options() }).await.unwrap();
            assert_eq!(there.missing_migrations().await.unwrap().len(), 0);
            let (found, expected) =
                (contents(&there).await.unwrap(), contents_but_leases(&source.store).await);
            for (table, rows) in &expected {
                assert_eq!(found.get(table), Some(rows), "{table}, {from:?} to {to:?}");
            }
            assert_eq!(contents(&source.store).await.unwrap(), before, "the source was changed");
            let counts: Vec<usize> = moved.iter().map(|moved| usize::try_from(moved.rows).unwrap()).collect();
            assert_eq!(counts, moved.iter().map(|moved| before[&moved.table].len()).collect::<Vec<_>>());
            read_all(&there).await;
            super::counts::check(&there).await;
            assert_eq!(there.read().await.unwrap().query(&HOLDS, &[]).await.unwrap(), [(0,)]);
            let freed = there.write(async |tx| jobs::reclaim(tx).await).await.unwrap();
            assert_eq!(freed.len(), 1);
            told.push(moved.into_iter().map(|moved| (moved.table, moved.checksum)).collect::<BTreeSet<_>>());
        }
        assert_eq!(told[0], told[1], "checksums differ by engine");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_served_is_not_moved_nor_served_while_it_is() {
    for engine in ENGINES {
        let source = upgraded(engine).await;
        let serving = || Store::open(&source.url, OpenOptions { exclusive: true, ..options() });
        let server = serving().await.unwrap();
        let (_kept, place) = new_place(Engine::Sqlite).await;
        let refused = run(&source.url, &place).await.unwrap_err();
        assert!(matches!(refused, TransferError::Served(_)), "{refused}");
        assert!(!place.path().unwrap().exists());
        drop(server);
        run(&source.url, &place).await.unwrap();
        serving().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_does_not_start_on_a_database_that_is_being_moved() {
    let source = upgraded(Engine::Postgres).await;
    let mover = source.store.read().await.unwrap();
    mover.rows::<(bool,)>("select pg_try_advisory_lock(8244250770961228143)", &[]).await.unwrap();
    let refused = Store::open(&source.url, OpenOptions { exclusive: true, ..options() }).await.err().unwrap();
    assert!(matches!(refused, OpenError::BeingMoved), "{refused}");
    Store::open(&source.url, options()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_a_database_of_this_version_is_moved_and_only_into_a_new_one() {
    for engine in ENGINES {
        let source = upgraded(engine).await;
        let (kept, place) = new_place(engine).await;
        let nothing = run(&kept.url, &place).await.unwrap_err();
        assert!(matches!(nothing, TransferError::NoSource(_)), "{nothing}");
        kept.store.migrate_by(&MIGRATIONS[..0]).await.unwrap();
        let refused = run(&kept.url, &place).await.unwrap_err();
        assert!(matches!(refused, TransferError::NoSource(_)), "{refused}");
        let occupied = run(&source.url, &source.url).await.unwrap_err();
        assert!(matches!(occupied, TransferError::Occupied(_) | TransferError::Staging(_)), "{occupied}");
        read_all(&source.store).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_text_that_postgresql_cannot_hold_is_named_and_nothing_is_moved() {
    let source = upgraded(Engine::Sqlite).await;
    spoil(&source, "update users set last_name = 'a' || char(0) where partner_id = ''").await;
    let (kept, place) = new_place(Engine::Postgres).await;
    let refused = run(&source.url, &place).await.unwrap_err().to_string();
    assert!(
        refused.contains("column last_name of users holds a text with the character U+0000"),
        "{refused}"
    );
    assert_eq!(contents(&kept.store).await.unwrap(), BTreeMap::new());
    let (_kept, place) = new_place(Engine::Sqlite).await;
    run(&source.url, &place).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_no_migration_made_is_not_left_behind_in_silence() {
    for engine in ENGINES {
        let source = upgraded(engine).await;
        spoil(&source, "create table own_notes (words text)").await;
        let (_kept, place) = new_place(Engine::Sqlite).await;
        let refused = run(&source.url, &place).await.unwrap_err().to_string();
        assert!(
            refused.contains("table own_notes of the source is not as this version makes it"),
            "{refused}"
        );
        assert!(!place.path().unwrap().exists());
    }
}
