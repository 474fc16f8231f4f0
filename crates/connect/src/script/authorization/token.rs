//! The token endpoint: codes and refusals (RFC 6749, 4.1.3 and 5.2).

use jiff::SignedDuration;
use riverbank_model::SecretText;
use subtle::ConstantTimeEq;

use super::{AuthorizationRequest, Parameters};
use crate::oauth::challenge;

/// A code lives this long: RFC 6749, 4.1.2 recommends ten minutes at most.
pub const CODE_LIFE: SignedDuration = SignedDuration::from_mins(1);
/// A pushed request lives this long: RFC 9126, 2.2 recommends 5 to 600 seconds.
pub const PUSHED_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// The codes of RFC 6749, 5.2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the codes of RFC 6749, 5.2")]
pub enum TokenError {
    InvalidRequest,
    InvalidClient,
    InvalidGrant,
    UnsupportedGrantType,
}

impl TokenError {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
        }
    }
}

/// Why there are no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenRefusal {
    /// Its code.
    pub error: TokenError,
    /// A sentence for the client's developer.
    pub description: &'static str,
}

impl TokenRefusal {
    /// A refusal.
    pub fn new(error: TokenError, description: &'static str) -> Self {
        Self { error, description }
    }
}

/// Judges the exchange of a code that is known, unspent and alive: the address must be that of the request, and the
/// verifier the one of its challenge.
pub fn redeem(request: &AuthorizationRequest, form: &Parameters) -> Result<(), TokenRefusal> {
    let refuse = |error, why| Err(TokenRefusal::new(error, why));
    if form.repeats(&["grant_type", "code", "redirect_uri", "code_verifier"]) {
        return refuse(TokenError::InvalidRequest, "A parameter stands more than once.");
    }
    if form.get("redirect_uri") != Some(request.redirect_uri.as_str()) {
        return refuse(TokenError::InvalidGrant, "redirect_uri is not that of the request.");
    }
    let Some(verifier) = form.get("code_verifier") else {
        return refuse(TokenError::InvalidRequest, "code_verifier is missing.");
    };
    let found = challenge(&SecretText::from(verifier));
    if !bool::from(found.as_bytes().ct_eq(request.code_challenge.as_bytes())) {
        return refuse(TokenError::InvalidGrant, "code_verifier is not that of the request.");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_worth_nothing_without_its_address_and_its_verifier() {
        let request = AuthorizationRequest {
            redirect_uri: "https://a.example/back".to_owned(),
            state: None,
            scopes: vec!["accounts".to_owned()],
            nonce: None,
            code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(),
        };
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        let right = format!("redirect_uri=https://a.example/back&code_verifier={verifier}");
        let rows = [
            (right.clone(), None),
            ("redirect_uri=https://a.example/back".to_owned(), Some(TokenError::InvalidRequest)),
            (format!("code_verifier={verifier}"), Some(TokenError::InvalidGrant)),
            (
                format!("redirect_uri=https://a.example/back/&code_verifier={verifier}"),
                Some(TokenError::InvalidGrant),
            ),
            (right.replace("dBj", "dBk"), Some(TokenError::InvalidGrant)),
            (format!("{right}&code_verifier=x"), Some(TokenError::InvalidRequest)),
        ];
        for (form, expected) in rows {
            let found = redeem(&request, &Parameters::read(form.as_bytes())).err();
            assert_eq!(found.map(|refusal| refusal.error), expected, "{form}");
        }
    }
}
