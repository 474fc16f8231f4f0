//! What an endpoint's messages are signed with, and what authenticates to it: sealed in one piece.

use jiff::Timestamp;
use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::Place;
use serde::{Deserialize, Serialize, Serializer};
use zeroize::Zeroizing;

use crate::{Engine, Fault};

/// How a message authenticates to its receiver, beside its signature and a certificate.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Authorization {
    /// Not at all.
    None,
    /// HTTP basic.
    Basic {
        /// The name.
        name: String,
        /// The password.
        #[serde(serialize_with = "exposed")]
        password: SecretText,
    },
    /// A bearer token that stays the same.
    Bearer {
        /// The token.
        #[serde(serialize_with = "exposed")]
        token: SecretText,
    },
    /// A bearer token of OAuth 2, fetched by client credentials and again when it has expired.
    Oauth {
        /// Where tokens are fetched.
        token_url: String,
        /// The client's id there.
        client_id: String,
        /// The client's secret there.
        #[serde(serialize_with = "exposed")]
        client_secret: SecretText,
        /// What is asked for; none leaves it to the receiver.
        scope: Option<String>,
    },
}

impl Authorization {
    /// A word for it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Basic { .. } => "basic",
            Self::Bearer { .. } => "bearer",
            Self::Oauth { .. } => "oauth",
        }
    }
}

/// All secrets of an endpoint.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct EndpointSecrets {
    /// Signs.
    #[serde(serialize_with = "exposed")]
    pub(super) signing: SecretText,
    /// Signs beside it for a while.
    pub(super) previous: Option<PreviousSecret>,
    /// Stands in the header `Authorization`.
    pub(super) authorization: Authorization,
    /// A certificate with its chain and its key, in PEM.
    #[serde(serialize_with = "exposed_if_there")]
    pub(super) certificate: Option<SecretText>,
}

/// A secret that was replaced.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PreviousSecret {
    /// It.
    #[serde(serialize_with = "exposed")]
    pub(super) secret: SecretText,
    /// It signs until then; business time.
    pub(super) until: Timestamp,
}

fn exposed<S: Serializer>(secret: &SecretText, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose_secret())
}

#[expect(clippy::ref_option, reason = "the form that serde asks for")]
fn exposed_if_there<S: Serializer>(secret: &Option<SecretText>, serializer: S) -> Result<S::Ok, S::Error> {
    secret.as_ref().map(ExposeSecret::expose_secret).serialize(serializer)
}

impl Engine {
    pub(super) fn seal_endpoint(
        &self,
        guid: &WebhookEndpointGuid,
        secrets: &EndpointSecrets,
    ) -> Result<Vec<u8>, Fault> {
        let text = serde_json::to_vec(secrets).map(Zeroizing::new).map_err(Fault::internal)?;
        self.seal(&Place::EndpointSecrets(guid), &text)
    }

    pub(super) fn open_endpoint(
        &self,
        guid: &WebhookEndpointGuid,
        sealed: &[u8],
    ) -> Result<EndpointSecrets, Fault> {
        let text = self.unseal(&Place::EndpointSecrets(guid), sealed)?;
        // The reason may quote what it could not read.
        serde_json::from_slice(&text)
            .map_err(|_| Fault::internal("the secrets of an endpoint cannot be read"))
    }
}
