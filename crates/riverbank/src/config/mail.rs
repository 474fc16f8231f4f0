//! The settings of what goes out to users by mail and over the gateway for text messages and pushes.

use riverbank_connect::mail::{Relay, Sender};
use riverbank_model::SecretText;
use url::Url;

use super::error::ConfigError;
use super::setting::{MAIL_FROM, MESSAGE_GATEWAY_SECRET, MESSAGE_GATEWAY_URL, SMTP_URL};
use super::sources::Sources;
use super::values;

/// How mail goes out.
#[derive(Debug, Clone)]
pub struct Mail {
    pub relay: Relay,
    pub sender: Sender,
}

impl Mail {
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let relay = sources.read(&SMTP_URL, str::parse::<Relay>)?;
        let sender = sources.read(&MAIL_FROM, str::parse::<Sender>)?;
        match (relay, sender) {
            (Some(relay), Some(sender)) => Ok(Some(Self { relay, sender })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(ConfigError::Half { given: SMTP_URL.key, missing: MAIL_FROM.key }),
            (None, Some(_)) => Err(ConfigError::Half { given: MAIL_FROM.key, missing: SMTP_URL.key }),
        }
    }
}

/// Who carries text messages and pushes.
#[derive(Debug, Clone)]
pub struct MessageGateway {
    pub url: Url,
    pub secret: SecretText,
}

impl MessageGateway {
    pub(super) fn read(sources: &Sources) -> Result<Option<Self>, ConfigError> {
        let url = sources.read(&MESSAGE_GATEWAY_URL, values::gateway_url)?;
        let secret = sources.read(&MESSAGE_GATEWAY_SECRET, values::secret)?;
        let (address, key) = (MESSAGE_GATEWAY_URL.key, MESSAGE_GATEWAY_SECRET.key);
        match (url, secret) {
            (Some(url), Some(secret)) => Ok(Some(Self { url, secret })),
            (None, None) => Ok(None),
            (Some(_), None) => Err(ConfigError::Half { given: address, missing: key }),
            (None, Some(_)) => Err(ConfigError::Half { given: key, missing: address }),
        }
    }
}
