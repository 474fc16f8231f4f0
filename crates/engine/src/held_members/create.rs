//! Creating a held member: `POST /users/{id}/members` of the partner face.

use crate::clients::Partner;
use crate::members::{CreateMember, CreateMemberError, GivenCredential, MemberView};
use crate::users::InvalidField;
use crate::{Caller, Engine, Fault};

use super::HeldMemberError;

/// What a held member is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateHeldMember {
    /// The partner's own id, unique within the user.
    pub id: String,
    /// Where it leads to: an institution's guid or code.
    pub institution_id: String,
    /// The values of the institution's credentials.
    pub credentials: Vec<GivenCredential>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// The institution's name when absent.
    pub name: Option<String>,
    /// No webhook for this creation.
    pub skip_webhook: bool,
    /// What the call wants to see again on the webhooks that it causes.
    pub callback_payload: Option<String>,
}

/// Why a held member cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateHeldMemberError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// A field does not have its form.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// No institution has this guid or code.
    #[error("institution_id does not exist.")]
    UnknownInstitution,
    /// The rules of members.
    #[error(transparent)]
    Member(CreateMemberError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl From<CreateMemberError> for CreateHeldMemberError {
    fn from(error: CreateMemberError) -> Self {
        match error {
            CreateMemberError::NoUser => Self::NoSuchUser,
            CreateMemberError::UnknownInstitution => Self::UnknownInstitution,
            CreateMemberError::Fault(fault) => Self::Fault(fault),
            other => Self::Member(other),
        }
    }
}

impl From<HeldMemberError> for CreateHeldMemberError {
    fn from(error: HeldMemberError) -> Self {
        match error {
            HeldMemberError::NoSuchUser | HeldMemberError::NoSuchMember => Self::NoSuchUser,
            HeldMemberError::Fault(fault) => Self::Fault(fault),
        }
    }
}

impl Engine {
    /// Makes a held member of the partner's user with this id, and starts its first job.
    pub async fn create_held_member(
        &self,
        partner: &Partner,
        user_id: &str,
        request: CreateHeldMember,
    ) -> Result<MemberView, CreateHeldMemberError> {
        let caller = self.user_of(partner, user_id).await?;
        let caller = Caller { callback_payload: request.callback_payload, ..caller };
        if !crate::users::is_id(&request.id) {
            let rule = "must have 1 to 1024 letters, digits, dashes and underscores";
            return Err(InvalidField { field: "id", rule }.into());
        }
        let catalogue = self.catalogue().await?;
        let by_guid = request.institution_id.parse().ok().and_then(|guid| catalogue.get(&guid));
        let institution = by_guid.or_else(|| catalogue.by_code(&request.institution_id));
        let institution = institution.ok_or(CreateHeldMemberError::UnknownInstitution)?;
        let member = CreateMember {
            institution_guid: institution.guid.to_string(),
            credentials: request.credentials,
            metadata: request.metadata,
            name: request.name,
            skip_webhook: request.skip_webhook,
            held_as: Some(request.id),
            ..CreateMember::default()
        };
        Ok(self.create_member(&caller, member).await?)
    }
}
