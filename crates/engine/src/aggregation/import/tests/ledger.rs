//! What is true of a ledger after whatever feeds tell and users do.

use std::collections::{BTreeMap, HashMap, HashSet};

use riverbank_enrich::Category;
use riverbank_model::guid::TransactionGuid;

use super::*;
use crate::categories::TotalsRequest;
use crate::testing::{Told, paid};
use crate::transaction_rules::CreateRule;
use crate::transactions::{ListTransactions, Part, Period, Split};

/// What transactions say that are there before anything happens.
const OF_THE_BASE: &str = "LATE TOLL";
/// More than the transactions from which on the total of a list is kept.
const BASE: i64 = 1_010;
const CASES: usize = 10;
const EVER: (Date, Date) = (date(2000, 1, 1), date(2100, 1, 1));
const TEXTS: [&str; 3] = ["HARBOR GROCER 17", "CITY PARKING", "SQ *BLUE BOTTLE 0423"];

/// Something that happens. Transactions are named by any number, which stands for one of those that are there.
#[derive(Clone, Debug)]
enum Event {
    /// A feed of one of two accounts tells what happened from one day to another, the newest ten days pending.
    Told {
        account: usize,
        from: i64,
        to: i64,
        has_new_ids: bool,
        has_tips: bool,
    },
    Split(usize),
    Unsplit(usize),
    Hidden(usize, bool),
    Categorized(usize),
    /// A rule is made for what one of them says.
    Ruled(usize),
    Merged,
    Blocked,
}

/// A ledger at a moment.
struct Ledger {
    rows: HashMap<TransactionGuid, Transaction>,
    revision: i64,
}

struct Story<'a> {
    bench: &'a Bench,
    caller: Caller,
    told: Told,
    /// What happened: days, cents and texts.
    facts: Vec<(i64, i64, usize)>,
    visits: usize,
}

