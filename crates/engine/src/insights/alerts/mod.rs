//! Alerts: what of the same facts a user is notified of, by marks of its own. One file is one alert, with its tests.

mod account_balance_low;
mod account_deposit_large;
mod budget_exceeded;
mod budget_off_target;
mod debt_payment_reminder;
mod transaction_expense_large;
mod transaction_fee_charge;

use riverbank_model::money::Money;
use riverbank_model::notification::{Channels, NotificationType};

use super::{Facts, Movement};
use crate::budgets::BudgetView;
use crate::notifications::{AlertSetting, Notice};

/// For how many days what has moved is worth an alert: banks book at the next working day, over a weekend.
const NEWS_DAYS: i64 = 3;

/// A kind of alert.
pub(super) struct Alert {
    /// What its notifications are of.
    notification_type: NotificationType,
    /// What there is to tell, by the user's mark. The same facts give the same.
    find: fn(&Facts, Money) -> Vec<Alarm>,
}

/// Something that an alert has found.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Alarm {
    /// What makes it the same fact when it is found again.
    key: String,
    /// What it says.
    subject: String,
    /// What it hangs on.
    entity: String,
    /// What set it off.
    deep_link: String,
}

/// All alerts.
static ALERTS: [&Alert; 7] = [
    &budget_exceeded::ALERT,
    &budget_off_target::ALERT,
    &debt_payment_reminder::ALERT,
    &account_balance_low::ALERT,
    &account_deposit_large::ALERT,
    &transaction_expense_large::ALERT,
    &transaction_fee_charge::ALERT,
];

/// What a user with these settings is to be notified of.
pub(super) fn find(facts: &Facts, settings: &[AlertSetting]) -> Vec<Notice> {
    let mut notices = Vec::new();
    for alert in ALERTS {
        let setting = settings.iter().find(|setting| setting.notification_type == alert.notification_type);
        let Some(setting) = setting.filter(|setting| setting.channels != Channels::NONE) else { continue };
        let mark = whole(setting.threshold.unwrap_or_default());
        let found = (alert.find)(facts, mark);
        notices.extend(found.into_iter().map(|alarm| alarm.notice(setting)));
    }
    notices
}

impl Alarm {
    /// About a movement.
    fn of(movement: &Movement, subject: String) -> Self {
        Self {
            key: movement.guid.to_string(),
            subject,
            entity: movement.account.to_string(),
            deep_link: movement.guid.to_string(),
        }
    }

    /// About a budget, once a month.
    fn of_budget(facts: &Facts, view: &BudgetView, subject: String) -> Self {
        let guid = view.budget.guid.to_string();
        Self {
            key: format!("{guid}/{}", facts.month_before(0)),
            subject,
            entity: guid.clone(),
            deep_link: guid,
        }
    }

    fn notice(self, setting: &AlertSetting) -> Notice {
        Notice {
            notification_type: setting.notification_type,
            fact: Some(format!("{}/{}", setting.notification_type.name(), self.key)),
            texts: setting.texts(&self.subject),
            subject: self.subject,
            entity_guid: Some(self.entity),
            deep_link_guid: Some(self.deep_link),
            threshold: setting.threshold,
        }
    }
}

/// What was booked in the last days.
fn news(facts: &Facts) -> impl Iterator<Item = &Movement> {
    let from = facts.days_ago(NEWS_DAYS);
    facts.news().filter(move |one| one.date >= from)
}

/// An amount of whole units, as users set marks.
fn whole(units: i64) -> Money {
    Money::from_units(units.saturating_mul(10_i64.pow(Money::SCALE)))
}
