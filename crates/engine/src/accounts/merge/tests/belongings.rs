//! What goes over with an account besides its transactions, and what is told of it.

use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, FeedAccount, FeedHolding, FeedNumbers, FeedOwner};
use riverbank_model::job::JobKind;
use riverbank_store::holdings::{self, HoldingFilter};
use riverbank_store::jobs::Job;
use riverbank_store::webhook_messages::Message;

use super::*;
use crate::holdings::UpdateHolding;

fn position(id: &str, worth: i64) -> FeedHolding {
    FeedHolding {
        id: id.to_owned(),
        description: format!("Position {id}"),
        symbol: None,
        cusip: None,
        shares: None,
        price: None,
        market_value: Some(Money::from_units(worth * 10_000)),
        cost_basis: None,
        currency_code: None,
        priced_at: None,
    }
}

fn owner(name: &str) -> FeedOwner {
    FeedOwner { owner_name: Some(name.to_owned()), ..FeedOwner::default() }
}

fn numbers(account: &str) -> FeedNumbers {
    FeedNumbers {
        account_number: Some(account.to_owned()),
        routing_number: Some("091000019".to_owned()),
        ..FeedNumbers::default()
    }
}

/// Two members of one user; what the first one brings in is older, and so stays.
struct Pair {
    caller: Caller,
    one: Told,
    other: Told,
}

impl Pair {
    async fn of(bench: &Bench) -> Self {
        let caller = bench.session("acme", "u").await.caller;
        let one = Told::by(bench, &caller, "one", None).await;
        let other = Told::by(bench, &caller, "other", None).await;
        Self { caller, one, other }
    }

    async fn merge(&self, bench: &Bench, one: &Account, other: &Account) -> Account {
        merge(bench, &self.caller, one, other).await.unwrap().account
    }

    /// The positions of an account with what their user says was paid for them.
    async fn positions(&self, bench: &Bench, account: &Account) -> Vec<(String, Option<Money>)> {
        let reader = bench.engine.store().read().await.unwrap();
        let filter = HoldingFilter { account: Some(&account.guid), ..HoldingFilter::default() };
        let rows = holdings::list(&reader, &self.caller.user, &filter).await.unwrap();
        let mut said: Vec<_> = rows
            .into_iter()
            .map(|row| {
                assert_eq!(row.member_guid, account.member_guid);
                let paid = crate::holdings::read_given(&row).unwrap().cost_basis;
                (row.feed_id, paid)
            })
            .collect();
        said.sort();
        said
    }

    /// Names of the owners and account numbers that a member shows.
    async fn people_and_numbers(&self, bench: &Bench, member: &Member) -> (Vec<String>, Vec<String>) {
        let owners = bench.engine.list_account_owners(&self.caller, &member.guid).await.unwrap().unwrap();
        let numbers =
            bench.engine.list_member_account_numbers(&self.caller, &member.guid).await.unwrap().unwrap();
        let name = |view: crate::account_owners::AccountOwnerView| view.told.owner_name.unwrap();
        (
            owners.into_iter().map(name).collect(),
            numbers.into_iter().map(|view| view.account_number).collect(),
        )
    }
}

impl Told {
    /// The account when a job of this kind has fetched all this of it.
    async fn find(&self, bench: &Bench, kind: JobKind, account: &FeedAccount) -> Account {
        let job = Job { kind, include_holdings: true, ..self.job.clone() };
        Self { member: self.member.clone(), job }.tell_all(bench, account.clone()).await
    }
}

fn told_of(id: &str) -> FeedAccount {
    FeedAccount::new(id.to_owned(), AccountFacts::new(AccountType::Investment, format!("Account {id}")))
}

fn with_positions(id: &str, positions: &[(&str, i64)]) -> FeedAccount {
    let holdings = positions.iter().map(|(id, worth)| position(id, *worth)).collect();
    FeedAccount { holdings, ..told_of(id) }
}

/// Kinds and actions of messages, and how often each is told.
fn titles(log: Vec<Message>) -> BTreeMap<String, usize> {
    let mut titles = BTreeMap::new();
    for message in log {
        let body: serde_json::Value = serde_json::from_str(&message.payload).unwrap();
        let title = format!("{} {}", message.kind.name(), body["action"].as_str().unwrap());
        *titles.entry(title).or_default() += 1;
    }
    titles
}

