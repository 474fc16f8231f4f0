//! The one client that everything outbound goes through: https only, public addresses only, no redirects, limits on
//! size and time.
//!
//! Addresses that users or institutions supply must not lead into the network that the server stands in. So names
//! are resolved by a resolver of ours, which drops closed addresses, and hosts that are addresses are checked before;
//! proxies of the environment are not used, since they would connect where we cannot look.

mod address;
mod identity;
mod resolver;
#[cfg(test)]
mod tests;

use std::error::Error as _;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

pub use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
pub use reqwest::{Method, StatusCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use url::Host;
pub use url::Url;

pub use address::{Network, NotANetwork, closed};
pub use identity::{Identity, NotAnIdentity};
use resolver::{CheckedResolver, ClosedAddress, Lookup, System};

/// What the client may do.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Lets http reach loopback, and https any address.
    pub sandbox: bool,
    /// Ranges that are open although they are not public: an institution on the operator's own network.
    pub open: Vec<Network>,
    /// Certificates in PEM that are trusted besides the machine's.
    pub extra_roots: Vec<Vec<u8>>,
    /// Time to connect, with TLS.
    pub connect_limit: Duration,
    /// Time from the start of a request to the end of its answer.
    pub total_limit: Duration,
    /// Bytes of an answer.
    pub size_limit: usize,
}

impl Default for Policy {
    /// Outside a sandbox. The limits are our own choice: banks that take minutes for a statement are known, and a
    /// statement of 16 MiB is not.
    fn default() -> Self {
        Self {
            sandbox: false,
            open: Vec::new(),
            extra_roots: Vec::new(),
            connect_limit: Duration::from_secs(15),
            total_limit: Duration::from_mins(2),
            size_limit: 16 * 1024 * 1024,
        }
    }
}

impl Policy {
    /// A sandbox's.
    pub fn sandbox() -> Self {
        Self { sandbox: true, ..Self::default() }
    }

    /// Refuses what can be refused before connecting: the scheme, credentials in the address, and hosts that are closed
    /// addresses; names are checked when they are resolved.
    pub fn check(&self, url: &Url) -> Result<(), TransportError> {
        let refuse = |why: String| Err(TransportError::Refused(why));
        if !url.username().is_empty() || url.password().is_some() {
            return refuse("it holds a name or a password".to_owned());
        }
        let (address, is_loopback) = match url.host() {
            Some(Host::Ipv4(address)) => (Some(IpAddr::V4(address)), address.is_loopback()),
            Some(Host::Ipv6(address)) => (Some(IpAddr::V6(address)), address.is_loopback()),
            // Not every resolver knows each of its forms, so it is judged by what it stands for.
            Some(Host::Domain(name)) if is_localhost(name) => (Some(IpAddr::V4(Ipv4Addr::LOCALHOST)), true),
            Some(Host::Domain(_)) => (None, false),
            None => return refuse("it names no host".to_owned()),
        };
        match url.scheme() {
            "https" => {}
            "http" if self.sandbox && is_loopback => {}
            "http" if self.sandbox => return refuse("http reaches this machine only".to_owned()),
            scheme => return refuse(format!("{scheme} is not https")),
        }
        match address.and_then(|address| Some((address, self.closed(address)?))) {
            Some((address, kind)) => refuse(format!("{address} is {kind}")),
            None => Ok(()),
        }
    }

    /// Why an address may not be connected to.
    fn closed(&self, address: IpAddr) -> Option<&'static str> {
        let is_open = self.sandbox || self.open.iter().any(|network| network.contains(address));
        closed(address).filter(|_| !is_open)
    }
}

/// The client cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// One of the extra roots.
    #[error("a certificate to trust cannot be read: {0}")]
    Certificate(String),
    /// TLS or the client itself.
    #[error("the outbound client cannot be made: {0}")]
    Client(String),
}

/// A request was not answered. No text of these holds a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The address is not one that may be asked.
    #[error("the address is refused: {0}")]
    Refused(String),
    /// No answer within the limit.
    #[error("no answer within the time limit")]
    TimedOut,
    /// More than [`Policy::size_limit`].
    #[error("the answer is larger than {0} bytes")]
    TooLarge(usize),
    /// Not reached, or the connection broke.
    #[error("the connection failed: {0}")]
    Failed(String),
}

/// A request. May hold secrets, so it does not print.
pub struct Outgoing {
    /// The method.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// An answer, redirects included: none is followed.
#[derive(Debug)]
pub struct Incoming {
    /// The HTTP status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, whole.
    pub body: Vec<u8>,
}

/// The guarded client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    inner: reqwest::Client,
    policy: Arc<Policy>,
}

