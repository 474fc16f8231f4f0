//! When goals are reached, if what is set aside each month goes to the first of them until that is reached, then to the
//! next (Nexus reference, goals, computation).

use jiff::Span;
use jiff::civil::Date;
use riverbank_model::money::Money;

/// The days on which goals are reached, in their order, of what is left of each, not below nothing. None where that is never:
/// nothing is set aside, or no calendar goes as far.
pub(super) fn days(today: Date, contribution: Money, left: &[Money]) -> Vec<Option<Date>> {
    let monthly = i128::from(contribution.units());
    let sums = left.iter().scan(0, |sum, left| {
        *sum += i128::from(left.units());
        Some(*sum)
    });
    sums.map(|sum| (monthly > 0).then(|| months_on(today, rounded_up(sum, monthly))).flatten()).collect()
}

/// A quotient of what is not below nothing, with any part of one counted whole.
fn rounded_up(number: i128, by: i128) -> i128 {
    (number + by - 1) / by
}

/// The same day so many months later, or the last of that month where it has no such day.
fn months_on(day: Date, months: i128) -> Option<Date> {
    let span = Span::new().try_months(i64::try_from(months).ok()?).ok()?;
    day.checked_add(span).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2020, 11, 14);

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    fn reached(today: Date, contribution: &str, left: &[&str]) -> Vec<Option<Date>> {
        let left: Vec<_> = left.iter().map(|left| money(left)).collect();
        days(today, money(contribution), &left)
    }

    #[test]
    fn all_that_is_set_aside_goes_to_the_first_goal_and_then_to_the_next() {
        // 4500 less 1651.27, of the reference's goal, with the 150 of its profile: 18.99 months.
        assert_eq!(reached(TODAY, "150", &["2848.73"]), [Some(date(2022, 6, 14))]);
        assert_eq!(
            reached(TODAY, "150", &["300", "2548.73"]),
            [Some(date(2021, 1, 14)), Some(date(2022, 6, 14))]
        );
        // A month that one goal needs only a part of goes on to the next.
        let together = reached(TODAY, "100", &["50", "50", "0", "0.0001"]);
        assert_eq!(
            together,
            [Some(date(2020, 12, 14)); 3].into_iter().chain([Some(date(2021, 1, 14))]).collect::<Vec<_>>()
        );
        assert_eq!(reached(TODAY, "100", &["0"]), [Some(TODAY)]);
    }

    #[test]
    fn a_month_later_is_the_same_day_or_the_last_of_a_shorter_month() {
        for (today, months, then) in [
            (date(2026, 1, 31), "1", date(2026, 2, 28)),
            (date(2024, 1, 31), "1", date(2024, 2, 29)),
            (date(2024, 2, 29), "12", date(2025, 2, 28)),
            (date(2026, 3, 31), "13", date(2027, 4, 30)),
            (date(2026, 12, 15), "1", date(2027, 1, 15)),
        ] {
            assert_eq!(reached(today, "1", &[months]), [Some(then)], "{today} and {months} months");
        }
    }

    #[test]
    fn without_a_contribution_or_a_calendar_there_is_no_day() {
        assert_eq!(reached(TODAY, "0", &["1", "0"]), [None, None]);
        assert_eq!(
            reached(TODAY, "1", &["1", "95748", "1"]),
            [Some(date(2020, 12, 14)), Some(date(9999, 12, 14)), None]
        );
        assert_eq!(reached(TODAY, "0.0001", &["999999999999.9999", "999999999999.9999"]), [None, None]);
    }

    proptest! {
        #[test]
        fn each_goal_is_reached_when_one_of_all_that_is_left_up_to_it_would_be(
            contribution in 1..1_000_000_i64,
            left in prop::collection::vec(0..100_000_000_i64, 0..12),
        ) {
            let contribution = Money::from_units(contribution);
            let amounts: Vec<_> = left.iter().map(|units| Money::from_units(*units)).collect();
            let reached = days(TODAY, contribution, &amounts);
            for (place, day) in reached.iter().enumerate() {
                let alone = Money::from_units(left[..=place].iter().sum());
                prop_assert_eq!(&days(TODAY, contribution, &[alone]), &[*day]);
            }
            let told: Vec<_> = reached.iter().map_while(|day| *day).collect();
            prop_assert!(told.is_sorted(), "{:?}", told);
            prop_assert!(reached[told.len()..].iter().all(Option::is_none));
        }
    }
}
