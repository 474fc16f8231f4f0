//! What only SQLite has to keep.

use std::collections::BTreeSet;
use std::fs;
use std::future::pending;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use super::{Bench, Note, insert, names, options};
use crate::db::{BackupError, OpenError, OpenOptions, StagingError, Store, StoreError, backup};

fn server() -> OpenOptions {
    OpenOptions { exclusive: true, ..options() }
}

#[tokio::test]
async fn a_second_server_on_the_same_file_is_refused_until_the_first_has_ended() {
    let bench = Bench::on_sqlite().await;
    let first = Store::open(&bench.url, server()).await.unwrap();
    let second = Store::open(&bench.url, server()).await.err().unwrap();
    assert!(matches!(second, OpenError::AlreadyServed { .. }));
    assert!(second.to_string().contains("stop that one first"), "{second}");
    drop(first);
    Store::open(&bench.url, server()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn commands_write_beside_the_server() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let server = Store::open(&bench.url, server()).await.unwrap();
    let write = |store: Store, side: &'static str| {
        tokio::spawn(async move {
            for number in 0..50 {
                let note = Note::new(&format!("{side}{number}"), number);
                store.write(async move |tx| insert(tx, &note).await).await.unwrap();
            }
        })
    };
    let (ours, theirs) = (write(server, "server"), write(bench.store.clone(), "command"));
    ours.await.unwrap();
    theirs.await.unwrap();
    assert_eq!(names(&bench.store).await.len(), 100);
}

#[tokio::test]
async fn what_was_answered_is_in_the_files() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    for number in 0..20 {
        let note = Note::new(&format!("{number:02}"), number);
        bench.store.write(async move |tx| insert(tx, &note).await).await.unwrap();
        // What a process that is killed now leaves behind.
        let copy = tempfile::tempdir().unwrap();
        for name in ["riverbank.db", "riverbank.db-wal"] {
            std::fs::copy(bench.folder().join(name), copy.path().join(name)).unwrap();
        }
        let url = format!("sqlite://{}", copy.path().join("riverbank.db").display()).parse().unwrap();
        let left = Store::open(&url, options()).await.unwrap();
        assert_eq!(names(&left).await.len(), usize::try_from(number).unwrap() + 1);
    }
}

#[tokio::test]
async fn a_unit_that_waits_for_something_else_is_rolled_back() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let waited: Result<(), StoreError> = bench
        .store
        .write(async |tx| {
            insert(tx, &Note::new("one", 1)).await?;
            pending::<()>().await;
            Ok(())
        })
        .await;
    assert!(matches!(waited, Err(StoreError::Internal(_))), "{waited:?}");
    assert_eq!(names(&bench.store).await.len(), 0);
}

#[tokio::test]
async fn a_unit_that_panics_is_rolled_back_and_the_writer_lives() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let panicked: Result<(), StoreError> = bench
        .store
        .write(async |tx| {
            insert(tx, &Note::new("one", 1)).await?;
            panic!("the test's own")
        })
        .await;
    assert!(matches!(panicked, Err(StoreError::Internal(_))), "{panicked:?}");
    bench.store.write(async |tx| insert(tx, &Note::new("two", 2)).await).await.unwrap();
    assert_eq!(names(&bench.store).await, ["two"]);
}

#[tokio::test]
async fn a_reader_cannot_write() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let reader = bench.store.read().await.unwrap();
    assert!(insert(&reader, &Note::new("one", 1)).await.is_err());
}

