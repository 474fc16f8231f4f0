//! Reading a member: `GET /members/{member_guid}`.

use riverbank_model::guid::MemberGuid;
use riverbank_store::members;

use super::MemberView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A member of the caller; none when there is none, or it is another user's.
    pub async fn read_member(&self, caller: &Caller, guid: &MemberGuid) -> Result<Option<MemberView>, Fault> {
        let reader = self.parts.store.read().await?;
        let member = members::find(&reader, &caller.user, guid).await?;
        drop(reader);
        match member {
            Some(member) => Ok(Some(self.view(member).await?)),
            None => Ok(None),
        }
    }
}
