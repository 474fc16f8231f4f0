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
    /// Only those made by hand, or only those that came from an institution.
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
        let reader = self.store().read().await?;
        let origins = Origins::read(&reader, &caller.user).await?;
        let members =
            origins.narrowed(request.use_case, request.member_is_managed_by_user, request.is_manual);
        let filter = AccountFilter { members: members.as_deref().map(Each::of) };
        let (found, total) = accounts::list(&reader, &caller.user, filter, request.page).await?;
        drop(reader);
        Ok(AccountList { accounts: self.account_views(found, &origins).await?, total })
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
        let filter = AccountFilter { members: Some(Each::of(std::slice::from_ref(member))) };
        let (found, total) = accounts::list(&reader, &caller.user, filter, page).await?;
        drop(reader);
        Ok(Some(AccountList { accounts: self.account_views(found, &origins).await?, total }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Backend, Bench, nobodys};

    fn everything() -> ListAccounts {
        ListAccounts {
            use_case: None,
            member_is_managed_by_user: None,
            is_manual: None,
            page: Page::new(1, 25),
        }
    }

    async fn total(bench: &Bench, caller: &Caller, request: ListAccounts) -> (usize, i64) {
        let list = bench.engine.list_accounts(caller, request).await.unwrap();
        (list.accounts.len(), list.total)
    }

    #[tokio::test]
    async fn accounts_are_listed_by_page_by_member_and_by_what_their_member_is() {
        for backend in [Backend::Sqlite, Backend::Postgres] {
            let bench = Bench::with_test_banks(backend).await;
            let caller = bench.session("acme", "u").await.caller;
            let stranger = bench.session("acme", "v").await.caller;
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            bench.run_jobs().await;
            let page = |number| ListAccounts { page: Page::new(number, 4), ..everything() };
            assert_eq!(total(&bench, &caller, page(1)).await, (4, 6));
            assert_eq!(total(&bench, &caller, page(2)).await, (2, 6));
            assert_eq!(total(&bench, &caller, page(3)).await, (0, 6));
            let of = |case| ListAccounts { use_case: Some(case), ..everything() };
            assert_eq!(total(&bench, &caller, of(UseCase::Pfm)).await, (6, 6));
            assert_eq!(total(&bench, &caller, of(UseCase::MoneyMovement)).await, (0, 0));
            let held = ListAccounts { member_is_managed_by_user: Some(false), ..everything() };
            assert_eq!(total(&bench, &caller, held).await, (0, 0));
            let by_hand = ListAccounts { is_manual: Some(true), ..everything() };
            assert_eq!(total(&bench, &caller, by_hand).await, (0, 0));
            assert_eq!(total(&bench, &stranger, everything()).await, (0, 0));

            let of_member = async |caller: &Caller, member: &MemberGuid| {
                bench.engine.list_member_accounts(caller, member, Page::new(1, 25)).await.unwrap()
            };
            assert_eq!(of_member(&caller, &member).await.unwrap().total, 6);
            assert!(of_member(&stranger, &member).await.is_none());
            assert!(of_member(&caller, &nobodys()).await.is_none());
        }
    }
}
