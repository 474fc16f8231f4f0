//! Reading a transaction: `GET /transactions/{transaction_guid}`.

use riverbank_model::guid::TransactionGuid;
use riverbank_store::transactions;

use super::TransactionView;
use crate::accounts::Origins;
use crate::categories::OwnCategories;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A transaction of the caller; none when there is none, or it is another user's.
    pub async fn read_transaction(
        &self,
        caller: &Caller,
        guid: &TransactionGuid,
    ) -> Result<Option<TransactionView>, Fault> {
        let reader = self.store().read().await?;
        let Some(transaction) = transactions::find(&reader, &caller.user, guid).await? else {
            return Ok(None);
        };
        let origins = Origins::read(&reader, &caller.user).await?;
        let categories =
            OwnCategories::behind(&reader, &caller.user, std::slice::from_ref(&transaction)).await?;
        Ok(Some(TransactionView::of(transaction, &origins, &categories)))
    }
}
