//! Units of work.

use std::time::Duration;

use super::{ALL, Bench, CLEAR, FIND, INSERT, Note, REMARK, UPSERT, UPSERT_ALL, insert, names, rules};
use crate::db::{Engine, Store, StoreError, ToRow, params};

/// An error of a caller's own.
#[derive(Debug)]
enum Refused {
    ByUs,
    ByStore(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::ByStore(error)
    }
}

async fn put(store: &Store, note: Note) -> Result<(), StoreError> {
    store.write(async move |tx| insert(tx, &note).await).await
}

rules! {
    async fn a_failing_unit_leaves_nothing_and_its_neighbours_stay(bench: Bench) {
        let bench = bench.with_notes().await;
        let units = (0..40).map(|number| {
            let store = bench.store.clone();
            tokio::spawn(async move {
                let unit = store.write(async move |tx| {
                    insert(tx, &Note::new(&format!("{number:02}"), number)).await?;
                    if number % 2 == 1 { Err(Refused::ByUs) } else { Ok(number) }
                });
                unit.await
            })
        });
        for (number, unit) in (0..).zip(units.collect::<Vec<_>>()) {
            match unit.await.unwrap() {
                Ok(kept) => assert_eq!(kept, number),
                Err(Refused::ByUs) => assert_eq!(number % 2, 1),
                Err(Refused::ByStore(error)) => panic!("{error}"),
            }
        }
        let kept: Vec<String> = (0..40).step_by(2).map(|number| format!("{number:02}")).collect();
        assert_eq!(names(&bench.store).await, kept);
    }

    async fn sixty_four_writers_at_once_all_commit(bench: Bench) {
        let bench = bench.with_notes().await;
        let writers = (0..64).map(|writer| {
            let store = bench.store.clone();
            tokio::spawn(async move {
                for round in 0..10 {
                    put(&store, Note::new(&format!("{writer}/{round}"), round)).await.unwrap();
                }
            })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap();
        }
        assert_eq!(names(&bench.store).await.len(), 640);
    }

    async fn a_second_row_with_the_same_key_is_a_conflict_on_the_same_index_name(bench: Bench) {
        let bench = bench.with_notes().await;
        let note = Note { shelf: Some("a".into()), is_kept: true, picture: Some(vec![1]), ..Note::new("one", 1) };
        put(&bench.store, note.clone()).await.unwrap();
        let cases = [
            ("notes_pkey", Note { number: 2, picture: None, ..note.clone() }),
            ("notes_shelf_number_key", Note { name: "two".into(), picture: None, ..note.clone() }),
            ("notes_by_picture", Note { name: "two".into(), number: 2, ..note.clone() }),
        ];
        for (index, second) in cases {
            let error = put(&bench.store, second).await.unwrap_err();
            assert!(error.conflicts_on(index), "{index}: {error}");
        }
        let outside = Note { name: "two".into(), number: 2, is_kept: false, ..note };
        put(&bench.store, outside).await.unwrap();
    }

    async fn a_row_that_refers_to_nothing_is_refused(bench: Bench) {
        let bench = bench.with_notes().await;
        let error = bench.store.write(async |tx| tx.execute(&REMARK, params!["nobody", "words"]).await).await;
        assert!(matches!(error, Err(StoreError::MissingReference)), "{error:?}");
    }

    async fn a_unit_that_goes_on_after_a_failed_statement_is_not_committed(bench: Bench) {
        let bench = bench.with_notes().await;
        put(&bench.store, Note::new("one", 1)).await.unwrap();
        let outcome: Result<(), StoreError> = bench.store.write(async |tx| {
            insert(tx, &Note::new("two", 2)).await?;
            assert!(insert(tx, &Note::new("one", 1)).await.is_err());
            Ok(())
        }).await;
        assert!(matches!(outcome, Err(StoreError::Internal(_))), "{outcome:?}");
        assert_eq!(names(&bench.store).await, ["one"]);
        put(&bench.store, Note::new("three", 3)).await.unwrap();
        assert_eq!(names(&bench.store).await, ["one", "three"]);
    }

    async fn a_unit_sees_its_own_rows_and_readers_only_committed_ones(bench: Bench) {
        let bench = bench.with_notes().await;
        let (wrote, written) = std::sync::mpsc::channel();
        let (looked, look) = std::sync::mpsc::channel::<()>();
        let store = bench.store.clone();
        let writing = tokio::spawn(async move {
            store.write(async move |tx| {
                insert(tx, &Note::new("one", 1)).await?;
                assert!(tx.query_opt(&FIND, params!["one"]).await?.is_some());
                wrote.send(()).unwrap();
                // Holds the unit open; a thread of the runtime stays free for the reader.
                look.recv_timeout(Duration::from_secs(30)).unwrap();
                Ok::<_, StoreError>(())
            }).await
        });
        tokio::task::spawn_blocking(move || written.recv_timeout(Duration::from_secs(30))).await.unwrap().unwrap();
        assert_eq!(names(&bench.store).await.len(), 0);
        looked.send(()).unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(names(&bench.store).await, ["one"]);
    }

    async fn many_rows_are_written_at_once(bench: Bench) {
        let bench = bench.with_notes().await;
        for (round, statement) in [&UPSERT, &UPSERT_ALL].into_iter().enumerate() {
            let round = i64::try_from(round).unwrap();
            let notes = (0..1_000).map(|n| Note {
                shelf: (n % 3 == 0).then(|| format!("{{\"{n}")), picture: (n % 2 == 0).then(|| vec![0, 255]),
                ..Note::new(&format!("{n}"), n + round)
            });
            let notes: Vec<Note> = notes.collect();
            let expected = notes.clone();
            let changed = bench.store.write(async move |tx| {
                if round == 0 {
                    tx.execute_many(statement, notes.iter().map(ToRow::values)).await
                } else {
                    tx.execute(&CLEAR, params![]).await?;
                    assert_eq!(tx.execute_rows::<Note>(statement, &[]).await?, 0);
                    tx.execute_rows(statement, &notes).await
                }
            }).await;
            assert_eq!(changed.unwrap(), 1_000);
            assert_eq!(bench.store.read().await.unwrap().query(&ALL, params![]).await.unwrap(), expected);
        }
        let doubled: Result<u64, StoreError> = bench.store.write(async |tx| {
            let notes = [Note::new("new", 1), Note::new("new", 1)];
            tx.execute_many(&INSERT, notes.iter().map(ToRow::values)).await
        }).await;
        assert!(doubled.unwrap_err().conflicts_on("notes_pkey"));
        assert_eq!(names(&bench.store).await.len(), 1_000);
    }

    async fn workers_are_woken_by_a_commit_and_not_by_a_rollback(bench: Bench) {
        let bench = bench.with_notes().await;
        let mut wakeups = bench.store.wakeups();
        // The listening connection wakes once when it is up, which it is when it has heard of another's.
        let other = bench.again().await;
        let mut is_up = bench.store.engine() == Engine::Sqlite;
        for _ in 0..60 {
            if is_up {
                break;
            }
            let told: Result<(), StoreError> = other.write(async |tx| {
                tx.wake_workers();
                Ok(())
            }).await;
            told.unwrap();
            is_up = wakeups.wait(Duration::from_millis(500)).await;
        }
        assert!(is_up, "nothing is heard of another's work");
        while wakeups.wait(Duration::from_secs(1)).await {}
        let refused: Result<(), Refused> = bench.store.write(async |tx| {
            tx.wake_workers();
            Err(Refused::ByUs)
        }).await;
        assert!(matches!(refused, Err(Refused::ByUs)));
        put(&bench.store, Note::new("quiet", 1)).await.unwrap();
        assert!(!wakeups.wait(Duration::from_millis(100)).await);
        let woken: Result<(), StoreError> = bench.store.write(async |tx| {
            tx.wake_workers();
            Ok(())
        }).await;
        woken.unwrap();
        assert!(wakeups.wait(Duration::from_secs(10)).await);
        assert!(!wakeups.wait(Duration::from_millis(100)).await);
    }

    async fn a_database_is_read_again_after_it_was_closed(bench: Bench) {
        let bench = bench.with_notes().await;
        put(&bench.store, Note::new("one", 1)).await.unwrap();
        let second = bench.again().await;
        let Bench { store, .. } = &bench;
        put(store, Note::new("two", 2)).await.unwrap();
        assert_eq!(names(&second).await, ["one", "two"]);
        put(&second, Note::new("three", 3)).await.unwrap();
        assert_eq!(names(store).await, ["one", "two", "three"]);
    }
}
