//! Reading what templates look at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_store::accounts::{self, AccountFilter};
use riverbank_store::page::Page;
use riverbank_store::transaction_totals::{self, TotalsFilter};
use riverbank_store::users::User;
use riverbank_store::{Tx, budgets, categories, movements, scheduled_payments};

use super::{Account, Facts, Month, Movement, REACH_BACK_DAYS};
use crate::accounts::in_force;
use crate::budgets::Spending;
use crate::{Engine, Fault, calendar};

/// How far ahead of today movements are told of.
const REACH_AHEAD_DAYS: i64 = 5;
/// Movements that are looked at, at most: the newest.
const MOVEMENTS: i64 = 5_000;
/// Whole months before this one.
const MONTHS_BACK: i64 = 12;

impl Engine {
    /// The money of a user, as a reader sees it.
    pub(in crate::insights) async fn facts_of(
        &self,
        tx: &Tx,
        user: &User,
        now: Timestamp,
    ) -> Result<Facts, Fault> {
        let today = calendar::today(tx, &user.guid, now).await?;
        let (all, _) = accounts::list(tx, &user.guid, AccountFilter::default(), Page::ALL).await?;
        let shown = all.into_iter().filter(|account| !account.is_hidden && !account.is_blocked);
        let accounts = shown
            .map(|account| Ok(Account { facts: in_force(&account)?, guid: account.guid }))
            .collect::<Result<_, Fault>>()?;
        let own_categories = categories::of_user(tx, &user.guid).await?;
        let span = |days: i64| Span::new().days(days);
        let window =
            (today.saturating_sub(span(REACH_BACK_DAYS)), today.saturating_add(span(REACH_AHEAD_DAYS)));
        let rows = movements::between(tx, &user.guid, window, MOVEMENTS).await?;
        let movements: Vec<_> = rows.into_iter().map(|row| Movement::of(row, &own_categories)).collect();
        let mut months = Vec::new();
        for ago in 0..=MONTHS_BACK {
            months.push(month(tx, user, today, ago, &own_categories).await?);
        }
        let found = budgets::of_user(tx, &user.guid).await?;
        let budgets = if found.is_empty() {
            Vec::new()
        } else {
            let spending = Spending::read(tx, &user.guid, now).await?;
            found.into_iter().map(|budget| spending.view(budget)).collect()
        };
        let catalogue = self.catalogue().await?;
        let scheduled_payments = scheduled_payments::open(tx, &user.guid).await?;
        let paid = movements.iter().filter_map(|movement| movement.merchant.as_ref());
        let expected = scheduled_payments.iter().filter_map(|payment| payment.merchant_guid.as_ref());
        let known = paid.chain(expected).filter_map(|guid| {
            let view = catalogue.merchants().merchant(guid)?;
            Some((view.merchant.guid.clone(), view.merchant.name.to_string()))
        });
        let merchants: BTreeMap<_, _> = known.collect();
        Ok(Facts {
            today,
            accounts,
            movements,
            months,
            budgets,
            scheduled_payments,
            own_categories,
            merchants,
        })
    }
}

/// What the month came to that was so many months ago.
async fn month(
    tx: &Tx,
    user: &User,
    today: Date,
    ago: i64,
    own: &[categories::Category],
) -> Result<Month, Fault> {
    let first = today.first_of_month().saturating_sub(Span::new().months(ago));
    let days = (first, first.last_of_month());
    let rows = transaction_totals::category_totals(tx, &user.guid, days, &TotalsFilter::default()).await?;
    let mut month = Month::default();
    for (category, came_in) in rows {
        month.add(category, own, came_in);
    }
    Ok(month)
}
