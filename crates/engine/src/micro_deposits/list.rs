//! `GET /micro_deposits`.

use riverbank_store::micro_deposits as table;

use super::MicroDeposit;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// All verifications of the user, in the order in which they were made.
    pub async fn list_micro_deposits(&self, caller: &Caller) -> Result<Vec<MicroDeposit>, Fault> {
        Ok(table::list(&*self.store().read().await?, &caller.user).await?)
    }
}
