//! One end user's way to a provider and back.

use riverbank_model::{ExposeSecret, SecretText, Secrets};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::{OauthProvider, challenge, unguessable};

/// What must be known again when the end user comes back. To be kept sealed.
#[derive(Debug)]
pub struct Attempt {
    /// Whom the end user was sent to: an answer of anybody else is none.
    pub issuer: String,
    /// Where the end user is to come back to, to the letter.
    pub redirect_uri: String,
    pub(super) verifier: SecretText,
    /// Binds an id token to this attempt.
    pub(super) nonce: Option<SecretText>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    issuer: String,
    redirect_uri: String,
    verifier: String,
    nonce: Option<String>,
}

impl Attempt {
    /// A new attempt.
    pub fn new(provider: &OauthProvider, redirect_uri: String, secrets: &dyn Secrets) -> Self {
        Self {
            issuer: provider.issuer.clone(),
            redirect_uri,
            verifier: unguessable(secrets),
            nonce: provider.speaks_openid().then(|| unguessable(secrets)),
        }
    }

    /// As bytes; they hold secrets.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        let plain = |secret: &SecretText| secret.expose_secret().to_owned();
        let stored = Stored {
            issuer: self.issuer.clone(),
            redirect_uri: self.redirect_uri.clone(),
            verifier: plain(&self.verifier),
            nonce: self.nonce.as_ref().map(plain),
        };
        serde_json::to_vec(&stored).map(Zeroizing::new)
    }

    /// The attempt of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let Stored { issuer, redirect_uri, verifier, nonce } = serde_json::from_slice(bytes)?;
        let (verifier, nonce) = (verifier.into(), nonce.map(SecretText::from));
        Ok(Self { issuer, redirect_uri, verifier, nonce })
    }

    /// The parameters of the authorisation request (RFC 6749, 4.1.1; RFC 7636, 4.3).
    pub(super) fn parameters(&self, provider: &OauthProvider, state: &SecretText) -> Vec<(&str, String)> {
        let mut parameters = vec![
            ("response_type", "code".to_owned()),
            ("client_id", provider.client_id.clone()),
            ("redirect_uri", self.redirect_uri.clone()),
            ("scope", provider.scopes.join(" ")),
            ("state", state.expose_secret().to_owned()),
            ("code_challenge", challenge(&self.verifier)),
            ("code_challenge_method", "S256".to_owned()),
        ];
        parameters.extend(self.nonce.as_ref().map(|nonce| ("nonce", nonce.expose_secret().to_owned())));
        parameters
    }
}
