//! Banks whose data changes from day to day.

use jiff::civil::{Date, date};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_model::transaction::TransactionStatus::{Pending, Posted};

use super::super::Script;
use super::scripts::scripted;
use super::{fetch, now, visit};
use crate::connector::{Bank, Visit};

/// A bank with one written account, which these changes happen to.
fn changing(changes: &str) -> Bank {
    scripted(&format!(
        r#"
        login = [{{ }}]
        [data]
        household = []
        [[data.account]]
        id = "a"
        facts = {{ name = "Day to day", balance = 100 }}
        transaction = [
            {{ id = "p", on = "2026-11-24", amount = 5, type = "DEBIT", status = "PENDING", description = "COFFEE" }},
            {{ id = "t", on = "2026-11-23", amount = 7, type = "DEBIT", description = "GROCER" }},
        ]
        {changes}
        "#
    ))
}

/// What is served so many days after the member was made.
async fn accounts(bank: &Bank, days: i32) -> Vec<FeedAccount> {
    let at = |days: i32| Timestamp::from_second(now().as_second() + i64::from(days) * 86_400).unwrap();
    fetch(&Visit { now: at(days), ..visit(bank) }).await.accounts
}

/// The transaction with this id on that day.
async fn told(bank: &Bank, days: i32, id: &str) -> Option<FeedTransaction> {
    let account = accounts(bank, days).await.swap_remove(0);
    account.transactions.into_iter().find(|row| row.id.as_deref() == Some(id))
}

fn day_after(days: i32) -> Date {
    Offset::UTC.to_datetime(now()).date().saturating_add(days.days())
}

#[tokio::test]
async fn a_pending_transaction_is_posted_on_the_day_of_the_change() {
    let bank = changing(
        r#"
        [[data.change]]
        day = 1
        account = "a"
        alter = [{ id = "p", new_id = "q", status = "POSTED", amount = 6, description = "COFFEE HOUSE", memo = "tip" }]
        "#,
    );
    assert_eq!(told(&bank, 0, "p").await.unwrap().status, Pending);
    for days in [1, 2, 30] {
        assert_eq!(told(&bank, days, "p").await, None);
        let posted = told(&bank, days, "q").await.unwrap();
        assert_eq!((posted.status, posted.posted_on), (Posted, Some(day_after(1))));
        assert_eq!((posted.date(), posted.amount), (Some(date(2026, 11, 24)), "6".parse().unwrap()));
        assert_eq!((posted.description.as_str(), posted.memo.as_deref()), ("COFFEE HOUSE", Some("tip")));
    }
}

#[tokio::test]
async fn a_change_happens_on_its_date_and_those_of_one_day_in_the_order_of_the_file() {
    let bank = changing(
        r#"
        [[data.change]]
        on = "2026-11-27"
        account = "a"
        facts = { balance = 3 }
        [[data.change]]
        day = 1
        account = "a"
        facts = { balance = 1 }
        [[data.change]]
        on = "2026-11-27"
        account = "a"
        facts = { balance = 4 }
        remove = ["p"]
        "#,
    );
    for (days, balance, rows) in [(0, "100", 2), (1, "1", 2), (2, "4", 1), (9, "4", 1)] {
        let account = accounts(&bank, days).await.swap_remove(0);
        assert_eq!(account.facts.balance, Some(balance.parse().unwrap()), "day {days}");
        assert_eq!(account.transactions.len(), rows, "day {days}");
        assert_eq!(account.facts.name, "Day to day");
    }
}

#[tokio::test]
async fn an_added_transaction_is_dated_from_the_day_of_the_change() {
    let bank = changing(
        r#"
        [[data.change]]
        day = 2
        account = "a"
        add = [
            { id = "n", days_ago = 0, amount = 1, type = "DEBIT", description = "NEW" },
            { id = "b", days_ago = 12, amount = 2, type = "DEBIT", description = "LATE" },
        ]
        "#,
    );
    assert_eq!(told(&bank, 1, "n").await, None);
    for days in [2, 5] {
        assert_eq!(told(&bank, days, "n").await.unwrap().date(), Some(day_after(2)));
        assert_eq!(told(&bank, days, "b").await.unwrap().date(), Some(day_after(-10)));
    }
}

