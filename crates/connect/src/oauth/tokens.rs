//! The tokens that a provider hands out (RFC 6749, 5.1).

use jiff::{SignedDuration, Timestamp};
use riverbank_model::{ExposeSecret, SecretText};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::failure::{OauthFailure, untrusted};

/// An access token that has less to live than this is not used any more.
const MARGIN: SignedDuration = SignedDuration::from_secs(30);

/// A consent of an end user, as it can be used. To be kept sealed.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Opens the institution's resources.
    pub access: SecretText,
    /// Gets new tokens; none when the end user must come again.
    pub refresh: Option<SecretText>,
    /// When the access token dies; none when the provider did not say.
    pub expires_at: Option<Timestamp>,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    access: String,
    refresh: Option<String>,
    expires_at: Option<Timestamp>,
}

/// The answer of a token endpoint.
#[derive(Deserialize)]
struct TokenAnswer {
    access_token: String,
    token_type: String,
    expires_in: Option<u32>,
    refresh_token: Option<String>,
    id_token: Option<String>,
}

impl Tokens {
    /// Whether the access token is at its end.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end.saturating_sub(MARGIN).is_ok_and(|end| end <= now))
    }

    /// As bytes; they are secrets.
    pub fn to_bytes(&self) -> Result<Zeroizing<Vec<u8>>, serde_json::Error> {
        let plain = |secret: &SecretText| secret.expose_secret().to_owned();
        let stored = Stored {
            access: plain(&self.access),
            refresh: self.refresh.as_ref().map(plain),
            expires_at: self.expires_at,
        };
        serde_json::to_vec(&stored).map(Zeroizing::new)
    }

    /// The tokens of these bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        let Stored { access, refresh, expires_at } = serde_json::from_slice(bytes)?;
        Ok(Self { access: access.into(), refresh: refresh.map(SecretText::from), expires_at })
    }

    /// Reads the answer of a token endpoint; the id token beside it if there is one.
    pub(super) fn read(body: &[u8], now: Timestamp) -> Result<(Self, Option<String>), OauthFailure> {
        // The reason that serde gives could quote a token.
        let answer: TokenAnswer =
            serde_json::from_slice(body).map_err(|_| untrusted("its tokens cannot be read"))?;
        if !answer.token_type.eq_ignore_ascii_case("bearer") {
            return Err(untrusted("its access token is no bearer token"));
        }
        if answer.access_token.is_empty() {
            return Err(untrusted("its access token is empty"));
        }
        let life = answer.expires_in.map(|seconds| SignedDuration::from_secs(seconds.into()));
        let tokens = Self {
            access: answer.access_token.into(),
            refresh: answer.refresh_token.filter(|token| !token.is_empty()).map(SecretText::from),
            expires_at: life.map(|life| now.saturating_add(life).unwrap_or(Timestamp::MAX)),
        };
        Ok((tokens, answer.id_token))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Result<Tokens, OauthFailure> {
        Tokens::read(body.as_bytes(), Timestamp::UNIX_EPOCH).map(|(tokens, _)| tokens)
    }

    #[test]
    fn a_token_goes_stale_before_it_dies() {
        let tokens = read(r#"{"access_token": "a", "token_type": "bearer", "expires_in": 300}"#).unwrap();
        let at = |second| Timestamp::from_second(second).unwrap();
        assert_eq!((tokens.is_stale(at(269)), tokens.is_stale(at(270))), (false, true));
        let without_end = read(r#"{"access_token": "a", "token_type": "Bearer"}"#).unwrap();
        assert!(!without_end.is_stale(Timestamp::MAX));
    }

    #[test]
    fn what_is_sealed_is_read_back() {
        let body = r#"{"access_token": "a", "token_type": "bearer", "refresh_token": "r", "expires_in": 1}"#;
        let tokens = read(body).unwrap();
        let back = Tokens::from_bytes(&tokens.to_bytes().unwrap()).unwrap();
        assert_eq!(back.access.expose_secret(), "a");
        assert_eq!(back.refresh.unwrap().expose_secret(), "r");
        assert_eq!(back.expires_at, tokens.expires_at);
    }

    #[test]
    fn answers_that_are_no_bearer_tokens_are_refused_without_quoting_them() {
        for body in [
            "",
            "[]",
            r#"{"access_token": "hush"}"#,
            r#"{"access_token": "hush", "token_type": "mac"}"#,
            r#"{"access_token": "", "token_type": "bearer"}"#,
            r#"{"access_token": 7, "token_type": "bearer"}"#,
            r#"{"access_token": "hush", "token_type": "bearer", "expires_in": "soon"}"#,
        ] {
            let failure = read(body).unwrap_err();
            assert!(!failure.to_string().contains("hush"), "{failure}");
        }
    }
}
