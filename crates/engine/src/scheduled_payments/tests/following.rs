//! Payments beside what imports bring in.

use jiff::tz::Offset;
use jiff::{Span, Timestamp, ToSpan as _};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use riverbank_model::feed::FeedTransaction;
use riverbank_store::scheduled_payments;

use super::*;
use crate::testing::{Told, paid};

/// A user whose bank tells of one account, as the days go by.
struct Household<'a> {
    bench: &'a Bench,
    caller: Caller,
    bank: Told,
}

impl<'a> Household<'a> {
    async fn new(bench: &'a Bench, user: &str) -> Self {
        let caller = bench.session("acme", user).await.caller;
        let bank = Told::by(bench, &caller, user, None).await;
        Self { bench, caller, bank }
    }

    /// What the bank tells on a day.
    async fn on(&self, day: Date, rows: &[FeedTransaction]) -> Vec<ScheduledPayment> {
        self.bench.set_time(noon(day));
        self.bank.tell(self.bench, "A", rows).await;
        list(self.bench, &self.caller).await
    }
}

fn noon(day: Date) -> Timestamp {
    Offset::UTC.to_timestamp(day.at(12, 0, 0, 0)).unwrap()
}

fn debit(text: &str, amount: i64, day: Date) -> FeedTransaction {
    paid(format!("{text} {day} {amount}"), day, amount, text)
}

/// Merchant, cents, day, recurrence, whether it is completed and whether it is predicted.
type Terms = (Option<MerchantGuid>, i64, Date, Option<(RecurrenceType, i64)>, bool, bool);

/// What is told of a payment, but for its id and its times.
fn terms(payment: &ScheduledPayment) -> Terms {
    (
        payment.merchant_guid.clone(),
        payment.amount.units() / 100,
        payment.occurs_on,
        payment.recurrence_type.zip(payment.recurrence_day),
        payment.is_completed,
        payment.is_predicted,
    )
}

const MONTHLY: RecurrenceType = RecurrenceType::EveryMonth;

