mod histories;

use proptest::prelude::*;
use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::TransactionRuleGuid;

use super::*;
use crate::Caller;
use crate::merchants::Merchants;
use crate::testing::{Bench, nobodys, on_both_engines};
use crate::transaction_rules::{CreateRule, CreateRuleError, UpdateRule, UpdateRuleError};
use crate::transactions::{ListTransactions, Period, TransactionView, UpdateTransaction};

async fn connected(bench: &Bench) -> Caller {
    bench.engine.load_test_banks().await.unwrap();
    let caller = bench.session("acme", "u").await.caller;
    bench.mx_bank_member(&caller, "any").await;
    bench.run_jobs().await;
    caller
}

async fn listed(bench: &Bench, caller: &Caller, rule: Option<&TransactionRuleGuid>) -> Vec<TransactionView> {
    let request = ListTransactions {
        account: None,
        accounts: None,
        category: None,
        use_case: None,
        rule: rule.map(ToString::to_string),
        period: Period::Dated(None, None),
        page: Page::new(1, 1000),
    };
    bench.engine.list_transactions(caller, request).await.unwrap().transactions
}

/// The description that stands most often in the list, and how often.
async fn commonest(bench: &Bench, caller: &Caller) -> (String, usize) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for view in listed(bench, caller, None).await {
        *counts.entry(view.transaction.description).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(text, count)| (*count, text.clone())).unwrap()
}

fn rule(description: &str, category: DefaultCategory) -> CreateRule {
    CreateRule {
        category_guid: category.guid().to_string(),
        match_description: description.to_owned(),
        description: None,
    }
}

async fn applied(bench: &Bench) {
    while bench.engine.apply_rules().await.unwrap() > 0 {}
}