on_both_engines! {
    async fn positions_go_over_into_an_account_without_any(bench: &Bench) {
        let pair = Pair::of(bench).await;
        let stays = pair.one.find(bench, JobKind::Aggregation, &told_of("A")).await;
        let goes = with_positions("B", &[("gold", 500), ("bond", 70)]);
        let goes = pair.other.find(bench, JobKind::Aggregation, &goes).await;
        let left = pair.merge(bench, &stays, &goes).await;
        assert_eq!(left.guid, stays.guid);
        assert_eq!(pair.positions(bench, &left).await, [("bond".to_owned(), None), ("gold".to_owned(), None)]);
        assert_eq!(pair.positions(bench, &goes).await, []);
    }

    async fn positions_that_both_have_are_the_same_ones_and_what_their_user_wrote_is_kept(bench: &Bench) {
        let pair = Pair::of(bench).await;
        let stays = with_positions("A", &[("gold", 500), ("bond", 70)]);
        let stays = pair.one.find(bench, JobKind::Aggregation, &stays).await;
        let goes = with_positions("B", &[("gold", 500), ("loose", 1)]);
        let goes = pair.other.find(bench, JobKind::Aggregation, &goes).await;
        let reader = bench.engine.store().read().await.unwrap();
        let filter = HoldingFilter { account: Some(&goes.guid), ..HoldingFilter::default() };
        let theirs = holdings::list(&reader, &pair.caller.user, &filter).await.unwrap();
        drop(reader);
        let cost = Some(Money::from_units(4_200_000));
        for holding in &theirs {
            let change = UpdateHolding { cost_basis: cost, ..UpdateHolding::default() };
            bench.engine.update_holding(&pair.caller, &holding.guid, change).await.unwrap();
        }
        let left = pair.merge(bench, &goes, &stays).await;
        let expected = [("bond".to_owned(), None), ("gold".to_owned(), cost)];
        assert_eq!(pair.positions(bench, &left).await, expected);
        assert_eq!(pair.positions(bench, &goes).await, []);
    }

    async fn owners_and_numbers_go_over_into_an_account_without_any(bench: &Bench) {
        let pair = Pair::of(bench).await;
        let stays = pair.one.find(bench, JobKind::Aggregation, &told_of("A")).await;
        let goes = FeedAccount {
            owners: vec![owner("Ada Hall"), owner("Ben Hall")],
            numbers: vec![numbers("1234"), numbers("5678")],
            ..told_of("B")
        };
        pair.other.find(bench, JobKind::Identification, &goes).await;
        let goes = pair.other.find(bench, JobKind::Verification, &goes).await;
        let (people, accounts) = pair.people_and_numbers(bench, &pair.other.member).await;
        let left = pair.merge(bench, &stays, &goes).await;
        assert_eq!(pair.people_and_numbers(bench, &pair.one.member).await, (people, accounts.clone()));
        let shown = bench.engine.list_account_numbers(&pair.caller, &left.guid).await.unwrap().unwrap();
        assert_eq!(shown.into_iter().map(|view| view.account_number).collect::<Vec<_>>(), accounts);
        assert_eq!(pair.people_and_numbers(bench, &pair.other.member).await, (vec![], vec![]));
    }

    async fn owners_and_numbers_of_the_account_that_stays_are_not_mixed_with_the_others(bench: &Bench) {
        let pair = Pair::of(bench).await;
        let told = |id, name, number| FeedAccount {
            owners: vec![owner(name)],
            numbers: vec![numbers(number)],
            ..told_of(id)
        };
        let mut found = Vec::new();
        for (told_by, account) in
            [(&pair.one, told("A", "Ada Hall", "1234")), (&pair.other, told("B", "ADA M HALL", "5678"))]
        {
            told_by.find(bench, JobKind::Identification, &account).await;
            found.push(told_by.find(bench, JobKind::Verification, &account).await);
        }
        pair.merge(bench, &found[0], &found[1]).await;
        let kept = (vec!["Ada Hall".to_owned()], vec!["1234".to_owned()]);
        assert_eq!(pair.people_and_numbers(bench, &pair.one.member).await, kept);
        assert_eq!(pair.people_and_numbers(bench, &pair.other.member).await, (vec![], vec![]));
    }

    async fn a_merge_is_told_once_of_whatever_has_changed(bench: &Bench) {
        let pair = Pair::of(bench).await;
        let facts = [(3, 2000, "HARBOR GROCER 17"), (5, 900, "CITY PARKING"), (7, 100, "LATE TOLL 4")];
        let both = |id: &str, positions: &[(&str, i64)], days| {
            let transactions = window(&facts, days, id);
            let transactions_from = transactions.iter().filter_map(FeedTransaction::date).min();
            FeedAccount { transactions, transactions_from, ..with_positions(id, positions) }
        };
        let stays = both("A", &[("gold", 500)], (0, 5));
        let stays = pair.one.find(bench, JobKind::Aggregation, &stays).await;
        let goes = both("B", &[("gold", 500), ("loose", 1)], (3, 9));
        let goes = pair.other.find(bench, JobKind::Aggregation, &goes).await;
        let endpoint = bench.endpoint("acme", "http://127.0.0.1:9/", "account,holding,transaction").await;
        pair.merge(bench, &stays, &goes).await;
        let told = titles(bench.engine.webhook_log(&endpoint, 100).await.unwrap());
        // Both windows tell of two transactions; only the third is new to the account that stays.
        let expected = [
            ("account deleted", 1),
            ("account updated", 1),
            ("holding deleted", 2),
            ("transaction deleted", 2),
            ("transaction updated", 1),
        ];
        assert_eq!(told, expected.map(|(title, times)| (title.to_owned(), times)).into());
    }
}
