//! The rules of a test bank's authorisation server: what a request, a code and a token may do. Time and randomness are
//! arguments, and what must be kept is kept by the caller.
//!
//! A client of any make may be tried against it; the server's own is one.

mod client;
mod consent;
mod grant;
mod registration;
mod request;
mod signing;
mod token;

pub use client::authenticate;
pub use consent::{Decision, Offered, offered};
pub use grant::{Granted, Lineage, Replayed};
pub use registration::Registration;
pub use request::{AuthorizationRequest, Parameters, RequestRefusal, ReturnError};
pub use signing::SigningKey;
pub use token::{CODE_LIFE, PUSHED_LIFE, TokenError, TokenRefusal, redeem};

use serde_json::{Value, json};

/// The addresses of a test bank's authorisation server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// Its issuer identifier.
    pub issuer: String,
    /// The one address that its client may be returned to, unless the script names others.
    pub redirect_uri: String,
}

impl Addresses {
    /// Those of a bank on the server at `public_url`.
    pub fn of(public_url: &str, bank_code: &str) -> Self {
        Self {
            issuer: format!("{public_url}/banks/{bank_code}"),
            redirect_uri: format!("{public_url}/oauth/callback"),
        }
    }

    /// The discovery document (RFC 8414, OpenID Connect Discovery 1.0).
    pub fn discovery(&self, registration: &Registration) -> Value {
        let at = |path: &str| format!("{}/{path}", self.issuer);
        let mut document = json!({
            "issuer": self.issuer,
            "authorization_endpoint": at("authorize"),
            "token_endpoint": at("token"),
            "revocation_endpoint": at("revoke"),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": true,
            "scopes_supported": registration.scopes(),
            "token_endpoint_auth_methods_supported": match registration.client_secret {
                Some(_) => json!(["client_secret_basic", "client_secret_post"]),
                None => json!(["none"]),
            },
        });
        if registration.openid {
            document["jwks_uri"] = at("jwks").into();
            document["userinfo_endpoint"] = at("userinfo").into();
            document["subject_types_supported"] = json!(["public"]);
            document["id_token_signing_alg_values_supported"] = json!(["EdDSA"]);
        }
        if registration.pushed_requests {
            document["pushed_authorization_request_endpoint"] = at("par").into();
            document["require_pushed_authorization_requests"] = true.into();
        }
        document
    }
}
