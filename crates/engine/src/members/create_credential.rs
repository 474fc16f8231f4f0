//! Storing one value of a member: the deprecated `POST /members/{member_guid}/credentials`.

use jiff::Timestamp;
use riverbank_model::ExposeSecret;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{self, CredentialGuid, MemberCredentialGuid, MemberGuid};
use riverbank_store::members::{self, Member};
use riverbank_store::{Place, Tx, challenges, member_credentials};

use super::challenges::open_questions;
use super::login::LoginValues;
use super::{CredentialsError, GivenCredential, record, touch};
use crate::fault::faults;
use crate::institutions::Institution;
use crate::{Caller, Engine, Fault};

/// A stored value as answers show it: never the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCredentialView {
    /// Its own id.
    pub guid: MemberCredentialGuid,
    /// The credential or challenge that it answers.
    pub credential_guid: CredentialGuid,
    /// The member.
    pub member_guid: MemberGuid,
    /// When it was first stored.
    pub created_at: Timestamp,
    /// When it was last stored.
    pub updated_at: Timestamp,
}

/// Why a value is not stored.
#[derive(Debug, thiserror::Error)]
pub enum CreateCredentialError {
    /// There is none, or it is another user's.
    #[error("no such member")]
    NoSuchMember,
    /// A value without text.
    #[error("value must not be empty.")]
    Empty,
    /// Neither a credential of the institution nor an open challenge.
    #[error(transparent)]
    Credentials(#[from] CredentialsError),
    /// Another member of the user has this login.
    #[error("The user already has a member at this institution with the same login.")]
    SameLogin,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateCredentialError);

impl Engine {
    /// Stores the value of a credential, or the answer to an open challenge. Starts nothing.
    pub async fn create_member_credential(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
        given: GivenCredential,
    ) -> Result<StoredCredentialView, CreateCredentialError> {
        if given.value.expose_secret().is_empty() {
            return Err(CreateCredentialError::Empty);
        }
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.parts.store.write(async move |tx| {
            let member = members::lock(tx, &caller.user, &guid).await?;
            let mut member = member.ok_or(CreateCredentialError::NoSuchMember)?;
            engine.write_credential(tx, &mut member, &given).await
        });
        writing.await.map_err(|error| match error {
            CreateCredentialError::Fault(Fault::Conflict(index)) if index == "members_by_login" => {
                CreateCredentialError::SameLogin
            }
            other => other,
        })
    }

    async fn write_credential(
        &self,
        tx: &Tx,
        member: &mut Member,
        given: &GivenCredential,
    ) -> Result<StoredCredentialView, CreateCredentialError> {
        let now = self.now();
        if member.connection_status == Some(ConnectionStatus::Challenged)
            && let Some(view) = self.store_answer(tx, member, given, now).await?
        {
            return Ok(view);
        }
        let institution = self.institution_of(member)?;
        self.store_credential(tx, member, &institution, given, now).await
    }

    async fn store_answer(
        &self,
        tx: &Tx,
        member: &Member,
        given: &GivenCredential,
        now: Timestamp,
    ) -> Result<Option<StoredCredentialView>, Fault> {
        let open = open_questions(tx, member).await?;
        let Some(question) = open.into_iter().find(|question| question.row.guid.as_str() == given.guid)
        else {
            return Ok(None);
        };
        let row = &question.row;
        let place = Place::Answer(&row.user_guid, &row.member_guid, &row.guid);
        let sealed = self.seal(&place, given.value.expose_secret().as_bytes())?;
        challenges::answer(tx, row, &sealed).await?;
        record(tx, member, "challenges.answer", false).await?;
        Ok(Some(StoredCredentialView {
            guid: guid::fixed(&[member.guid.as_str(), row.guid.as_str()]),
            credential_guid: row.guid.clone(),
            member_guid: member.guid.clone(),
            created_at: now,
            updated_at: now,
        }))
    }

    async fn store_credential(
        &self,
        tx: &Tx,
        member: &mut Member,
        institution: &Institution,
        given: &GivenCredential,
        now: Timestamp,
    ) -> Result<StoredCredentialView, CreateCredentialError> {
        let rows = member_credentials::of_member(tx, &member.user_guid, &member.guid).await?;
        let stored = self.open_credentials(&rows)?;
        match LoginValues::new(institution, std::slice::from_ref(given), &stored) {
            Ok(login) => member.login_fingerprint = login.fingerprint(self),
            // One value at a time: the login is whole only with the last of them.
            Err(CredentialsError::Incomplete(_)) => {}
            Err(other) => return Err(other.into()),
        }
        let field = institution.credentials.iter().find(|field| field.guid.as_str() == given.guid);
        let field = field.ok_or_else(|| Fault::internal("a checked credential is not there"))?;
        let mut row =
            self.sealed_credential(&member.user_guid, &member.guid, &field.guid, &given.value, now)?;
        if let Some(earlier) = rows.iter().find(|earlier| earlier.credential_guid == field.guid) {
            row.created_at = earlier.created_at;
        }
        touch(member, now);
        members::save(tx, member).await?;
        member_credentials::store(tx, std::slice::from_ref(&row)).await?;
        record(tx, member, "member_credentials.create", false).await?;
        Ok(StoredCredentialView {
            guid: row.guid,
            credential_guid: row.credential_guid,
            member_guid: row.member_guid,
            created_at: row.created_at,
            updated_at: row.updated_at,
        })
    }
}
