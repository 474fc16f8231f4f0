//! Keeping every row of every table, and putting it back, be it on the other engine.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use jiff::Timestamp;
use riverbank_model::Secrets;

use super::upgrades::{contents, keyring, read_all, upgraded};
use super::{Bench, rules};
use crate::db::{Engine, Store};
use crate::snapshots::{self, Made, MakeError, RestoreError, Shelves, Snapshot};
use crate::vault::{Keyring, SnapshotKeys, Vault, heads};
use crate::{clients, institutions, state};

/// Tables that are no part of a snapshot: they go on counting, or belong to the database itself.
const APART: [&str; 9] = [
    "catalogue",
    "epoch",
    "operator_audit",
    "operator_sessions",
    "operators",
    "settings",
    "snapshot_pieces",
    "snapshots",
    "transaction_revisions",
];

struct Counting(AtomicU8);

impl Secrets for Counting {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(self.0.fetch_add(1, Ordering::Relaxed));
    }
}

fn secrets() -> Arc<Counting> {
    Arc::new(Counting(AtomicU8::new(100)))
}

async fn vault(store: &Store, keyring: Keyring) -> Vault {
    Vault::unlock(store, keyring, &*secrets()).await.unwrap()
}

async fn make(store: &Store, vault: &Vault, name: &str) -> Result<Snapshot, MakeError> {
    let (vault, secrets) = (vault.clone(), secrets());
    let made = Made {
        guid: format!("guid of {name}"),
        name: name.to_owned(),
        taken_at: Timestamp::UNIX_EPOCH,
        pace: "{}".to_owned(),
    };
    let making = store.write(async move |tx| {
        tx.stand_still().await?;
        snapshots::make(tx, made, &vault, &*secrets).await
    });
    making.await
}

async fn restore(store: &Store, vault: &Vault, snapshot: &Snapshot) -> Result<(), RestoreError> {
    let (vault, secrets, snapshot) = (vault.clone(), secrets(), snapshot.clone());
    let restoring = store.write(async move |tx| {
        tx.stand_alone().await.unwrap();
        snapshots::restore(tx, &snapshot, &vault, &*secrets).await
    });
    restoring.await
}

/// Every row of every table that is part of a snapshot; of sealed values what is under the data keys.
async fn kept(store: &Store) -> BTreeMap<String, Vec<String>> {
    super::counts::check(store).await;
    let mut kept = contents(store).await.unwrap();
    for table in APART {
        kept.remove(table).unwrap();
    }
    for (table, column, _) in heads() {
        let Some(rows) = kept.get_mut(table) else { continue };
        for row in rows.iter_mut() {
            *row = without_keys(row, column);
        }
        rows.sort();
    }
    kept
}