impl Story<'_> {
    async fn ledger(&self) -> Ledger {
        let reader = self.bench.engine.store().read().await.unwrap();
        let rows = transactions::after(&reader, &self.caller.user, "", 100_000).await.unwrap();
        let revision = transactions::revision(&reader, &self.caller.user).await.unwrap();
        Ledger { rows: rows.into_iter().map(|row| (row.guid.clone(), row)).collect(), revision }
    }

    async fn accounts(&self) -> Vec<Account> {
        let reader = self.bench.engine.store().read().await.unwrap();
        accounts::of_member(&reader, &self.caller.user, &self.told.member.guid).await.unwrap()
    }

    /// One of the transactions of the two accounts, in the order of their days.
    async fn any(&self, number: usize, is_meant: impl Fn(&Transaction) -> bool) -> Option<Transaction> {
        let mut rows: Vec<Transaction> = self
            .ledger()
            .await
            .rows
            .into_values()
            .filter(|row| row.feed_description != OF_THE_BASE && is_meant(row))
            .collect();
        rows.sort_by(|one, other| (one.date, &one.guid).cmp(&(other.date, &other.guid)));
        (!rows.is_empty()).then(|| rows.swap_remove(number % rows.len()))
    }

    async fn update(&self, number: usize, change: UpdateTransaction) {
        let Some(row) = self.any(number, |_| true).await else { return };
        self.bench.engine.update_transaction(&self.caller, &row.guid, change).await.unwrap();
    }

    async fn happens(&mut self, event: &Event) {
        let (engine, caller) = (&self.bench.engine, self.caller.clone());
        match *event {
            Event::Told { account, from, to, has_new_ids, has_tips } => {
                self.visits += 1;
                let issue = if has_new_ids { self.visits } else { 0 };
                let of_days = self.facts.iter().enumerate().filter(|(_, fact)| (from..=to).contains(&fact.0));
                let rows = of_days.map(|(number, (day, cents, text))| {
                    let status =
                        if *day > to - 10 { TransactionStatus::Pending } else { TransactionStatus::Posted };
                    let cents = if has_tips && number % 5 == 0 { cents * 6 / 5 } else { *cents };
                    let on = FIRST.saturating_add(day.days());
                    FeedTransaction { status, ..paid(format!("{issue}-{number}"), on, cents, TEXTS[*text]) }
                });
                self.told.tell(self.bench, &format!("account {account}"), &rows.collect::<Vec<_>>()).await;
            }
            Event::Split(number) => {
                let is_whole = |row: &Transaction| {
                    row.parent_guid.is_none() && !row.has_been_split && row.amount > Money::from_units(1)
                };
                let Some(row) = self.any(number, is_whole).await else { return };
                let part = |units| Part { amount: Money::from_units(units), ..Part::default() };
                let first = 1 + i64::try_from(number).unwrap() % (row.amount.units() - 1);
                let parts = Split::Parts(vec![part(first), part(row.amount.units() - first)]);
                engine.split_transaction(&caller, &row.guid, parts).await.unwrap();
            }
            Event::Unsplit(number) => {
                let Some(row) = self.any(number, |row| row.has_been_split).await else { return };
                engine.unsplit_transaction(&caller, &row.guid, false).await.unwrap();
            }
            Event::Hidden(number, is_hidden) => {
                let is_hidden = Some(is_hidden);
                self.update(number, UpdateTransaction { is_hidden, ..UpdateTransaction::default() }).await;
            }
            Event::Categorized(number) => {
                let category_guid = Some(Category::Toys.guid().to_string());
                self.update(number, UpdateTransaction { category_guid, ..UpdateTransaction::default() })
                    .await;
            }
            Event::Ruled(number) => {
                let Some(row) = self.any(number, |_| true).await else { return };
                let request = CreateRule {
                    category_guid: Category::Gift.guid().to_string(),
                    description: Some("By rule".to_owned()),
                    match_description: row.description,
                };
                engine.create_rule(&caller, request).await.unwrap();
                while engine.apply_rules().await.unwrap() > 0 {}
            }
            Event::Merged => {
                let guids: Vec<String> =
                    self.accounts().await.iter().skip(1).map(|one| one.guid.to_string()).collect();
                if guids.len() == 2 && self.accounts().await.iter().all(|account| !account.is_blocked) {
                    engine.merge_accounts(&caller, &guids).await.unwrap();
                }
            }
            Event::Blocked => {
                let Some(account) = self.accounts().await.pop().filter(|account| account.feed_id != "base")
                else {
                    return;
                };
                engine.block_account(&caller, &account.guid, false).await.unwrap();
            }
        }
    }

    /// Looks at the ledger, and at what became of the one before.
    async fn is_sound(&self, before: &Ledger) -> Ledger {
        let ledger = self.ledger().await;
        self.has_no_orphans(&ledger).await;
        parts_are_their_whole(&ledger);
        changes_are_counted(before, &ledger);
        self.sums_are_those_of_the_rows(&ledger).await;
        ledger
    }

    async fn has_no_orphans(&self, ledger: &Ledger) {
        let open: HashMap<_, _> = self
            .accounts()
            .await
            .into_iter()
            .filter(|account| !account.is_blocked)
            .map(|account| (account.guid, account.member_guid))
            .collect();
        for row in ledger.rows.values() {
            assert_eq!(open.get(&row.account_guid), Some(&row.member_guid), "{row:?}");
        }
    }

    async fn sums_are_those_of_the_rows(&self, ledger: &Ledger) {
        let (engine, caller) = (&self.bench.engine, &self.caller);
        let request = ListTransactions {
            account: None,
            accounts: None,
            category: None,
            use_case: None,
            rule: None,
            period: Period::Dated(Some(EVER.0), Some(EVER.1)),
            page: Page::new(1, 25),
        };
        let list = engine.list_transactions(caller, request).await.unwrap();
        assert_eq!(usize::try_from(list.total).unwrap(), ledger.rows.len());
        let mut by_category: BTreeMap<_, i64> = BTreeMap::new();
        let mut by_day: BTreeMap<_, i64> = BTreeMap::new();
        for row in ledger.rows.values().filter(|row| !row.has_been_split) {
            if !row.is_hidden {
                *by_category.entry(row.category_guid.clone()).or_default() += row.amount.units();
            }
            if row.status == TransactionStatus::Posted {
                *by_day.entry((row.account_guid.clone(), row.date)).or_default() -= row.amount.units();
            }
        }
        let request = TotalsRequest { from: EVER.0, to: EVER.1, accounts: None };
        let totals = engine.category_totals(caller, request).await.unwrap();
        let totals: BTreeMap<_, i64> =
            totals.into_iter().map(|total| (total.category_guid, total.total.units())).collect();
        assert_eq!(totals, by_category);
        let reader = engine.store().read().await.unwrap();
        let mut daily = BTreeMap::new();
        for account in self.accounts().await {
            let days =
                transaction_totals::daily_totals(&reader, &caller.user, &account.guid, EVER.0).await.unwrap();
            daily.extend(days.into_iter().map(|(day, total)| ((account.guid.clone(), day), total.units())));
        }
        assert_eq!(daily, by_day);
    }
}

