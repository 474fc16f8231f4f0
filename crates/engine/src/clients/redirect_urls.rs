//! Where a client may send end users back to: `riverbank client redirect-urls`.

use riverbank_model::limits;
use riverbank_store::clients;
use url::Url;

use super::{ClientError, Clients, existing, record};

/// Schemes whose addresses a browser would run or read from its own machine.
const REFUSED_SCHEMES: [&str; 6] = ["about", "blob", "data", "file", "javascript", "vbscript"];

/// Why an address cannot be one to come back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidRedirectUrl {
    /// It has no scheme, or no form at all.
    #[error("a redirect address is a whole one, such as https://example.com/back or app://back")]
    NotAbsolute,
    /// What follows the `#` never reaches a server.
    #[error("a redirect address has no part after a #")]
    Fragment,
    /// Browsers take it for a password.
    #[error("a redirect address has no user and no password")]
    UserInfo,
    /// A browser would run it or read it from its own machine.
    #[error("a redirect address of this scheme is not safe")]
    Scheme,
    /// It is over the limit of text.
    #[error("a redirect address has at most {} characters", limits::TEXT)]
    TooLong,
}

impl Clients {
    /// Adds an address, to be matched byte for byte. False when it was there.
    pub async fn add_redirect_url(&self, client_id: &str, url: &str) -> Result<bool, AddRedirectUrlError> {
        check(url)?;
        let now = self.clock.now();
        let (client_id, url) = (client_id.to_owned(), url.to_owned());
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            let added = clients::add_redirect_url(tx, &client.guid, &url, now).await?;
            if added {
                record(tx, &client.guid, "redirect_urls.add", &url, now).await?;
            }
            Ok::<_, ClientError>(added)
        });
        Ok(written.await?)
    }

    /// The addresses of a client, in the order in which they were added.
    pub async fn redirect_urls(&self, client_id: &str) -> Result<Vec<String>, ClientError> {
        let reader = self.store.read().await?;
        let client = existing(&reader, client_id).await?;
        Ok(clients::redirect_urls(&reader, &client.guid).await?)
    }

    /// Removes an address. False when it was not there.
    pub async fn remove_redirect_url(&self, client_id: &str, url: &str) -> Result<bool, ClientError> {
        let now = self.clock.now();
        let (client_id, url) = (client_id.to_owned(), url.to_owned());
        let written = self.store.write(async move |tx| {
            let client = existing(tx, &client_id).await?;
            let removed = clients::remove_redirect_url(tx, &client.guid, &url).await?;
            if removed {
                record(tx, &client.guid, "redirect_urls.remove", &url, now).await?;
            }
            Ok::<_, ClientError>(removed)
        });
        written.await
    }
}

/// Why an address was not added.
#[derive(Debug, thiserror::Error)]
pub enum AddRedirectUrlError {
    /// It cannot be one to come back to.
    #[error(transparent)]
    Invalid(#[from] InvalidRedirectUrl),
    /// No such client, or not the caller's doing.
    #[error(transparent)]
    Client(#[from] ClientError),
}

fn check(text: &str) -> Result<(), InvalidRedirectUrl> {
    if text.chars().count() > limits::TEXT {
        return Err(InvalidRedirectUrl::TooLong);
    }
    let url = Url::parse(text).map_err(|_| InvalidRedirectUrl::NotAbsolute)?;
    // The parser forgives blanks and control characters; what is matched byte for byte must not hold them.
    if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(InvalidRedirectUrl::NotAbsolute);
    }
    if url.fragment().is_some() {
        return Err(InvalidRedirectUrl::Fragment);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(InvalidRedirectUrl::UserInfo);
    }
    if REFUSED_SCHEMES.contains(&url.scheme()) {
        return Err(InvalidRedirectUrl::Scheme);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    #[test]
    fn only_whole_and_safe_addresses_are_taken() {
        for url in [
            "https://example.com/back",
            "http://127.0.0.1:3000/",
            "com.example.app://back",
            "https://example.com/a?b=c",
        ] {
            assert_eq!(check(url), Ok(()), "{url}");
        }
        for (url, why) in [
            ("/back", InvalidRedirectUrl::NotAbsolute),
            ("https://example.com/a b", InvalidRedirectUrl::NotAbsolute),
            ("https://example.com/#top", InvalidRedirectUrl::Fragment),
            ("https://me:pass@example.com/", InvalidRedirectUrl::UserInfo),
            ("javascript:alert(1)", InvalidRedirectUrl::Scheme),
        ] {
            assert_eq!(check(url), Err(why), "{url}");
        }
        assert_eq!(check(&format!("https://{}", "a".repeat(1024))), Err(InvalidRedirectUrl::TooLong));
    }

    on_both_engines! {
        async fn addresses_are_added_once_listed_in_order_and_removed(bench: &Bench) {
            let clients = bench.clients();
            clients.create("acme").await.unwrap();
            let (one, other) = ("https://example.com/1", "https://example.com/2");
            assert!(clients.add_redirect_url("acme", one).await.unwrap());
            bench.advance(1);
            assert!(clients.add_redirect_url("acme", other).await.unwrap());
            assert!(!clients.add_redirect_url("acme", one).await.unwrap());
            assert_eq!(clients.redirect_urls("acme").await.unwrap(), [one, other]);
            assert!(clients.remove_redirect_url("acme", one).await.unwrap());
            assert!(!clients.remove_redirect_url("acme", one).await.unwrap());
            assert_eq!(clients.redirect_urls("acme").await.unwrap(), [other]);
            let unknown = clients.redirect_urls("other").await.unwrap_err();
            assert!(matches!(unknown, ClientError::NoSuchClient(_)));
        }
    }
}