#[tokio::test]
async fn accounts_are_opened_and_go() {
    let bank = changing(
        r#"
        [[data.change]]
        day = 1
        account = "new"
        facts = { name = "Savings", account_type = "SAVINGS" }
        add = [{ id = "n", days_ago = 0, amount = 1, type = "CREDIT", description = "FIRST" }]
        [[data.change]]
        day = 2
        account = "a"
        gone = true
        [[data.change]]
        day = 3
        account = "a"
        facts = { balance = 9 }
        "#,
    );
    for (days, ids) in [(0, vec!["a"]), (1, vec!["a", "new"]), (2, vec!["new"]), (3, vec!["new"])] {
        let accounts = accounts(&bank, days).await;
        assert_eq!(accounts.iter().map(|account| account.id.as_str()).collect::<Vec<_>>(), ids, "day {days}");
    }
    let opened = accounts(&bank, 2).await.swap_remove(0);
    assert_eq!(opened.transactions.len(), 1);
    assert_eq!(opened.transactions_from, Some(day_after(2).saturating_sub(90.days())));
}

#[tokio::test]
async fn ids_issued_anew_stay_the_same_from_then_on() {
    let bank = scripted(
        r#"
        login = [{ }]
        [data]
        household = ["checking"]
        [[data.change]]
        day = 1
        account = "checking"
        reissue = true
        "#,
    );
    let ids = |account: &FeedAccount| -> Vec<String> {
        account.transactions.iter().filter_map(|row| row.id.clone()).collect()
    };
    let before = accounts(&bank, 0).await.swap_remove(0);
    let [first, second] = [accounts(&bank, 1).await.swap_remove(0), accounts(&bank, 2).await.swap_remove(0)];
    assert!(ids(&first).iter().all(|id| id.ends_with("-1") && !ids(&before).contains(id)));
    let common = ids(&second).iter().filter(|id| ids(&first).contains(id)).count();
    assert!(common > 200 && common <= ids(&first).len(), "{common}");
}

#[tokio::test]
async fn a_day_looks_the_same_whenever_it_is_asked_for() {
    let bank = changing("[[data.change]]\nday = 1\naccount = 'a'\nremove = ['p']");
    for days in [0, 1] {
        assert_eq!(accounts(&bank, days).await, accounts(&bank, days).await);
    }
}

#[test]
fn flawed_changes_are_refused_with_a_reason() {
    let cases = [
        ("account = 'a'\ngone = true", "needs `day` or `on`"),
        ("account = 'a'\ngone = true\nday = 1\non = '2026-01-01'", "both `day` and `on`"),
        ("account = 'a'\nday = 1", "changes nothing"),
        ("account = 'a'\nday = 1\nremove = ['x']", "the transaction `x`, which it does not have"),
        ("account = 'a'\nday = 1\nalter = [{ id = 'x', amount = 1 }]", "`x`, which it does not have"),
        ("account = 'a'\nday = 1\nalter = [{ id = 't', amount = -1 }]", "negative `amount`"),
        ("account = 'a'\nday = 1\nfacts = { colour = 1 }", "unknown key `colour` in `facts`"),
        (
            "account = 'b'\nday = 1\nadd = [{ days_ago = 1, amount = 1, type = 'DEBIT', description = 'd' }]",
            "needs `facts`",
        ),
        (
            "account = 'a'\nday = 1\nadd = [{ amount = 1, type = 'DEBIT', description = 'd' }]",
            "needs `on` or `days_ago`",
        ),
    ];
    for (change, reason) in cases {
        let text = format!(
            "login = [{{}}]\n[data]\nhousehold = []\n[[data.account]]\nid = 'a'\n\
             transaction = [{{ id = 't', days_ago = 1, amount = 1, type = 'DEBIT', description = 'd' }}]\n\
             [[data.change]]\n{change}"
        );
        let script: Script = toml::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let flaw = script.check(&["LOGIN"].into()).unwrap_err();
        assert!(flaw.message.contains(reason), "{change}: {}", flaw.message);
        assert!(flaw.span.is_some(), "{change}");
    }
}
