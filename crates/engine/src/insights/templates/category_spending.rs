//! What is spent under a category this month, beside the same days of the month before.

use jiff::civil::Date;
use riverbank_enrich::Category;
use riverbank_model::money::Money;

use super::super::{Facts, Found, Looks, Movement, Relevance, Template, wording};

/// Before this day of the month there is little to compare.
const FIRST_DAY: i8 = 7;
/// A category is told of when so many per cent of what it took in the same days before were spent.
const MUCH_MORE: i64 = 150;
/// And when it is so much more.
const LEAST: Money = Money::from_units(50 * 10_i64.pow(Money::SCALE));

pub(super) static TEMPLATE: Template = Template {
    name: "CategorySpending",
    looks: Looks::InTheMorning,
    relevance: Relevance::WhileFound,
    deposit: None,
    find,
};

fn find(facts: &Facts) -> Vec<Found> {
    if facts.today.day() < FIRST_DAY {
        return Vec::new();
    }
    let (this, before) = (facts.month_before(0), facts.month_before(1));
    // A month that is shorter is over.
    let same_day = before.with().day(facts.today.day()).build().unwrap_or_else(|_| before.last_of_month());
    let tell = |top: Category| {
        let (now, then) = (spent(facts, top, this, facts.today), spent(facts, top, before, same_day));
        let share = wording::percent(now, then).filter(|share| *share >= MUCH_MORE && now - then >= LEAST)?;
        Some(Found {
            key: format!("{}/{this}", top.guid()),
            title: format!("{} is higher than last month", top.name()),
            description: format!(
                "You have spent {} on {} this month, {}% more than the {} in the same days of {}.",
                wording::dollars(now),
                top.name(),
                share - 100,
                wording::dollars(then),
                wording::month(before)
            ),
            call_to_action: "View transactions",
            categories: vec![top.guid()],
            relevant_through: Some(facts.today.last_of_month()),
            ..Found::default()
        })
    };
    let tops = Category::ALL.iter().copied().filter(|one| one.parent().is_none());
    tops.filter(|top| *top != Category::Uncategorized).filter_map(tell).collect()
}

/// What went out less what came back under a category at the top, from a day through another.
fn spent(facts: &Facts, top: Category, from: Date, through: Date) -> Money {
    let counts = |one: &&Movement| {
        one.top == Some(top)
            && one.is_posted
            && (one.flags.is_expense || one.is_credit)
            && !one.flags.is_income
    };
    let of_days = facts.movements.iter().filter(|one| one.date >= from && one.date <= through);
    -of_days.filter(counts).map(Movement::came_in).sum::<Money>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(today: &str, now: &str) -> Facts {
        Facts::for_tests(today)
            .with(Movement::spent("2026-03-02", now, Category::Restaurants))
            .with(Movement::spent("2026-02-10", "100", Category::Groceries))
            .with(Movement::spent("2026-02-11", "400", Category::Groceries))
            .with(Movement::spent("2026-02-01", "10", Category::Gas))
            .with(Movement::spent("2026-03-01", "40", Category::Gas))
    }

    #[test]
    fn half_as_much_again_and_50_more_than_in_the_same_days_is_told() {
        assert_eq!(find(&facts("2026-03-10", "149")), []);
        let found = find(&facts("2026-03-10", "160.5"));
        assert_eq!(found.len(), 1, "Gas took four times as much, but little");
        assert_eq!(found[0].title, "Food & Dining is higher than last month");
        assert_eq!(
            found[0].description,
            "You have spent $160.50 on Food & Dining this month, 61% more than the $100.00 in the same days of February."
        );
        assert_eq!(find(&facts("2026-03-11", "160.5")), [], "the eleventh of February was dear");
        assert_eq!(find(&facts("2026-03-06", "160.5")), [], "too early");
    }

    #[test]
    fn the_end_of_a_long_month_is_compared_with_the_whole_of_a_short_one() {
        let dear = Movement::spent("2026-02-28", "1000", Category::Restaurants);
        assert_eq!(find(&facts("2026-03-31", "800").with(dear)), []);
    }
}
