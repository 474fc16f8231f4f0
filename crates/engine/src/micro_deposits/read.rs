//! `GET /micro_deposits/{micro_deposit_guid}`.

use riverbank_model::guid::MicroDepositGuid;

use super::MicroDeposit;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A verification of the user, brought to where it stands now.
    pub async fn read_micro_deposit(
        &self,
        caller: &Caller,
        guid: &MicroDepositGuid,
    ) -> Result<Option<MicroDeposit>, Fault> {
        self.follow_micro_deposit(&caller.user, guid).await
    }
}
