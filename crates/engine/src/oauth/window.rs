//! The one-time address that starts OAuth: `GET /members/{member_guid}/oauth_window_uri`.

use riverbank_model::ExposeSecret;
use riverbank_model::SecretText;
use riverbank_model::Secrets;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{ClientGuid, MemberGuid};
use riverbank_model::limits::OAUTH_PENDING;
use riverbank_store::Place;
use riverbank_store::clients;
use riverbank_store::members::{self, Member};

use crate::fault::faults;
use crate::institutions::Institution;
use crate::members::{record, touch};
use crate::{Caller, Engine, Fault, Mode, tokens};

/// How the end user is to come back from OAuth.
#[derive(Clone, Debug, Default)]
pub struct WindowRequest {
    /// Where to; must be registered for the client, or be a loopback address in a sandbox.
    pub client_redirect_url: Option<String>,
    /// BROWSER or APP.
    pub referral_source: Option<String>,
    /// Scheme of the hosting app.
    pub ui_message_webview_url_scheme: Option<String>,
}

/// A fresh one-time address.
#[derive(Clone, Debug)]
pub struct OauthWindow {
    /// The member.
    pub guid: MemberGuid,
    /// Where to send the end user.
    pub uri: String,
}

/// Why OAuth cannot be.
#[derive(Debug, thiserror::Error)]
pub enum OauthError {
    /// There is no such member, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// The institution, or the member, does without OAuth.
    #[error("Member cannot use OAuth")]
    NotSupported,
    /// OAuth takes no credentials.
    #[error("credentials must not be sent when is_oauth is true.")]
    WithCredentials,
    /// An address that is not registered.
    #[error("client_redirect_url is not registered for this client.")]
    RedirectNotRegistered,
    /// Neither BROWSER nor APP.
    #[error("referral_source must be BROWSER or APP.")]
    ReferralSource,
    /// No scheme of an app.
    #[error("ui_message_webview_url_scheme must be the URL scheme of an app.")]
    Scheme,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(OauthError);

/// Schemes that a browser or the system gives a meaning of its own.
const FOREIGN_SCHEMES: [&str; 8] =
    ["http", "https", "javascript", "data", "file", "blob", "about", "vbscript"];

/// A one-time token before it is entered into its member.
pub(crate) struct Window(SecretText);

impl Window {
    pub(crate) fn new(secrets: &dyn Secrets) -> Self {
        Self(tokens::make(secrets))
    }

    /// Makes it the member's token, over any earlier one.
    pub(crate) fn enter(&self, engine: &Engine, member: &mut Member) -> Result<(), Fault> {
        let place = Place::OauthToken(&member.user_guid, &member.guid);
        let sealed = engine.seal(&place, self.0.expose_secret().as_bytes())?;
        member.oauth_token_hash = Some(tokens::hash(&self.0));
        member.oauth_token = Some(sealed);
        Ok(())
    }
}

impl Engine {
    /// Makes a new one-time address; an earlier one no longer works.
    pub async fn oauth_window(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        request: WindowRequest,
        skip_aggregation: bool,
    ) -> Result<OauthWindow, OauthError> {
        self.check_window(&caller.client, &request).await?;
        self.catalogue().await?;
        let window = Window::new(&*self.parts.secrets);
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(OauthError::NoSuchMember)?;
            let catalogue = engine.known_catalogue();
            let institution = catalogue.get(&member.institution_guid);
            if !member.is_oauth || !institution.is_some_and(|institution| engine.offers_oauth(institution)) {
                return Err(OauthError::NotSupported);
            }
            window.enter(&engine, &mut member)?;
            if member.connection_status != Some(ConnectionStatus::Pending) {
                // The address dies; the member does not.
                member.pending_expires_at = engine.now().checked_add(OAUTH_PENDING).ok();
            }
            member.client_redirect_url = request.client_redirect_url;
            member.referral_source = request.referral_source;
            member.ui_message_webview_url_scheme = request.ui_message_webview_url_scheme;
            member.oauth_skip_aggregation = skip_aggregation;
            touch(&mut member, engine.now());
            members::save(tx, &member).await?;
            record(tx, &member, "members.oauth_window_uri", false).await?;
            Ok(member)
        });
        let member = writing.await?;
        let uri = self.window_uri(&member)?;
        let uri = uri.ok_or_else(|| Fault::internal("a fresh window without a token"))?;
        Ok(OauthWindow { guid: member.guid, uri })
    }

    /// Whether members of an institution can be made through OAuth: it says so, and there is a way to it.
    pub fn offers_oauth(&self, institution: &Institution) -> bool {
        institution.supports_oauth && self.provider(institution).is_ok_and(|provider| provider.is_some())
    }

    /// The rules for how an end user may come back.
    pub(crate) async fn check_window(
        &self,
        client: &ClientGuid,
        request: &WindowRequest,
    ) -> Result<(), OauthError> {
        if !matches!(request.referral_source.as_deref(), None | Some("BROWSER" | "APP")) {
            return Err(OauthError::ReferralSource);
        }
        if request.ui_message_webview_url_scheme.as_deref().is_some_and(|scheme| !is_scheme_of_an_app(scheme))
        {
            return Err(OauthError::Scheme);
        }
        let Some(url) = &request.client_redirect_url else { return Ok(()) };
        if self.mode() == Mode::Sandbox && is_loopback(url) {
            return Ok(());
        }
        let reader = self.parts.store.read().await?;
        if clients::has_redirect_url(&reader, client, url).await? {
            return Ok(());
        }
        Err(OauthError::RedirectNotRegistered)
    }
}

/// RFC 3986, 3.1: a letter, then letters, digits, `+`, `-`, `.`.
fn is_scheme_of_an_app(scheme: &str) -> bool {
    let mut bytes = scheme.bytes();
    bytes.next().is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
        && !FOREIGN_SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
}

fn is_loopback(url: &str) -> bool {
    let Ok(url) = url::Url::parse(url) else { return false };
    let loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    loopback && matches!(url.scheme(), "http" | "https")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_schemes_of_apps_are_taken() {
        for lawful in ["mx", "com.example.app", "a+b-c.1"] {
            assert!(is_scheme_of_an_app(lawful), "{lawful}");
        }
        for unlawful in ["", "1x", "a b", "http", "HTTPS", "javascript", "data", "file", "mx:"] {
            assert!(!is_scheme_of_an_app(unlawful), "{unlawful}");
        }
    }

    #[test]
    fn only_hosts_of_this_machine_are_loopback() {
        for here in ["http://localhost:3000/x", "https://127.0.0.1/", "http://[::1]:8/"] {
            assert!(is_loopback(here), "{here}");
        }
        for elsewhere in
            ["http://localhost.example.com/", "http://10.0.0.1/", "ftp://localhost/", "localhost"]
        {
            assert!(!is_loopback(elsewhere), "{elsewhere}");
        }
    }
}