/// The row without the header and the data key of the sealed column: the first 65 bytes, if it has more.
fn without_keys(row: &str, column: &str) -> String {
    let words = row.split(' ').map(|word| match word.strip_prefix(&format!("{column}=")) {
        Some(sealed) if sealed.len() > 130 => format!("{column}={}", &sealed[130..]),
        _ => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

async fn empty(store: &Store) {
    let emptying = store.write(async |tx| {
        for client in clients::list(tx).await? {
            state::reset_client(tx, &client.guid).await?;
        }
        state::reset_banks(tx).await
    });
    emptying.await.unwrap();
}

/// The pieces of a snapshot in another database, whose vault takes over its keys.
async fn carry(
    (from, here): (&Store, &Vault),
    (to, there): (&Store, &Vault),
    snapshot: &Snapshot,
) -> Snapshot {
    let keys = here.open_keys(&snapshot.guid, &snapshot.keys.clone().into()).unwrap();
    let keys = SnapshotKeys::from_bytes(&keys.to_bytes()).unwrap();
    let guid = format!("{} there", snapshot.guid);
    let carried = Snapshot {
        keys: there.seal_keys(&guid, &keys, &*secrets()).unwrap().into_bytes(),
        guid,
        ..snapshot.clone()
    };
    let reader = from.read().await.unwrap();
    let shelves = Shelves::of(&to.read().await.unwrap()).await.unwrap();
    let begun = Snapshot { name: None, ..carried.clone() };
    to.write(async move |tx| snapshots::begin(tx, &begun).await).await.unwrap();
    let mut rows = 0;
    for number in 1..=snapshot.piece_count {
        let content = snapshots::piece(&reader, &snapshot.guid, number).await.unwrap().unwrap();
        rows += snapshots::check(&content, &shelves).unwrap();
        let guid = carried.guid.clone();
        to.write(async move |tx| snapshots::put_piece(tx, &guid, number, &content).await).await.unwrap();
    }
    assert_eq!(i64::try_from(rows).unwrap(), snapshot.row_count);
    let finished = carried.clone();
    assert!(to.write(async move |tx| snapshots::finish(tx, &finished).await).await.unwrap());
    snapshots::find(&to.read().await.unwrap(), carried.name.as_deref().unwrap()).await.unwrap().unwrap()
}

rules! {
    async fn what_was_kept_is_put_back_row_by_row(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        let before = kept(&bench.store).await;
        let version = institutions::version(&bench.store.read().await.unwrap()).await.unwrap();
        let vault = vault(&bench.store, keyring()).await;
        let snapshot = make(&bench.store, &vault, "a").await.unwrap();
        assert_eq!(kept(&bench.store).await, before, "keeping changes nothing");
        let rows: usize = before.values().map(Vec::len).sum();
        assert_eq!(snapshot.row_count, i64::try_from(rows).unwrap());
        empty(&bench.store).await;
        restore(&bench.store, &vault, &snapshot).await.unwrap();
        assert_eq!(kept(&bench.store).await, before);
        let reader = bench.store.read().await.unwrap();
        assert!(institutions::version(&reader).await.unwrap() > version, "caches are read again");
        assert_eq!(snapshots::find(&reader, "a").await.unwrap(), Some(snapshot), "a snapshot outlives restores");
        assert_eq!(snapshots::find(&reader, "evening").await.unwrap().unwrap().row_count, 7);
    }

    async fn a_name_is_given_once_and_free_again_when_its_snapshot_is_gone(bench: Bench) {
        let vault = vault(&bench.store, keyring()).await;
        make(&bench.store, &vault, "a").await.unwrap();
        let Err(MakeError::Store(error)) = make(&bench.store, &vault, "a").await else { panic!("two of a name") };
        // By name, or by the id that this test makes of it.
        assert!(error.conflicts_on(snapshots::BY_NAME) || error.conflicts_on("snapshots_pkey"), "{error}");
        assert!(bench.store.write(async |tx| snapshots::remove(tx, "a").await).await.unwrap());
        assert!(!bench.store.write(async |tx| snapshots::remove(tx, "a").await).await.unwrap());
        make(&bench.store, &vault, "a").await.unwrap();
    }

    async fn a_snapshot_of_another_schema_or_with_a_damaged_piece_changes_nothing(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        let vault = vault(&bench.store, keyring()).await;
        let snapshot = make(&bench.store, &vault, "a").await.unwrap();
        let before = contents(&bench.store).await.unwrap();
        let other = Snapshot { schema_step: "0001_main_job".to_owned(), ..snapshot.clone() };
        let told = restore(&bench.store, &vault, &other).await.unwrap_err().to_string();
        assert!(told.contains("0001_main_job") && told.contains(&snapshot.schema_step), "{told}");
        assert_eq!(contents(&bench.store).await.unwrap(), before);
        super::counts::check(&bench.store).await;
        let longer = Snapshot { piece_count: snapshot.piece_count + 1, ..snapshot.clone() };
        let told = restore(&bench.store, &vault, &longer).await.unwrap_err();
        assert!(matches!(told, RestoreError::Damaged(number) if number == longer.piece_count), "{told}");
        assert_eq!(contents(&bench.store).await.unwrap(), before);
        super::counts::check(&bench.store).await;
    }
}

/// A database that knows another master key, and nothing yet.
async fn elsewhere(engine: Engine) -> (Bench, Vault) {
    let bench = Bench::without_schema(engine).await;
    bench.store.migrate().await.unwrap();
    let line = "1 AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
    let vault = vault(&bench.store, Keyring::parse(line).unwrap()).await;
    (bench, vault)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_snapshot_goes_to_the_other_engine_and_back_and_opens_under_another_keyring() {
    for (from, to) in [(Engine::Sqlite, Engine::Postgres), (Engine::Postgres, Engine::Sqlite)] {
        let source = upgraded(from).await;
        let here = vault(&source.store, keyring()).await;
        let before = kept(&source.store).await;
        let snapshot = make(&source.store, &here, "a").await.unwrap();

        let (target, there) = elsewhere(to).await;
        let fingerprint = |vault: &Vault| vault.login_fingerprint(&["mxuser"]);
        assert_ne!(fingerprint(&there), fingerprint(&here));
        let carried = carry((&source.store, &here), (&target.store, &there), &snapshot).await;
        restore(&target.store, &there, &carried).await.unwrap();
        assert_eq!(kept(&target.store).await, before, "{from:?} to {to:?}");
        there.follow_fingerprints(&target.store).await.unwrap();
        assert_eq!(fingerprint(&there), fingerprint(&here), "a login is known again");

        let back = make(&target.store, &there, "b").await.unwrap();
        let home = Bench::without_schema(from).await;
        home.store.migrate().await.unwrap();
        let again = vault(&home.store, keyring()).await;
        let carried = carry((&target.store, &there), (&home.store, &again), &back).await;
        restore(&home.store, &again, &carried).await.unwrap();
        assert_eq!(kept(&home.store).await, before, "{from:?} to {to:?} and back");
        // What is sealed opens.
        set_version(&home.store).await;
        read_all(&home.store).await;
    }
}

/// What [`read_all`] expects of the catalogue, which goes on counting.
async fn set_version(store: &Store) {
    store.write(async |tx| tx.batch("update catalogue set version = 7").await).await.unwrap();
}
