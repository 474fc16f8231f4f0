mod following;

use jiff::civil::{Date, date};
use riverbank_enrich::Catalogue;
use riverbank_model::guid::{MerchantGuid, ScheduledPaymentGuid};
use riverbank_model::money::Money;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::transaction::TransactionType;
use riverbank_store::page::Page;

use super::*;
use crate::Caller;
use crate::testing::{Bench, on_both_engines};

fn money(text: &str) -> Money {
    text.parse().unwrap()
}

fn merchant(name: &str) -> MerchantGuid {
    let found = Catalogue::shipped().merchants().iter().find(|merchant| &*merchant.name == name);
    found.unwrap_or_else(|| panic!("no {name}")).guid.clone()
}

fn once(description: &str, amount: &str, occurs_on: Date) -> CreateScheduledPayment {
    CreateScheduledPayment {
        amount: money(amount),
        description: description.into(),
        occurs_on,
        transaction_type: TransactionType::Debit,
        further: FurtherTerms::default(),
    }
}

fn each(
    recurrence_type: RecurrenceType,
    day: i64,
    payment: CreateScheduledPayment,
) -> CreateScheduledPayment {
    let further = FurtherTerms {
        is_recurring: Some(true),
        recurrence_type: Some(recurrence_type),
        recurrence_day: Some(day),
        ..FurtherTerms::default()
    };
    CreateScheduledPayment { further, ..payment }
}

async fn list(bench: &Bench, caller: &Caller) -> Vec<ScheduledPayment> {
    bench.engine.list_scheduled_payments(caller, Page::ALL).await.unwrap().payments
}

async fn made(bench: &Bench, caller: &Caller, request: CreateScheduledPayment) -> ScheduledPayment {
    bench.engine.create_scheduled_payment(caller, request).await.unwrap()
}

async fn change(
    bench: &Bench,
    caller: &Caller,
    guid: &ScheduledPaymentGuid,
    further: FurtherTerms,
) -> Result<ScheduledPayment, UpdateScheduledPaymentError> {
    let request = UpdateScheduledPayment { further, ..UpdateScheduledPayment::default() };
    bench.engine.update_scheduled_payment(caller, guid, request).await
}

