//! A credit card on which nothing is owed any more.

use jiff::Span;
use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Movement, Relevance, Template, wording};

/// For how many days something was owed at the end of each of them (Nexus reference, insights).
const OWED_DAYS: i64 = 56;

pub(super) static TEMPLATE: Template = Template {
    name: "CelebrateCreditCardPayoff",
    looks: Looks::AtChanges,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let tell = |account: &Account| {
        let day = paid_off(facts, account)?;
        Some(Found {
            key: format!("{}/{day}", account.guid),
            title: "Credit card paid off".to_owned(),
            description: format!("You paid off {} on {}.", account.name(), wording::day(day)),
            call_to_action: "View account",
            account: Some(account.guid.clone()),
            ..Found::default()
        })
    };
    facts
        .accounts
        .iter()
        .filter(|account| account.is_open(&[AccountType::CreditCard]))
        .filter_map(tell)
        .collect()
}

/// The day on which the last of it was paid, if that is news: what was owed at the end of the days before follows from what
/// has moved since.
fn paid_off(facts: &Facts, account: &Account) -> Option<Date> {
    account.facts.balance.filter(|owed| *owed == Money::ZERO)?;
    let is_news = facts.news().any(|one| one.account == account.guid && one.is_credit);
    let moved = || facts.movements.iter().filter(|one| one.account == account.guid && one.is_posted);
    let day = moved().next()?.date;
    let from = day.saturating_sub(Span::new().days(OWED_DAYS));
    let mut owed = Money::ZERO;
    let mut later: Option<&Movement> = None;
    for one in moved().map(Some).chain([None]) {
        let is_end_of_a_day = later.is_some_and(|later| one.is_none_or(|one| one.date < later.date));
        let is_counted = later.is_some_and(|later| later.date > from);
        if is_end_of_a_day && is_counted && owed == Money::ZERO {
            return None;
        }
        let Some(one) = one else { break };
        owed = owed + one.came_in();
        later = Some(one);
    }
    is_news.then_some(day)
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    fn card(balance: &str, moves: &[(&str, &str)]) -> Vec<String> {
        let facts = Facts::for_tests("2026-04-15").with_account("Card", AccountType::CreditCard, balance);
        let with = |facts: Facts, (day, amount): &(&str, &str)| {
            let one = match amount.strip_prefix('-') {
                Some(spent) => Movement::spent(day, spent, Category::Clothing),
                None => Movement::earned(day, amount, Category::CreditCardPayment),
            };
            facts.with(one.in_account("Card"))
        };
        let facts = moves.iter().fold(facts, with);
        find(&facts).into_iter().map(|found| found.description).collect()
    }

    #[test]
    fn the_first_day_in_eight_weeks_without_a_debt_is_told() {
        let expected = ["You paid off Card on April 10."];
        assert_eq!(card("0", &[("2026-04-10", "300"), ("2026-03-01", "-100")]), expected);
        assert_eq!(
            card("0", &[("2026-04-10", "300"), ("2026-04-10", "-50"), ("2026-02-13", "-250")]),
            expected
        );
    }

    #[test]
    fn a_card_that_is_paid_every_month_or_still_owes_is_not_told() {
        assert_eq!(
            card(
                "0",
                &[("2026-04-10", "300"), ("2026-03-01", "-300"), ("2026-02-20", "10"), ("2026-02-19", "-10")]
            ),
            Vec::<String>::new()
        );
        assert_eq!(card("1", &[("2026-04-10", "300")]), Vec::<String>::new());
        assert_eq!(card("0", &[("2026-03-10", "300")]), Vec::<String>::new(), "no news");
        assert_eq!(card("0", &[]), Vec::<String>::new());
    }
}