impl Client {
    /// A client with that policy.
    pub fn new(policy: Policy) -> Result<Self, SetupError> {
        Self::with(policy, None, Arc::new(System))
    }

    /// A client that shows a certificate of its own to servers that ask for one.
    pub fn identified(policy: Policy, identity: &Identity) -> Result<Self, SetupError> {
        Self::with(policy, Some(identity), Arc::new(System))
    }

    #[cfg(test)]
    fn looking_up(policy: Policy, lookup: Arc<dyn Lookup>) -> Result<Self, SetupError> {
        Self::with(policy, None, lookup)
    }

    fn with(
        policy: Policy,
        identity: Option<&Identity>,
        lookup: Arc<dyn Lookup>,
    ) -> Result<Self, SetupError> {
        let tls = tls(&policy.extra_roots, identity)?;
        let policy = Arc::new(policy);
        let inner = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .dns_resolver(Arc::new(CheckedResolver { policy: Arc::clone(&policy), lookup }))
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .https_only(!policy.sandbox)
            .connect_timeout(policy.connect_limit)
            .timeout(policy.total_limit)
            .build()
            .map_err(|error| SetupError::Client(causes(&error)))?;
        Ok(Self { inner, policy })
    }

    /// What it may do.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Sends a request and reads the whole answer.
    pub async fn send(&self, request: Outgoing) -> Result<Incoming, TransportError> {
        let mut answer = self.begin(request).await?;
        let limit = self.policy.size_limit;
        if answer
            .content_length()
            .is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit))
        {
            return Err(TransportError::TooLarge(limit));
        }
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > limit {
                return Err(TransportError::TooLarge(limit));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Incoming { status: answer.status(), headers: answer.headers().clone(), body })
    }

    /// Sends a request and reads no more than the first `limit` bytes of the answer. What is longer is left unread, with
    /// its connection.
    pub async fn send_for_beginning(
        &self,
        request: Outgoing,
        limit: usize,
    ) -> Result<Incoming, TransportError> {
        let mut answer = self.begin(request).await?;
        let mut body = Vec::new();
        while body.len() < limit
            && let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))?
        {
            body.extend_from_slice(&chunk);
        }
        body.truncate(limit);
        Ok(Incoming { status: answer.status(), headers: answer.headers().clone(), body })
    }

    /// Sends a request; the body of its answer is still to be read.
    async fn begin(&self, request: Outgoing) -> Result<reqwest::Response, TransportError> {
        self.policy.check(&request.url)?;
        let sent =
            self.inner.request(request.method, request.url).headers(request.headers).body(request.body);
        sent.send().await.map_err(|error| failure(&error))
    }
}

/// Whether a host name stands for this machine (RFC 6761).
fn is_localhost(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    name == "localhost" || name.ends_with(".localhost")
}

/// TLS with the machine's certificates and the extra ones.
fn tls(extra_roots: &[Vec<u8>], identity: Option<&Identity>) -> Result<ClientConfig, SetupError> {
    let mut roots = RootCertStore::empty();
    let native = rustls_native_certs::load_native_certs();
    for error in &native.errors {
        tracing::warn!(%error, "certificates of this machine cannot be read");
    }
    roots.add_parsable_certificates(native.certs);
    for pem in extra_roots {
        for certificate in CertificateDer::pem_slice_iter(pem) {
            let certificate = certificate.map_err(|error| SetupError::Certificate(error.to_string()))?;
            roots.add(certificate).map_err(|error| SetupError::Certificate(error.to_string()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let failed = |error: rustls::Error| SetupError::Client(error.to_string());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(failed)?
        .with_root_certificates(roots);
    match identity {
        Some(identity) => {
            config.with_client_auth_cert(identity.chain.clone(), identity.key.clone_key()).map_err(failed)
        }
        None => Ok(config.with_no_client_auth()),
    }
}

fn failure(error: &reqwest::Error) -> TransportError {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(closed) = cause.downcast_ref::<ClosedAddress>() {
            return TransportError::Refused(closed.to_string());
        }
        source = cause.source();
    }
    if error.is_timeout() { TransportError::TimedOut } else { TransportError::Failed(causes(error)) }
}

/// The last cause, which says most and holds no address with secrets in it.
fn causes(error: &reqwest::Error) -> String {
    let mut last: &dyn std::error::Error = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    if std::ptr::eq(last, error as &dyn std::error::Error) {
        return "the request could not be sent".to_owned();
    }
    last.to_string()
}
