//! The consent of an end user: kept as a stored credential of its member, refreshed before it is used.

use jiff::Timestamp;
use riverbank_connect::oauth::{Conversation, OauthFailure, OauthProvider, Tokens};
use riverbank_model::guid::{self, CredentialGuid, InstitutionGuid, MemberGuid, UserGuid};
use riverbank_store::member_credentials::{self, StoredCredential};
use riverbank_store::members::Member;
use riverbank_store::{Place, Tx};

use crate::{Engine, Fault};

/// The credential that consents at an institution are stored under.
pub(crate) fn consent_key(institution: &InstitutionGuid) -> CredentialGuid {
    guid::fixed(&[institution.as_str(), "OAUTH_CONSENT"])
}

impl Engine {
    /// Stores a consent in the place of whatever the member signed in with before.
    pub(crate) async fn keep_consent(
        &self,
        tx: &Tx,
        member: &Member,
        tokens: &Tokens,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let row = self.sealed_consent(member, tokens, now)?;
        Ok(member_credentials::replace(tx, &member.user_guid, &member.guid, &[row]).await?)
    }

    pub(crate) fn sealed_consent(
        &self,
        member: &Member,
        tokens: &Tokens,
        now: Timestamp,
    ) -> Result<StoredCredential, Fault> {
        let key = consent_key(&member.institution_guid);
        let bytes = tokens.to_bytes().map_err(Fault::internal)?;
        let place = Place::Credential(&member.user_guid, &member.guid, &key);
        Ok(StoredCredential {
            value: self.seal(&place, &bytes)?,
            user_guid: member.user_guid.clone(),
            member_guid: member.guid.clone(),
            guid: guid::fixed(&[member.guid.as_str(), key.as_str()]),
            credential_guid: key,
            created_at: now,
            updated_at: now,
        })
    }

    /// The consent among what is stored of a member.
    pub(crate) fn open_consent(
        &self,
        member: &Member,
        stored: &[StoredCredential],
    ) -> Result<Option<Tokens>, Fault> {
        let key = consent_key(&member.institution_guid);
        let Some(row) = stored.iter().find(|row| row.credential_guid == key) else { return Ok(None) };
        self.open_tokens(&Place::Credential(&row.user_guid, &row.member_guid, &key), &row.value)
    }

    /// The tokens at their place. Those that are damaged are missing, as a credential is.
    pub(super) fn open_tokens(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Option<Tokens>, Fault> {
        match self.unseal(place, sealed) {
            Ok(bytes) => Ok(Tokens::from_bytes(&bytes).ok()),
            Err(Fault::Damaged(error)) => {
                tracing::error!(?place, %error, "a sealed value is lost");
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The consent of a member, read anew.
    pub(crate) async fn consent_of(
        &self,
        user: &UserGuid,
        member: &MemberGuid,
    ) -> Result<Option<Tokens>, Fault> {
        let reader = self.parts.store.read().await?;
        let Some(member) = riverbank_store::members::find(&reader, user, member).await? else {
            return Ok(None);
        };
        let stored = member_credentials::of_member(&reader, &member.user_guid, &member.guid).await?;
        drop(reader);
        self.open_consent(&member, &stored)
    }

    /// New tokens from the institution; a failure that ends the consent when there is nothing to get them with.
    pub(crate) async fn refresh_consent(
        &self,
        provider: &OauthProvider,
        tokens: &Tokens,
    ) -> Result<Tokens, OauthFailure> {
        let Some(refresh) = &tokens.refresh else {
            return Err(OauthFailure::Refused { error: "invalid_grant".to_owned(), status: 401 });
        };
        Conversation::new(&self.parts.outbound, provider).refresh(refresh, self.now()).await
    }
}
