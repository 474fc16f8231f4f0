//! Listing accounts: `GET /accounts`, `GET /members/{member_guid}/accounts`.

use riverbank_model::guid::MemberGuid;
use riverbank_model::use_case::UseCase;
use riverbank_store::accounts::{self, AccountFilter};
use riverbank_store::db::Each;
use riverbank_store::page::Page;

use super::{AccountView, Origins};
use crate::{Caller, Engine, Fault};

/// Which accounts.
#[derive(Clone, Copy, Debug)]
pub struct ListAccounts {
    /// Only those of members with this use case.
    pub use_case: Option<UseCase>,
    /// Only those of members that the user manages, or only those of held members.
    pub member_is_managed_by_user: Option<bool>,
    /// Only those made by hand, or only those that came from an institution. None are made by hand so far.
    pub is_manual: Option<bool>,
    /// Which part of them.
    pub page: Page,
}

/// A page of accounts.
#[derive(Clone, Debug, Default)]
pub struct AccountList {
    /// In the order in which they were made.
    pub accounts: Vec<AccountView>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The caller's accounts.
    pub async fn list_accounts(&self, caller: &Caller, request: ListAccounts) -> Result<AccountList, Fault> {
        if request.is_manual == Some(true) {
            return Ok(AccountList::default());
        }
        let reader = self.store().read().await?;
        let origins = Origins::read(&reader, &caller.user).await?;
        let members = origins.narrowed(request.use_case, request.member_is_managed_by_user);
        let filter = AccountFilter {
            members: members.as_deref().map(Each::of),
        };
        let (found, total) = accounts::list(&reader, &caller.user, filter, request.page).await?;
        drop(reader);
        Ok(AccountList {
            accounts: self.account_views(found, &origins).await?,
            total,
        })
    }

    /// The accounts of a member of the caller; none when there is no such member.
    pub async fn list_member_accounts(
        &self,
        caller: &Caller,
        member: &MemberGuid,
        page: Page,
    ) -> Result<Option<AccountList>, Fault> {
        let reader = self.store().read().await?;
        let origins = Origins::read(&reader, &caller.user).await?;
        if origins.get(member).is_none() {
            return Ok(None);
        }
        let filter = AccountFilter {
            members: Some(Each::of(std::slice::from_ref(member))),
        };
        let (found, total) = accounts::list(&reader, &caller.user, filter, page).await?;
        drop(reader);
        Ok(Some(AccountList {
            accounts: self.account_views(found, &origins).await?,
            total,
        }))
    }
}
