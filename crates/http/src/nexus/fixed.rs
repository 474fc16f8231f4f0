//! The static test endpoints: fixed answers for those who call as `test_session`. Mounted in sandbox mode only.

use axum::Router;
use riverbank_engine::fixed::FixedMember;

use super::{account_numbers, account_owners, accounts, jobs, members, transactions, user};
use crate::answer::Pagination;
use crate::app::App;
use crate::error::ApiError;
use crate::path::PathPart;
use crate::query::Paging;

/// The operations that have a fixed answer.
pub fn test_endpoints() -> Router<App> {
    Router::new()
        .merge(user::fixed::routes())
        .merge(members::fixed::routes())
        .merge(jobs::fixed::routes())
        .merge(accounts::fixed::routes())
        .merge(account_owners::fixed::routes())
        .merge(account_numbers::fixed::routes())
        .merge(transactions::fixed::routes())
}

/// A member by its name or id.
pub(super) struct Named(pub(super) FixedMember);

impl PathPart for Named {
    fn read(text: &str) -> Result<Self, ApiError> {
        FixedMember::find(text).map(Self).ok_or_else(ApiError::not_found)
    }
}

/// The part of a list that is asked for.
pub(super) fn page<T>(all: Vec<T>, paging: Paging) -> (Vec<T>, Pagination) {
    let pagination = Pagination::of(paging, u64::try_from(all.len()).unwrap_or(u64::MAX));
    let skipped = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let most = usize::try_from(paging.per_page).unwrap_or(usize::MAX);
    (all.into_iter().skip(skipped).take(most).collect(), pagination)
}

#[cfg(test)]
mod tests;
