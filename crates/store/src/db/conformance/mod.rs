//! What both engines must keep: one suite, run on each.
//!
//! `rules!` makes a test for each rule on SQLite, and one test that runs all rules of a module on PostgreSQL, each in
//! a database of its own on one temporary server.

mod counts;
mod links;
mod migrations;
mod postgres;
mod queries;
mod snapshots;
mod sqlite;
mod state;
mod transfer;
mod units;
pub(in crate::db) mod upgrades;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use riverbank_model::MachineClock;
use riverbank_testkit::postgres::PostgresCluster;
use tempfile::TempDir;

use super::{DatabaseUrl, Engine, Migration, OpenOptions, Store, StoreError, Tx, params, row, statements};

/// The rules of a module: `async fn rule(bench: Bench) { ... }`.
macro_rules! rules {
    ($($(#[$meta:meta])* async fn $rule:ident($bench:ident: $ty:ty) $body:block)*) => {
        $($(#[$meta])* async fn $rule($bench: $ty) $body)*

        mod on_sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $rule() {
                    super::$rule($crate::db::conformance::Bench::on_sqlite().await).await;
                }
            )*
        }

        mod on_postgres {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn every_rule_holds() {
                let mut broken = Vec::new();
                $(
                    let bench = $crate::db::conformance::Bench::on_postgres().await;
                    if tokio::spawn(super::$rule(bench)).await.is_err() {
                        broken.push(stringify!($rule));
                    }
                )*
                assert!(broken.is_empty(), "broken on PostgreSQL: {broken:?}");
            }
        }
    };
}
pub(crate) use rules;

/// A database: empty and migrated, if nothing else is said.
pub(crate) struct Bench {
    /// The database.
    pub(crate) store: Store,
    /// Its address, to open it once more.
    pub(crate) url: DatabaseUrl,
    folder: Option<TempDir>,
}

impl Bench {
    /// A new file.
    pub(crate) async fn on_sqlite() -> Self {
        Self::without_schema(Engine::Sqlite).await.migrated().await
    }

    /// A new database on the process's temporary server.
    pub(crate) async fn on_postgres() -> Self {
        Self::without_schema(Engine::Postgres).await.migrated().await
    }

    /// A new database that nothing was done to.
    pub(crate) async fn without_schema(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let url = format!("sqlite://{}", folder.path().join("riverbank.db").display());
                Self::open(&url, Some(folder)).await
            }
            Engine::Postgres => {
                let make = || PostgresCluster::shared().map(PostgresCluster::create_database);
                let url = tokio::task::spawn_blocking(make).await.unwrap();
                let url =
                    url.unwrap_or_else(|error| panic!("{error}")).unwrap_or_else(|error| panic!("{error}"));
                Self::open(&url, None).await
            }
        }
    }

    async fn open(url: &str, folder: Option<TempDir>) -> Self {
        let url: DatabaseUrl = url.parse().unwrap();
        let store = Store::open(&url, options()).await.unwrap();
        Self { store, url, folder }
    }

    async fn migrated(self) -> Self {
        self.store.migrate().await.unwrap();
        self
    }

    /// Opens the database once more, as a second process would.
    pub(crate) async fn again(&self) -> Store {
        Store::open(&self.url, options()).await.unwrap()
    }

    /// A table to try things with.
    async fn with_notes(self) -> Self {
        self.store.migrate_by(NOTES).await.unwrap();
        self
    }

    /// The folder of a SQLite database.
    fn folder(&self) -> PathBuf {
        self.folder.as_ref().map(|folder| folder.path().to_owned()).unwrap_or_default()
    }
}

/// How tests open a database.
pub(crate) fn options() -> OpenOptions {
    #[expect(clippy::disallowed_methods, reason = "the machine's clock of the tests")]
    let machine = Machine(Instant::now());
    OpenOptions::new(Arc::new(machine))
}

struct Machine(Instant);

impl MachineClock for Machine {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    #[expect(clippy::disallowed_methods, reason = "the machine's clock of the tests")]
    fn wall(&self) -> Timestamp {
        Timestamp::try_from(SystemTime::now()).unwrap()
    }
}

/// The released steps, and one more.
const NOTES: &[Migration] = &{
    let mut steps = [NOTES_STEP; crate::migrations::MIGRATIONS.len() + 1];
    let mut index = 0;
    while index < crate::migrations::MIGRATIONS.len() {
        steps[index] = crate::migrations::MIGRATIONS[index];
        index += 1;
    }
    steps
};

const NOTES_STEP: Migration = Migration {
    version: 9_999,
    name: "notes",
    text: "create table notes (
        name text primary key, shelf text, number bigint not null, is_kept boolean not null, picture {blob},
        unique (shelf, number)
    );
    create unique index notes_by_picture on notes (picture) where is_kept;
    create table remarks (note text not null references notes (name), words text not null);",
};

row! {
    /// A row to try things with.
    #[derive(Clone, Debug, PartialEq)]
    struct Note {
        name: String,
        shelf: Option<String>,
        number: i64,
        is_kept: bool,
        picture: Option<Vec<u8>>,
    }
}

impl Note {
    fn new(name: &str, number: i64) -> Self {
        Self { name: name.to_owned(), shelf: None, number, is_kept: false, picture: None }
    }
}

statements! {
    INSERT for Note = "insert into notes ({columns}) values ({values})";
    UPSERT for Note = "insert into notes ({columns}) values ({values})
        on conflict (name) do update set number = excluded.number";
    UPSERT_ALL for Note = "insert into notes ({columns}) {rows} on conflict (name) do update set number = excluded.number";
    REMARK = "insert into remarks (note, words) values ($1, $2)";
    CLEAR = "delete from notes";
    FIND: Note = "select {columns} from notes where name = $1";
    ALL: Note = "select {columns n} from notes n order by n.number, n.name";
    SOME: Note = "select {columns} from notes where name in {each $1} order by name";
    NOW: (i64,) = "select {machine_now}";
    SHELF: Note filtered by ShelfFilter<'a> {
        kept: bool = "and is_kept = ?",
        near: i64 = "and (number = ? or number = ? + 1)",
        named: &'a str = "and name = ?",
    } = "select {columns} from notes where shelf = ? {filters} order by number limit ?";
    SHELF_COUNT: (i64,) filtered by ShelfFilter = "select count(*) from notes where shelf = ? {filters}";
}

async fn insert(tx: &Tx, note: &Note) -> Result<(), StoreError> {
    tx.execute(&INSERT, &super::ToRow::values(note)).await.map(drop)
}

async fn names(store: &Store) -> Vec<String> {
    let reader = store.read().await.unwrap();
    reader.query(&ALL, params![]).await.unwrap().into_iter().map(|note| note.name).collect()
}

#[test]
fn the_statements_of_these_tests_are_listed_by_the_macro_too() {
    assert_eq!(STATEMENTS.len(), 11);
}
