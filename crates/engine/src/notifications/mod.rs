//! Notifications: what users are told, by triggers and by their partner.

mod create;
mod list;
mod notify;
mod read;

pub use create::{CreateNotification, CreateNotificationError};
pub use riverbank_store::notifications::Notification;

#[cfg(test)]
mod tests;