fn parts_are_their_whole(ledger: &Ledger) {
    let mut sums: HashMap<&TransactionGuid, i64> = HashMap::new();
    for (part, whole) in ledger.rows.values().filter_map(|row| Some((row, row.parent_guid.as_ref()?))) {
        let whole = ledger.rows.get(whole).unwrap_or_else(|| panic!("no whole of {part:?}"));
        assert_eq!((&part.account_guid, part.status), (&whole.account_guid, whole.status), "{part:?}");
        *sums.entry(&whole.guid).or_default() += part.amount.units();
    }
    let wholes = ledger.rows.values().filter(|row| row.has_been_split);
    assert_eq!(sums, wholes.map(|row| (&row.guid, row.amount.units())).collect());
}

/// A transaction that says the same has the revision of before, one that says something else a later one; and that anything
/// has changed shows in the revision of them all.
fn changes_are_counted(before: &Ledger, after: &Ledger) {
    for (guid, old) in &before.rows {
        let Some(new) = after.rows.get(guid) else { continue };
        let said = Transaction {
            revision: old.revision,
            updated_at: old.updated_at,
            merged_from: old.merged_from.clone(),
            ..new.clone()
        };
        assert_eq!(new.revision > old.revision, said != *old, "{old:?}\n{new:?}");
    }
    let guids = |ledger: &Ledger| ledger.rows.keys().cloned().collect::<HashSet<_>>();
    if before.rows != after.rows || guids(before) != guids(after) {
        assert!(after.revision > before.revision);
    }
}

fn event() -> impl Strategy<Value = Event> {
    let (number, day) = (0_usize..1_000, 0_i64..30);
    prop_oneof![
        8 => (0_usize..2, day.clone(), day, any::<bool>(), any::<bool>()).prop_map(|(account, one, other, has_new_ids, has_tips)| {
            Event::Told { account, from: one.min(other), to: one.max(other), has_new_ids, has_tips }
        }),
        4 => number.clone().prop_map(Event::Split),
        1 => number.clone().prop_map(Event::Unsplit),
        1 => (number.clone(), any::<bool>()).prop_map(|(number, is_hidden)| Event::Hidden(number, is_hidden)),
        1 => number.clone().prop_map(Event::Categorized),
        1 => number.prop_map(Event::Ruled),
        1 => Just(Event::Merged),
        1 => Just(Event::Blocked),
    ]
}

on_both_engines! {
    async fn a_ledger_is_sound_after_whatever_happens_to_it(bench: &Bench) {
        let mut runner = TestRunner::deterministic();
        let fact = (0_i64..30, 100_i64..5_000, 0..TEXTS.len());
        let stories = (vec(fact, 5..60), vec(event(), 4..20));
        for case in 0..CASES {
            let (facts, events) = stories.new_tree(&mut runner).unwrap().current();
            let caller = bench.session("acme", &format!("u{case}")).await.caller;
            let told = Told::by(bench, &caller, "any", None).await;
            let base = (0..BASE).map(|number| paid(format!("b{number}"), FIRST, 100 + number, OF_THE_BASE));
            told.tell(bench, "base", &base.collect::<Vec<_>>()).await;
            let mut story = Story { bench, caller, told, facts, visits: 0 };
            let mut ledger = story.ledger().await;
            for event in &events {
                story.happens(event).await;
                ledger = story.is_sound(&ledger).await;
            }
        }
    }
}
