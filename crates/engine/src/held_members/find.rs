//! From the partner's own ids to a member and the user on whose behalf it is handled.

use riverbank_model::guid::MemberGuid;
use riverbank_store::{members, users};

use crate::clients::Partner;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// A held member that is there, and its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldMember {
    /// On whose behalf it is handled.
    pub caller: Caller,
    /// Its guid.
    pub guid: MemberGuid,
}

/// Why there is no held member.
#[derive(Debug, thiserror::Error)]
pub enum HeldMemberError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// The user has no held member with this id.
    #[error("Member not found.")]
    NoSuchMember,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(HeldMemberError);

impl Engine {
    /// The partner's user with this id, as one on whose behalf members are handled.
    pub async fn user_of(&self, partner: &Partner, user_id: &str) -> Result<Caller, HeldMemberError> {
        let reader = self.store().read().await?;
        let user = users::find_by_partner_id(&reader, &partner.guid, user_id).await?;
        let user = user.ok_or(HeldMemberError::NoSuchUser)?;
        Ok(Caller { client: user.client_guid, user: user.guid, callback_payload: None })
    }

    /// The held member `id` of the partner's user `user_id`. Members that the user made are not found.
    pub async fn held_member(
        &self,
        partner: &Partner,
        user_id: &str,
        id: &str,
    ) -> Result<HeldMember, HeldMemberError> {
        let caller = self.user_of(partner, user_id).await?;
        let reader = self.store().read().await?;
        let member = members::find_held(&reader, &caller.user, id).await?;
        let guid = member.ok_or(HeldMemberError::NoSuchMember)?.guid;
        Ok(HeldMember { caller, guid })
    }
}
