//! Signatures of the Standard Webhooks specification: HMAC-SHA256 over id, time and body.

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use riverbank_model::{ExposeSecret, SecretText, Secrets};
use sha2::Sha256;
use zeroize::Zeroizing;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// Random bytes of a secret that is made here.
const SECRET_BYTES: usize = 32;
/// Bytes of a secret that the specification allows.
const ALLOWED_BYTES: RangeInclusive<usize> = 24..=64;

/// A fresh secret, as a receiver is given it.
pub(super) fn make_secret(secrets: &dyn Secrets) -> SecretText {
    let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
    secrets.fill(&mut *bytes);
    format!("{PREFIX}{}", STANDARD.encode(*bytes)).into()
}

/// Signs with one secret.
pub(crate) struct Signer(Hmac<Sha256>);

impl Signer {
    /// None when the text is no secret of [`make_secret`]'s form, or one of fewer than 24 bytes or more than 64.
    pub(crate) fn new(secret: &SecretText) -> Option<Self> {
        let key = Zeroizing::new(STANDARD.decode(secret.expose_secret().strip_prefix(PREFIX)?).ok()?);
        if !ALLOWED_BYTES.contains(&key.len()) {
            return None;
        }
        Hmac::new_from_slice(&key).ok().map(Self)
    }

    /// A signature as it stands in the header, beside those of other secrets.
    pub(crate) fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        let mut mac = self.0.clone();
        for part in [id, ".", &timestamp.to_string(), ".", body] {
            mac.update(part.as_bytes());
        }
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Sevens;

    impl Secrets for Sevens {
        fn fill(&self, buffer: &mut [u8]) {
            buffer.fill(7);
        }
    }

    #[test]
    fn a_secret_signs_and_other_text_does_not() {
        let secret = make_secret(&Sevens);
        assert_eq!(secret.expose_secret(), "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=");
        let id = "msg_1";
        let signer = Signer::new(&secret).unwrap();
        let signature = signer.sign(id, 1_700_000_000, "{}");
        assert_eq!(signature.len(), "v1,".len() + 44);
        assert_ne!(signature, signer.sign(id, 1_700_000_001, "{}"));
        assert_ne!(signature, signer.sign(id, 1_700_000_000, "{ }"));
        let unmarked = STANDARD.encode([7_u8; SECRET_BYTES]);
        for text in ["", "whsec_", "whsec_BwcH", "whsec_%%%", unmarked.as_str()] {
            assert!(Signer::new(&text.into()).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_secret_has_24_to_64_bytes() {
        for (bytes, is_taken) in [(0, false), (23, false), (24, true), (64, true), (65, false)] {
            let secret = format!("{PREFIX}{}", STANDARD.encode(vec![7_u8; bytes]));
            assert_eq!(Signer::new(&secret.into()).is_some(), is_taken, "{bytes}");
        }
    }
}