on_both_engines! {
    async fn what_is_paid_each_month_is_predicted_moves_on_and_goes_when_it_stops(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let bills = |months: &[i8]| -> Vec<_> {
            months.iter().map(|month| debit("NETFLIX.COM", 1549, date(2027, *month, 1).last_of_month())).collect()
        };
        assert_eq!(home.on(date(2027, 2, 28), &bills(&[1, 2])).await, [], "two may be chance");
        let predicted = home.on(date(2027, 3, 31), &bills(&[2, 3])).await;
        let next = |amount, day| (Some(merchant("Netflix")), amount, day, Some((MONTHLY, 31)), false, true);
        assert_eq!(predicted.iter().map(terms).collect::<Vec<_>>(), [next(1549, date(2027, 4, 30))]);
        assert_eq!((predicted[0].description.as_str(), predicted[0].is_recurring), ("Netflix", Some(true)));
        assert_eq!(home.on(date(2027, 4, 5), &bills(&[2, 3])).await, predicted, "nothing new");
        let dearer = [debit("NETFLIX.COM", 1799, date(2027, 4, 29))];
        let moved = home.on(date(2027, 4, 30), &dearer).await;
        assert_eq!(moved.iter().map(terms).collect::<Vec<_>>(), [next(1799, date(2027, 5, 31))]);
        assert_eq!(moved[0].guid, predicted[0].guid);
        let late = home.on(date(2027, 7, 1), &[debit("SQ *BLUE BOTTLE", 450, date(2027, 7, 1))]).await;
        assert_eq!(late, moved, "it may still come");
        assert_eq!(home.on(date(2027, 7, 2), &[debit("SQ *BLUE BOTTLE", 450, date(2027, 7, 2))]).await, []);
    }

    async fn what_the_api_has_no_number_for_is_predicted_as_one_payment(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let yearly = [date(2024, 2, 29), date(2025, 3, 1), date(2026, 3, 1)];
        let rows: Vec<_> = yearly.iter().map(|day| debit("GEICO AUTO", 64_000, *day)).collect();
        let predicted = home.on(date(2026, 3, 2), &rows).await;
        let next = (Some(merchant("GEICO")), 64_000, date(2027, 3, 1), None, false, true);
        assert_eq!(predicted.iter().map(terms).collect::<Vec<_>>(), std::slice::from_ref(&next));
        assert_eq!(predicted[0].is_recurring, Some(false));
        // Of the payment before the last no import of this day would still know.
        let months_later = home.on(date(2027, 1, 10), &[debit("SQ *BLUE BOTTLE", 450, date(2027, 1, 10))]).await;
        assert_eq!(months_later.iter().map(terms).collect::<Vec<_>>(), [next]);
    }

    async fn of_a_merchant_with_two_series_the_next_payment_is_predicted(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let pair = |month| [debit("ADOBE", 999, date(2026, month, 3)), debit("ADOBE", 5999, date(2026, month, 20))];
        let rows: Vec<_> = (1..=4).flat_map(pair).collect();
        let predicted = home.on(date(2026, 4, 21), &rows).await;
        let next = |amount, day, of_month| (Some(merchant("Adobe")), amount, day, Some((MONTHLY, of_month)), false, true);
        assert_eq!(predicted.iter().map(terms).collect::<Vec<_>>(), [next(999, date(2026, 5, 3), 3)]);
        let predicted = home.on(date(2026, 5, 4), &[debit("ADOBE", 999, date(2026, 5, 3))]).await;
        assert_eq!(predicted.iter().map(terms).collect::<Vec<_>>(), [next(5999, date(2026, 5, 20), 20)]);
    }

    async fn what_a_client_expects_is_completed_or_moved_on_when_it_comes(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        bench.set_time(noon(date(2028, 1, 20)));
        let bill = made(bench, &home.caller, once("Comcast", "100", date(2028, 2, 1))).await;
        bench.advance(1);
        let monthly = each(MONTHLY, 31, once("Netflix", "20", date(2028, 1, 31)));
        let monthly = made(bench, &home.caller, monthly).await;
        let first = [
            // Each is off by a day, a cent or the direction.
            debit("COMCAST CABLE", 10_000, date(2028, 1, 26)),
            debit("COMCAST CABLE", 11_001, date(2028, 2, 1)),
            FeedTransaction { transaction_type: TransactionType::Credit, ..debit("COMCAST CABLE", 10_001, date(2028, 2, 1)) },
            debit("NETFLIX.COM", 2000, date(2028, 2, 6)),
        ];
        assert_eq!(home.on(date(2028, 2, 7), &first).await, [bill.clone(), monthly.clone()]);
        let second = [debit("COMCAST CABLE", 9000, date(2028, 2, 6)), debit("NETFLIX.COM", 2199, date(2028, 2, 5))];
        let settled = home.on(date(2028, 2, 8), &second).await;
        assert!(settled[0].is_completed);
        assert_eq!(settled[1].occurs_on, date(2028, 2, 29), "a leap day");
        assert_eq!((settled[1].amount, settled[1].is_predicted), (monthly.amount, false));
        assert_eq!(home.on(date(2028, 2, 8), &second).await, settled, "the same again");
        // March is left out, and told late.
        let third = home.on(date(2028, 5, 1), &[debit("NETFLIX.COM", 2000, date(2028, 4, 28))]).await;
        assert_eq!(third[1].occurs_on, date(2028, 5, 31));
        let fourth = home.on(date(2028, 5, 2), &[debit("NETFLIX.COM", 2000, date(2028, 3, 31))]).await;
        assert_eq!(fourth[1], third[1]);
    }

    async fn a_prediction_that_a_client_took_up_changed_or_deleted_is_left_alone(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let all = ["NETFLIX.COM", "SPOTIFY USA", "HULU LLC"];
        let month = |month| all.map(|text| debit(text, 1000, date(2026, month, 10)));
        let rows: Vec<_> = (1..=3).flat_map(month).collect();
        let predicted = home.on(date(2026, 3, 11), &rows).await;
        let of = |name: &str| predicted.iter().find(|one| one.merchant_guid == Some(merchant(name))).unwrap().clone();
        assert_eq!(predicted.len(), 3);
        let changed = UpdateScheduledPayment { amount: Some(money("12")), ..UpdateScheduledPayment::default() };
        let changed = bench.engine.update_scheduled_payment(&home.caller, &of("Spotify").guid, changed).await.unwrap();
        assert!(!changed.is_predicted);
        let taken_up = made(bench, &home.caller, once("Hulu", "10", date(2026, 4, 12))).await;
        assert_eq!(taken_up.guid, of("Hulu").guid);
        assert!(bench.engine.delete_scheduled_payment(&home.caller, &of("Netflix").guid).await.unwrap());
        let next = home.on(date(2026, 4, 11), &month(4)).await;
        let told: Vec<_> = next.iter().map(|one| (one.merchant_guid.clone().unwrap(), one.occurs_on, one.is_completed, one.is_predicted)).collect();
        let (hulu, spotify) = (merchant("Hulu"), merchant("Spotify"));
        // The one of Spotify is of 12, and 10 were paid.
        let mut expected = [
            (hulu.clone(), date(2026, 4, 12), true, false),
            (spotify.clone(), date(2026, 4, 10), false, false),
            (hulu.clone(), date(2026, 5, 10), false, true),
        ];
        expected[..2].sort_by_key(|one| predicted.iter().position(|known| known.merchant_guid.as_ref() == Some(&one.0)));
        assert_eq!(told, expected);
        // When it has stopped and begins anew, it is predicted again.
        home.on(date(2026, 7, 1), &[]).await;
        let anew: Vec<_> = (7..=9).map(|month| debit("NETFLIX.COM", 3100, date(2026, month, 25))).collect();
        let anew = home.on(date(2026, 9, 26), &anew).await;
        let netflix = |payments: &[ScheduledPayment]| payments.iter().find(|one| one.merchant_guid == Some(merchant("Netflix"))).map(terms);
        assert_eq!(netflix(&anew), Some((Some(merchant("Netflix")), 3100, date(2026, 10, 25), Some((MONTHLY, 25)), false, true)));
        // One of the client's is there again without waiting for that.
        let deleted = anew.iter().find(|one| one.merchant_guid == Some(merchant("Netflix"))).unwrap();
        assert!(bench.engine.delete_scheduled_payment(&home.caller, &deleted.guid).await.unwrap());
        assert_eq!(netflix(&home.on(date(2026, 9, 27), &[]).await), None);
        let own = made(bench, &home.caller, once("Netflix", "31", date(2026, 10, 25))).await;
        let paid = [debit("NETFLIX.COM", 3100, date(2026, 10, 25))];
        let after = home.on(date(2026, 10, 26), &paid).await;
        assert!(after.iter().any(|one| one.guid == own.guid && one.is_completed));
        assert!(after.iter().any(|one| one.is_predicted && one.occurs_on == date(2026, 11, 25)));
    }

    async fn a_prediction_that_a_client_gave_another_merchant_is_not_written_over(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let rows: Vec<_> = (1..=3).map(|month| debit("NETFLIX.COM", 1000, date(2026, month, 10))).collect();
        let predicted = home.on(date(2026, 3, 11), &rows).await;
        let hulu = UpdateScheduledPayment { description: Some("Hulu".into()), ..UpdateScheduledPayment::default() };
        let hulu = bench.engine.update_scheduled_payment(&home.caller, &predicted[0].guid, hulu).await.unwrap();
        assert_eq!((&hulu.guid, &hulu.merchant_guid), (&predicted[0].guid, &Some(merchant("Hulu"))));
        assert_eq!(home.on(date(2026, 3, 12), &[]).await, std::slice::from_ref(&hulu), "nothing of Netflix");
        // What the client makes and completes has it be predicted again, on the same day.
        let own = made(bench, &home.caller, once("Netflix", "10", date(2026, 4, 10))).await;
        let done = FurtherTerms { is_completed: Some(true), ..FurtherTerms::default() };
        let own = change(bench, &home.caller, &own.guid, done).await.unwrap();
        let again = home.on(date(2026, 3, 13), &[]).await;
        assert_eq!(again[..2], [hulu, own]);
        assert_eq!(again[2..].iter().map(terms).collect::<Vec<_>>(), [terms(&predicted[0])]);
    }

    async fn a_prediction_that_a_client_completed_stays_so(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let yearly = [date(2024, 2, 29), date(2025, 3, 1), date(2026, 3, 1)];
        let rows = yearly.map(|day| debit("GEICO AUTO", 64_000, day));
        let predicted = home.on(date(2026, 3, 2), &rows).await;
        let done = FurtherTerms { is_completed: Some(true), ..FurtherTerms::default() };
        let done = change(bench, &home.caller, &predicted[0].guid, done).await.unwrap();
        assert!(done.is_completed && !done.is_predicted);
        let next = home.on(date(2026, 3, 3), &[]).await;
        assert_eq!(next[0], done);
        assert_eq!(next[1..].iter().map(terms).collect::<Vec<_>>(), [terms(&predicted[0])]);
        assert_eq!(home.on(date(2026, 3, 4), &[]).await, next, "and no third");
    }

    async fn what_is_hidden_predicts_nothing(bench: &Bench) {
        let home = Household::new(bench, "u").await;
        let rows: Vec<_> = (1..=3).map(|month| debit("NETFLIX.COM", 1000, date(2026, month, 10))).collect();
        assert_eq!(home.on(date(2026, 3, 11), &rows).await.len(), 1);
        let account = home.bank.tell(bench, "A", &[]).await;
        let hidden = crate::accounts::AccountChanges { is_hidden: Some(true), ..Default::default() };
        let request = crate::accounts::UpdateAccount { fields: hidden, skip_webhook: true };
        bench.engine.update_account(&home.caller, &account.guid, request).await.unwrap();
        assert_eq!(home.on(date(2026, 3, 12), &[]).await, []);
    }

    async fn step_by_step_comes_to_the_same_as_all_at_once_and_as_anew(bench: &Bench) {
        let mut runner = TestRunner::deterministic();
        let texts = ["NETFLIX.COM", "SPOTIFY USA", "HULU LLC", "GEICO AUTO", "ADOBE"];
        for case in 0..10 {
            let series = (0..4_usize, 500..9000_i64, 0..28_i64, vec(0..3_i64, 3..10));
            let expected = (0..texts.len(), any::<bool>(), 85..115_i64, 0..120_i64);
            let story = (vec(series, 2..6), vec(expected, 0..3), vec(1..60_i64, 2..6));
            let (series, expected, steps) = story.new_tree(&mut runner).unwrap().current();
            let first = date(2027, 1, 1);
            let after = |days: i64| first.saturating_add(days.days());
            let mut rows = Vec::new();
            for (text, (interval, amount, start, off)) in texts.iter().zip(&series) {
                for (place, off) in (0_i64..).zip(off) {
                    let day = match interval {
                        0 => after(start + 7 * place),
                        1 => after(start + 14 * place),
                        2 => after(*start).saturating_add(Span::new().months(place)).saturating_add(off.days()),
                        _ => after(start + 37 * off + place),
                    };
                    rows.push(debit(text, *amount, day));
                }
            }
            let turns: Vec<Date> = steps.iter().scan(0, |sum, days| { *sum += days; Some(after(*sum)) }).collect();
            let end = *turns.last().unwrap();
            let mut homes = Vec::new();
            for (name, turns) in [("steps", turns.clone()), ("once", vec![end])] {
                bench.set_time(noon(first));
                let home = Household::new(bench, &format!("{name}-{case}")).await;
                for (place, is_recurring, hundredths, day) in &expected {
                    let Some((_, amount, ..)) = series.get(*place) else { continue };
                    let amount = Money::from_units(amount * hundredths).to_string();
                    let payment = once(texts[*place], &amount, after(*day));
                    let payment = if *is_recurring { each(MONTHLY, 31, payment) } else { payment };
                    let made = bench.engine.create_scheduled_payment(&home.caller, payment).await;
                    assert!(matches!(made, Ok(_) | Err(CreateScheduledPaymentError::MerchantTaken)));
                }
                let mut told = first.yesterday().unwrap();
                for turn in turns {
                    let news: Vec<_> = rows.iter().filter(|row| row.date().is_some_and(|day| day > told && day <= turn)).cloned().collect();
                    let before = home.on(turn, &news).await;
                    assert_eq!(home.on(turn, &news).await, before, "the same again");
                    told = turn;
                }
                homes.push(home);
            }
            let mut outcomes = Vec::new();
            for home in &homes {
                let payments = list(bench, &home.caller).await;
                let mut outcome: Vec<_> = payments.iter().map(|one| format!("{:?}", terms(one))).collect();
                outcome.sort();
                outcomes.push(outcome);
                // What was predicted is forgotten, and predicted anew.
                let predicted: Vec<_> = payments.into_iter().filter(|one| one.is_predicted).collect();
                bench.engine.store().write(async move |tx| {
                    for one in &predicted {
                        scheduled_payments::delete(tx, one).await?;
                    }
                    Ok::<_, crate::Fault>(())
                }).await.unwrap();
                bench.engine.follow_ledger(&home.caller.user).await.unwrap();
                let mut anew: Vec<_> = list(bench, &home.caller).await.iter().map(|one| format!("{:?}", terms(one))).collect();
                anew.sort();
                assert_eq!(&anew, outcomes.last().unwrap());
            }
            assert_eq!(outcomes[0], outcomes[1], "{series:?}\n{expected:?}\n{turns:?}");
        }
    }
}
