//! Listing members: `GET /members`.

use riverbank_model::use_case::UseCase;
use riverbank_store::members::{self, MemberFilter};
use riverbank_store::page::Page;

use super::MemberView;
use crate::{Caller, Engine, Fault};

/// Which members.
#[derive(Clone, Copy, Debug)]
pub struct ListMembers {
    /// Only those with this use case.
    pub use_case: Option<UseCase>,
    /// Only those that the user manages, or only those that the partner holds.
    pub is_managed_by_user: Option<bool>,
    /// Which part of them.
    pub page: Page,
}

/// A page of members.
#[derive(Clone, Debug)]
pub struct MemberList {
    /// In the order in which they were made.
    pub members: Vec<MemberView>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// The caller's members.
    pub async fn list_members(&self, caller: &Caller, request: ListMembers) -> Result<MemberList, Fault> {
        let filter = MemberFilter {
            use_case: request.use_case.map(|case| case as i64),
            is_managed_by_user: request.is_managed_by_user,
        };
        let reader = self.parts.store.read().await?;
        let (found, total) = members::list(&reader, &caller.user, filter, request.page).await?;
        drop(reader);
        Ok(MemberList { members: self.views(found).await?, total })
    }

    /// Members as answers show them.
    pub(super) async fn views(&self, members: Vec<members::Member>) -> Result<Vec<MemberView>, Fault> {
        let mut views = Vec::with_capacity(members.len());
        for member in members {
            views.push(self.view(member).await?);
        }
        Ok(views)
    }
}
