//! A tagging as answers show it.

use riverbank_engine::taggings;
use riverbank_model::guid::UserGuid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;

/// The use of a tag on a transaction.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaggingResponse)]
pub(in crate::nexus) struct Tagging {
    guid: String,
    member_is_managed_by_user: bool,
    tag_guid: String,
    transaction_guid: String,
    user_guid: String,
}

/// A tagging with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaggingResponseBody)]
pub(super) struct TaggingBody {
    tagging: Tagging,
}

/// Taggings with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TaggingsResponseBody)]
pub(super) struct TaggingsBody {
    taggings: Vec<Tagging>,
    pagination: Pagination,
}

impl Tagging {
    pub(in crate::nexus) fn of(view: &taggings::TaggingView, user: &UserGuid) -> Self {
        Self {
            guid: view.guid.to_string(),
            member_is_managed_by_user: view.member_is_managed_by_user,
            tag_guid: view.tag_guid.to_string(),
            transaction_guid: view.transaction_guid.to_string(),
            user_guid: user.to_string(),
        }
    }
}

impl TaggingBody {
    pub(super) fn of(view: &taggings::TaggingView, user: &UserGuid) -> Self {
        Self { tagging: Tagging::of(view, user) }
    }
}

impl TaggingsBody {
    pub(super) fn of(list: &taggings::TaggingList, user: &UserGuid, pagination: Pagination) -> Self {
        Self { taggings: list.taggings.iter().map(|view| Tagging::of(view, user)).collect(), pagination }
    }
}
