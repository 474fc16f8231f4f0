//! A tag as answers show it, and as it is written.

use riverbank_engine::tags;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::body::{Body, RequestBody};
use crate::values::{NotEmpty, Text};

/// A label that a user puts on transactions.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TagResponse)]
pub(in crate::nexus) struct Tag {
    guid: String,
    name: String,
    user_guid: String,
}

/// A tag with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TagResponseBody)]
pub(super) struct TagBody {
    tag: Tag,
}

/// Tags with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = TagsResponseBody)]
pub(super) struct TagsBody {
    tags: Vec<Tag>,
}

/// What a tag is called.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct TagRequest {
    /// Not empty.
    #[schema(value_type = NotEmpty)]
    pub(super) name: Text,
    /// True keeps the webhook from being sent.
    pub(super) skip_webhook: Option<bool>,
}

impl RequestBody for TagRequest {
    const ROOT: Option<&'static str> = Some("tag");
}

pub(super) type TagRequestBody = Body<TagRequest>;

impl From<tags::Tag> for Tag {
    fn from(tag: tags::Tag) -> Self {
        Self { guid: tag.guid.to_string(), name: tag.name, user_guid: tag.user_guid.to_string() }
    }
}

impl From<tags::Tag> for TagBody {
    fn from(tag: tags::Tag) -> Self {
        Self { tag: tag.into() }
    }
}

impl From<Vec<tags::Tag>> for TagsBody {
    fn from(tags: Vec<tags::Tag>) -> Self {
        Self { tags: tags.into_iter().map(Tag::from).collect() }
    }
}
