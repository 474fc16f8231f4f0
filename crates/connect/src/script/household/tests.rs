//! The household over seeds, days and years.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::*;

const TODAY: Date = date(2026, 11, 25);

fn accounts(seed: &str, user: &str, today: Date) -> Vec<FeedAccount> {
    let from = today.saturating_sub(90.days());
    let root = Root::of(&[seed, "mxbank", user, "mxuser"]);
    Household::new(root, seed, today, Some(from)).accounts(&Kind::ALL, "MX Bank", true)
}

fn signed(row: &FeedTransaction) -> Money {
    match row.transaction_type {
        TransactionType::Credit => row.amount,
        TransactionType::Debit => -row.amount,
    }
}

/// The rows by id, which must be unique.
fn by_id(account: &FeedAccount) -> BTreeMap<String, FeedTransaction> {
    let rows: BTreeMap<_, _> =
        account.transactions.iter().map(|row| (row.id.clone().unwrap(), row.clone())).collect();
    assert_eq!(rows.len(), account.transactions.len());
    rows
}

#[test]
fn six_accounts_and_about_nine_hundred_posted_transactions_cover_ninety_days() {
    for seed in 0..40 {
        let accounts = accounts(&seed.to_string(), "USR-1", TODAY);
        let names: Vec<_> = accounts.iter().map(|account| account.facts.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "MX Bank Checking",
                "MX Bank Savings",
                "MX Bank Credit Card",
                "MX Bank Auto Loan",
                "MX Bank Mortgage",
                "MX Bank Investment"
            ]
        );
        let rows: Vec<_> = accounts.iter().flat_map(|account| &account.transactions).collect();
        assert!((850..=970).contains(&rows.len()), "{}", rows.len());
        for row in rows {
            assert_eq!(row.status, TransactionStatus::Posted);
            assert!(row.amount > Money::ZERO, "{row:?}");
            assert!(row.posted_on <= Some(TODAY) && row.date() >= Some(date(2026, 8, 27)), "{row:?}");
            assert!(row.transacted_at <= row.posted_at, "{row:?}");
            assert!(!row.description.contains(['?', '@', '{']), "{row:?}");
        }
    }
}

#[test]
fn the_same_household_is_the_same_and_another_differs() {
    let one = accounts("seed", "USR-1", TODAY);
    assert_eq!(one, accounts("seed", "USR-1", TODAY));
    for other in [accounts("other", "USR-1", TODAY), accounts("seed", "USR-2", TODAY)] {
        for (one, other) in one.iter().zip(&other) {
            assert_ne!(one.facts.account_number, other.facts.account_number);
            assert_ne!(one.facts.balance, other.facts.balance);
        }
    }
}

#[test]
fn windows_of_consecutive_days_agree_and_balances_follow_from_the_new_rows() {
    // Every month's end is crossed, and a year's.
    let first = date(2026, 11, 1);
    let mut before = accounts("seed", "USR-1", first);
    for days in 1..=400 {
        let today = first.saturating_add(days.days());
        let after = accounts("seed", "USR-1", today);
        for (index, (before, after)) in before.iter().zip(&after).enumerate() {
            let (old, new) = (by_id(before), by_id(after));
            let from = after.transactions_from.unwrap();
            let kept: BTreeMap<_, _> = old
                .iter()
                .filter(|(_, row)| row.date() >= Some(from))
                .map(|(id, row)| (id.clone(), row.clone()))
                .collect();
            let known: BTreeMap<_, _> = new
                .iter()
                .filter(|(_, row)| row.posted_on < Some(today))
                .map(|(id, row)| (id.clone(), row.clone()))
                .collect();
            assert_eq!(kept, known, "{today} {}", after.id);
            let moved: Money = new.values().filter(|row| row.posted_on == Some(today)).map(signed).sum();
            let balance = |account: &FeedAccount| account.facts.balance.unwrap();
            let expected = match index {
                0 | 1 => balance(before) + moved,
                2..=4 => balance(before) - moved,
                // Its worth moves with prices; its cash does not move.
                _ => {
                    assert_eq!(moved, Money::ZERO, "{today}");
                    assert_eq!(before.facts.cash_balance, after.facts.cash_balance);
                    continue;
                }
            };
            assert_eq!(balance(after), expected, "{today} {}", after.id);
        }
        before = after;
    }
}