on_both_engines! {
    async fn a_rule_is_applied_to_what_is_there_and_to_nothing_else(bench: &Bench) {
        let caller = connected(bench).await;
        let (text, count) = commonest(bench, &caller).await;
        let before = listed(bench, &caller, None).await;
        let request = CreateRule { description: Some("Ours".into()), ..rule(&text.to_uppercase(), DefaultCategory::Gift) };
        let made = bench.engine.create_rule(&caller, request).await.unwrap();
        applied(bench).await;
        let touched = listed(bench, &caller, Some(&made.guid)).await;
        assert_eq!(touched.len(), count);
        assert!(touched.iter().all(|view| view.category_name() == Some("Gift") && view.transaction.description == "Ours"));
        let after = listed(bench, &caller, None).await;
        let changed = after.iter().zip(&before).filter(|(one, other)| one.transaction != other.transaction);
        assert_eq!(changed.count(), count);
        let done = bench.engine.read_rule(&caller, &made.guid).await.unwrap().unwrap();
        assert_eq!((done.applied_through, usize::try_from(done.changed).unwrap()), (None, count));
        assert!(done.examined >= done.changed);
    }

    async fn what_a_user_wrote_stands_over_every_rule(bench: &Bench) {
        let caller = connected(bench).await;
        let (text, _) = commonest(bench, &caller).await;
        let all = listed(bench, &caller, None).await;
        let mine = &all.iter().find(|view| view.transaction.description == text).unwrap().transaction.guid;
        let change = UpdateTransaction {
            category_guid: Some(DefaultCategory::Toys.guid().to_string()),
            ..UpdateTransaction::default()
        };
        bench.engine.update_transaction(&caller, mine, change).await.unwrap();
        bench.engine.create_rule(&caller, rule(&text, DefaultCategory::Gift)).await.unwrap();
        applied(bench).await;
        let read = bench.engine.read_transaction(&caller, mine).await.unwrap().unwrap();
        assert_eq!(read.category_name(), Some("Toys"));
    }

    async fn of_rules_that_fit_the_newest_counts_in_whatever_order_they_are_applied(bench: &Bench) {
        let caller = connected(bench).await;
        let (text, count) = commonest(bench, &caller).await;
        let older = bench.engine.create_rule(&caller, rule(&text, DefaultCategory::Gift)).await.unwrap();
        let newer = bench.engine.create_rule(&caller, rule(&text, DefaultCategory::Toys)).await.unwrap();
        applied(bench).await;
        assert_eq!(listed(bench, &caller, Some(&newer.guid)).await.len(), count);
        let change = UpdateRule {
            category_guid: Some(DefaultCategory::Books.guid().to_string()),
            ..UpdateRule::default()
        };
        bench.engine.update_rule(&caller, &older.guid, change).await.unwrap();
        applied(bench).await;
        assert_eq!(listed(bench, &caller, Some(&older.guid)).await.len(), 0);
        assert_eq!(listed(bench, &caller, Some(&newer.guid)).await.len(), count);
    }

    async fn another_category_is_for_the_past_and_another_match_for_the_future(bench: &Bench) {
        let caller = connected(bench).await;
        let (text, count) = commonest(bench, &caller).await;
        let made = bench.engine.create_rule(&caller, rule(&text, DefaultCategory::Gift)).await.unwrap();
        applied(bench).await;
        let future = UpdateRule { match_description: Some("Nowhere".into()), ..UpdateRule::default() };
        bench.engine.update_rule(&caller, &made.guid, future).await.unwrap();
        assert_eq!(bench.engine.apply_rules().await.unwrap(), 0, "nothing is to be applied");
        let past = UpdateRule {
            category_guid: Some(DefaultCategory::Toys.guid().to_string()),
            ..UpdateRule::default()
        };
        bench.engine.update_rule(&caller, &made.guid, past).await.unwrap();
        applied(bench).await;
        let touched = listed(bench, &caller, Some(&made.guid)).await;
        assert_eq!(touched.len(), count);
        assert!(touched.iter().all(|view| view.category_name() == Some("Toys")));
        assert!(bench.engine.delete_rule(&caller, &made.guid).await.unwrap());
        assert_eq!(listed(bench, &caller, Some(&made.guid)).await.len(), count, "what it has done stays");
    }

    async fn many_transactions_are_gone_through_in_slices_between_which_their_user_writes(bench: &Bench) {
        let caller = connected(bench).await;
        let reader = bench.engine.store().read().await.unwrap();
        let all = transactions::after(&reader, &caller.user, "", 10_000).await.unwrap();
        drop(reader);
        assert!(all.len() > BATCH);
        let last = all.last().unwrap();
        let request = CreateRule { description: Some("Ours".into()), ..rule(&last.description, DefaultCategory::Gift) };
        let made = bench.engine.create_rule(&caller, request).await.unwrap();
        assert_eq!(bench.engine.apply_rules().await.unwrap(), 1);
        let so_far = bench.engine.read_rule(&caller, &made.guid).await.unwrap().unwrap();
        assert_eq!(usize::try_from(so_far.examined).unwrap(), BATCH);
        assert_eq!(so_far.applied_through.as_deref(), Some(all[BATCH - 1].guid.as_str()));
        let change = UpdateTransaction { description: Some("Mine".into()), ..UpdateTransaction::default() };
        bench.engine.update_transaction(&caller, &last.guid, change).await.unwrap();
        applied(bench).await;
        let done = bench.engine.read_rule(&caller, &made.guid).await.unwrap().unwrap();
        assert_eq!((done.applied_through, usize::try_from(done.examined).unwrap()), (None, all.len()));
        let read = bench.engine.read_transaction(&caller, &last.guid).await.unwrap().unwrap();
        assert_eq!((&*read.transaction.description, read.category_name()), ("Mine", Some("Gift")));
    }

    async fn what_comes_in_is_under_the_rules_at_once(bench: &Bench) {
        let caller = connected(bench).await;
        let (text, _) = commonest(bench, &caller).await;
        let stranger = bench.session("acme", "v").await.caller;
        let made = bench.engine.create_rule(&stranger, rule(&text, DefaultCategory::Gift)).await.unwrap();
        applied(bench).await;
        bench.mx_bank_member(&stranger, "any").await;
        bench.run_jobs().await;
        let touched = listed(bench, &stranger, Some(&made.guid)).await;
        assert!(touched.iter().all(|view| view.category_name() == Some("Gift")));
        let same = listed(bench, &stranger, None).await;
        let same = same.iter().filter(|view| view.transaction.description == text).count();
        assert_eq!(touched.len(), same);
    }

    async fn a_rule_must_be_for_something_and_is_its_users_alone(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let stranger = bench.session("acme", "v").await.caller;
        let engine = &bench.engine;
        let empty = engine.create_rule(&caller, rule(" ", DefaultCategory::Gift)).await;
        assert!(matches!(empty, Err(CreateRuleError::NoMatch)));
        let odd = CreateRule { category_guid: "CAT-1".into(), ..rule("x", DefaultCategory::Gift) };
        assert!(matches!(engine.create_rule(&caller, odd).await, Err(CreateRuleError::NoSuchCategory)));
        let made = engine.create_rule(&caller, rule("x", DefaultCategory::Gift)).await.unwrap();
        for (caller, guid) in [(&stranger, made.guid.clone()), (&caller, nobodys())] {
            assert_eq!(engine.read_rule(caller, &guid).await.unwrap(), None);
            let refused = engine.update_rule(caller, &guid, UpdateRule::default()).await;
            assert!(matches!(refused, Err(UpdateRuleError::NoSuchRule)));
            assert!(!engine.delete_rule(caller, &guid).await.unwrap());
        }
        assert_eq!(engine.list_rules(&stranger, Page::new(1, 25)).await.unwrap().total, 0);
        assert_eq!(engine.list_rules(&caller, Page::new(1, 25)).await.unwrap().rules, [made]);
    }
}

