//! `PUT /categories/{category_guid}`.

use axum::extract::State;
use riverbank_engine::categories::{UpdateCategory, UpdateCategoryError};
use riverbank_model::guid::CategoryGuid;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::CategoryBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::{NotEmpty, Text};

/// The changes to a category; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct CategoryUpdateRequest {
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; not empty.
    #[schema(value_type = Option<NotEmpty>)]
    name: Option<Text>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
}

impl RequestBody for CategoryUpdateRequest {
    const ROOT: Option<&'static str> = Some("category");
}

type CategoryUpdateRequestBody = Body<CategoryUpdateRequest>;

/// Update category
///
/// Changes a category that the user has made; a default one cannot be changed.
#[utoipa::path(
    put,
    path = "/categories/{category_guid}",
    operation_id = "updateCategory",
    tag = "categories",
    params(("category_guid" = String, Path, description = "Id of the category."), SkipWebhook),
    request_body = inline(CategoryUpdateRequestBody),
    responses((status = 200, description = "The category.", body = CategoryBody))
)]
pub(super) async fn update_category(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<CategoryGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<CategoryUpdateRequest>,
) -> Result<Answer<CategoryBody>, ApiError> {
    let request = UpdateCategory {
        name: body.name.map(Text::into_string),
        metadata: body.metadata.map(Text::into_string),
        skip_webhook: skip_webhook || body.skip_webhook.unwrap_or_default(),
    };
    Ok(Answer::ok(app.engine.update_category(&session.caller, &guid, request).await?.into()))
}

impl From<UpdateCategoryError> for ApiError {
    fn from(error: UpdateCategoryError) -> Self {
        match error {
            UpdateCategoryError::NoSuchCategory => Self::not_found(),
            UpdateCategoryError::IsDefault | UpdateCategoryError::NoName => {
                Self::bad_request(error.to_string())
            }
            UpdateCategoryError::Fault(fault) => fault.into(),
        }
    }
}
