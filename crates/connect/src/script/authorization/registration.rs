//! What a script says of its bank's authorisation server and of the client that is registered there.

use serde::{Deserialize, Serialize};

/// The table `[institution.script.oauth]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Registration {
    /// The client's name.
    pub client_id: String,
    /// Its secret. It guards test data only; without one the client is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// Where the client may be returned to, to the letter; this server's own address when there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirect_uris: Vec<String>,
    /// OpenID Connect is spoken: the client learns who signed in.
    pub openid: bool,
    /// Requests are taken beforehand (RFC 9126), and only so.
    pub pushed_requests: bool,
    /// Seconds of an access token's life.
    pub access_seconds: u32,
    /// Days after which a consent has run out.
    pub consent_days: u16,
}

impl Default for Registration {
    fn default() -> Self {
        Self {
            client_id: "riverbank".to_owned(),
            client_secret: None,
            redirect_uris: Vec::new(),
            openid: true,
            pushed_requests: false,
            access_seconds: 300,
            consent_days: 365,
        }
    }
}

impl Registration {
    /// What may be asked for.
    pub fn scopes(&self) -> Vec<String> {
        let openid = self.openid.then_some("openid");
        openid.into_iter().chain(["accounts", "offline_access"]).map(str::to_owned).collect()
    }

    /// What is wrong with it.
    pub(in crate::script) fn flaw(&self) -> Option<&'static str> {
        let is_text = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_text(&self.client_id) {
            return Some("`client_id` must be letters, digits and signs");
        }
        if self.client_secret.as_deref().is_some_and(|secret| !is_text(secret)) {
            return Some("`client_secret` must be letters, digits and signs");
        }
        if self.redirect_uris.iter().any(|uri| url::Url::parse(uri).is_err()) {
            return Some("`redirect_uris` must be addresses");
        }
        if self.access_seconds == 0 || self.consent_days == 0 {
            return Some("`access_seconds` and `consent_days` must be 1 or more");
        }
        None
    }
}
