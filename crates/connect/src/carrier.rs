//! Who carries to users what they are told.

use std::time::Duration;

use async_trait::async_trait;
use riverbank_model::guid::{DeliverableGuid, NotificationGuid, UserGuid};
use riverbank_model::notification::{Channel, NotificationType};

/// Carries what a user is told over a channel.
///
/// Nothing is kept between calls. A call whose answer was lost is made once more: the id tells that it is the same.
#[async_trait]
pub trait Carrier: Send + Sync {
    /// Carries it; on success somebody has taken it over for the user.
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<(), NotCarried>;
}

/// What a user is told over a channel.
#[derive(Clone, Copy, Debug)]
pub struct Parcel<'a> {
    /// Its id.
    pub guid: &'a DeliverableGuid,
    /// What it delivers.
    pub notification_guid: &'a NotificationGuid,
    /// What that is of.
    pub notification_type: NotificationType,
    /// Over what.
    pub channel: Channel,
    /// Whom it is for.
    pub user_guid: &'a UserGuid,
    /// The partner's own id of the user.
    pub user_id: &'a str,
    /// The address or the telephone number; none where the carrier knows the user's devices.
    pub to: Option<&'a str>,
    /// What it says, in a sentence, on one line.
    pub subject: &'a str,
    /// HTML by EMAIL, plain text over the others.
    pub content: &'a str,
}

/// Why something was not carried. No text of these holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotCarried {
    /// It may be tried again.
    #[error("{why}")]
    ForNow {
        /// Why.
        why: String,
        /// Not before so long.
        not_before: Duration,
    },
    /// No other try will do better.
    #[error("{0}")]
    ForGood(String),
}

impl NotCarried {
    /// For now, to be tried again at any time.
    pub fn for_now(why: impl Into<String>) -> Self {
        Self::ForNow { why: why.into(), not_before: Duration::ZERO }
    }
}
