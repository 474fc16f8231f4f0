//! Putting a sandbox back to its beginning.

use super::upgrades::{contents, upgraded};
use super::{Bench, rules};
use crate::{clients, state};

/// What a reset of everything leaves: what belongs to the database, to its clients as such, and to its institutions.
const STAYS: [&str; 19] = [
    "ach_files",
    "catalogue",
    "client_features",
    "client_origins",
    "client_redirect_urls",
    "clients",
    "epoch",
    "institution_credentials",
    "institutions",
    "merchants",
    "operator_audit",
    "operator_sessions",
    "operators",
    // So that visits which a reset ended say so in their frames.
    "page_clients",
    "settings",
    "snapshot_pieces",
    "snapshots",
    "stopped_institutions",
    "webhook_endpoints",
];

rules! {
    async fn a_reset_of_everything_empties_every_table_that_is_not_said_to_stay(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        let before = contents(&bench.store).await.unwrap();
        let reset = bench.store.write(async |tx| {
            for client in clients::list(tx).await? {
                state::reset_client(tx, &client.guid).await?;
            }
            state::reset_banks(tx).await?;
            state::begin_epoch(tx).await
        });
        reset.await.unwrap();
        for (table, rows) in contents(&bench.store).await.unwrap() {
            if STAYS.contains(&table.as_str()) {
                assert!(!rows.is_empty(), "{table}");
            } else if table == "audit" {
                assert!(rows.iter().all(|row| row.contains("user_guid=null")), "{rows:?}");
            } else {
                assert_eq!(rows, [""; 0], "{table} is neither emptied nor said to stay");
            }
            assert!(!before[&table].is_empty(), "this test has no row for {table}");
        }
    }
}
