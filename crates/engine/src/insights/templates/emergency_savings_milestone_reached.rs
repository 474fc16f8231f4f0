//! Savings that would last for some months.

use riverbank_model::account::AccountType;
use riverbank_model::money::Money;

use super::super::{Account, Facts, Found, Looks, Movement, Relevance, Template, wording};

/// Months of spending that savings are held against, the most first.
const MILESTONES: [i64; 3] = [6, 3, 1];
/// Whole months that an average one is made of.
const AVERAGE_OF: usize = 3;
/// A milestone is news for so many days.
const NEWS_DAYS: i64 = 14;

pub(super) static TEMPLATE: Template = Template {
    name: "EmergencySavingsMilestoneReached",
    looks: Looks::InTheMorning,
    relevance: Relevance::Lasting,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    let savings: Vec<&Account> =
        facts.accounts.iter().filter(|account| account.is_open(&[AccountType::Savings])).collect();
    let Some(month) = average_month(facts) else { return Vec::new() };
    let now: Money = savings.iter().filter_map(|account| account.facts.balance).sum();
    let from = facts.days_ago(NEWS_DAYS);
    let is_of_savings = |one: &&Movement| savings.iter().any(|account| account.guid == one.account);
    let lately =
        facts.movements.iter().filter(|one| one.is_posted && one.date > from && one.date <= facts.today);
    let came_in: Money = lately.filter(is_of_savings).map(Movement::came_in).sum();
    let before = now - came_in;
    let is_reached = |months: &i64| {
        let milestone = i128::from(month.units()) * i128::from(*months);
        i128::from(now.units()) >= milestone && i128::from(before.units()) < milestone
    };
    let Some(months) = MILESTONES.into_iter().find(is_reached) else { return Vec::new() };
    let lasts = if months == 1 { "a month".to_owned() } else { format!("{months} months") };
    vec![Found {
        key: months.to_string(),
        title: format!("Savings for {lasts}"),
        description: format!(
            "You have saved {}: enough for {lasts} in which you spend what an average one took lately, {}.",
            wording::dollars(now),
            wording::dollars(month)
        ),
        call_to_action: "View accounts",
        accounts: savings.iter().map(|account| account.guid.clone()).collect(),
        ..Found::default()
    }]
}

/// What was spent in an average one of the last whole months; none unless something was in each of them.
fn average_month(facts: &Facts) -> Option<Money> {
    let months = facts.months.get(1..=AVERAGE_OF)?;
    let spent = months.iter().map(|month| month.spent().into_iter().map(|(_, spent)| spent).sum::<Money>());
    let spent: Vec<_> = spent.filter(|spent| *spent > Money::ZERO).collect();
    let sum: i128 = spent.iter().map(|spent| i128::from(spent.units())).sum();
    let average = i64::try_from(sum / i128::try_from(AVERAGE_OF).ok()?).ok()?;
    (spent.len() == AVERAGE_OF && average > 0).then(|| Money::from_units(average))
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Category;

    use super::*;

    fn facts(balance: &str, saved: &str) -> Facts {
        let rent = |day: &str| Movement::spent(day, "1000", Category::MortgageAndRent);
        Facts::for_tests("2026-04-15")
            .with_account("Nest", AccountType::Savings, balance)
            .with_account("Checking", AccountType::Checking, "9000")
            .with(rent("2026-01-01"))
            .with(rent("2026-02-01"))
            .with(rent("2026-03-01"))
            .with(Movement::earned("2026-04-10", saved, Category::Transfer).in_account("Nest"))
    }

    #[test]
    fn a_milestone_is_told_when_it_was_passed_lately() {
        for (balance, saved, title) in [
            ("999", "999", None),
            ("1000", "1", Some("Savings for a month")),
            ("1000", "0", None),
            ("3100", "200", Some("Savings for 3 months")),
            ("6000", "5999", Some("Savings for 6 months")),
            ("9000", "200", None),
        ] {
            let told: Vec<_> = find(&facts(balance, saved)).into_iter().map(|found| found.title).collect();
            assert_eq!(told.first().map(String::as_str), title, "{balance} {saved}");
        }
        assert_eq!(
            find(&facts("3100", "200"))[0].description,
            "You have saved $3,100.00: enough for 3 months in which you spend what an average one took lately, $1,000.00."
        );
        assert_eq!(find(&Facts::for_tests("2026-04-15").with_account("Nest", AccountType::Savings, "9")), []);
    }
}
