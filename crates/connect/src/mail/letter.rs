//! A letter: what a user is told, as an e-mail with a plain alternative.

use std::str::FromStr;
use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::alternative::alternative;
use crate::carrier::{NotCarried, Parcel};

/// Who letters are from: `alerts@example.com`, or `Riverbank <alerts@example.com>`.
#[derive(Clone, Debug)]
pub struct Sender(Mailbox);

/// The text is no sender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be an e-mail address, such as alerts@example.com or Alerts <alerts@example.com>")]
pub struct NotASender;

impl FromStr for Sender {
    type Err = NotASender;

    fn from_str(text: &str) -> Result<Self, NotASender> {
        text.parse().map(Self).map_err(|_| NotASender)
    }
}

impl Sender {
    /// What stands behind the @.
    pub fn domain(&self) -> &str {
        self.0.email.domain()
    }

    /// The letter for a parcel of EMAIL. Its id is the parcel's, so that one that comes twice is known to be the same; the
    /// header `Auto-Submitted` (RFC 3834) keeps absence notes from being sent back.
    pub(super) fn letter(&self, parcel: &Parcel<'_>, now: Timestamp) -> Result<Message, NotCarried> {
        let broken = |what: &str| NotCarried::ForGood(format!("the {what} cannot be used"));
        let to = parcel.to.and_then(|to| to.parse().ok()).ok_or_else(|| broken("address"))?;
        let sent = Duration::from_secs(u64::try_from(now.as_second()).unwrap_or_default());
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        let automatic = HeaderValue::new(automatic, "auto-generated".to_owned());
        let builder = Message::builder()
            .from(self.0.clone())
            .to(Mailbox::new(None, to))
            .subject(parcel.subject)
            .date(SystemTime::UNIX_EPOCH + sent)
            .message_id(Some(format!("<{}@{}>", parcel.guid, self.domain())))
            .raw_header(automatic);
        let bodies =
            MultiPart::alternative_plain_html(alternative(parcel.content), parcel.content.to_owned());
        builder.multipart(bodies).map_err(|_| broken("letter"))
    }
}
