//! Taking a consent back at a test bank: `POST /control/members/{member_guid}/revoke_consent`.

use riverbank_model::guid::MemberGuid;

use crate::Engine;
use crate::banks::RevokeConsentError;
use crate::control::demand_sandbox;

impl Engine {
    /// Takes the consent of a member back, whoever's it is.
    pub async fn revoke_consent_of(&self, guid: &MemberGuid) -> Result<(), RevokeConsentError> {
        demand_sandbox(self)?;
        let key = self.owner_of(guid).await?.ok_or(RevokeConsentError::NoSuchMember)?;
        self.revoke_consent(&key.user_guid, &key.guid).await
    }
}
