//! A category that a user has made.

use riverbank_model::guid::{CategoryGuid, UserGuid};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::categories::Category;
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;

#[derive(Serialize)]
struct CategoryObject<'a> {
    created_at: i64,
    guid: &'a CategoryGuid,
    is_default: bool,
    is_income: bool,
    metadata: Option<&'a str>,
    name: &'a str,
    parent_guid: &'a CategoryGuid,
    revision: i64,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a category.
pub(in crate::webhooks) fn category(
    action: Action,
    category: &Category,
    user_id: &str,
) -> Result<String, Fault> {
    let object = CategoryObject {
        created_at: seconds(category.created_at),
        guid: &category.guid,
        is_default: false,
        is_income: false,
        metadata: category.metadata.as_deref(),
        name: &category.name,
        parent_guid: &category.parent_guid,
        revision: category.revision,
        updated_at: seconds(category.updated_at),
        user_guid: &category.user_guid,
        user_id,
    };
    resource(action, EventKind::Category, &object)
}
