use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn payment(date: Date, amount: &str, payee: &str) -> Payment {
    Payment { date, amount: amount.parse().unwrap(), is_credit: false, payee: payee.to_owned() }
}

fn of_dates(dates: &[Date]) -> Vec<Payment> {
    dates.iter().map(|date| payment(*date, "10", "A")).collect()
}

#[test]
fn each_interval_is_found_with_its_next_day() {
    let cases: [(&[Date], Interval, Date); 8] = [
        (
            &[date(2026, 1, 2), date(2026, 1, 9), date(2026, 1, 16), date(2026, 1, 23)],
            Interval::Weekly,
            date(2026, 1, 30),
        ),
        (
            &[date(2026, 1, 2), date(2026, 1, 16), date(2026, 1, 29), date(2026, 2, 13)],
            Interval::Fortnightly,
            date(2026, 2, 27),
        ),
        (
            &[date(2026, 1, 15), date(2026, 1, 30), date(2026, 2, 13), date(2026, 2, 27), date(2026, 3, 13)],
            Interval::Fortnightly,
            date(2026, 3, 27),
        ),
        (
            &[date(2026, 1, 1), date(2026, 1, 15), date(2026, 2, 2), date(2026, 2, 16), date(2026, 3, 2)],
            Interval::TwiceAMonth,
            date(2026, 3, 15),
        ),
        (&[date(2025, 12, 31), date(2026, 1, 30), date(2026, 2, 27)], Interval::Monthly, date(2026, 3, 30)),
        (&[date(2025, 7, 5), date(2025, 10, 6), date(2026, 1, 5)], Interval::Quarterly, date(2026, 4, 5)),
        (&[date(2024, 2, 29), date(2025, 3, 1)], Interval::Yearly, date(2026, 3, 1)),
        (
            &[date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 26), date(2026, 2, 2)],
            Interval::Weekly,
            date(2026, 2, 9),
        ),
    ];
    for (dates, interval, next_on) in cases {
        let found = find_series(&of_dates(dates));
        let [series] = &found[..] else { panic!("{dates:?}: {found:?}") };
        assert_eq!((series.interval, series.next_on), (interval, next_on), "{dates:?}");
        assert_eq!(series.payments, (0..dates.len()).collect::<Vec<_>>());
        let day = match interval {
            Interval::Weekly | Interval::Fortnightly => next_on.weekday().to_monday_one_offset(),
            _ => next_on.day(),
        };
        assert_eq!(series.day, day, "{dates:?}");
    }
}

#[test]
fn a_day_that_short_months_have_not_is_kept() {
    let found = find_series(&of_dates(&[date(2025, 12, 31), date(2026, 1, 31), date(2026, 2, 28)]));
    assert_eq!((found[0].day, found[0].next_on), (31, date(2026, 3, 31)));
    let found = find_series(&of_dates(&[date(2025, 11, 30), date(2025, 12, 31), date(2026, 1, 31)]));
    assert_eq!((found[0].day, found[0].next_on), (31, date(2026, 2, 28)));
}

#[test]
fn days_without_a_rhythm_are_no_series() {
    let cases: [&[Date]; 5] = [
        &[],
        &[date(2026, 1, 1)],
        &[date(2026, 1, 1), date(2026, 1, 8), date(2026, 1, 15)],
        &[date(2026, 1, 1), date(2026, 1, 4), date(2026, 1, 20), date(2026, 2, 27)],
        &[date(2026, 1, 1), date(2026, 1, 9), date(2026, 1, 17), date(2026, 1, 25), date(2026, 2, 2)],
    ];
    for dates in cases {
        assert_eq!(find_series(&of_dates(dates)), [], "{dates:?}");
    }
}

#[test]
fn two_contracts_with_one_payee_are_two_series() {
    let mut history = Vec::new();
    for month in 1..=4 {
        history.push(payment(date(2026, month, 3), "0.99", "Apple"));
        history.push(payment(date(2026, month, 20), "10.99", "Apple"));
    }
    history.push(payment(date(2026, 2, 11), "64.99", "Apple"));
    let found = find_series(&history);
    let next: Vec<_> = found.iter().map(|series| (series.interval, series.next_on)).collect();
    assert_eq!(next, [(Interval::Monthly, date(2026, 5, 3)), (Interval::Monthly, date(2026, 5, 20))]);
}

#[test]
fn money_in_and_out_of_one_payee_are_apart() {
    let mut history = of_dates(&[date(2026, 1, 1), date(2026, 2, 1)]);
    history.push(Payment { is_credit: true, ..payment(date(2026, 3, 1), "10", "A") });
    assert_eq!(find_series(&history), []);
}

#[test]
fn what_is_expected_next_follows_the_late_amounts() {
    let amounts = ["9.99", "9.99", "9.99", "12.99", "12.99", "12.99", "13.49", "12.99", "12.99"];
    let history: Vec<_> =
        (1..).zip(amounts).map(|(month, amount)| payment(date(2025, month, 12), amount, "Video")).collect();
    let found = find_series(&history);
    assert_eq!(
        found[0].to_string(),
        "Video: 9 payments, monthly, at most 0 days off, 0 left out; the next is expected on 2025-10-12, 12.99 to 13.49."
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_the_history_changes_nothing(
        (days, shuffled) in prop::collection::vec((0..400_i64, 1..4_i64, 0..2_usize), 0..24)
            .prop_flat_map(|days| (Just(days.clone()), Just(days).prop_shuffle())),
    ) {
        let found = |days: &[(i64, i64, usize)]| {
            let history: Vec<_> = days
                .iter()
                .map(|(day, amount, payee)| {
                    let date = date(2025, 1, 1).saturating_add(jiff::Span::new().days(*day));
                    payment(date, &amount.to_string(), ["A", "B"][*payee])
                })
                .collect();
            let mut told = Vec::new();
            for series in find_series(&history) {
                let payments: Vec<_> = series.payments.iter().map(|place| history[*place].clone()).collect();
                told.push((payments, series.to_string()));
            }
            told
        };
        prop_assert_eq!(found(&days), found(&shuffled));
    }

    #[test]
    fn a_payment_is_in_one_series_at_most_and_the_next_day_is_ahead(
        days in prop::collection::vec((0..400_i64, 1..3_i64), 0..30),
    ) {
        let history: Vec<_> = days
            .iter()
            .map(|(day, amount)| {
                let date = date(2025, 1, 1).saturating_add(jiff::Span::new().days(*day));
                payment(date, &amount.to_string(), "A")
            })
            .collect();
        let mut seen = std::collections::HashSet::new();
        for series in find_series(&history) {
            let last = series.payments.iter().map(|place| history[*place].date).max().unwrap();
            prop_assert!(series.next_on > last, "{series}");
            prop_assert!(series.payments.iter().all(|place| seen.insert(*place)));
        }
    }
}
