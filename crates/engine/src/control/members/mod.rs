//! What a test suite may do to one member, whoever's it is: `/control/members/{member_guid}`.

mod expire_challenge;
mod force;
mod read;
mod revoke_consent;

use riverbank_model::guid::MemberGuid;
use riverbank_store::due::MemberKey;
use riverbank_store::whereabouts;

pub use expire_challenge::ExpireChallengeError;
pub use force::ForceStatusError;
pub use read::MemberState;

use crate::{Engine, Fault};

impl Engine {
    /// Whose member this is; none when there is no live one.
    pub(crate) async fn owner_of(&self, guid: &MemberGuid) -> Result<Option<MemberKey>, Fault> {
        Ok(whereabouts::member(&*self.store().read().await?, guid).await?)
    }
}