#[test]
fn nobody_lives_beyond_their_means() {
    for seed in 0..25 {
        let seed = seed.to_string();
        let root = Root::of(&[&seed, "mxbank", "USR-1", "mxuser"]);
        let household = Household::new(root, &seed, date(2027, 12, 31), Some(date(2026, 1, 1)));
        let accounts = household.accounts(&Kind::ALL, "MX Bank", false);
        let through = |account: &FeedAccount, sign: fn(Money) -> Money| {
            let moves: Vec<Money> = account.transactions.iter().map(|row| sign(signed(row))).collect();
            let mut balance = account.facts.balance.unwrap() - moves.iter().copied().sum();
            let mut balances = vec![balance];
            for moved in moves {
                balance = balance + moved;
                balances.push(balance);
            }
            balances
        };
        let checking = through(&accounts[0], |moved| moved);
        assert!(checking.iter().all(|&balance| balance > Money::ZERO), "{seed}");
        let owed = through(&accounts[2], |moved| -moved);
        assert!(owed.iter().all(|&owed| Some(owed) < accounts[2].facts.credit_limit), "{seed}");
    }
}

#[test]
fn every_transfer_stands_on_both_accounts() {
    let accounts = accounts("seed", "USR-1", TODAY);
    let checking = &accounts[0].transactions;
    for account in &accounts[1..] {
        let transfers =
            account.transactions.iter().filter(|row| matches!(row.kind.as_deref(), Some("XFER" | "PAYMENT")));
        let mut count = 0;
        for row in transfers {
            count += 1;
            let other = checking
                .iter()
                .filter(|other| other.posted_on == row.posted_on && other.amount == row.amount)
                .filter(|other| other.transaction_type != row.transaction_type)
                .count();
            assert_eq!(other, 1, "{} {row:?}", account.id);
        }
        assert!(count >= 3, "{}", account.id);
    }
}

#[test]
fn positions_add_up_to_the_worth_of_the_account() {
    let accounts = accounts("seed", "USR-1", TODAY);
    let investment = &accounts[5];
    assert_eq!(investment.holdings.len(), 4);
    let worth: Money = investment.holdings.iter().map(|holding| holding.market_value.unwrap()).sum();
    assert_eq!(investment.facts.holdings_value, Some(worth));
    assert_eq!(investment.facts.balance, Some(worth + investment.facts.cash_balance.unwrap()));
    assert!(accounts[..5].iter().all(|account| account.holdings.is_empty()));
}

#[test]
fn loans_are_repaid_by_their_schedule_and_taken_out_again() {
    // The loan's last payment and the new loan are seen over its 60 months.
    let mut disbursements = 0;
    let mut month = date(2026, 1, 28);
    let mut before = accounts("seed", "USR-1", month)[3].facts.balance.unwrap();
    for _ in 0..60 {
        month = month.saturating_add(1.month());
        let accounts = accounts("seed", "USR-1", month);
        let loan = &accounts[3];
        let this_month = loan.transactions.iter().filter(|row| {
            row.posted_on.is_some_and(|on| (on.year(), on.month()) == (month.year(), month.month()))
        });
        let moved: Money = this_month.clone().map(signed).sum();
        disbursements += this_month.filter(|row| row.description == "LOAN DISBURSEMENT").count();
        let balance = loan.facts.balance.unwrap();
        assert_eq!(balance, before - moved, "{month}");
        assert!(balance <= loan.facts.original_balance.unwrap());
        assert!(loan.facts.started_on < Some(month) && loan.facts.matures_on > Some(month), "{month}");
        before = balance;
    }
    assert_eq!(disbursements, 1);
}

#[test]
fn numbers_look_like_those_of_banks() {
    for seed in 0..50 {
        let accounts = accounts(&seed.to_string(), "USR-1", TODAY);
        let routing = accounts[0].facts.routing_number.as_ref().unwrap();
        let digits: Vec<u32> = routing.chars().map(|digit| digit.to_digit(10).unwrap()).collect();
        let sum: u32 =
            digits.iter().zip([3, 7, 1].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
        assert_eq!((digits.len(), sum % 10), (9, 0), "{routing}");
        assert_eq!(accounts[1].facts.routing_number.as_ref(), Some(routing));
        for account in &accounts {
            assert_eq!(account.facts.account_number.as_ref().unwrap().len(), 10);
        }
    }
    // A routing number in use: America First Credit Union's.
    assert_eq!(routing_number(37_751), "324377516");
}

#[test]
fn the_ends_of_the_calendar_are_survived() {
    for today in [Date::MIN, date(-9999, 3, 1), date(1900, 2, 28), date(9998, 12, 31), Date::MAX] {
        let accounts = accounts("seed", "USR-1", today);
        assert_eq!(accounts.len(), 6, "{today}");
    }
}

#[test]
fn without_a_window_there_are_no_transactions_but_the_same_balances() {
    let with = accounts("seed", "USR-1", TODAY);
    let root = Root::of(&["seed", "mxbank", "USR-1", "mxuser"]);
    let without = Household::new(root, "seed", TODAY, None).accounts(&Kind::ALL, "MX Bank", false);
    for (with, without) in with.iter().zip(&without) {
        assert!(without.transactions.is_empty() && without.transactions_from.is_none());
        assert!(without.holdings.is_empty());
        assert_eq!(with.facts.balance, without.facts.balance);
    }
}
