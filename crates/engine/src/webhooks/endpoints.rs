//! Endpoints: made, shown, disabled and removed by an operator.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_connect::transport::{Identity, NotAnIdentity};
use riverbank_model::guid::{ClientGuid, WebhookEndpointGuid};
use riverbank_model::limits::{TEXT, WEBHOOK_ENDPOINTS};
use riverbank_model::webhook::EventKinds;
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::webhook_endpoints::{self, WebhookEndpoint};
use riverbank_store::{StoreError, Tx, audit, clients, webhook_messages};
use url::Url;

use super::secrets::{Authorization, EndpointSecrets, PreviousSecret};
use super::signature::make_secret;
use crate::clients::Client;
use crate::fault::faults;
use crate::{Engine, Fault};

/// What an endpoint is made of.
#[derive(Clone, Debug)]
pub struct NewEndpoint {
    /// The id of its client.
    pub client_id: String,
    /// Where messages go.
    pub url: String,
    /// What it is told of.
    pub events: EventKinds,
    /// How messages authenticate to it.
    pub authorization: Authorization,
    /// A certificate to show it, with its chain and its key, in PEM.
    pub certificate: Option<SecretText>,
}

/// An endpoint as an operator sees it.
#[derive(Clone, Debug)]
pub struct EndpointView {
    /// The endpoint.
    pub endpoint: WebhookEndpoint,
    /// The id of its client.
    pub client_id: String,
    /// What its messages authenticate with: one of the words of [`Authorization::kind`]; none when that cannot be read.
    pub authorization: Option<&'static str>,
    /// Whether it is shown a certificate.
    pub has_certificate: bool,
    /// Until when an older secret signs as well.
    pub old_secret_until: Option<Timestamp>,
}

/// A new endpoint, or one with a new secret.
#[derive(Clone, Debug)]
pub struct EndpointWithSecret {
    /// The endpoint.
    pub view: EndpointView,
    /// What its messages are signed with: shown only now.
    pub secret: SecretText,
}

