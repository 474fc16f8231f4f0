//! Why a conversation with a provider came to nothing.

use crate::transport::TransportError;

/// No tokens. No text of these holds a secret.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum OauthFailure {
    /// The provider refused, by one of the codes of RFC 6749, 5.2.
    #[error("the provider refused: {error} (HTTP {status})")]
    Refused {
        /// Its code, such as `invalid_grant`.
        error: String,
        /// The HTTP status that it came with.
        status: u16,
    },
    /// It was not reached, or not in time.
    #[error(transparent)]
    Unreachable(#[from] TransportError),
    /// It answered otherwise than the standards demand, so nothing of the answer was used.
    #[error("the provider's answer is not to be trusted: {0}")]
    Untrusted(String),
}

impl OauthFailure {
    /// The consent is gone: revoked, run out, or its refresh token used by someone else (RFC 6749, 5.2).
    pub fn is_end_of_consent(&self) -> bool {
        matches!(self, Self::Refused { error, .. } if error == "invalid_grant")
    }

    /// The provider does not know this server, or does not let it do what it asked: a matter of the registration.
    pub fn is_ours(&self) -> bool {
        const OURS: [&str; 4] = ["invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"];
        matches!(self, Self::Refused { error, .. } if OURS.contains(&error.as_str()))
    }
}

/// Shorthand for an answer that is not used.
pub(super) fn untrusted(why: impl Into<String>) -> OauthFailure {
    OauthFailure::Untrusted(why.into())
}
