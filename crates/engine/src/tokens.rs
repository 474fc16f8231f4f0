//! Tokens: random, shown once, kept as hashes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riverbank_model::{ExposeSecret, SecretText, Secrets, leaving_no_trace};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// Random bytes of a token: 86 characters, as the session tokens of the reference.
const TOKEN_BYTES: usize = 64;

/// A fresh token: URL-safe base64 of random bytes.
pub fn make(secrets: &dyn Secrets) -> SecretText {
    let mut bytes = Zeroizing::new([0; TOKEN_BYTES]);
    secrets.fill(&mut *bytes);
    SecretText::from(text(&*bytes))
}

/// Bytes as tokens are written.
pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// What is stored of a token, and what it is looked up by. Tokens are too random to be guessed from it.
pub fn hash(token: &SecretText) -> Vec<u8> {
    leaving_no_trace(|| Sha256::digest(token.expose_secret().as_bytes()).to_vec())
}
