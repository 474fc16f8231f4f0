//! The credentials of a login: which are lawful, which login they are, how they are stored.

use jiff::Timestamp;
use riverbank_model::ExposeSecret;
use riverbank_model::SecretText;
use riverbank_model::guid::{self, CredentialGuid, MemberGuid, UserGuid};
use riverbank_store::Place;
use riverbank_store::member_credentials::StoredCredential;

use crate::institutions::{Institution, InstitutionCredential};
use crate::{Engine, Fault};

/// A value that was given for a credential.
#[derive(Clone, Debug)]
pub struct GivenCredential {
    /// Whose value it is, as sent.
    pub guid: String,
    /// What the end user typed.
    pub value: SecretText,
}

/// Credentials that are not those the institution asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CredentialsError {
    /// An id that is not, or no longer, a credential of the institution.
    #[error(
        "Credential {guid} is not one of the institution's current credentials. \
         Read them from GET /institutions/{institution}/credentials."
    )]
    Unknown {
        /// The id as sent.
        guid: String,
        /// The institution.
        institution: String,
    },
    /// The same id twice.
    #[error("Credential {0} is given more than once.")]
    Repeated(String),
    /// Credentials without a value that the institution demands.
    #[error("Required credentials are missing: {0}.")]
    Incomplete(String),
}

/// The values of a login, one for each credential of its institution that has one.
pub(super) struct LoginValues<'a> {
    values: Vec<(&'a InstitutionCredential, SecretText)>,
    institution: &'a Institution,
}

impl<'a> LoginValues<'a> {
    /// Takes given values over those that are stored, and checks that none is missing.
    pub(super) fn new(
        institution: &'a Institution,
        given: &[GivenCredential],
        stored: &[(CredentialGuid, SecretText)],
    ) -> Result<Self, CredentialsError> {
        check_given(institution, given)?;
        let value_of = |field: &InstitutionCredential| {
            let new = given.iter().find(|one| one.guid == field.guid.as_str()).map(|one| &one.value);
            let old = stored.iter().find(|(guid, _)| *guid == field.guid).map(|(_, value)| value);
            new.or(old).filter(|value| !value.expose_secret().is_empty()).cloned()
        };
        let mut values = Vec::new();
        let mut missing = Vec::new();
        for field in &institution.credentials {
            match value_of(field) {
                Some(value) => values.push((field, value)),
                None if field.is_optional => {}
                None => missing.push(format!("{} ({})", field.label, field.guid)),
            }
        }
        if !missing.is_empty() {
            return Err(CredentialsError::Incomplete(missing.join(", ")));
        }
        Ok(Self { values, institution })
    }

    /// The keyed fingerprint of what says who signs in: the values of all credentials but passwords, in display
    /// order, exact bytes. None when the institution asks only for secrets.
    pub(super) fn fingerprint(&self, engine: &Engine) -> Option<Vec<u8>> {
        let identifying: Vec<&str> = self
            .institution
            .credentials
            .iter()
            .filter(|field| field.field_type.identifies())
            .map(|field| {
                let value = self.values.iter().find(|(other, _)| other.guid == field.guid);
                value.map_or("", |(_, value)| value.expose_secret())
            })
            .collect();
        (!identifying.is_empty()).then(|| engine.parts.vault.login_fingerprint(&identifying))
    }

    /// The rows that store the values.
    pub(super) fn sealed(
        &self,
        engine: &Engine,
        user: &UserGuid,
        member: &MemberGuid,
        now: Timestamp,
    ) -> Result<Vec<StoredCredential>, Fault> {
        let seal = |(field, value): &(&InstitutionCredential, SecretText)| {
            engine.sealed_credential(user, member, &field.guid, value, now)
        };
        self.values.iter().map(seal).collect()
    }
}

impl Engine {
    /// The row that stores one value.
    pub(super) fn sealed_credential(
        &self,
        user: &UserGuid,
        member: &MemberGuid,
        credential: &CredentialGuid,
        value: &SecretText,
        now: Timestamp,
    ) -> Result<StoredCredential, Fault> {
        let place = Place::Credential(user, member, credential);
        Ok(StoredCredential {
            user_guid: user.clone(),
            member_guid: member.clone(),
            credential_guid: credential.clone(),
            guid: guid::fixed(&[member.as_str(), credential.as_str()]),
            value: self.seal(&place, value.expose_secret().as_bytes())?,
            created_at: now,
            updated_at: now,
        })
    }

    /// The stored values of a member, opened. One that is damaged is missing.
    pub(crate) fn open_credentials(
        &self,
        stored: &[StoredCredential],
    ) -> Result<Vec<(CredentialGuid, SecretText)>, Fault> {
        let open = |row: &StoredCredential| {
            let place = Place::Credential(&row.user_guid, &row.member_guid, &row.credential_guid);
            let opened = self.unseal_undamaged(&place, &row.value).transpose()?;
            Some(opened.map(|value| (row.credential_guid.clone(), value)))
        };
        stored.iter().filter_map(open).collect()
    }
}

/// Each value is for a current credential of the institution, and no two are for the same.
pub(super) fn check_given(
    institution: &Institution,
    given: &[GivenCredential],
) -> Result<(), CredentialsError> {
    for (index, one) in given.iter().enumerate() {
        if !institution.credentials.iter().any(|field| field.guid.as_str() == one.guid) {
            let institution = institution.guid.to_string();
            return Err(CredentialsError::Unknown { guid: one.guid.clone(), institution });
        }
        if given[..index].iter().any(|earlier| earlier.guid == one.guid) {
            return Err(CredentialsError::Repeated(one.guid.clone()));
        }
    }
    Ok(())
}

/// Whether what is stored suffices to sign in.
pub(super) fn is_complete(institution: &Institution, stored: &[CredentialGuid]) -> bool {
    let there = |field: &InstitutionCredential| field.is_optional || stored.contains(&field.guid);
    institution.credentials.iter().all(there)
}
