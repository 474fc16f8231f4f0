//! Pending transactions that a bank no longer tells of.

use riverbank_store::retention::{VANISHED_TRANSACTIONS, oldest};

use super::*;

const DAY: i64 = 24 * 60 * 60;

/// A bank with one purchase that is pending on the day on which the member is made, and gone on the next.
const BANK: &str = r#"
[[institution]]
code = "fickle"
name = "Fickle Bank"
is_test = true
connector = "script"
credential = [{ field_name = "LOGIN", label = "User", type = "LOGIN" }]

[[institution.script.login]]

[institution.script.data]
household = []

[[institution.script.data.account]]
id = "a"
facts = { account_type = "CHECKING", name = "Everyday", balance = 100, currency_code = "USD" }
transaction = [
    { id = "kept", on = "2026-01-10", amount = 40, type = "DEBIT", description = "HARBOR GROCER 17" },
]

[[institution.script.data.change]]
day = 0
account = "a"
add = [{ id = "gone", days_ago = 0, amount = 4.80, type = "DEBIT", status = "PENDING", description = "PINE STREET BAKERY" }]

[[institution.script.data.change]]
day = 1
account = "a"
remove = ["gone"]
"#;

async fn they_go_two_weeks_later(backend: Backend) {
    let bench = Bench::with_banks(backend, BANK).await;
    let caller = bench.session("acme", "u").await.caller;
    let workers = Workers::of(&bench.engine);
    let member = bench.member_at("fickle", &caller, "").await.member;
    bench.run_due().await;
    let vanished = async || {
        let reader = bench.engine.store().read().await.expect("a reader");
        oldest(&reader, &VANISHED_TRANSACTIONS).await.expect("a read")
    };
    assert_eq!(vanished().await, None);
    bench.engine.advance_clock(2 * DAY).await.expect("a moved clock");
    let hidden = vanished().await.expect("a refresh that no longer brought it in");
    let end = later(hidden, PURGE_AFTER);
    // What is kept goes with the full hour.
    bench.engine.set_clock(end - SignedDuration::from_secs(1)).await.expect("a moved clock");
    assert_eq!(vanished().await, Some(hidden));
    bench.engine.advance_clock(60 * 60 + 1).await.expect("a moved clock");
    assert_eq!(vanished().await, None);
    let reader = bench.engine.store().read().await.expect("a reader");
    let left = riverbank_store::transactions::of_member(&reader, &caller.user, &member.guid).await;
    assert_eq!(left.expect("a read").len(), 1, "the live member keeps what its bank still tells");
    workers.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_rows_that_vanish_from_a_live_member_go_two_weeks_later_on_sqlite() {
    they_go_two_weeks_later(Backend::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pending_rows_that_vanish_from_a_live_member_go_two_weeks_later_on_postgres() {
    they_go_two_weeks_later(Backend::Postgres).await;
}
