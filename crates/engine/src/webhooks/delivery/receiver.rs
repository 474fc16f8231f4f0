//! An endpoint that is ready to be sent to: its secrets opened, its client made.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use riverbank_connect::transport::{Client, HeaderValue, Identity, Url};
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::webhook_endpoints::WebhookEndpoint;
use riverbank_store::webhook_messages::DueEndpoint;
use zeroize::Zeroizing;

use super::token::Tokens;
use crate::Engine;
use crate::webhooks::secrets::{Authorization, EndpointSecrets};
use crate::webhooks::signature::Signer;

/// What stands in the header `Authorization`.
pub(super) enum Credential {
    None,
    Fixed(HeaderValue),
    Oauth(Box<Tokens>),
}

/// An endpoint, ready.
pub(in crate::webhooks) struct Receiver {
    pub(super) url: Url,
    pub(super) client: Client,
    pub(super) credential: Credential,
    signer: Signer,
    /// The secret before, and until when it signs as well.
    previous: Option<(Signer, Timestamp)>,
}

/// Why an endpoint cannot be sent to, in words for its log.
pub(in crate::webhooks) type Unusable = &'static str;

/// An endpoint, ready or not.
pub(in crate::webhooks) type Opened = Arc<Result<Receiver, Unusable>>;

impl Receiver {
    fn open(
        endpoint: &WebhookEndpoint,
        secrets: &EndpointSecrets,
        client: &Client,
    ) -> Result<Self, Unusable> {
        let signer = |secret| Signer::new(secret).ok_or("the endpoint's secret cannot be used");
        let client = match &secrets.certificate {
            None => client.clone(),
            Some(pem) => {
                let identity = Identity::from_pem(pem.expose_secret().as_bytes());
                let identity = identity.map_err(|_| "the endpoint's certificate cannot be used")?;
                let made = Client::identified(client.policy().clone(), &identity);
                made.map_err(|_| "the endpoint's certificate cannot be used")?
            }
        };
        Ok(Self {
            url: endpoint.url.parse().map_err(|_| "the endpoint's address cannot be read")?,
            credential: Credential::of(&secrets.authorization)?,
            client,
            signer: signer(&secrets.signing)?,
            previous: match &secrets.previous {
                Some(previous) => Some((signer(&previous.secret)?, previous.until)),
                None => None,
            },
        })
    }

    /// The header with the signatures of a message: of both secrets while one takes over from the other.
    pub(super) fn sign(&self, id: &WebhookMessageGuid, timestamp: i64, body: &str, now: Timestamp) -> String {
        let signature = self.signer.sign(id.as_str(), timestamp, body);
        match &self.previous {
            Some((previous, until)) if now < *until => {
                format!("{signature} {}", previous.sign(id.as_str(), timestamp, body))
            }
            _ => signature,
        }
    }
}

impl Credential {
    fn of(authorization: &Authorization) -> Result<Self, Unusable> {
        Ok(match authorization {
            Authorization::None => Self::None,
            Authorization::Basic { name, password } => Self::Fixed(basic(name, password)?),
            Authorization::Bearer { token } => Self::Fixed(bearer(token)?),
            Authorization::Oauth { token_url, client_id, client_secret, scope } => {
                let url = token_url.parse().map_err(|_| "the token address cannot be read")?;
                Self::Oauth(Box::new(Tokens::new(url, client_id, client_secret, scope.clone())?))
            }
        })
    }
}

/// The header of HTTP basic.
pub(super) fn basic(name: &str, password: &SecretText) -> Result<HeaderValue, Unusable> {
    let pair = Zeroizing::new(format!("{name}:{}", password.expose_secret()));
    secret_header(format!("Basic {}", STANDARD.encode(pair.as_bytes())))
}

/// The header of a bearer token.
pub(super) fn bearer(token: &SecretText) -> Result<HeaderValue, Unusable> {
    secret_header(format!("Bearer {}", token.expose_secret()))
}

fn secret_header(text: String) -> Result<HeaderValue, Unusable> {
    let mut value = HeaderValue::try_from(text).map_err(|_| "what authenticates cannot stand in a header")?;
    value.set_sensitive(true);
    Ok(value)
}

/// The endpoints that this process has opened, as they were when their secrets were sealed.
#[derive(Default)]
pub(crate) struct Receivers(Mutex<HashMap<WebhookEndpointGuid, (Vec<u8>, Opened)>>);

impl Receivers {
    /// Forgets the endpoints that nothing is sent to any more, with their secrets and connections.
    pub(super) fn keep(&self, live: &[DueEndpoint]) {
        let live: HashSet<_> = live.iter().map(|one| &one.guid).collect();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|guid, _| live.contains(guid));
    }

    /// Whether an endpoint is open.
    #[cfg(test)]
    pub(in crate::webhooks) fn knows(&self, endpoint: &WebhookEndpointGuid) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains_key(endpoint)
    }

    /// An endpoint, opened once for each change of its secrets.
    pub(in crate::webhooks) fn open(&self, engine: &Engine, endpoint: &WebhookEndpoint) -> Opened {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match known.get(&endpoint.guid) {
            Some((sealed, opened)) if *sealed == endpoint.secrets => Arc::clone(opened),
            _ => {
                let secrets = engine.open_endpoint(&endpoint.guid, &endpoint.secrets).map_err(|fault| {
                    fault.log("the secrets of an endpoint do not open");
                    "the endpoint's secrets do not open"
                });
                let client = &engine.parts.webhook_client;
                let opened = Arc::new(secrets.and_then(|secrets| Receiver::open(endpoint, &secrets, client)));
                // What did not open may do so once the keyring was read anew.
                if opened.is_ok() {
                    known.insert(endpoint.guid.clone(), (endpoint.secrets.clone(), Arc::clone(&opened)));
                }
                opened
            }
        }
    }
}
