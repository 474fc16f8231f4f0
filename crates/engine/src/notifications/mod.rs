//! Notifications: what users are told, by triggers and by their partner.

mod about;
mod alert_settings;
mod create;
mod list;
mod notify;
mod read;

pub use alert_settings::{AlertSetting, SetAlert, SetAlertError};
pub use create::{CreateNotification, CreateNotificationError};
pub use riverbank_store::notifications::Notification;

pub(crate) use about::About;
pub(crate) use alert_settings::settings_of;
pub(crate) use notify::Notice;

#[cfg(test)]
mod tests;
