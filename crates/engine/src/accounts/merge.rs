//! Merging two accounts that are one: `PUT /accounts/merge`.
//!
//! What is decided is written at once: one account is gone, and its institution's feed brings it back no more, like that of any
//! account that was deleted. Its transactions follow in slices, each a unit of work of its own.

mod holdings;
mod slice;
mod twins;

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::AccountGuid;
use riverbank_model::webhook::Action;
use riverbank_store::account_merges::{self, AccountMerge, MergeKey};
use riverbank_store::accounts::{self, Account};
use riverbank_store::members::{self, Member};
use riverbank_store::{StoreError, Tx, account_numbers, account_owners};

use super::AccountView;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why accounts are not merged.
#[derive(Debug, thiserror::Error)]
pub enum MergeAccountsError {
    /// One, three, or the same twice.
    #[error("accounts must hold the guids of two different accounts.")]
    NotTwo,
    /// One of them does not exist, or is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// The partner answers for both.
    #[error("At least one of the accounts must belong to a member that is managed by the user.")]
    NoneOfTheUsers,
    /// Its user wants to know nothing of one of them.
    #[error("Blocked accounts cannot be merged.")]
    Blocked,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(MergeAccountsError);

/// An account with its member.
type Side = (Account, Member);

impl Engine {
    /// Merges two accounts of the caller, as sent, into one of them; gives the one that is left, when nothing of the other is
    /// seen any more.
    pub async fn merge_accounts(
        &self,
        caller: &Caller,
        guids: &[String],
    ) -> Result<AccountView, MergeAccountsError> {
        let [one, other] = guids else { return Err(MergeAccountsError::NotTwo) };
        if one == other {
            return Err(MergeAccountsError::NotTwo);
        }
        let guids = (one.parse::<AccountGuid>().ok()).zip(other.parse::<AccountGuid>().ok());
        let (one, other) = guids.ok_or(MergeAccountsError::NoSuchAccount)?;
        let catalogue = self.catalogue().await?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let found = lock_both(tx, &caller, &one, &other).await?;
            let (one, other) = found.ok_or(MergeAccountsError::NoSuchAccount)?;
            if !one.1.is_managed_by_user && !other.1.is_managed_by_user {
                return Err(MergeAccountsError::NoneOfTheUsers);
            }
            if one.0.is_blocked || other.0.is_blocked {
                return Err(MergeAccountsError::Blocked);
            }
            let (stays, goes) = survivor(one, other);
            let key = MergeKey { user_guid: goes.0.user_guid.clone(), account_guid: goes.0.guid.clone() };
            let (stays, is_done) = engine.write_merge(tx, &caller, stays, goes).await?;
            Ok((stays, key, is_done))
        });
        let ((account, member), key, is_done) = writing.await?;
        if !is_done {
            self.finish_merge(key).await?;
        }
        Ok(AccountView::of_member(account, &member, &catalogue)?)
    }

    /// The account that stays, as it is then, and whether no transaction of the other is left.
    async fn write_merge(
        &self,
        tx: &Tx,
        caller: &Caller,
        (mut stays, keeper): Side,
        (mut goes, loser): Side,
    ) -> Result<(Side, bool), Fault> {
        let (user, now) = (&caller.user, self.now());
        let holdings = self.merge_holdings(tx, (&stays, &goes), now).await?;
        account_owners::hand_over(tx, &goes, &stays).await?;
        account_numbers::hand_over(tx, &goes, &stays).await?;
        changed(&mut stays, now);
        changed(&mut goes, now);
        goes.deleted_at = Some(now);
        let mut news = News::of_member(self, tx, &keeper).await?;
        news.account(&stays, &keeper, Action::Updated)?;
        for holding in &holdings.kept {
            news.holding(holding, &keeper, Action::Updated)?;
        }
        news.write().await?;
        let mut news = News::of_member(self, tx, &loser).await?;
        news.account(&goes, &loser, Action::Deleted)?;
        for holding in &holdings.dropped {
            news.holding(holding, &loser, Action::Deleted)?;
        }
        news.write().await?;
        accounts::store(tx, &stays).await?;
        accounts::store(tx, &goes).await?;
        record(tx, caller, "accounts.merge", &goes.guid, false, now).await?;
        // What was on its way into the one that goes goes on to the one that stays.
        account_merges::redirect(tx, user, &goes.guid, &stays.guid).await?;
        self.hand_over_goals(tx, &goes.guid, (&stays, &keeper)).await?;
        let Some((told_from, told_through)) = account_merges::days(tx, user, &goes.guid).await? else {
            return Ok(((stays, keeper), true));
        };
        let merge = AccountMerge {
            user_guid: user.clone(),
            account_guid: goes.guid.clone(),
            into_guid: stays.guid.clone(),
            told_from,
            told_through,
            at: now,
        };
        let is_done = self.merge_slice(tx, &merge, &[keeper.clone(), loser]).await?;
        if !is_done {
            account_merges::insert(tx, &merge).await?;
        }
        Ok(((stays, keeper), is_done))
    }
}

/// Two live accounts of the caller with their members, which are locked in the order of their ids.
async fn lock_both(
    tx: &Tx,
    caller: &Caller,
    one: &AccountGuid,
    other: &AccountGuid,
) -> Result<Option<(Side, Side)>, StoreError> {
    let user = &caller.user;
    let found = (accounts::find(tx, user, one).await?).zip(accounts::find(tx, user, other).await?);
    let Some((first, second)) = found else { return Ok(None) };
    let mut guids = [&first.member_guid, &second.member_guid];
    guids.sort();
    let mut locked = Vec::new();
    for guid in guids {
        let Some(member) = members::lock(tx, user, guid).await? else { return Ok(None) };
        locked.push(member);
    }
    let member_of = |account: Account| {
        let member = locked.iter().find(|member| member.guid == account.member_guid)?.clone();
        Some((account, member))
    };
    // As they are now that nobody else changes them.
    let one = accounts::find(tx, user, one).await?.and_then(member_of);
    Ok(one.zip(accounts::find(tx, user, other).await?.and_then(member_of)))
}

/// Which of two accounts stays, and which one goes; their order tells nothing. What the partner manages stays; then what an
/// institution tells of; then what is connected; then what is older.
fn survivor(one: Side, other: Side) -> (Side, Side) {
    let rank = |(account, member): &Side| {
        let is_connected = member.connection_status == Some(ConnectionStatus::Connected);
        let lesser = [member.is_managed_by_user, member.is_manual(), !is_connected];
        (lesser, account.created_at, account.number, account.guid.clone())
    };
    if rank(&one) <= rank(&other) { (one, other) } else { (other, one) }
}

fn changed(account: &mut Account, now: Timestamp) {
    account.revision += 1;
    account.updated_at = now;
}

#[cfg(test)]
mod tests;
