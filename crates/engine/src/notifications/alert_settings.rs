//! What users are alerted of: all of it, at the marks of the reference, until an operator sets something else for one.

use riverbank_connect::mail::as_html;
use riverbank_model::guid::UserGuid;
use riverbank_model::notification::{Channel, Channels, NotificationType};
use riverbank_store::alert_settings;
use riverbank_store::{StoreError, Tx, users};

use crate::clients::record;
use crate::fault::faults;
use crate::{Engine, Fault};

/// A setting of a user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AlertSetting {
    /// What it is about.
    pub notification_type: NotificationType,
    /// The mark, in whole units of whatever currency; none where there is none to set.
    pub threshold: Option<i64>,
    /// What an alert goes out over; over nothing it is not made.
    pub channels: Channels,
}

/// The alerts that there are, and their marks (default thresholds of the mobile app; Nexus reference, notifications).
const DEFAULTS: [(NotificationType, Option<i64>); 7] = [
    (NotificationType::BudgetExceeded, None),
    (NotificationType::BudgetOffTarget, None),
    (NotificationType::DebtPaymentReminder, None),
    (NotificationType::AccountBalanceLow, Some(100)),
    (NotificationType::AccountDepositLarge, Some(500)),
    (NotificationType::TransactionExpenseLarge, Some(100)),
    (NotificationType::TransactionFeeCharge, Some(0)),
];

/// What an operator sets for a user; what is absent stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetAlert {
    /// What it is about.
    pub notification_type: NotificationType,
    /// The mark, in whole units.
    pub threshold: Option<i64>,
    /// What it goes out over.
    pub channels: Option<Channels>,
}

/// Why an alert cannot be set.
#[derive(Debug, thiserror::Error)]
pub enum SetAlertError {
    /// There is no such user.
    #[error("there is no such user")]
    NoUser,
    /// Nobody is alerted of it.
    #[error("there are no alerts of {}: those there are, are {}", .0.name(), names())]
    NoAlert(NotificationType),
    /// It has no mark.
    #[error("alerts of {} have no threshold", .0.name())]
    NoThreshold(NotificationType),
    /// Below nothing.
    #[error("a threshold must not be negative")]
    Negative,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(SetAlertError);

fn names() -> String {
    DEFAULTS.map(|(notification_type, _)| notification_type.name()).join(", ")
}

/// The settings of a user, those that nobody has set among them.
pub(crate) async fn settings_of(tx: &Tx, user: &UserGuid) -> Result<Vec<AlertSetting>, StoreError> {
    let set = alert_settings::of_user(tx, user).await?;
    let settings = DEFAULTS.iter().map(|(notification_type, threshold)| {
        match set.iter().find(|one| one.notification_type == *notification_type) {
            Some(one) => AlertSetting {
                notification_type: *notification_type,
                threshold: one.threshold,
                channels: one.channels,
            },
            // Nobody gets mail or messages that nobody has asked for.
            None => AlertSetting {
                notification_type: *notification_type,
                threshold: *threshold,
                channels: [Channel::InApp].into_iter().collect(),
            },
        }
    });
    Ok(settings.collect())
}

impl AlertSetting {
    /// What goes out over each of its channels.
    pub(crate) fn texts(&self, subject: &str) -> Vec<(Channel, String)> {
        let text = |channel| match channel {
            Channel::Email => (channel, as_html(subject)),
            Channel::Sms | Channel::Push | Channel::InApp => (channel, subject.to_owned()),
        };
        self.channels.iter().map(text).collect()
    }
}

impl Engine {
    /// What a user is alerted of; none when there is no such user.
    pub async fn alert_settings(&self, user: &UserGuid) -> Result<Option<Vec<AlertSetting>>, Fault> {
        let reader = self.store().read().await?;
        if users::find(&reader, user).await?.is_none() {
            return Ok(None);
        }
        Ok(Some(settings_of(&reader, user).await?))
    }

    /// Sets what a user is alerted of.
    pub async fn set_alert(&self, user: &UserGuid, set: SetAlert) -> Result<(), SetAlertError> {
        let SetAlert { notification_type, threshold, channels } = set;
        let (user, now) = (user.clone(), self.now());
        let writing = self.store().write(async move |tx| {
            let found = users::find(tx, &user).await?.ok_or(SetAlertError::NoUser)?;
            let settings = settings_of(tx, &user).await?;
            let known = settings.into_iter().find(|one| one.notification_type == notification_type);
            let known = known.ok_or(SetAlertError::NoAlert(notification_type))?;
            if threshold.is_some() && known.threshold.is_none() {
                return Err(SetAlertError::NoThreshold(notification_type));
            }
            if threshold.is_some_and(|threshold| threshold < 0) {
                return Err(SetAlertError::Negative);
            }
            record(tx, &found.client_guid, "users.alerts", user.as_str(), now).await?;
            let setting = alert_settings::AlertSetting {
                user_guid: user,
                notification_type,
                threshold: threshold.or(known.threshold),
                channels: channels.unwrap_or(known.channels),
            };
            Ok(alert_settings::store(tx, &setting).await?)
        });
        writing.await
    }
}

#[cfg(test)]
mod tests;
