//! A transaction that is about to be changed.

use riverbank_model::guid::TransactionGuid;
use riverbank_store::accounts::{self, Account};
use riverbank_store::members::{self, Member};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{StoreError, Tx};

use crate::Caller;

/// A live transaction of the caller, its account, and its member, which is locked: whoever changes a transaction holds its
/// member. None when there is none, or it is another user's.
pub(super) async fn lock(
    tx: &Tx,
    caller: &Caller,
    guid: &TransactionGuid,
) -> Result<Option<(Transaction, Account, Member)>, StoreError> {
    let user = &caller.user;
    let Some(found) = transactions::find(tx, user, guid).await? else { return Ok(None) };
    let Some(member) = members::lock(tx, user, &found.member_guid).await? else { return Ok(None) };
    let Some(account) = accounts::find(tx, user, &found.account_guid).await? else { return Ok(None) };
    // As it is now that nobody else changes it.
    let found = transactions::find(tx, user, guid).await?;
    Ok(found.map(|found| (found, account, member)))
}