on_both_engines! {
    async fn a_payment_finds_its_merchant_and_is_the_only_open_one_of_it(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let engine = &bench.engine;
        let netflix = made(bench, &caller, once("Netflix", "15.49", date(2026, 2, 1))).await;
        assert_eq!(netflix.merchant_guid, Some(merchant("Netflix")));
        let rent = made(bench, &caller, once("The rent of the flat", "900", date(2026, 2, 1))).await;
        assert_eq!((&rent.merchant_guid, rent.is_recurring, rent.is_completed), (&None, None, false));
        made(bench, &caller, once("The rent of the flat", "900", date(2026, 2, 1))).await;
        let taken = engine.create_scheduled_payment(&caller, once("NETFLIX.COM", "1", date(2026, 3, 1))).await;
        assert!(matches!(taken, Err(CreateScheduledPaymentError::MerchantTaken)));
        let named = FurtherTerms { merchant_guid: Some(merchant("Netflix").to_string()), ..FurtherTerms::default() };
        let taken = change(bench, &caller, &rent.guid, named.clone()).await;
        assert!(matches!(taken, Err(UpdateScheduledPaymentError::MerchantTaken)));
        let done = FurtherTerms { is_completed: Some(true), ..FurtherTerms::default() };
        assert!(change(bench, &caller, &netflix.guid, done).await.unwrap().is_completed);
        let moved = change(bench, &caller, &rent.guid, named).await.unwrap();
        assert_eq!(moved.merchant_guid, Some(merchant("Netflix")));
        let undone = FurtherTerms { is_completed: Some(false), ..FurtherTerms::default() };
        let taken = change(bench, &caller, &netflix.guid, undone).await;
        assert!(matches!(taken, Err(UpdateScheduledPaymentError::MerchantTaken)));
        let renamed = UpdateScheduledPayment { description: Some("Spotify".into()), ..UpdateScheduledPayment::default() };
        let renamed = engine.update_scheduled_payment(&caller, &rent.guid, renamed).await.unwrap();
        assert_eq!(renamed.merchant_guid, Some(merchant("Spotify")));
        let stranger = bench.session("acme", "v").await.caller;
        assert_eq!(engine.read_scheduled_payment(&stranger, &rent.guid).await.unwrap(), None);
        assert!(!engine.delete_scheduled_payment(&stranger, &rent.guid).await.unwrap());
        let foreign = change(bench, &stranger, &rent.guid, FurtherTerms::default()).await;
        assert!(matches!(foreign, Err(UpdateScheduledPaymentError::NoSuchPayment)));
        assert_eq!(list(bench, &caller).await.len(), 3);
        assert!(engine.delete_scheduled_payment(&caller, &rent.guid).await.unwrap());
        assert!(!engine.delete_scheduled_payment(&caller, &rent.guid).await.unwrap());
    }

    async fn how_a_payment_comes_again_is_said_whole_or_not_at_all(bench: &Bench) {
        let caller = bench.session("acme", "u").await.caller;
        let further = |is_recurring, recurrence_type, recurrence_day| FurtherTerms {
            is_recurring, recurrence_type, recurrence_day, ..FurtherTerms::default()
        };
        let (week, month) = (Some(RecurrenceType::EveryWeek), Some(RecurrenceType::EveryMonth));
        let (day, kind) = ("recurrence_day", "recurrence_type");
        for (terms, refused) in [
            (further(Some(true), None, None), InvalidPayment::NoRecurrence(vec![day, kind])),
            (further(Some(true), month, None), InvalidPayment::NoRecurrence(vec![day])),
            (further(Some(true), None, Some(1)), InvalidPayment::NoRecurrence(vec![kind])),
            (further(None, month, Some(1)), InvalidPayment::NotRecurring),
            (further(Some(false), None, Some(1)), InvalidPayment::NotRecurring),
            (further(Some(true), month, Some(32)), InvalidPayment::NoSuchDay(31)),
            (further(Some(true), week, Some(8)), InvalidPayment::NoSuchDay(7)),
            (further(Some(true), week, Some(0)), InvalidPayment::NoSuchDay(7)),
            (
                FurtherTerms { is_completed: Some(true), ..further(Some(true), week, Some(7)) },
                InvalidPayment::CompletedRecurring,
            ),
            (
                FurtherTerms { merchant_guid: Some("MCH-1".into()), ..FurtherTerms::default() },
                InvalidPayment::NoSuchMerchant,
            ),
        ] {
            let request = CreateScheduledPayment { further: terms, ..once("x", "1", date(2026, 2, 1)) };
            let error = bench.engine.create_scheduled_payment(&caller, request).await.unwrap_err();
            assert!(matches!(&error, CreateScheduledPaymentError::Invalid(invalid) if *invalid == refused), "{error}");
        }
        for (request, refused) in [
            (once("x", "-0.01", date(2026, 2, 1)), InvalidPayment::NegativeAmount),
            (once("", "1", date(2026, 2, 1)), InvalidPayment::NoDescription),
        ] {
            let error = bench.engine.create_scheduled_payment(&caller, request).await.unwrap_err();
            assert!(matches!(&error, CreateScheduledPaymentError::Invalid(invalid) if *invalid == refused), "{error}");
        }
        let monthly = each(RecurrenceType::EveryMonth, 31, once("x", "1", date(2026, 2, 1)));
        let guid = made(bench, &caller, monthly).await.guid;
        let later = change(bench, &caller, &guid, further(None, None, Some(30))).await.unwrap();
        assert_eq!((later.recurrence_type, later.recurrence_day), (month, Some(30)));
        let no_day = change(bench, &caller, &guid, further(None, week, None)).await;
        assert!(matches!(no_day, Err(UpdateScheduledPaymentError::Invalid(InvalidPayment::NoSuchDay(7)))));
        let weekly = change(bench, &caller, &guid, further(None, week, Some(7))).await.unwrap();
        assert_eq!((weekly.recurrence_type, weekly.recurrence_day), (week, Some(7)));
        let once = change(bench, &caller, &guid, further(Some(false), None, None)).await.unwrap();
        assert_eq!((once.recurrence(), once.is_recurring), (None, Some(false)));
        let again = change(bench, &caller, &guid, further(Some(true), None, None)).await;
        assert!(matches!(again, Err(UpdateScheduledPaymentError::Invalid(InvalidPayment::NoRecurrence(_)))));
    }
}