/// Why an endpoint is not made.
#[derive(Debug, thiserror::Error)]
pub enum AddEndpointError {
    /// No client has this id.
    #[error("there is no client {0}")]
    NoSuchClient(String),
    /// Messages cannot go there.
    #[error("{what} {problem}")]
    Address {
        /// Which address.
        what: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A name that HTTP basic cannot carry, or an empty one.
    #[error("{0} must have 1 to {TEXT} printable characters{more}", more = if *.0 == "name" { ", and no colon" } else { "" })]
    Authorization(&'static str),
    /// The certificate cannot be used.
    #[error("certificate: {0}")]
    Certificate(#[from] NotAnIdentity),
    /// Nothing would ever be sent.
    #[error("events must name at least one kind")]
    NoEvents,
    /// The client has as many as it may have.
    #[error("a client has at most {WEBHOOK_ENDPOINTS} endpoints")]
    TooMany,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(AddEndpointError);

/// An operation on an endpoint that is there.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// No endpoint has this id.
    #[error("there is no endpoint {0}")]
    NoSuchEndpoint(WebhookEndpointGuid),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(EndpointError);

/// What is done to an endpoint that needs to be told no more.
enum Change {
    Disable,
    Enable,
    Remove,
}

impl Engine {
    /// Makes an endpoint of a client, with a fresh secret.
    pub async fn add_endpoint(&self, new: NewEndpoint) -> Result<EndpointWithSecret, AddEndpointError> {
        self.check_endpoint(&new)?;
        let secret = make_secret(&*self.parts.secrets);
        let secrets = EndpointSecrets {
            signing: secret.clone(),
            previous: None,
            authorization: new.authorization.clone(),
            certificate: new.certificate.clone(),
        };
        let (engine, now) = (self.clone(), self.now());
        let written = self.parts.store.write(async move |tx| {
            let found = clients::find_by_id(tx, &new.client_id).await?;
            let client = found.ok_or(AddEndpointError::NoSuchClient(new.client_id))?;
            if webhook_endpoints::list_of_client(tx, &client.guid).await?.len() >= WEBHOOK_ENDPOINTS {
                return Err(AddEndpointError::TooMany);
            }
            let number = clients::count_endpoint(tx, &client.guid).await?;
            let guid: WebhookEndpointGuid = engine.guid(&client.guid, number);
            let endpoint = WebhookEndpoint {
                secrets: engine.seal_endpoint(&guid, &secrets)?,
                guid,
                client_guid: client.guid,
                number,
                url: new.url,
                events: new.events,
                failures: 0,
                paused_until: None,
                disabled_at: None,
                disabled_because: None,
                created_at: now,
                updated_at: now,
            };
            webhook_endpoints::insert(tx, &endpoint).await?;
            record(tx, &endpoint.client_guid, "webhook_endpoints.create", &endpoint.guid, now).await?;
            Ok((endpoint, client.client_id))
        });
        let (endpoint, client_id) = written.await?;
        Ok(EndpointWithSecret { view: self.endpoint_view(endpoint, client_id), secret })
    }

    fn check_endpoint(&self, new: &NewEndpoint) -> Result<(), AddEndpointError> {
        self.check_address("the address", &new.url)?;
        match &new.authorization {
            Authorization::None | Authorization::Bearer { .. } => {}
            Authorization::Basic { name, .. } if is_plain(name) && !name.contains(':') => {}
            Authorization::Basic { .. } => return Err(AddEndpointError::Authorization("name")),
            Authorization::Oauth { token_url, client_id, .. } => {
                self.check_address("the token address", token_url)?;
                if !is_plain(client_id) {
                    return Err(AddEndpointError::Authorization("client_id"));
                }
            }
        }
        if let Some(certificate) = &new.certificate {
            Identity::from_pem(certificate.expose_secret().as_bytes())?;
        }
        if new.events.bits() == 0 { Err(AddEndpointError::NoEvents) } else { Ok(()) }
    }

    fn check_address(&self, what: &'static str, address: &str) -> Result<(), AddEndpointError> {
        let refuse = |problem: String| AddEndpointError::Address { what, problem };
        if address.chars().count() > TEXT {
            return Err(refuse(format!("has more than {TEXT} characters")));
        }
        let url = Url::parse(address).map_err(|_| refuse("is no address".to_owned()))?;
        if url.fragment().is_some() {
            return Err(refuse("has a fragment, which no server sees".to_owned()));
        }
        self.parts
            .webhook_client
            .policy()
            .check(&url)
            .map_err(|error| refuse(format!("cannot be used: {error}")))
    }

    /// The endpoints of a client, or of all clients.
    pub async fn list_endpoints(&self, client_id: Option<&str>) -> Result<Vec<EndpointView>, Fault> {
        let reader = self.parts.store.read().await?;
        let clients = clients::list(&reader).await?;
        let endpoints = webhook_endpoints::list(&reader).await?;
        drop(reader);
        let views = endpoints.into_iter().filter_map(|endpoint| {
            let client = clients.iter().find(|client| client.guid == endpoint.client_guid)?;
            let is_wanted = client_id.is_none_or(|wanted| wanted == client.client_id);
            is_wanted.then(|| self.endpoint_view(endpoint, client.client_id.clone()))
        });
        Ok(views.collect())
    }

    /// The endpoints of a client after the one with this number, in the order in which they were made.
    pub async fn endpoints_after(
        &self,
        client: &Client,
        after: i64,
        limit: i64,
    ) -> Result<Vec<EndpointView>, Fault> {
        let reader = self.parts.store.read().await?;
        let endpoints = webhook_endpoints::page_of_client(&reader, &client.guid, after, limit).await?;
        drop(reader);
        let view = |endpoint| self.endpoint_view(endpoint, client.client_id.clone());
        Ok(endpoints.into_iter().map(view).collect())
    }

    /// Sends nothing more to an endpoint; what still waits for it is given up, and can be replayed.
    pub async fn disable_endpoint(&self, guid: &WebhookEndpointGuid) -> Result<(), EndpointError> {
        self.change_endpoint(guid, Change::Disable).await
    }

    /// Sends to an endpoint again what happens from now on.
    pub async fn enable_endpoint(&self, guid: &WebhookEndpointGuid) -> Result<(), EndpointError> {
        self.change_endpoint(guid, Change::Enable).await
    }

    /// Removes an endpoint, with the log of its messages.
    pub async fn remove_endpoint(&self, guid: &WebhookEndpointGuid) -> Result<(), EndpointError> {
        self.change_endpoint(guid, Change::Remove).await
    }

    async fn change_endpoint(&self, guid: &WebhookEndpointGuid, change: Change) -> Result<(), EndpointError> {
        let (guid, now) = (guid.clone(), self.now());
        let written = self.parts.store.write(async move |tx| {
            let endpoint = existing(tx, &guid).await?;
            let action = match change {
                Change::Disable => {
                    disable(tx, &guid, "it was disabled by the operator", now).await?;
                    "webhook_endpoints.disable"
                }
                Change::Enable => {
                    // What came back from a sender that died while it was disabled waits still.
                    if webhook_endpoints::enable(tx, &guid, now).await? {
                        webhook_messages::give_up(tx, &guid, now).await?;
                    }
                    "webhook_endpoints.enable"
                }
                Change::Remove => {
                    webhook_endpoints::remove(tx, &guid).await?;
                    "webhook_endpoints.remove"
                }
            };
            Ok::<_, EndpointError>(record(tx, &endpoint.client_guid, action, &guid, now).await?)
        });
        written.await
    }

    /// Gives an endpoint another secret. The one before signs beside it for `overlap`, so that the receiver can change
    /// over without a gap; one before that no longer does.
    pub async fn rotate_endpoint_secret(
        &self,
        guid: &WebhookEndpointGuid,
        overlap: Duration,
    ) -> Result<EndpointWithSecret, EndpointError> {
        let (engine, guid, now) = (self.clone(), guid.clone(), self.now());
        let secret = make_secret(&*self.parts.secrets);
        let signing = secret.clone();
        let written = self.parts.store.write(async move |tx| {
            let mut endpoint = existing(tx, &guid).await?;
            let mut secrets = engine.open_endpoint(&guid, &endpoint.secrets)?;
            let until = now.checked_add(overlap).unwrap_or(Timestamp::MAX);
            let previous = std::mem::replace(&mut secrets.signing, signing);
            secrets.previous = Some(PreviousSecret { secret: previous, until });
            endpoint.secrets = engine.seal_endpoint(&guid, &secrets)?;
            endpoint.updated_at = now;
            webhook_endpoints::set_secrets(tx, &guid, &endpoint.secrets, now).await?;
            record(tx, &endpoint.client_guid, "webhook_endpoints.rotate_secret", &guid, now).await?;
            let client = clients::find(tx, &endpoint.client_guid).await?;
            Ok::<_, EndpointError>((endpoint, client.map(|client| client.client_id).unwrap_or_default()))
        });
        let (endpoint, client_id) = written.await?;
        Ok(EndpointWithSecret { view: self.endpoint_view(endpoint, client_id), secret })
    }

    fn endpoint_view(&self, endpoint: WebhookEndpoint, client_id: String) -> EndpointView {
        let secrets = self.open_endpoint(&endpoint.guid, &endpoint.secrets);
        let secrets = secrets.inspect_err(|fault| fault.log("the secrets of an endpoint do not open")).ok();
        let previous = secrets.as_ref().and_then(|secrets| secrets.previous.as_ref());
        EndpointView {
            authorization: secrets.as_ref().map(|secrets| secrets.authorization.kind()),
            has_certificate: secrets.as_ref().is_some_and(|secrets| secrets.certificate.is_some()),
            old_secret_until: previous.map(|previous| previous.until).filter(|until| *until > self.now()),
            endpoint,
            client_id,
        }
    }
}

/// Disables an endpoint and gives up what waits for it.
pub(super) async fn disable(
    tx: &Tx,
    guid: &WebhookEndpointGuid,
    because: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    if webhook_endpoints::disable(tx, guid, because, now).await? {
        webhook_messages::give_up(tx, guid, now).await?;
    }
    Ok(())
}

pub(super) async fn existing(tx: &Tx, guid: &WebhookEndpointGuid) -> Result<WebhookEndpoint, EndpointError> {
    let found = webhook_endpoints::find(tx, guid).await?;
    found.ok_or_else(|| EndpointError::NoSuchEndpoint(guid.clone()))
}

fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= TEXT && !text.chars().any(char::is_control)
}

async fn record(
    tx: &Tx,
    client: &ClientGuid,
    action: &str,
    subject: &WebhookEndpointGuid,
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = audit::AuditRow {
        at,
        client_guid: client.clone(),
        user_guid: None,
        action: action.to_owned(),
        subject: subject.to_string(),
        detail: "{}".to_owned(),
    };
    audit::insert(tx, &row).await
}
