//! Rules that are made, changed and deleted while feeds come in and users write, beside a model of what `docs/ledger.md`
//! promises.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::collection::vec;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use riverbank_model::guid::CategoryGuid;

use super::*;
use crate::testing::{Told, paid};

/// What feeds say, and what this server finds from it without rules.
const TEXTS: [(&str, &str); 3] = [
    ("HARBOR GROCER 17", "Harbor Grocer 17"),
    ("CITY PARKING", "City Parking"),
    ("LATE TOLL 4", "Late Toll 4"),
];
const CATEGORIES: [DefaultCategory; 4] =
    [DefaultCategory::Gift, DefaultCategory::Toys, DefaultCategory::Books, DefaultCategory::Hotel];
/// Transactions of a batch here.
const FEW: usize = 3;
const CASES: usize = 24;

/// What a rule says: the place of its text, that of its category, and its description.
type Says = (usize, usize, Option<String>);

/// Something that happens. Rules and transactions are named by any number, which stands for one of those that are there.
#[derive(Clone, Debug)]
enum Event {
    /// A feed tells again what it told, and more.
    Told(Vec<usize>),
    Made(Says),
    /// Another category and description.
    Changed(usize, usize, Option<String>),
    /// Another description of the transactions that it is for.
    Aimed(usize, usize),
    Deleted(usize),
    /// A user writes a category, or a description.
    Categorized(usize, usize),
    Described(usize),
    /// Batches are applied.
    Applied(usize),
}

/// What a model holds of a transaction.
#[derive(Clone)]
struct Row {
    text: usize,
    category: CategoryGuid,
    description: String,
    /// The rule that it is under, by its place.
    rule: Option<usize>,
    own_category: bool,
    own_description: bool,
}

/// A ledger as the document promises it, and the rules, none in the place of one that was deleted.
#[derive(Default)]
struct Model {
    rules: Vec<Option<Says>>,
    rows: Vec<Row>,
}

impl Model {
    /// The newest rule that is for a text.
    fn newest(&self, text: usize) -> Option<usize> {
        let of_text = |rule: &Option<Says>| rule.as_ref().is_some_and(|(of, _, _)| *of == text);
        self.rules.iter().rposition(of_text)
    }

    /// Has a row be under a rule.
    fn put_under(&mut self, place: usize, rule: usize) {
        let Some((text, category, description)) = self.rules[rule].clone() else { return };
        let row = &mut self.rows[place];
        if !row.own_category {
            row.category = CATEGORIES[category].guid();
            row.rule = Some(rule);
        }
        if !row.own_description {
            match description {
                Some(description) => row.description = description,
                None if text == row.text => TEXTS[text].1.clone_into(&mut row.description),
                None => {}
            }
        }
    }

    fn tell(&mut self, text: usize, found: &CategoryGuid) {
        self.rows.push(Row {
            text,
            category: found.clone(),
            description: TEXTS[text].1.to_owned(),
            rule: None,
            own_category: false,
            own_description: false,
        });
        if let Some(rule) = self.newest(text) {
            self.put_under(self.rows.len() - 1, rule);
        }
    }

    /// Applies a rule to all that is there.
    fn apply(&mut self, rule: usize) {
        for place in 0..self.rows.len() {
            let row = &self.rows[place];
            if row.rule == Some(rule) || self.newest(row.text) == Some(rule) {
                self.put_under(place, rule);
            }
        }
    }
}

/// A user with a ledger, and its model.
struct Story<'a> {
    bench: &'a Bench,
    caller: Caller,
    told: Told,
    rules: Vec<TransactionRuleGuid>,
    model: Model,
    /// The categories that are found from the texts without rules.
    found: Vec<CategoryGuid>,
}

impl<'a> Story<'a> {
    /// One of a user to whom each text has been told once.
    async fn of(bench: &'a Bench, user: &str) -> Self {
        let caller = bench.session("acme", user).await.caller;
        let told = Told::by(bench, &caller, "any", None).await;
        let (model, rules, found) =
            (Model::default(), Vec::new(), vec![DefaultCategory::Gift.guid(); TEXTS.len()]);
        let mut story = Self { bench, caller, told, rules, model, found };
        story.tell(0..TEXTS.len()).await;
        story.found = story.rows().await.into_iter().map(|row| row.category_guid).collect();
        for (row, category) in story.model.rows.iter_mut().zip(&story.found) {
            row.category.clone_from(category);
        }
        story
    }

    /// The rows in the order in which they were told: no two have the same amount.
    async fn rows(&self) -> Vec<Transaction> {
        let reader = self.bench.engine.store().read().await.unwrap();
        let mut rows = transactions::after(&reader, &self.caller.user, "", 1_000).await.unwrap();
        rows.sort_by_key(|row| row.amount);
        rows
    }

    async fn tell(&mut self, texts: impl IntoIterator<Item = usize>) {
        for text in texts {
            self.model.tell(text, &self.found[text]);
        }
        let told = self.model.rows.iter().zip(1_i64..).map(|(row, number)| {
            let day = date(2026, 1, 1).saturating_add((number % 5).days());
            paid(format!("t{number}"), day, number, TEXTS[row.text].0)
        });
        let told: Vec<_> = told.collect();
        self.told.tell(self.bench, "A", &told).await;
    }

    /// The place of a rule that is there.
    fn rule(&self, any: usize) -> Option<usize> {
        let live: Vec<usize> =
            (0..self.rules.len()).filter(|place| self.model.rules[*place].is_some()).collect();
        live.get(any.checked_rem(live.len())?).copied()
    }

