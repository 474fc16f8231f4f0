use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use riverbank_enrich::Category;
use riverbank_model::account::SetBy;

use super::*;
use crate::provenance::Provenance as _;
use crate::testing::{Bench, nobodys, on_both_engines};
use crate::transactions::{ListTransactions, Period, UpdateTransaction};

/// A user connected to MX Bank, and the newest of its transactions.
async fn connected(bench: &Bench) -> (Caller, Transaction) {
    bench.engine.load_test_banks().await.unwrap();
    let caller = bench.session("acme", "u").await.caller;
    bench.mx_bank_member(&caller, "any").await;
    bench.run_jobs().await;
    let newest = listed(bench, &caller).await.remove(0);
    (caller, newest.transaction)
}

async fn listed(bench: &Bench, caller: &Caller) -> Vec<TransactionView> {
    let request = ListTransactions {
        account: None,
        accounts: None,
        category: None,
        use_case: None,
        rule: None,
        period: Period::Dated(None, None),
        page: crate::Page::new(1, 1000),
    };
    bench.engine.list_transactions(caller, request).await.unwrap().transactions
}

fn part(amount: Money) -> Part {
    Part { amount, ..Part::default() }
}

fn cents(amount: i64) -> Money {
    Money::from_units(amount * 100)
}

on_both_engines! {
    async fn the_parts_of_a_split_stand_beside_it_and_add_up_to_it(bench: &Bench) {
        let (caller, whole) = connected(bench).await;
        let first = Part {
            category_guid: Some(Category::Gas.guid().to_string()),
            description: Some("Fuel".into()),
            memo: Some("for the car".into()),
            ..part(cents(1))
        };
        let split = Split::Parts(vec![first, part(whole.amount - cents(1))]);
        let parts = bench.engine.split_transaction(&caller, &whole.guid, split).await.unwrap();
        let sum: Money = parts.iter().map(|view| view.transaction.amount).sum();
        assert_eq!((parts.len(), sum), (2, whole.amount));
        let [fuel, rest] = &parts[..] else { panic!("two parts") };
        assert_eq!((&*fuel.transaction.description, fuel.memo()), ("Fuel", Some("for the car")));
        assert_eq!(fuel.category_name(), Some("Gas"));
        assert_eq!(fuel.set_by("category", SetBy::System), SetBy::User);
        assert_eq!(rest.transaction.description, whole.description);
        assert_eq!(rest.set_by("category", SetBy::System), SetBy::System);
        assert_eq!(rest.set_by("amount", SetBy::Feed), SetBy::User);
        assert!(rest.told().is_none() && !rest.is_manual());
        let all = listed(bench, &caller).await;
        let now = all.iter().find(|view| view.transaction.guid == whole.guid).unwrap();
        assert!(now.transaction.has_been_split);
        let children = all.iter().filter(|view| view.transaction.parent_guid.as_ref() == Some(&whole.guid));
        assert_eq!(children.count(), 2);
    }

    async fn what_does_not_add_up_is_refused(bench: &Bench) {
        let (caller, whole) = connected(bench).await;
        let all = whole.amount;
        let split = async |parts: Vec<Part>| {
            bench.engine.split_transaction(&caller, &whole.guid, Split::Parts(parts)).await.map(drop)
        };
        assert!(matches!(split(vec![]).await, Err(SplitError::TooFew)));
        assert!(matches!(split(vec![part(all)]).await, Err(SplitError::TooFew)));
        assert!(matches!(split(vec![part(all), part(cents(1))]).await, Err(SplitError::WrongSum)));
        let short = vec![part(all - cents(2)), part(cents(1))];
        assert!(matches!(split(short).await, Err(SplitError::WrongSum)));
        assert!(matches!(split(vec![part(all), part(Money::ZERO)]).await, Err(SplitError::NoAmount)));
        let below = vec![part(all + cents(1)), part(-cents(1))];
        assert!(matches!(split(below).await, Err(SplitError::NoAmount)));
        assert!(matches!(split(vec![part(cents(1)); SPLIT_PARTS + 1]).await, Err(SplitError::TooMany)));
        let odd = Part { category_guid: Some("CAT-1".into()), ..part(cents(1)) };
        let refused = split(vec![odd, part(all - cents(1))]).await;
        assert!(matches!(refused, Err(SplitError::NoSuchCategory)));
        assert!(!listed(bench, &caller).await[0].transaction.has_been_split, "nothing was done");
    }

    async fn a_split_transaction_is_whole_again_before_it_is_split_again(bench: &Bench) {
        let (caller, whole) = connected(bench).await;
        let engine = &bench.engine;
        let before = listed(bench, &caller).await.len();
        let halves = || Split::Parts(vec![part(cents(1)), part(whole.amount - cents(1))]);
        let parts = engine.split_transaction(&caller, &whole.guid, halves()).await.unwrap();
        let again = engine.split_transaction(&caller, &whole.guid, halves()).await;
        assert!(matches!(again, Err(SplitError::SplitAlready)));
        let of_part = engine.split_transaction(&caller, &parts[1].transaction.guid, halves()).await;
        assert!(matches!(of_part, Err(SplitError::IsPart)));
        engine.unsplit_transaction(&caller, &whole.guid, false).await.unwrap();
        assert_eq!(listed(bench, &caller).await.len(), before);
        let again = engine.unsplit_transaction(&caller, &whole.guid, false).await;
        assert!(matches!(again, Err(crate::transactions::UnsplitError::NotSplit)));
        engine.split_transaction(&caller, &whole.guid, halves()).await.unwrap();
        assert_eq!(listed(bench, &caller).await.len(), before + 2);
    }

    async fn no_sequence_of_splits_and_unsplits_changes_the_sum(bench: &Bench) {
        let (caller, whole) = connected(bench).await;
        let engine = &bench.engine;
        let sum = async || {
            let all = listed(bench, &caller).await;
            let counted = all.iter().filter(|view| !view.transaction.has_been_split);
            counted.map(|view| view.transaction.amount).sum::<Money>()
        };
        let before = sum().await;
        let mut runner = TestRunner::deterministic();
        let steps = vec((0..4, 1..whole.amount.units() * 2), 40).new_tree(&mut runner).unwrap().current();
        let mut parts: Vec<TransactionView> = Vec::new();
        for (kind, units) in steps {
            let amount = Money::from_units(units);
            let of = if kind == 3 { parts.first().map(|part| &part.transaction.guid) } else { None };
            let guid = of.unwrap_or(&whole.guid).clone();
            let split = match kind {
                0 => {
                    let undone = engine.unsplit_transaction(&caller, &guid, false).await;
                    assert_eq!(undone.is_ok(), !parts.is_empty());
                    parts.clear();
                    assert_eq!(sum().await, before);
                    continue;
                }
                1 => Split::Off(part(amount)),
                _ => Split::Parts(vec![part(amount), part(whole.amount - amount)]),
            };
            let fits = amount < whole.amount && parts.is_empty();
            let done = engine.split_transaction(&caller, &guid, split).await;
            assert_eq!(done.is_ok(), fits);
            parts = done.unwrap_or(parts);
            assert_eq!(sum().await, before);
        }
    }

    async fn splitting_off_leaves_the_rest(bench: &Bench) {
        let (caller, whole) = connected(bench).await;
        let split = async |amount| {
            bench.engine.split_transaction(&caller, &whole.guid, Split::Off(part(amount))).await
        };
        assert!(matches!(split(whole.amount).await, Err(SplitError::NothingLeft)));
        let amounts: Vec<_> =
            split(cents(1)).await.unwrap().iter().map(|view| view.transaction.amount).collect();
        assert_eq!(amounts, [cents(1), whole.amount - cents(1)]);
    }

    async fn a_split_is_its_users_alone(bench: &Bench) {
        let (_, whole) = connected(bench).await;
        let stranger = bench.session("acme", "v").await.caller;
        for guid in [whole.guid, nobodys()] {
            let split = bench.engine.split_transaction(&stranger, &guid, Split::Off(part(cents(1)))).await;
            assert!(matches!(split, Err(SplitError::NoSuchTransaction)));
            let unsplit = bench.engine.unsplit_transaction(&stranger, &guid, false).await;
            assert!(matches!(unsplit, Err(crate::transactions::UnsplitError::NoSuchTransaction)));
            let change = bench.engine.update_transaction(&stranger, &guid, UpdateTransaction::default()).await;
            assert!(matches!(change, Err(crate::transactions::UpdateTransactionError::NoSuchTransaction)));
        }
    }
}

proptest! {
    #[test]
    fn parts_are_taken_when_they_add_up_and_at_no_other_time(amounts in vec(1_i64..1_000_000, 2..20), off in -3_i64..=3) {
        let parts: Vec<Part> = amounts.iter().map(|amount| part(Money::from_units(*amount))).collect();
        let whole = Money::from_units(amounts.iter().sum::<i64>() + off);
        let taken = parts_of(Split::Parts(parts), whole);
        prop_assert_eq!(taken.is_ok(), off == 0);
    }

    #[test]
    fn what_is_split_off_and_what_is_left_are_the_whole(amount in 1_i64..1_000_000, whole in 1_i64..1_000_000) {
        let split = parts_of(Split::Off(part(Money::from_units(amount))), Money::from_units(whole));
        match split {
            Ok(parts) => {
                let sum: Money = parts.iter().map(|part| part.amount).sum();
                prop_assert_eq!(sum, Money::from_units(whole));
                prop_assert!(parts.iter().all(|part| part.amount > Money::ZERO));
            }
            Err(error) => prop_assert!(amount >= whole, "{}", error),
        }
    }
}
