//! Reading what templates look at.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use riverbank_store::accounts::{self, AccountFilter};
use riverbank_store::page::Page;
use riverbank_store::users::User;
use riverbank_store::{Reader, budgets, categories, movements, scheduled_payments};

use super::{Account, Facts, Month, Movement, REACH_BACK_DAYS};
use crate::accounts::in_force;
use crate::budgets::Spending;
use crate::category_sums::Sums;
use crate::{Engine, Fault, calendar};

/// How far ahead of today movements are told of.
const REACH_AHEAD_DAYS: i64 = 5;
/// Movements that are looked at, at most: the newest.
const MOVEMENTS: i64 = 5_000;
/// Whole months before this one.
const MONTHS_BACK: i64 = 3;

impl Engine {
    /// The money of a user, as a reader sees it.
    pub(in crate::insights) async fn facts_of(
        &self,
        reader: &Reader,
        user: &User,
        now: Timestamp,
        is_morning: bool,
    ) -> Result<Facts, Fault> {
        let today = calendar::today(reader, &user.guid, now).await?;
        let (all, _) = accounts::list(reader, &user.guid, AccountFilter::default(), Page::ALL).await?;
        let shown = all.into_iter().filter(|account| !account.is_hidden && !account.is_blocked);
        let accounts = shown
            .map(|account| Ok(Account { facts: in_force(&account)?, guid: account.guid }))
            .collect::<Result<_, Fault>>()?;
        let own_categories = categories::of_user(reader, &user.guid).await?;
        let span = |days: i64| Span::new().days(days);
        let window =
            (today.saturating_sub(span(REACH_BACK_DAYS)), today.saturating_add(span(REACH_AHEAD_DAYS)));
        let rows = movements::between(reader, &user.guid, window, MOVEMENTS).await?;
        let movements: Vec<_> = rows.into_iter().map(|row| Movement::of(row, &own_categories)).collect();
        let months =
            if is_morning { self.months(reader, user, today, &own_categories).await? } else { Vec::new() };
        let found = budgets::of_user(reader, &user.guid).await?;
        let budgets = if found.is_empty() {
            Vec::new()
        } else {
            let spending = Spending::kept(self, reader, &user.guid).await?;
            found.into_iter().map(|budget| spending.view(budget)).collect()
        };
        let catalogue = self.catalogue().await?;
        let scheduled_payments = scheduled_payments::open(reader, &user.guid).await?;
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

    /// What this month and those before it came to.
    async fn months(
        &self,
        reader: &Reader,
        user: &User,
        today: Date,
        own: &[categories::Category],
    ) -> Result<Vec<Month>, Fault> {
        let first = |ago| today.first_of_month().saturating_sub(Span::new().months(ago));
        let ranges: Vec<_> = (0..=MONTHS_BACK).map(first).map(|day| (day, day.last_of_month())).collect();
        let sums = self.category_sums.of_each(reader, &user.guid, &ranges).await?;
        let month = |sums: &Sums| {
            let mut month = Month::default();
            for (category, came_in) in sums.iter() {
                month.add(category.clone(), own, *came_in);
            }
            month
        };
        Ok(sums.iter().map(month).collect())
    }
}