    async fn write(&mut self, any: usize, change: UpdateTransaction) {
        let rows = self.rows().await;
        let place = any % rows.len();
        self.bench.engine.update_transaction(&self.caller, &rows[place].guid, change.clone()).await.unwrap();
        let row = &mut self.model.rows[place];
        if let Some(category) = change.category_guid {
            (row.category, row.own_category, row.rule) = (category.parse().unwrap(), true, None);
        }
        if let Some(description) = change.description {
            (row.description, row.own_description) = (description, true);
        }
    }

    async fn change(&mut self, place: usize, says: Says, request: UpdateRule) {
        self.bench.engine.update_rule(&self.caller, &self.rules[place], request).await.unwrap();
        self.model.rules[place] = Some(says);
    }

    async fn happens(&mut self, event: Event) {
        let (engine, caller) = (&self.bench.engine, self.caller.clone());
        match event {
            Event::Told(texts) => self.tell(texts).await,
            Event::Made(says) => {
                let request =
                    CreateRule { description: says.2.clone(), ..rule(TEXTS[says.0].1, CATEGORIES[says.1]) };
                self.rules.push(engine.create_rule(&caller, request).await.unwrap().guid);
                self.model.rules.push(Some(says));
                self.model.apply(self.rules.len() - 1);
            }
            Event::Changed(any, category, description) => {
                let Some(place) = self.rule(any) else { return };
                let Some(before) = self.model.rules[place].clone() else { return };
                let says = (before.0, category, description);
                let request = UpdateRule {
                    category_guid: Some(CATEGORIES[category].guid().to_string()),
                    // An empty one takes it away.
                    description: Some(says.2.clone().unwrap_or_default()),
                    match_description: None,
                };
                self.change(place, says.clone(), request).await;
                if says != before {
                    self.model.apply(place);
                }
            }
            Event::Aimed(any, text) => {
                let Some(place) = self.rule(any) else { return };
                let Some((_, category, description)) = self.model.rules[place].clone() else { return };
                let request =
                    UpdateRule { match_description: Some(TEXTS[text].1.into()), ..UpdateRule::default() };
                self.change(place, (text, category, description), request).await;
            }
            Event::Deleted(any) => {
                let Some(place) = self.rule(any) else { return };
                assert!(engine.delete_rule(&caller, &self.rules[place]).await.unwrap());
                self.model.rules[place] = None;
            }
            Event::Categorized(any, category) => {
                let category_guid = Some(CATEGORIES[category].guid().to_string());
                self.write(any, UpdateTransaction { category_guid, ..UpdateTransaction::default() }).await;
            }
            Event::Described(any) => {
                let description = Some(format!("Mine {any}"));
                self.write(any, UpdateTransaction { description, ..UpdateTransaction::default() }).await;
            }
            Event::Applied(batches) => {
                for _ in 0..batches {
                    engine.apply_rules_by(FEW).await.unwrap();
                }
            }
        }
    }

    /// Compares the ledger with the model, when every rule has been applied.
    async fn is_as_promised(&self, events: &[Event]) {
        while self.bench.engine.apply_rules_by(FEW).await.unwrap() > 0 {}
        let is = |row: Transaction| {
            (row.feed_description, row.category_guid, row.description, row.transaction_rule_guid)
        };
        let stored: Vec<_> = self.rows().await.into_iter().map(is).collect();
        let promised = self.model.rows.iter().cloned().map(|row| {
            (
                TEXTS[row.text].0.to_owned(),
                row.category,
                row.description,
                row.rule.map(|place| self.rules[place].clone()),
            )
        });
        assert_eq!(stored, promised.collect::<Vec<_>>(), "{events:#?}");
    }
}

fn description() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("[ABC]").prop_map(|name| name.map(|name| format!("Rule {name}")))
}

/// What may happen while rules are still being applied, and leads to the same ledger whenever they are.
fn event() -> impl Strategy<Value = Event> + Clone {
    let (text, category, any) = (0..TEXTS.len(), 0..CATEGORIES.len(), 0_usize..100);
    prop_oneof![
        2 => vec(text.clone(), 1..6).prop_map(Event::Told),
        3 => (text, category.clone(), description()).prop_map(Event::Made),
        2 => (any.clone(), category.clone(), description()).prop_map(|(any, category, text)| Event::Changed(any, category, text)),
        1 => (any.clone(), category).prop_map(|(any, category)| Event::Categorized(any, category)),
        1 => any.prop_map(Event::Described),
    ]
}

/// What is told from when it happens on: the past stays as it was.
fn turning_point() -> impl Strategy<Value = Event> {
    let any = 0_usize..100;
    prop_oneof![
        (any.clone(), 0..TEXTS.len()).prop_map(|(any, text)| Event::Aimed(any, text)),
        any.prop_map(Event::Deleted),
    ]
}

on_both_engines! {
    async fn whenever_rules_are_applied_the_ledger_is_the_one_of_the_newest_that_fits(bench: &Bench) {
        let mut runner = TestRunner::deterministic();
        let histories = vec(prop_oneof![3 => event(), 2 => (0_usize..4).prop_map(Event::Applied)], 1..24);
        for case in 0..CASES {
            let events = histories.new_tree(&mut runner).unwrap().current();
            let mut story = Story::of(bench, &format!("u{case}")).await;
            for event in events.clone() {
                story.happens(event).await;
            }
            story.is_as_promised(&events).await;
        }
    }

    async fn what_a_rule_has_done_stays_when_it_is_for_others_or_deleted(bench: &Bench) {
        let mut runner = TestRunner::deterministic();
        let histories = vec(prop_oneof![2 => event(), 1 => turning_point()], 1..24);
        for case in 0..CASES {
            let events = histories.new_tree(&mut runner).unwrap().current();
            let mut story = Story::of(bench, &format!("u{case}")).await;
            for event in events.clone() {
                story.happens(event).await;
                story.is_as_promised(&events).await;
            }
        }
    }
}
