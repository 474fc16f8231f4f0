//! What the database itself keeps of members, whoever writes them.

use std::collections::BTreeMap;

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{Guid, InstitutionGuid};

use super::upgrades::upgraded;
use super::{Bench, rules};
use crate::db::{Store, StoreError};
use crate::{clients, lately, state};

/// Holds that the counts are those of the table.
pub(super) async fn check(store: &Store) {
    let reader = store.read().await.unwrap();
    let sql = "select institution_guid, coalesce(connection_status, -1), count(*) from members
        where deleted_at is null group by 1, 2";
    let counted: Vec<(String, i64, i64)> = reader.rows(sql, &[]).await.unwrap();
    let mut all: BTreeMap<i64, i64> = BTreeMap::new();
    let mut by_institution: BTreeMap<String, BTreeMap<i64, i64>> = BTreeMap::new();
    for (institution, status, members) in counted {
        *all.entry(status).or_default() += members;
        by_institution.entry(institution).or_default().insert(status, members);
    }
    let number = |one: &lately::MembersIn| (one.status.map_or(-1, ConnectionStatus::id), one.members);
    let kept: BTreeMap<i64, i64> = lately::members(&reader).await.unwrap().iter().map(number).collect();
    assert_eq!(kept, all);
    for (institution, counted) in by_institution {
        let guid = InstitutionGuid::trusted(institution);
        let kept = lately::members_of(&reader, &guid).await.unwrap();
        assert_eq!(kept.iter().map(number).collect::<BTreeMap<_, _>>(), counted, "{guid}");
    }
}

async fn run(store: &Store, sql: &'static str) {
    let ran: Result<(), StoreError> = store.write(async move |tx| tx.batch(sql).await).await;
    ran.unwrap();
}

rules! {
    async fn the_counts_of_members_are_those_of_their_table_whatever_is_done_to_it(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        let store = &bench.store;
        check(store).await;
        for change in [
            "update members set connection_status = 2 where deleted_at is null",
            "update members set connection_status = null where number = 1",
            "update members set deleted_at = 5 where number = 2",
            "update members set deleted_at = 6, connection_status = 3 where deleted_at is not null",
            "update members set deleted_at = null, connection_status = 6 where number = 2 and login_fingerprint is null",
        ] {
            run(store, change).await;
            check(store).await;
        }
        let reset = store.write(async |tx| {
            for client in clients::list(tx).await? {
                state::reset_client(tx, &client.guid).await?;
            }
            Ok::<_, StoreError>(())
        });
        reset.await.unwrap();
        check(store).await;
        assert_eq!(lately::members(&store.read().await.unwrap()).await.unwrap(), []);
    }

    async fn a_change_of_status_leaves_a_row_and_nothing_else_does(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        let store = &bench.store;
        let sql = "select count(*) from member_history where was = 6 and became = 9";
        let count = async || store.read().await.unwrap().rows::<(i64,)>(sql, &[]).await.unwrap()[0].0;
        run(store, "update members set connection_status = 6").await;
        run(store, "update members set connection_status = 9 where number = 1").await;
        let changed = count().await;
        assert!(changed > 0);
        run(store, "update members set connection_status = 9, name = 'x' where number = 1").await;
        assert_eq!(count().await, changed);
    }
}
