//! Values, rows, lists, and every statement of the crate.

use super::{ALL, Bench, FIND, NOW, Note, SHELF, SHELF_COUNT, SOME, ShelfFilter, insert, options, rules};
use crate::db::{Each, Store, StoreError, params};

async fn fill(store: &Store, notes: Vec<Note>) {
    let filled: Result<(), StoreError> = store
        .write(async move |tx| {
            for note in &notes {
                insert(tx, note).await?;
            }
            Ok(())
        })
        .await;
    filled.unwrap();
}

rules! {
    async fn the_engine_takes_every_statement(bench: Bench) {
        let misfits = bench.store.misfits().await.unwrap();
        let lines: Vec<String> = misfits.iter().map(ToString::to_string).collect();
        assert!(lines.is_empty(), "{}", lines.join("\n"));
    }

    async fn every_kind_of_value_comes_back_as_it_was(bench: Bench) {
        let bench = bench.with_notes().await;
        let full = Note {
            name: "O'Hara \u{1F600} %_\\".into(),
            shelf: Some(String::new()),
            number: i64::MIN,
            is_kept: true,
            picture: Some((0..=255).collect()),
        };
        let empty = Note::new("", i64::MAX);
        fill(&bench.store, vec![full.clone(), empty.clone()]).await;
        let reader = bench.store.read().await.unwrap();
        assert_eq!(reader.query(&ALL, params![]).await.unwrap(), [full.clone(), empty]);
        assert_eq!(reader.query_one(&FIND, params![full.name]).await.unwrap(), full);
    }

    async fn one_row_is_asked_for_and_one_is_given(bench: Bench) {
        let bench = bench.with_notes().await;
        let reader = bench.store.read().await.unwrap();
        assert_eq!(reader.query_opt(&FIND, params!["one"]).await.unwrap(), None);
        assert!(matches!(reader.query_one(&FIND, params!["one"]).await, Err(StoreError::Internal(_))));
        fill(&bench.store, vec![Note::new("one", 1), Note::new("two", 2)]).await;
        assert!(matches!(reader.query_opt(&ALL, params![]).await, Err(StoreError::Internal(_))));
        assert_eq!(reader.query_one(&FIND, params!["one"]).await.unwrap().number, 1);
    }

    async fn a_list_is_narrowed_by_the_filters_that_are_given(bench: Bench) {
        let bench = bench.with_notes().await;
        let on_shelf = |number, is_kept| Note {
            shelf: Some("a".into()), is_kept, ..Note::new(&format!("{number}"), number)
        };
        fill(&bench.store, (0..10).map(|n| on_shelf(n, n % 2 == 0)).chain([Note::new("other", 3)]).collect()).await;
        let reader = bench.store.read().await.unwrap();
        let cases = [
            (ShelfFilter::default(), vec![0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
            (ShelfFilter { kept: Some(true), ..ShelfFilter::default() }, vec![0, 2, 4, 6, 8]),
            (ShelfFilter { near: Some(4), ..ShelfFilter::default() }, vec![4, 5]),
            (ShelfFilter { kept: Some(false), near: Some(4), named: Some("5") }, vec![5]),
            (ShelfFilter { named: Some("other"), ..ShelfFilter::default() }, vec![]),
        ];
        for (filter, expected) in cases {
            let notes = reader.list(&SHELF, params!["a"], &filter, params![100_i64]).await.unwrap();
            let numbers: Vec<i64> = notes.iter().map(|note| note.number).collect();
            assert_eq!(numbers, expected, "{filter:?}");
            let counted = reader.list(&SHELF_COUNT, params!["a"], &filter, params![]).await.unwrap();
            assert_eq!(counted, [(i64::try_from(expected.len()).unwrap(),)], "{filter:?}");
        }
    }

    async fn several_texts_are_one_parameter(bench: Bench) {
        let bench = bench.with_notes().await;
        fill(&bench.store, vec![Note::new("a", 1), Note::new("b\"'", 2), Note::new("c", 3)]).await;
        let reader = bench.store.read().await.unwrap();
        for (wanted, expected) in [(vec!["c", "b\"'", "x"], vec!["b\"'", "c"]), (vec![], vec![])] {
            let notes = reader.query(&SOME, params![Each::of(&wanted)]).await.unwrap();
            let found: Vec<&str> = notes.iter().map(|note| note.name.as_str()).collect();
            assert_eq!(found, expected);
        }
    }

    async fn the_machines_time_is_that_of_the_machine(bench: Bench) {
        let reader = bench.store.read().await.unwrap();
        let (microseconds,) = reader.query_one(&NOW, params![]).await.unwrap();
        let apart = (microseconds - options().machine.wall().as_microsecond()).abs();
        assert!(apart < 60_000_000, "{apart} microseconds apart");
    }
}
