//! A certificate of our own, for servers that ask who connects.

use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::sign::CertifiedKey;

/// A certificate with its chain, and its private key. Does not print.
pub struct Identity {
    pub(super) chain: Vec<CertificateDer<'static>>,
    pub(super) key: PrivateKeyDer<'static>,
}

/// The text holds no certificate with its key. No text of these holds any of the key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIdentity {
    /// No certificate, or one that cannot be read.
    #[error("it must hold a certificate in PEM, first its own and then those that lead to its root")]
    Certificate,
    /// No private key, or one that cannot be read.
    #[error("it must hold the private key of the certificate in PEM, without a passphrase")]
    Key,
    /// The key is another certificate's.
    #[error("the private key does not belong to the certificate")]
    NotAPair,
}

impl Identity {
    /// Reads a certificate, the chain behind it, and its key.
    pub fn from_pem(text: &[u8]) -> Result<Self, NotAnIdentity> {
        let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(text).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty()).ok_or(NotAnIdentity::Certificate)?;
        let key = PrivateKeyDer::from_pem_slice(text).map_err(|_| NotAnIdentity::Key)?;
        let signing = rustls::crypto::ring::sign::any_supported_type(&key).map_err(|_| NotAnIdentity::Key)?;
        match CertifiedKey::new(chain.clone(), signing).keys_match() {
            Ok(()) => Ok(Self { chain, key }),
            Err(rustls::Error::InconsistentKeys(_)) => Err(NotAnIdentity::NotAPair),
            Err(_) => Err(NotAnIdentity::Certificate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair() -> (String, String) {
        let made = rcgen::generate_simple_self_signed(["client".to_owned()]).unwrap();
        (made.cert.pem(), made.signing_key.serialize_pem())
    }

    fn refusal(text: &str) -> NotAnIdentity {
        Identity::from_pem(text.as_bytes()).err().unwrap()
    }

    #[test]
    fn a_certificate_and_its_key_are_read_in_either_order() {
        let (certificate, key) = pair();
        for text in [format!("{certificate}{key}"), format!("{key}{certificate}")] {
            assert_eq!(Identity::from_pem(text.as_bytes()).unwrap().chain.len(), 1);
        }
    }

    #[test]
    fn what_is_missing_or_does_not_fit_is_told() {
        let ((certificate, key), (_, other)) = (pair(), pair());
        assert_eq!(refusal(""), NotAnIdentity::Certificate);
        assert_eq!(refusal(&key), NotAnIdentity::Certificate);
        assert_eq!(refusal(&certificate), NotAnIdentity::Key);
        assert_eq!(refusal(&format!("{certificate}{other}")), NotAnIdentity::NotAPair);
        let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert_eq!(refusal(&format!("{broken}{key}")), NotAnIdentity::Certificate);
    }
}
