mod belongings;

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use riverbank_enrich::Category;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::given::GivenFacts;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};
use riverbank_store::taggings;
use riverbank_store::transactions::{self, Transaction};

use super::*;
use crate::accounts::{AccountChanges, CreateAccount};
use crate::testing::{Bench, Told, nobodys, on_both_engines, paid};
use crate::transactions::{CreateTransaction, Part, Split, UpdateTransaction};

const FIRST: Date = date(2026, 1, 1);

/// A transaction that really happened: its day, its amount in cents and its text.
type Fact = (i64, i64, &'static str);

fn row(id: String, (day, cents, text): Fact) -> FeedTransaction {
    paid(id, FIRST.saturating_add(day.days()), cents, text)
}

/// What a feed tells of the days from one to another, each row under an id with this mark.
fn window(facts: &[Fact], (from, to): (i64, i64), mark: &str) -> Vec<FeedTransaction> {
    let told = facts.iter().enumerate().filter(|(_, fact)| (from..=to).contains(&fact.0));
    told.map(|(number, fact)| row(format!("{mark}{number}"), *fact)).collect()
}

async fn rows_of(bench: &Bench, account: &Account) -> Vec<Transaction> {
    let reader = bench.engine.store().read().await.unwrap();
    transactions::of_account(&reader, &account.user_guid, &account.guid).await.unwrap()
}

/// How often each transaction stands in an account.
async fn ledger(bench: &Bench, account: &Account) -> BTreeMap<(Date, Money, String), usize> {
    let mut counts = BTreeMap::new();
    for row in rows_of(bench, account).await {
        *counts.entry((row.date, row.amount, row.feed_description)).or_default() += 1;
    }
    counts
}

async fn merge(
    bench: &Bench,
    caller: &Caller,
    one: &Account,
    other: &Account,
) -> Result<AccountView, MergeAccountsError> {
    let guids = [one.guid.to_string(), other.guid.to_string()];
    bench.engine.merge_accounts(caller, &guids).await
}

/// From one day to another, both included.
type Days = (i64, i64);

/// What happened, of which days the one and the other account are told, whether both see the same ids, and whether the guids
/// are turned round.
type Story = (Vec<Fact>, Days, Days, bool, bool);

fn facts() -> impl Strategy<Value = Story> {
    let texts = prop_oneof![Just("HARBOR GROCER 17"), Just("CITY PARKING"), Just("LATE TOLL 4")];
    let fact = (0_i64..30, prop_oneof![Just(450), Just(451), Just(1999)], texts);
    let days = || (0_i64..30, 0_i64..30).prop_map(|(one, other)| (one.min(other), one.max(other)));
    (vec(fact, 1..60), days(), days(), any::<bool>(), any::<bool>())
}

on_both_engines! {
    async fn what_is_left_of_any_two_accounts_is_what_either_was_told_and_no_feed_changes_it(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let told = Told::by(bench, &caller, "one", None).await;
        let mut runner = TestRunner::deterministic();
        for case in 0..24 {
            let (facts, here, there, same_ids, turned) = facts().new_tree(&mut runner).unwrap().current();
            let mark = if same_ids { "a" } else { "b" };
            let (ours, theirs) = (window(&facts, here, "a"), window(&facts, there, mark));
            let older = told.tell(bench, &format!("older {case}"), &ours).await;
            let newer = told.tell(bench, &format!("newer {case}"), &theirs).await;
            let (one, other) = if turned { (&newer, &older) } else { (&older, &newer) };
            let left = merge(bench, &caller, one, other).await.unwrap().account;
            assert_eq!(left.guid, older.guid, "the order tells nothing");
            let mut expected: BTreeMap<(Date, Money, String), usize> = BTreeMap::new();
            for fact @ (day, ..) in &facts {
                if (here.0..=here.1).contains(day) || (there.0..=there.1).contains(day) {
                    let said = row(String::new(), *fact);
                    *expected.entry((said.date().unwrap(), said.amount, said.description)).or_default() += 1;
                }
            }
            let merged = ledger(bench, &left).await;
            assert_eq!(merged, expected, "{facts:?} {here:?} {there:?}");
            assert_eq!(rows_of(bench, &newer).await, []);
            let before = rows_of(bench, &left).await;
            told.tell(bench, &format!("older {case}"), &ours).await;
            assert!(told.tell(bench, &format!("newer {case}"), &theirs).await.deleted_at.is_some());
            assert_eq!(rows_of(bench, &left).await, before);
        }
    }

    async fn of_a_pending_transaction_and_its_posted_one_the_posted_one_stays(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let told = Told::by(bench, &caller, "one", None).await;
        for (number, pending_here) in [(0, true), (1, false)] {
            let posted = row("p".into(), (3, 2000, "HARBOR GROCER 17"));
            let waiting = FeedTransaction {
                status: TransactionStatus::Pending,
                ..row("w".into(), (2, 2000, "HARBOR GROCER 17"))
            };
            let (ours, theirs) = if pending_here { (waiting, posted) } else { (posted, waiting) };
            let one = told.tell(bench, &format!("one {number}"), &[ours]).await;
            let other = told.tell(bench, &format!("other {number}"), &[theirs]).await;
            let left = merge(bench, &caller, &one, &other).await.unwrap().account;
            let rows = rows_of(bench, &left).await;
            assert_eq!(rows.iter().map(|row| row.status).collect::<Vec<_>>(), [TransactionStatus::Posted]);
        }
    }

    async fn what_a_user_wrote_of_the_one_that_goes_is_kept(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let told = Told::by(bench, &caller, "one", None).await;
        let facts = [(3, 2000, "HARBOR GROCER 17"), (5, 900, "CITY PARKING")];
        let one = told.tell(bench, "one", &window(&facts, (0, 9), "a")).await;
        let other = told.tell(bench, "other", &window(&facts, (0, 9), "b")).await;
        let theirs = rows_of(bench, &other).await;
        let change = UpdateTransaction {
            category_guid: Some(Category::Gift.guid().to_string()),
            memo: Some("for Ada".into()),
            is_flagged: Some(true),
            ..UpdateTransaction::default()
        };
        bench.engine.update_transaction(&caller, &theirs[0].guid, change).await.unwrap();
        let part = |cents: i64| Part { amount: Money::from_units(cents * 100), ..Part::default() };
        let halves = Split::Parts(vec![part(500), part(1500)]);
        let parts = bench.engine.split_transaction(&caller, &theirs[1].guid, halves).await.unwrap();
        let tag = bench.engine.create_tag(&caller, "Trip".into(), false).await.unwrap();
        let tagged = bench.engine.create_tagging(&caller, tag.guid.as_ref(), theirs[0].guid.as_ref(), false).await.unwrap();
        let left = merge(bench, &caller, &one, &other).await.unwrap().account;
        let rows = rows_of(bench, &left).await;
        assert_eq!(rows.len(), 4);
        let parking = rows.iter().find(|row| row.feed_description == "CITY PARKING").unwrap();
        assert_eq!((&parking.category_guid, parking.memo.as_deref()), (&Category::Gift.guid(), Some("for Ada")));
        let grocer = rows.iter().find(|row| row.has_been_split).unwrap();
        let of_grocer = rows.iter().filter(|row| row.parent_guid.as_ref() == Some(&grocer.guid));
        assert_eq!(of_grocer.map(|row| row.amount).sum::<Money>(), grocer.amount);
        assert!(parts.iter().all(|part| rows.iter().any(|row| row.guid == part.transaction.guid)));
        let reader = bench.engine.store().read().await.unwrap();
        let borne = taggings::lock(&reader, &caller.user, &tagged.guid).await.unwrap().unwrap();
        assert_eq!(borne.transaction_guid, parking.guid);
    }

    async fn what_the_partner_manages_stays_else_what_is_told_else_the_older(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let engine = &bench.engine;
        let own = Told::by(bench, &caller, "one", None).await;
        let held = Told::by(bench, &caller, "two", Some("held")).await;
        let ours = own.tell(bench, "ours", &[]).await;
        let theirs = held.tell(bench, "theirs", &[]).await;
        let also_theirs = held.tell(bench, "also theirs", &[]).await;
        let refused = merge(bench, &caller, &theirs, &also_theirs).await;
        assert!(matches!(refused, Err(MergeAccountsError::NoneOfTheUsers)));
        assert_eq!(merge(bench, &caller, &ours, &theirs).await.unwrap().account.guid, theirs.guid);
        let gone = merge(bench, &caller, &ours, &theirs).await;
        assert!(matches!(gone, Err(MergeAccountsError::NoSuchAccount)));
        let told = own.tell(bench, "told", &[row("1".into(), (1, 900, "CITY PARKING"))]).await;
        let given = GivenFacts { name: Some("Mine".into()), ..GivenFacts::default() };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let made = engine.create_account(&caller, CreateAccount { fields, skip_webhook: false }).await.unwrap();
        let by_hand = CreateTransaction {
            amount: Money::from_units(90_000),
            date: FIRST.saturating_add(2.days()),
            description: "Lunch".into(),
            transaction_type: TransactionType::Debit,
            category_guid: None,
            currency_code: None,
            has_been_viewed: false,
            is_hidden: false,
            is_international: None,
            memo: None,
            metadata: None,
            skip_webhook: false,
        };
        engine.create_transaction(&caller, &made.account.guid, by_hand).await.unwrap();
        let left = merge(bench, &caller, &made.account, &told).await.unwrap();
        assert_eq!((&left.account.guid, left.facts.name.as_str()), (&told.guid, "Account told"));
        assert_eq!(rows_of(bench, &told).await.len(), 2, "what was made by hand came along");
    }

    async fn two_accounts_of_the_caller_are_merged_and_nothing_else(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let stranger = bench.session("acme", "v").await.caller;
        let told = Told::by(bench, &caller, "one", None).await;
        let one = told.tell(bench, "one", &[]).await;
        let other = told.tell(bench, "other", &[]).await;
        let refused = async |caller: &Caller, guids: &[&str]| {
            let guids: Vec<String> = guids.iter().map(|guid| (*guid).to_owned()).collect();
            bench.engine.merge_accounts(caller, &guids).await.unwrap_err()
        };
        let (first, second) = (one.guid.as_ref(), other.guid.as_ref());
        for wrong in [&[][..], &[first], &[first, first], &[first, second, first]] {
            assert!(matches!(refused(&caller, wrong).await, MergeAccountsError::NotTwo));
        }
        let nobodys: AccountGuid = nobodys();
        for wrong in [nobodys.as_ref(), "ACT-1", ""] {
            let refused = refused(&caller, &[first, wrong]).await;
            assert!(matches!(refused, MergeAccountsError::NoSuchAccount));
        }
        assert!(matches!(refused(&stranger, &[first, second]).await, MergeAccountsError::NoSuchAccount));
        bench.engine.block_account(&caller, &other.guid, false).await.unwrap();
        assert!(matches!(refused(&caller, &[first, second]).await, MergeAccountsError::Blocked));
    }

    async fn a_large_account_moves_piece_by_piece_even_if_servers_die_over_it(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let told = Told::by(bench, &caller, "one", None).await;
        let facts: Vec<Fact> = (0..2000).map(|number| (number % 200, 100 + number % 7, "CITY PARKING")).collect();
        let one = told.tell(bench, "one", &window(&facts, (0, 99), "a")).await;
        let other = told.tell(bench, "other", &window(&facts, (30, 199), "b")).await;
        let (engine, by) = (bench.engine.clone(), caller.clone());
        let (stays, goes) = (one.clone(), other.clone());
        let begun = bench.engine.store().write(async move |tx| {
            let (stays, goes) = lock_both(tx, &by, &stays.guid, &goes.guid).await?.unwrap();
            engine.write_merge(tx, &by, stays, goes).await
        });
        assert!(!begun.await.unwrap().1);
        assert_eq!(rows_of(bench, &other).await.len(), 1700 - 500);
        let key = MergeKey { user_guid: other.user_guid.clone(), account_guid: other.guid.clone() };
        let second = bench.another_node().await;
        let engine = second.clone();
        let slice = second.store().write(async move |tx| engine.go_on_with_merge(tx, &key).await);
        assert!(!slice.await.unwrap());
        assert_eq!(rows_of(bench, &other).await.len(), 1700 - 1000);
        bench.sweep().await;
        assert_eq!(rows_of(bench, &other).await.len(), 0);
        let expected = facts.iter().map(|(day, cents, text)| {
            (FIRST.saturating_add(day.days()), Money::from_units(cents * 100), (*text).to_owned())
        });
        let mut counts = BTreeMap::new();
        for fact in expected {
            *counts.entry(fact).or_default() += 1;
        }
        assert_eq!(ledger(bench, &one).await, counts);
        let reader = bench.engine.store().read().await.unwrap();
        assert_eq!(account_merges::all(&reader).await.unwrap(), []);
    }
}
