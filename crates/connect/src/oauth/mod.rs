//! Signing in at an institution's own page: the client's side of OAuth 2 with PKCE (RFC 6749, 7636), and of OpenID
//! Connect where the institution speaks it.
//!
//! A connector describes the [`OauthProvider`] of an institution; nothing else here depends on what is fetched later.
//! What is sent and how answers are judged are pure functions; [`Conversation`] carries them over the guarded client.

mod answer;
mod attempt;
mod conversation;
mod discovery;
mod failure;
mod id_token;
mod provider;
mod tokens;

pub use answer::{Answer, Refusal};
pub use attempt::Attempt;
pub use conversation::{Conversation, SignedIn};
pub use failure::OauthFailure;
pub use provider::OauthProvider;
pub use tokens::Tokens;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riverbank_model::{ExposeSecret, SecretText, Secrets, leaving_no_trace};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Random bytes of a state, a nonce and a verifier: RFC 7636, 4.1 recommends 32.
const RANDOM_BYTES: usize = 32;

/// Fresh unguessable text: for a state, a nonce, a PKCE verifier.
pub fn unguessable(secrets: &dyn Secrets) -> SecretText {
    let mut bytes = Zeroizing::new([0; RANDOM_BYTES]);
    secrets.fill(&mut *bytes);
    SecretText::from(URL_SAFE_NO_PAD.encode(*bytes))
}

/// The PKCE challenge of a verifier, by the method S256 (RFC 7636, 4.2).
pub fn challenge(verifier: &SecretText) -> String {
    let hash = leaving_no_trace(|| Sha256::digest(verifier.expose_secret().as_bytes()));
    URL_SAFE_NO_PAD.encode(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B.
        let verifier = SecretText::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }
}
