//! `POST /categories`.

use axum::extract::State;
use riverbank_engine::categories::{CreateCategory, CreateCategoryError};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::CategoryBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{NotEmpty, Text};

/// A new category.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct CategoryCreateRequest {
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; not empty.
    #[schema(value_type = NotEmpty)]
    name: Text,
    /// A default category at the top.
    parent_guid: Text,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for CategoryCreateRequest {
    const ROOT: Option<&'static str> = Some("category");
}

type CategoryCreateRequestBody = Body<CategoryCreateRequest>;

/// Create category
///
/// Makes a category of the user below a default one at the top. There are no new categories at the top, and none below
/// one that a user has made.
#[utoipa::path(
    post,
    path = "/categories",
    operation_id = "createCategory",
    tag = "categories",
    params(SkipWebhook),
    request_body = inline(CategoryCreateRequestBody),
    responses((status = 200, description = "The category.", body = CategoryBody))
)]
pub(super) async fn create_category(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<CategoryCreateRequest>,
) -> Result<Answer<CategoryBody>, ApiError> {
    let request = CreateCategory {
        name: body.name.into_string(),
        parent_guid: body.parent_guid.into_string(),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.create_category(&session.caller, request).await?.into()))
}

impl From<CreateCategoryError> for ApiError {
    fn from(error: CreateCategoryError) -> Self {
        match error {
            CreateCategoryError::NoName | CreateCategoryError::ParentNotAtTheTop => {
                Self::bad_request(error.to_string())
            }
            CreateCategoryError::NoUser => ErrorCode::Unauthorized.into(),
            CreateCategoryError::Fault(fault) => fault.into(),
        }
    }
}
