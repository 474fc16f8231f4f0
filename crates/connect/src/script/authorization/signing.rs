//! The key that test banks sign id tokens with.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use zeroize::Zeroizing;

/// An Ed25519 key.
pub struct SigningKey {
    encoding: EncodingKey,
    public: Vec<u8>,
}

/// What stands before the 32 bytes of a key in PKCS 8 (RFC 8410, 7).
const PKCS8_HEAD: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
/// The name of the key in the set of keys.
const KEY_ID: &str = "test-banks";
/// An id token lives this long.
const LIFE: SignedDuration = SignedDuration::from_mins(5);

impl SigningKey {
    /// The key that these 32 bytes are; none if they are not 32.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(bytes).ok()?;
        let document = Zeroizing::new([&PKCS8_HEAD, bytes].concat());
        Some(Self {
            encoding: EncodingKey::from_ed_der(&document),
            public: pair.public_key().as_ref().to_vec(),
        })
    }

    /// The set of keys that clients check with (RFC 8037, 2).
    pub fn key_set(&self) -> Value {
        json!({"keys": [{
            "kty": "OKP",
            "crv": "Ed25519",
            "use": "sig",
            "alg": "EdDSA",
            "kid": KEY_ID,
            "x": URL_SAFE_NO_PAD.encode(&self.public),
        }]})
    }

    /// An id token for a client.
    pub fn id_token(
        &self,
        issuer: &str,
        client_id: &str,
        subject: &str,
        nonce: Option<&str>,
        now: Timestamp,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let end = now.saturating_add(LIFE).unwrap_or(Timestamp::MAX);
        let mut claims = json!({
            "iss": issuer,
            "sub": subject,
            "aud": client_id,
            "iat": now.as_second(),
            "exp": end.as_second(),
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        let header = Header { kid: Some(KEY_ID.to_owned()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, &self.encoding)
    }
}
