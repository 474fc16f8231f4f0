//! What only SQLite has to keep.

use std::future::pending;

use super::{Bench, Note, insert, names, options};
use crate::db::{OpenError, OpenOptions, Store, StoreError};

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
