//! What pages of long lists cost: the thousandth reads about as many rows as the first.

use super::catalogue::texts;
use super::conformance::upgrades::upgraded;
use super::conformance::{Bench, rules};
use super::error::StoreError;
use super::statement::StatementText;
use super::store::Store;
use super::tx::{Session, Tx};
use crate::CATALOGUE;

/// Fills the lists that operators page through, each with a row a second for a hundred thousand seconds.
const FILL: [&str; 3] = [
    "with recursive n (n) as (select 1 union all select n + 1 from n where n < 100000)
    insert into jobs (user_guid, guid, member_guid, institution_guid, kind, status, state, run_at, interruptions,
        attempt, is_superseded, has_follow_up, include_transactions, include_holdings, is_authenticated, children_made,
        created_at, started_at, finished_at, updated_at)
    select m.user_guid, 'JOB-' || n, m.guid, m.institution_guid, 0, 8, 'DONE', 0, 0, n, false, false, true, true, false, 0,
        cast(n as bigint) * 1000000, cast(n as bigint) * 1000000, cast(n as bigint) * 1000000, 0
    from n cross join (select * from members order by user_guid, guid limit 1) m",
    "with recursive n (n) as (select 1 union all select n + 1 from n where n < 100000)
    insert into audit (at, client_guid, user_guid, action, subject, detail)
    select cast(n as bigint) * 1000000, 'CLT-1', 'USR-1', 'users.update', 'USR-1', '{}' from n",
    "with recursive n (n) as (select 1 union all select n + 1 from n where n < 100000)
    insert into operator_audit (at, operator, action, subject) select cast(n as bigint) * 1000000, 'ada', 'logout', 'ada' from n",
];

/// The lists, each of whose first three parameters are a moment, a limit and how many rows to pass over.
const LISTS: [&str; 4] = ["log::ENDED", "log::FAILED", "audit::LIST", "operators::DEEDS"];

const FIRST: i64 = 1_000_000_000_000_000;
/// A thousandth of the rows is older.
const DEEP: i64 = 100_000_000;

impl Tx {
    /// What a page of 50 costs: steps of the machine on SQLite, rows that are read on PostgreSQL.
    async fn cost(&self, sql: &str, until: i64) -> i64 {
        match &self.session {
            Session::Sqlite(session) => {
                let connection = session.connection();
                let mut statement = connection.prepare(sql).expect("a statement");
                let mut rows = statement.query([until, 50, 0]).expect("rows");
                let mut count = 0;
                while rows.next().expect("a row").is_some() {
                    count += 1;
                }
                drop(rows);
                assert_eq!(count, 50, "{sql}");
                statement.get_status(rusqlite::StatementStatus::VmStep).into()
            }
            Session::Postgres(session) => {
                session.batch(&format!("prepare paged as {sql}")).await.expect("a statement");
                let explain =
                    format!("explain (analyze, timing off, costs off) execute paged({until}, 50, 0)");
                let steps: Vec<(String,)> = session.query(&explain, &[]).await.expect("a plan");
                session.batch("deallocate paged").await.expect("an end");
                let read = steps.iter().filter(|(step,)| step.contains("Scan")).map(|(step,)| {
                    let (_, rest) = step.split_once("actual rows=").expect("rows");
                    let digits = rest.find(|one: char| !one.is_ascii_digit()).unwrap_or(rest.len());
                    rest[..digits].parse::<i64>().expect("a number")
                });
                read.sum()
            }
        }
    }
}

async fn fill(store: &Store) {
    for sql in FILL {
        let filled: Result<(), StoreError> = store.write(async move |tx| tx.batch(sql).await).await;
        filled.expect("rows");
    }
    let reader = store.read().await.expect("a connection");
    if let Session::Postgres(session) = &reader.session {
        session.batch("analyze").await.expect("statistics");
    }
}

rules! {
    async fn a_deep_page_of_a_hundred_thousand_rows_costs_about_what_the_first_does(bench: Bench) {
        let bench = upgraded(bench.store.engine()).await;
        fill(&bench.store).await;
        let reader = bench.store.read().await.expect("a connection");
        let every: Vec<&StatementText> = CATALOGUE.iter().flat_map(|module| module.iter().copied()).collect();
        for name in LISTS {
            let text = every.iter().find(|text| text.name().ends_with(name)).expect("a list");
            for sql in texts(text, &reader) {
                let (first, deep) = (reader.cost(&sql, FIRST).await, reader.cost(&sql, DEEP).await);
                assert!(deep <= 2 * first && first <= 100 * 50, "{name}: {first} for the first, {deep} for a deep one");
            }
        }
    }
}
