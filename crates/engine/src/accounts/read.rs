//! Reading an account: `GET /accounts/{account_guid}`.

use riverbank_model::guid::AccountGuid;
use riverbank_store::accounts;

use super::{AccountView, Origins};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// An account of the caller; none when there is none, or it is another user's.
    pub async fn read_account(
        &self,
        caller: &Caller,
        guid: &AccountGuid,
    ) -> Result<Option<AccountView>, Fault> {
        let reader = self.store().read().await?;
        let Some(account) = accounts::find(&reader, &caller.user, guid).await? else {
            return Ok(None);
        };
        let origins = Origins::read(&reader, &caller.user).await?;
        drop(reader);
        Ok(self.account_views(vec![account], &origins).await?.pop())
    }
}
