//! Two small amounts by which somebody checks an account.

use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// Micro deposits are below this.
const BELOW: Money = Money::from_units(10_i64.pow(Money::SCALE));
/// They come on one day or the next.
const DAYS_APART: i32 = 1;

pub(super) static TEMPLATE: Template = Template {
    name: "MicroDeposit",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let is_small =
        |one: &&Movement| one.is_posted && one.is_credit && one.amount < BELOW && one.date <= facts.today;
    let mut small: Vec<_> = facts.movements.iter().filter(is_small).collect();
    small.sort_by(|one, other| {
        (&one.account, one.date, one.amount, &one.guid).cmp(&(
            &other.account,
            other.date,
            other.amount,
            &other.guid,
        ))
    });
    // A longer run is interest, or what is rounded up.
    let runs = small.chunk_by(|one, other| belong_together(one, other));
    let pairs = runs.filter_map(|run| match run {
        [one, other] if facts.news().any(|new| new.guid == other.guid) => tell(facts, one, other),
        _ => None,
    });
    pairs.collect()
}

fn belong_together(one: &Movement, other: &Movement) -> bool {
    let days = other.date.duration_since(one.date).as_hours() / 24;
    one.account == other.account && days <= i64::from(DAYS_APART) && one.is_with_the_same(other)
}

fn tell(facts: &Facts, one: &Movement, other: &Movement) -> Option<Found> {
    let account = facts.account(&one.account)?;
    Some(Found {
        key: one.guid.to_string(),
        title: "Micro deposits received".to_owned(),
        description: format!(
            "{} and {} from {} came into {} by {}: someone checks that the account is yours.",
            facts.amount(one),
            facts.amount(other),
            facts.counterparty(one),
            account.name(),
            wording::day(other.date)
        ),
        call_to_action: "View transactions",
        account: Some(one.account.clone()),
        transaction: Some(one.guid.clone()),
        transactions: vec![other.guid.clone()],
        ..Found::default()
    })
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;
    use riverbank_model::account::AccountType;

    use super::*;

    #[test]
    fn two_amounts_below_one_from_the_same_are_told_once() {
        let small = |day: &str, amount: &str| Movement::earned(day, amount, Category::Income).at("Acme");
        let facts = || Facts::for_tests("2026-03-15").with_account("Checking", AccountType::Checking, "80");
        let two = facts().with(small("2026-03-10", "0.11")).with(small("2026-03-11", "0.32"));
        let found = find(&two);
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].description,
            "$0.11 and $0.32 from Acme came into Checking by March 11: someone checks that the account is yours."
        );
        assert_eq!(find(&two.with(small("2026-03-12", "0.05"))), [], "three in a row");
        for other in [
            small("2026-03-12", "0.32"),
            small("2026-03-10", "1"),
            Movement::earned("2026-03-10", "0.32", Category::Income).at("Other"),
            small("2026-03-10", "0.32").in_account("Savings"),
        ] {
            assert_eq!(find(&facts().with(small("2026-03-10", "0.11")).with(other)), []);
        }
    }
}
