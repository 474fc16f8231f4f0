//! A tag, and its use on a transaction.

use riverbank_model::guid::{TagGuid, TaggingGuid, TransactionGuid, UserGuid};
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::taggings::Tagging;
use riverbank_store::tags::Tag;
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;

#[derive(Serialize)]
struct TagObject<'a> {
    created_at: i64,
    guid: &'a TagGuid,
    name: &'a str,
    revision: i64,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a tag.
pub(in crate::webhooks) fn tag(action: Action, tag: &Tag, user_id: &str) -> Result<String, Fault> {
    let object = TagObject {
        created_at: seconds(tag.created_at),
        guid: &tag.guid,
        name: &tag.name,
        revision: tag.revision,
        updated_at: seconds(tag.updated_at),
        user_guid: &tag.user_guid,
        user_id,
    };
    resource(action, EventKind::Tag, &object)
}

/// A tagging with what is told of it besides.
#[derive(Clone, Debug)]
pub(crate) struct ToldTagging<'a> {
    pub(crate) tagging: Tagging,
    /// The name of its tag.
    pub(crate) tag_name: &'a str,
    /// Whether the user manages the member of its transaction.
    pub(crate) member_is_managed_by_user: bool,
}

#[derive(Serialize)]
struct TaggingObject<'a> {
    created_at: i64,
    guid: &'a TaggingGuid,
    member_is_managed_by_user: bool,
    revision: i64,
    tag_guid: &'a TagGuid,
    tag_name: &'a str,
    transaction_guid: &'a TransactionGuid,
    /// The partner's own id of the transaction: there is none.
    transaction_id: Option<&'a str>,
    updated_at: i64,
    user_guid: &'a UserGuid,
    user_id: &'a str,
}

/// What happened to a tagging.
pub(in crate::webhooks) fn tagging(
    action: Action,
    told: &ToldTagging<'_>,
    user_id: &str,
) -> Result<String, Fault> {
    let tagging = &told.tagging;
    let object = TaggingObject {
        created_at: seconds(tagging.created_at),
        guid: &tagging.guid,
        member_is_managed_by_user: told.member_is_managed_by_user,
        revision: tagging.revision,
        tag_guid: &tagging.tag_guid,
        tag_name: told.tag_name,
        transaction_guid: &tagging.transaction_guid,
        transaction_id: None,
        updated_at: seconds(tagging.updated_at),
        user_guid: &tagging.user_guid,
        user_id,
    };
    resource(action, EventKind::Tagging, &object)
}