fn made(number: i64, text: &str, category: DefaultCategory) -> TransactionRule {
    TransactionRule {
        user_guid: nobodys(),
        guid: riverbank_model::guid::fixed(&[&number.to_string()]),
        number,
        match_description: text.to_owned(),
        description: (number % 2 == 0).then(|| format!("Rule {number}")),
        category_guid: category.guid(),
        applied_through: Some(String::new()),
        examined: 0,
        changed: 0,
        revision: 1,
        created_at: jiff::Timestamp::UNIX_EPOCH,
        updated_at: jiff::Timestamp::UNIX_EPOCH,
    }
}

proptest! {
    #[test]
    fn the_order_in_which_rules_are_applied_changes_nothing(
        texts in proptest::collection::vec(0_usize..3, 1..6),
        order in Just((0_usize..6).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let words = ["Harbor Grocer", "City Parking", "Late Toll"];
        let categories = [DefaultCategory::Gift, DefaultCategory::Toys, DefaultCategory::Books, DefaultCategory::Gas, DefaultCategory::Hotel];
        let rules: Vec<_> = (1..).zip(&texts).map(|(number, text)| {
            let category = categories[usize::try_from(number).unwrap() % categories.len()];
            made(number, words[*text], category)
        }).collect();
        let newest_first: Vec<Rule> = rules.iter().rev().map(|rule| Rule {
            guid: rule.guid.clone(),
            match_description: rule.match_description.clone(),
            category: rule.category_guid.clone(),
            description: rule.description.clone(),
        }).collect();
        let apply = |places: &[usize]| {
            let mut row = crate::transactions::row_saying("HARBOR GROCER 17");
            for rule in places.iter().filter_map(|place| rules.get(*place)) {
                let top = DefaultCategory::from_guid(&rule.category_guid).unwrap().top_level();
                row = Work { rule, rules: &newest_first, merchants: &Merchants::default(), top }.done_to(&row, AccountType::Checking);
            }
            row
        };
        let in_order: Vec<usize> = (0..6).collect();
        prop_assert_eq!(apply(&order), apply(&in_order));
    }
}
