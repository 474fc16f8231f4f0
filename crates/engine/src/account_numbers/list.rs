//! Listing the numbers of accounts: `GET /members/{member_guid}/account_numbers`, `GET
//! /accounts/{account_guid}/account_numbers`.

use riverbank_model::guid::{AccountGuid, MemberGuid};
use riverbank_store::account_numbers::{self, AccountNumber};
use riverbank_store::{accounts, members};

use super::AccountNumberView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The numbers of the accounts of a member of the caller, in the order of the accounts; none when there is no such
    /// member.
    pub async fn list_member_account_numbers(
        &self,
        caller: &Caller,
        member: &MemberGuid,
    ) -> Result<Option<Vec<AccountNumberView>>, Fault> {
        let reader = self.store().read().await?;
        if members::find(&reader, &caller.user, member).await?.is_none() {
            return Ok(None);
        }
        let rows = account_numbers::of_member(&reader, &caller.user, member).await?;
        drop(reader);
        self.number_views(rows).map(Some)
    }

    /// The numbers of an account of the caller; none when there is no such account.
    pub async fn list_account_numbers(
        &self,
        caller: &Caller,
        account: &AccountGuid,
    ) -> Result<Option<Vec<AccountNumberView>>, Fault> {
        let reader = self.store().read().await?;
        if accounts::find(&reader, &caller.user, account).await?.is_none() {
            return Ok(None);
        }
        let rows = account_numbers::of_account(&reader, &caller.user, account).await?;
        drop(reader);
        self.number_views(rows).map(Some)
    }

    fn number_views(&self, rows: Vec<AccountNumber>) -> Result<Vec<AccountNumberView>, Fault> {
        let view = |row: AccountNumber| {
            let told = self.told_numbers(&row)?;
            Ok(AccountNumberView::of(row, told))
        };
        rows.into_iter().map(view).filter_map(Result::transpose).collect()
    }
}
