//! What a connector says of an institution that end users sign in to themselves.

use riverbank_model::SecretText;

/// The authorisation server of an institution, and what this server is to it. Endpoints and abilities come from its
/// discovery document.
#[derive(Clone, Debug)]
pub struct OauthProvider {
    /// Its issuer identifier, exactly as its own documents write it: an https address, in a sandbox http to this machine.
    pub issuer: String,
    /// The name under which this server is registered there.
    pub client_id: String,
    /// The secret of the registration; none for a public client.
    pub client_secret: Option<SecretText>,
    /// What is asked for. With `openid` among them OpenID Connect is spoken: the provider must say who signed in.
    pub scopes: Vec<String>,
}

impl OauthProvider {
    /// Whether an id token is demanded.
    pub fn speaks_openid(&self) -> bool {
        self.scopes.iter().any(|scope| scope == "openid")
    }
}