#[tokio::test]
async fn the_files_are_for_their_owner_only() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let _server = Store::open(&bench.url, server()).await.unwrap();
    let mut names = BTreeSet::new();
    for file in fs::read_dir(bench.folder()).unwrap().map(Result::unwrap) {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{file:?}");
        names.insert(file.file_name().into_string().unwrap());
    }
    let made = ["riverbank.db", "riverbank.db-lock", "riverbank.db-shm", "riverbank.db-wal"];
    assert_eq!(names, made.map(str::to_owned).into());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_holds_what_was_answered_before_it_and_the_writer_goes_on() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let writing = bench.store.clone();
    let writer = tokio::spawn(async move {
        for number in 0..200 {
            let note = Note::new(&format!("{number:03}"), number);
            writing.write(async move |tx| insert(tx, &note).await).await.unwrap();
        }
    });
    let copies = tempfile::tempdir().unwrap();
    let (from, copy) = (bench.folder().join("riverbank.db"), copies.path().join("copy.db"));
    for round in 0..5 {
        let copy = copies.path().join(format!("{round}.db"));
        let before = names(&bench.store).await;
        let (from, made) = (from.clone(), copy.clone());
        tokio::task::spawn_blocking(move || backup(&from, &made)).await.unwrap().unwrap();
        assert_eq!(fs::metadata(&copy).unwrap().permissions().mode() & 0o777, 0o600);
        let url = format!("sqlite://{}", copy.display()).parse().unwrap();
        let held = names(&Store::open(&url, options()).await.unwrap()).await;
        assert!(held.starts_with(&before), "{before:?} {held:?}");
    }
    writer.await.unwrap();
    assert_eq!(names(&bench.store).await.len(), 200);
    let made = backup(&from, &copy).unwrap();
    assert_eq!(made.bytes, fs::metadata(&copy).unwrap().len());
    assert_eq!(made.key_versions, BTreeSet::new());
    let refused = backup(&from, &copy).unwrap_err();
    assert!(matches!(refused, BackupError::Staging(StagingError::Exists(_))), "{refused}");
    let refused = backup(&bench.folder().join("no.db"), &copies.path().join("no.db")).unwrap_err();
    assert!(matches!(refused, BackupError::NoDatabase(_)), "{refused}");
}

#[tokio::test]
async fn a_database_that_does_not_hold_together_is_not_backed_up() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let folder = bench.folder();
    let damaging = rusqlite::Connection::open(folder.join("riverbank.db")).unwrap();
    let stray = "pragma foreign_keys = off; insert into remarks (note, words) values ('of nothing', '')";
    damaging.execute_batch(stray).unwrap();
    let refused = backup(&folder.join("riverbank.db"), &folder.join("copy.db")).unwrap_err();
    assert!(refused.to_string().contains("a row of remarks refers to a row of notes"), "{refused}");
    assert!(!folder.join("copy.db").exists() && !folder.join("copy.db.part").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_takes_long_does_not_hold_the_writer_up() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let reading = rusqlite::Connection::open(bench.folder().join("riverbank.db")).unwrap();
    reading.execute_batch("begin; select count(*) from notes").unwrap();
    let clock = options().machine;
    let start = clock.elapsed();
    // More than the log may have: it cannot be emptied while somebody reads what was there before.
    for number in 0..20 {
        let picture = Some(vec![u8::try_from(number).unwrap(); 5 * 1024 * 1024]);
        let note = Note { picture, ..Note::new(&format!("{number:03}"), number) };
        bench.store.write(async move |tx| insert(tx, &note).await).await.unwrap();
    }
    let took = clock.elapsed().saturating_sub(start);
    let log = || fs::metadata(bench.folder().join("riverbank.db-wal")).unwrap().len();
    assert!(log() > 64 * 1024 * 1024);
    // It would wait ten seconds for the reader after each of the last seven.
    assert!(took.as_secs() < 40, "the writer was held up: {took:?}");
    drop(reading);
    for number in 20..40 {
        let picture = Some(vec![u8::try_from(number).unwrap(); 5 * 1024 * 1024]);
        let note = Note { picture, ..Note::new(&format!("{number:03}"), number) };
        bench.store.write(async move |tx| insert(tx, &note).await).await.unwrap();
    }
    assert!(log() < 128 * 1024 * 1024, "the log is not emptied any more");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_another_process_holds_is_unavailable_for_all_who_wait_together() {
    let bench = Bench::on_sqlite().await.with_notes().await;
    let other = rusqlite::Connection::open(bench.folder().join("riverbank.db")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let mut waiting = tokio::task::JoinSet::new();
    for number in 0..50 {
        let (store, note) = (bench.store.clone(), Note::new(&format!("{number}"), number));
        waiting.spawn(async move { store.write(async move |tx| insert(tx, &note).await).await });
    }
    // One wait for those who came with the first, and one for the others.
    let answers = tokio::time::timeout(Duration::from_secs(12), waiting.join_all()).await.unwrap();
    assert!(answers.iter().all(|answer| matches!(answer, Err(StoreError::Unavailable(_)))), "{answers:?}");
    assert_eq!(names(&bench.store).await.len(), 0, "what is there can be read meanwhile");
    assert!(bench.store.check().await.is_err());
    other.execute_batch("rollback").unwrap();
    bench.store.check().await.unwrap();
    bench.store.write(async |tx| insert(tx, &Note::new("after", 1)).await).await.unwrap();
    assert_eq!(names(&bench.store).await, ["after"]);
}
