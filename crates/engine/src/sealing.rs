//! What is sealed, and under which identity. A value that is put in another row's place does not open there.

use riverbank_model::SecretText;
use riverbank_model::guid::{CredentialGuid, JobGuid, MemberGuid, UserGuid};
use zeroize::Zeroizing;

use crate::{Engine, Fault};

/// The place of a sealed value.
pub(crate) enum Place<'a> {
    /// A stored credential.
    Credential(&'a UserGuid, &'a MemberGuid, &'a CredentialGuid),
    /// An answer that waits for its job to be resumed.
    Answer(&'a UserGuid, &'a MemberGuid, &'a CredentialGuid),
    /// A connector's state and the answers given.
    Progress(&'a UserGuid, &'a JobGuid),
    /// The one-time token of an OAuth member.
    OauthToken(&'a UserGuid, &'a MemberGuid),
}

impl Place<'_> {
    fn identity(&self) -> String {
        match self {
            Self::Credential(user, member, credential) => format!("credential/{user}/{member}/{credential}"),
            Self::Answer(user, member, challenge) => format!("answer/{user}/{member}/{challenge}"),
            Self::Progress(user, job) => format!("progress/{user}/{job}"),
            Self::OauthToken(user, member) => format!("oauth-token/{user}/{member}"),
        }
    }
}

impl Engine {
    /// Seals a value for its place.
    pub(crate) fn seal(&self, place: &Place<'_>, value: &[u8]) -> Result<Vec<u8>, Fault> {
        let sealed = self.parts.vault.seal(&place.identity(), value, &*self.parts.secrets)?;
        Ok(sealed.into_bytes())
    }

    /// Opens a value at its place.
    pub(crate) fn unseal(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        Ok(self.parts.vault.open(&place.identity(), &sealed.to_vec().into())?)
    }

    /// Opens a text at its place.
    pub(crate) fn unseal_text(&self, place: &Place<'_>, sealed: &[u8]) -> Result<SecretText, Fault> {
        let opened = self.unseal(place, sealed)?;
        let text = std::str::from_utf8(&opened).map_err(|_| Fault::internal("a sealed text is not UTF-8"))?;
        Ok(SecretText::from(text))
    }
}
