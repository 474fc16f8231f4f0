//! Sealing and opening secrets, each at its place.

use riverbank_model::SecretText;
use riverbank_store::Place;
use zeroize::Zeroizing;

use crate::{Engine, Fault};

impl Engine {
    /// Reads the keyring anew, if it is kept where it can change.
    pub fn renew_keyring(&self) {
        self.parts.vault.renew();
    }

    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: &Place<'_>, value: &[u8]) -> Result<Vec<u8>, Fault> {
        let sealed = self.parts.vault.seal(place, value, &*self.parts.secrets)?;
        Ok(sealed.into_bytes())
    }

    /// Opens a value at its place.
    pub(crate) fn unseal(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        Ok(self.parts.vault.open(place, &sealed.to_vec().into())?)
    }

    /// Opens a text at its place.
    pub(crate) fn unseal_text(&self, place: &Place<'_>, sealed: &[u8]) -> Result<SecretText, Fault> {
        let opened = self.unseal(place, sealed)?;
        let text = std::str::from_utf8(&opened).map_err(|_| Fault::internal("a sealed text is not UTF-8"))?;
        Ok(SecretText::from(text))
    }

    /// Opens a text at its place; none when it is damaged, which is logged: to the end user it is lost.
    pub(crate) fn unseal_undamaged(
        &self,
        place: &Place<'_>,
        sealed: &[u8],
    ) -> Result<Option<SecretText>, Fault> {
        match self.unseal_text(place, sealed) {
            Ok(text) => Ok(Some(text)),
            Err(Fault::Damaged(error)) => {
                tracing::error!(?place, %error, "a sealed value is lost");
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }
}
