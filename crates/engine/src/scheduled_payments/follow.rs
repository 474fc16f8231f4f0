//! Scheduled payments follow the ledger: what an import brings in completes them, moves them on and predicts them.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp};
use riverbank_model::guid::{MerchantGuid, UserGuid};
use riverbank_store::scheduled_payments::{self, ScheduledPayment};
use riverbank_store::transaction_totals;
use riverbank_store::{StoreError, Tx, users};

use super::predict::{Expected, YEARLY_REACH_DAYS, expected};
use super::settle::{first_day, settled};
use crate::{Engine, Fault, calendar};

/// What is to be written so that the payments of a user follow its ledger.
#[derive(Debug, Default)]
struct Changes {
    /// Payments that say something else than before.
    changed: Vec<ScheduledPayment>,
    /// Predictions of merchants that had none.
    made: Vec<(MerchantGuid, Expected)>,
    /// Predictions of what comes no more.
    gone: Vec<ScheduledPayment>,
    /// Merchants of which the user wanted none to be predicted, and of which there would be none any more.
    recalled: Vec<MerchantGuid>,
}

impl Changes {
    fn are_none(&self) -> bool {
        self.changed.is_empty() && self.made.is_empty() && self.gone.is_empty() && self.recalled.is_empty()
    }

    /// What the ledger of a user says of its payments on this moment's day.
    async fn of(tx: &Tx, user: &UserGuid, now: Timestamp) -> Result<Self, StoreError> {
        let today = calendar::today(tx, user, now).await?;
        let open = scheduled_payments::open(tx, user).await?;
        let (predicted, told): (Vec<_>, Vec<_>) = open.into_iter().partition(|one| one.is_predicted);
        let mut changes = Self::default();

        let of_merchants = told.iter().filter(|payment| payment.merchant_guid.is_some());
        let first = of_merchants.map(|payment| first_day(payment.occurs_on, today)).min().unwrap_or(today);
        let merchants: Vec<_> = told.iter().filter_map(|payment| payment.merchant_guid.clone()).collect();
        let paid = transaction_totals::paid_to(tx, user, first, &merchants).await?;
        let mut taken = Vec::new();
        for payment in told {
            let settled = settled(&payment, &paid);
            if settled.as_ref().is_none_or(|settled| !settled.is_completed) {
                taken.extend(payment.merchant_guid);
            }
            changes.changed.extend(settled);
        }

        let since = today.saturating_sub(Span::new().days(YEARLY_REACH_DAYS));
        let mut expected = expected(&transaction_totals::recurring(tx, user, since).await?, today);
        for merchant in scheduled_payments::dismissed(tx, user).await? {
            if expected.remove(&merchant).is_none() {
                changes.recalled.push(merchant);
            }
        }
        expected.retain(|merchant, _| !taken.contains(merchant));
        changes.predict(predicted, expected);
        Ok(changes)
    }

    /// Has the predictions be those that are expected.
    fn predict(&mut self, predicted: Vec<ScheduledPayment>, mut expected: BTreeMap<MerchantGuid, Expected>) {
        for before in predicted {
            match before.merchant_guid.as_ref().and_then(|merchant| expected.remove(merchant)) {
                Some(next) => {
                    let mut payment = before.clone();
                    next.write(&mut payment);
                    if payment != before {
                        self.changed.push(payment);
                    }
                }
                None => self.gone.push(before),
            }
        }
        self.made.extend(expected);
    }
}

impl Engine {
    /// Has the scheduled payments of a user follow its ledger. Twice changes nothing, and what was missed is made up for.
    pub(crate) async fn follow_ledger(&self, user: &UserGuid) -> Result<(), Fault> {
        let changes = Changes::of(&*self.store().read().await?, user, self.now()).await?;
        if changes.are_none() {
            return Ok(());
        }
        let (engine, user) = (self.clone(), user.clone());
        let writing = self.store().write(async move |tx| {
            if !users::hold(tx, &user).await? {
                return Ok(());
            }
            let now = engine.now();
            let changes = Changes::of(tx, &user, now).await?;
            for gone in &changes.gone {
                scheduled_payments::delete(tx, gone).await?;
            }
            for payment in changes.changed {
                scheduled_payments::store(tx, &ScheduledPayment { updated_at: now, ..payment }).await?;
            }
            for (merchant, next) in changes.made {
                let payment = engine.prediction(tx, &user, merchant, next, now).await?;
                scheduled_payments::store(tx, &payment).await?;
            }
            for merchant in &changes.recalled {
                scheduled_payments::recall(tx, &user, merchant).await?;
            }
            Ok::<_, Fault>(())
        });
        writing.await
    }

    /// A new prediction. Its id follows from what it is, not from how many things its user has: imports run at any time, and
    /// the same calls are to give the same ids. One that is taken stays with what a client has made of an earlier prediction.
    async fn prediction(
        &self,
        tx: &Tx,
        user: &UserGuid,
        merchant: MerchantGuid,
        next: Expected,
        now: Timestamp,
    ) -> Result<ScheduledPayment, StoreError> {
        let (key, mut number) = (format!("{user} {merchant} {}", next.occurs_on), 1);
        let mut guid = self.guid_within(user, &key, number);
        while scheduled_payments::find(tx, user, &guid).await?.is_some() {
            number += 1;
            guid = self.guid_within(user, &key, number);
        }
        let mut payment = ScheduledPayment {
            user_guid: user.clone(),
            guid,
            amount: next.amount,
            description: String::new(),
            occurs_on: next.occurs_on,
            transaction_type: next.transaction_type,
            is_completed: false,
            is_recurring: None,
            merchant_guid: Some(merchant),
            recurrence_type: None,
            recurrence_day: None,
            is_predicted: true,
            created_at: now,
            updated_at: now,
        };
        next.write(&mut payment);
        Ok(payment)
    }
}
