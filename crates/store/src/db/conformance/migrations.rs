//! The schema's history.

use super::{Bench, NOTES, NOTES_STEP, rules};
use crate::db::{MigrateError, Migration};

const ALTERED: &[Migration] = &[Migration { text: "create table others (name text)", ..NOTES_STEP }];
const BROKEN: &[Migration] = &[
    Migration { version: 1, name: "good", text: "create table good (name text)" },
    Migration {
        version: 2,
        name: "bad",
        text: "create table bad (name text); create tabel worse (name text)",
    },
];

rules! {
    async fn a_step_runs_once(bench: Bench) {
        assert_eq!(bench.store.migrate().await.unwrap().len(), 0);
        assert_eq!(bench.store.missing_migrations().await.unwrap().len(), 0);
        let steps = bench.store.migrate_by(NOTES).await.unwrap();
        assert_eq!(steps.iter().map(|step| step.name).collect::<Vec<_>>(), ["notes"]);
        assert_eq!(bench.store.migrate_by(NOTES).await.unwrap().len(), 0);
    }

    async fn nodes_that_start_together_run_a_step_once(bench: Bench) {
        let mut nodes = Vec::new();
        for _ in 0..4 {
            let node = bench.again().await;
            nodes.push(tokio::spawn(async move { node.migrate_by(NOTES).await.map(|steps| steps.len()) }));
        }
        let mut ran = 0;
        for node in nodes {
            ran += node.await.unwrap().unwrap();
        }
        assert_eq!(ran, 1);
    }

    async fn a_step_of_a_newer_version_stops_the_start(bench: Bench) {
        bench.store.migrate_by(NOTES).await.unwrap();
        let error = bench.store.migrate().await.unwrap_err();
        assert!(matches!(error, MigrateError::Unknown { version: 9_999, .. }), "{error}");
        assert!(error.to_string().contains("run the version that made it"));
    }

    async fn a_step_that_was_edited_after_it_ran_stops_the_start(bench: Bench) {
        bench.store.migrate_by(NOTES).await.unwrap();
        let released = NOTES.len() - 1;
        let edited = [&NOTES[..released], ALTERED].concat().leak();
        let error = bench.store.migrate_by(edited).await.unwrap_err();
        assert!(matches!(error, MigrateError::Altered { version: 9_999, .. }), "{error}");
    }

    async fn a_step_that_fails_leaves_no_step_behind(bench: Bench) {
        let released = NOTES.len() - 1;
        let broken: Vec<Migration> =
            BROKEN.iter().map(|step| Migration { version: step.version + 1_000, ..*step }).collect();
        let steps = [&NOTES[..released], &broken].concat().leak();
        let error = bench.store.migrate_by(steps).await.unwrap_err();
        assert!(matches!(error, MigrateError::Store(_)), "{error}");
        assert_eq!(bench.store.missing_migrations().await.unwrap().len(), 0);
        bench.store.migrate_by(&BROKEN[..0]).await.unwrap_err();
        assert_eq!(bench.store.migrate().await.unwrap().len(), 0);
    }
}
