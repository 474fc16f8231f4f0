//! What only PostgreSQL has to keep.

use std::time::Duration;

use riverbank_testkit::postgres::{ClusterOptions, PostgresCluster};

use super::{Bench, Note, insert, names, options};
use crate::db::{Store, StoreError, params, statements};

statements! {
    ENCRYPTED: (bool,) = { sqlite: "select false", postgres: "select ssl from pg_stat_ssl where pid = pg_backend_pid()" };
}

async fn write(store: &Store, name: &str) -> Result<(), StoreError> {
    let note = Note::new(name, 1);
    store.write(async move |tx| insert(tx, &note).await).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restart_of_the_server_is_felt_as_unavailable_and_then_forgotten() {
    let mut cluster = PostgresCluster::start().unwrap();
    let bench =
        Bench::open(&cluster.create_database().unwrap(), None).await.migrated().await.with_notes().await;
    let mut wakeups = bench.store.wakeups();
    write(&bench.store, "before").await.unwrap();
    cluster.stop().unwrap();
    for _ in 0..3 {
        let error = write(&bench.store, "during").await.unwrap_err();
        assert!(matches!(error, StoreError::Unavailable(_)), "{error:?}");
    }
    cluster.start_again().unwrap();
    write(&bench.store, "after").await.unwrap();
    assert_eq!(names(&bench.store).await, ["after", "before"]);
    // The listener is back as well: it wakes once, since it may have missed something.
    while wakeups.wait(Duration::from_secs(3)).await {}
    let other = bench.again().await;
    let told: Result<(), StoreError> = other
        .write(async |tx| {
            tx.wake_workers();
            Ok(())
        })
        .await;
    told.unwrap();
    assert!(wakeups.wait(Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn workers_of_another_node_are_woken() {
    let bench = Bench::on_postgres().await;
    let other = bench.again().await;
    let mut wakeups = other.wakeups();
    while wakeups.wait(Duration::from_secs(1)).await {}
    let told: Result<(), StoreError> = bench
        .store
        .write(async |tx| {
            tx.wake_workers();
            Ok(())
        })
        .await;
    told.unwrap();
    assert!(wakeups.wait(Duration::from_secs(10)).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_unit_whose_caller_goes_away_is_rolled_back() {
    let bench = Bench::on_postgres().await.with_notes().await;
    let slow = bench.store.write(async |tx| {
        insert(tx, &Note::new("one", 1)).await?;
        tokio::time::sleep(Duration::from_mins(1)).await;
        Ok::<_, StoreError>(())
    });
    assert!(tokio::time::timeout(Duration::from_secs(1), slow).await.is_err());
    // The row's key is free at once, on a connection without an open transaction.
    write(&bench.store, "one").await.unwrap();
    assert_eq!(names(&bench.store).await, ["one"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sslmode_and_sslrootcert_are_obeyed() {
    assert_eq!(STATEMENTS.len(), 1);
    let with_tls =
        PostgresCluster::start_with(ClusterOptions { tls: true, ..ClusterOptions::default() }).unwrap();
    let without = PostgresCluster::start().unwrap();
    let other =
        PostgresCluster::start_with(ClusterOptions { tls: true, ..ClusterOptions::default() }).unwrap();
    let (by_address, plain) = (with_tls.create_database().unwrap(), without.create_database().unwrap());
    let by_name = by_address.replace("127.0.0.1", "localhost");
    let (known, unknown) = (with_tls.authority(), other.authority());
    let (known, unknown) = (known.display(), unknown.display());
    let (encrypted, clear, refused) = (Some(true), Some(false), None);
    let cases = [
        (&by_address, String::new(), encrypted),
        (&by_address, "?sslmode=disable".into(), clear),
        (&by_address, "?sslmode=prefer".into(), encrypted),
        (&plain, "?sslmode=prefer".into(), clear),
        (&by_address, "?sslmode=require".into(), encrypted),
        (&plain, "?sslmode=require".into(), refused),
        (&by_address, format!("?sslmode=require&sslrootcert={unknown}"), refused),
        (&by_address, format!("?sslmode=verify-ca&sslrootcert={known}"), encrypted),
        (&by_address, format!("?sslmode=verify-ca&sslrootcert={unknown}"), refused),
        (&by_address, "?sslmode=verify-ca&sslrootcert=system".into(), refused),
        (&by_name, format!("?sslmode=verify-full&sslrootcert={known}"), encrypted),
        (&by_name, format!("?sslmode=verify-full&sslrootcert={unknown}"), refused),
        (&by_address, format!("?sslmode=verify-full&sslrootcert={known}"), refused),
        (&by_name, "?sslmode=verify-full&sslrootcert=/no/such/file".into(), refused),
    ];
    for (address, query, expected) in cases {
        let found = match Store::open(&format!("{address}{query}").parse().unwrap(), options()).await {
            Ok(store) => Some(store.read().await.unwrap().query_one(&ENCRYPTED, params![]).await.unwrap().0),
            Err(_) => None,
        };
        assert_eq!(found, expected, "{address}{query}");
    }
}
