//! The sites that may show a client's pages and hear from them: `riverbank client origins`.

use riverbank_store::client_origins;
use url::{Host, Url};

use super::{ClientError, Clients, existing, record};
use crate::Mode;

/// Why a text is no origin of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidOrigin {
    /// It has another form.
    #[error(
        "an origin is a scheme, a host and a port that is not the usual one, such as https://app.example.com"
    )]
    Form,
    /// What goes there could be read and changed on its way.
    #[error("an origin is of https; http is for this machine, in a sandbox")]
    Scheme,
}

/// Why an origin was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddOriginError {
    /// It is none.
    #[error(transparent)]
    Invalid(#[from] InvalidOrigin),
    /// No such client, or not the caller's doing.
    #[error(transparent)]
    Client(#[from] ClientError),
}

impl Clients {
    /// Adds an origin, to be matched byte for byte. False when it was there.
    pub async fn add_origin(
        &self,
        client_id: &str,
        origin: &str,
        mode: Mode,
    ) -> Result<bool, AddOriginError> {
        check(origin, mode)?;
        let now = self.clock.now();
        let (client_id, origin) = (client_id.to_owned(), origin.to_owned());
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            let added = client_origins::add(tx, &client.guid, &origin, now).await?;
            if added {
                record(tx, &client.guid, "origins.add", &origin, now).await?;
            }
            Ok::<_, ClientError>(added)
        });
        Ok(written.await?)
    }

    /// The origins of a client, in the order in which they were added.
    pub async fn origins(&self, client_id: &str) -> Result<Vec<String>, ClientError> {
        let reader = self.store.read().await?;
        let client = existing(&reader, client_id).await?;
        Ok(client_origins::list(&reader, &client.guid).await?)
    }

    /// Removes an origin. False when it was not there.
    pub async fn remove_origin(&self, client_id: &str, origin: &str) -> Result<bool, ClientError> {
        let now = self.clock.now();
        let (client_id, origin) = (client_id.to_owned(), origin.to_owned());
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            let removed = client_origins::remove(tx, &client.guid, &origin).await?;
            if removed {
                record(tx, &client.guid, "origins.remove", &origin, now).await?;
            }
            Ok::<_, ClientError>(removed)
        });
        written.await
    }
}

/// The rules for an origin that is registered.
fn check(text: &str, mode: Mode) -> Result<(), InvalidOrigin> {
    let url = Url::parse(text).map_err(|_| InvalidOrigin::Form)?;
    // Browsers write an origin in one way, and that is compared. It also stands in policies, where some characters that a
    // host may have mean something else.
    let has_plain_host = match url.host() {
        Some(Host::Domain(name)) => {
            name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        }
        Some(Host::Ipv4(_) | Host::Ipv6(_)) => true,
        None => false,
    };
    if !has_plain_host || url.origin().ascii_serialization() != text {
        return Err(InvalidOrigin::Form);
    }
    match url.scheme() {
        "https" => Ok(()),
        "http" if mode == Mode::Sandbox && is_of_this_machine(&url) => Ok(()),
        "http" => Err(InvalidOrigin::Scheme),
        _ => Err(InvalidOrigin::Form),
    }
}

/// Whether a text is the origin of a site on this machine.
pub(crate) fn is_loopback_origin(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| {
        let is_web = matches!(url.scheme(), "http" | "https");
        is_web && is_of_this_machine(&url) && url.origin().ascii_serialization() == text
    })
}

fn is_of_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    #[test]
    fn an_origin_is_what_a_browser_writes_of_a_site() {
        for origin in ["https://app.example.com", "https://app.example.com:8443", "https://[2001:db8::1]"] {
            assert_eq!(check(origin, Mode::Production), Ok(()), "{origin}");
        }
        for other in [
            "app.example.com",
            "https://app.example.com/",
            "https://app.example.com:443",
            "https://App.example.com",
            "https://app.example.com/page",
            "https://app.example.com?a",
            "https://me@app.example.com",
            "https://*.example.com",
            "https://a.example https://b.example",
            "https://a.example;",
            "app://back",
            "null",
            "*",
            "",
        ] {
            assert_eq!(check(other, Mode::Sandbox), Err(InvalidOrigin::Form), "{other}");
        }
    }

    #[test]
    fn http_is_for_this_machine_in_a_sandbox() {
        for here in ["http://localhost:3000", "http://127.0.0.1:8089", "http://[::1]:8089"] {
            assert_eq!(check(here, Mode::Sandbox), Ok(()), "{here}");
            assert_eq!(check(here, Mode::Production), Err(InvalidOrigin::Scheme), "{here}");
            assert!(is_loopback_origin(here), "{here}");
        }
        assert_eq!(check("http://app.example.com", Mode::Sandbox), Err(InvalidOrigin::Scheme));
        for elsewhere in ["https://app.example.com", "http://localhost:3000/", "localhost", "ftp://localhost"]
        {
            assert!(!is_loopback_origin(elsewhere), "{elsewhere}");
        }
    }

    on_both_engines! {
        async fn origins_are_added_once_listed_in_order_and_removed(bench: &Bench) {
            let clients = bench.clients();
            clients.create("acme").await.unwrap();
            let (one, other) = ("https://example.com", "https://app.example.com");
            assert!(clients.add_origin("acme", one, Mode::Production).await.unwrap());
            bench.advance(1);
            assert!(clients.add_origin("acme", other, Mode::Production).await.unwrap());
            assert!(!clients.add_origin("acme", one, Mode::Production).await.unwrap());
            assert_eq!(clients.origins("acme").await.unwrap(), [one, other]);
            assert!(clients.remove_origin("acme", one).await.unwrap());
            assert!(!clients.remove_origin("acme", one).await.unwrap());
            assert_eq!(clients.origins("acme").await.unwrap(), [other]);
            let unknown = clients.origins("other").await.unwrap_err();
            assert!(matches!(unknown, ClientError::NoSuchClient(_)));
            let refused = clients.add_origin("acme", "http://example.com", Mode::Production).await.unwrap_err();
            assert!(matches!(refused, AddOriginError::Invalid(InvalidOrigin::Scheme)));
        }
    }
}
