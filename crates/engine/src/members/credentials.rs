//! What the end user must be asked before new credentials are sent: `GET /members/{member_guid}/credentials`.

use std::sync::Arc;

use riverbank_model::guid::MemberGuid;
use riverbank_store::members;

use crate::institutions::Institution;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The institution of a member, whose credentials are the ones to ask for; none when there is no such member.
    pub async fn member_institution(
        &self,
        caller: &Caller,
        guid: &MemberGuid,
    ) -> Result<Option<Arc<Institution>>, Fault> {
        let reader = self.parts.store.read().await?;
        let member = members::find(&reader, &caller.user, guid).await?;
        drop(reader);
        let Some(member) = member else { return Ok(None) };
        Ok(self.catalogue().await?.get(&member.institution_guid).cloned())
    }
}
