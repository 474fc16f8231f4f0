//! Making the answers of a member late: `POST /control/members/{member_guid}/expire_challenge`.

use riverbank_model::guid::MemberGuid;
use riverbank_store::members;

use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why nothing expires.
#[derive(Debug, thiserror::Error)]
pub enum ExpireChallengeError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is none.
    #[error("no such member")]
    NoSuchMember,
    /// It is asked nothing.
    #[error("The member has no open challenge.")]
    NotChallenged,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ExpireChallengeError);

impl Engine {
    /// Expires the open questions of a member now, as if their time had passed.
    pub async fn expire_challenge_now(&self, guid: &MemberGuid) -> Result<(), ExpireChallengeError> {
        demand_sandbox(self)?;
        let key = self.owner_of(guid).await?.ok_or(ExpireChallengeError::NoSuchMember)?;
        let now = self.now();
        let writing = self.store().write(async move |tx| {
            let member = members::lock(tx, &key.user_guid, &key.guid).await?;
            let mut member = member.ok_or(ExpireChallengeError::NoSuchMember)?;
            if member.challenge_expires_at.is_none() {
                return Err(ExpireChallengeError::NotChallenged);
            }
            member.challenge_expires_at = Some(now);
            Ok(members::save(tx, &member).await?)
        });
        writing.await?;
        Ok(self.run_due().await?)
    }
}
