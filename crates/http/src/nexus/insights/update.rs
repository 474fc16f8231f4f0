//! `PUT /insights/{insight_guid}`.

use axum::extract::State;
use riverbank_engine::insights::{UpdateInsight, UpdateInsightError};
use riverbank_model::guid::InsightGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::InsightBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// What is so of an insight; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct InsightUpdateRequest {
    /// Whether the user was shown it.
    has_been_displayed: Option<bool>,
    /// Whether the user wants it no more.
    is_dismissed: Option<bool>,
}

impl RequestBody for InsightUpdateRequest {
    const ROOT: Option<&'static str> = Some("insight");
}

type InsightUpdateRequestBody = Body<InsightUpdateRequest>;

/// Update insight
///
/// Marks an insight as displayed or dismissed, or as neither.
#[utoipa::path(
    put,
    path = "/insights/{insight_guid}",
    operation_id = "updateInsight",
    tag = "insights",
    params(("insight_guid" = String, Path, description = "Id of the insight.")),
    request_body = inline(InsightUpdateRequestBody),
    responses((status = 200, description = "The insight.", body = InsightBody))
)]
pub(super) async fn update_insight(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<InsightGuid>,
    Body(body): Body<InsightUpdateRequest>,
) -> Result<Answer<InsightBody>, ApiError> {
    let change =
        UpdateInsight { has_been_displayed: body.has_been_displayed, is_dismissed: body.is_dismissed };
    Ok(Answer::ok(app.engine.update_insight(&session.caller, &guid, change).await?.into()))
}

impl From<UpdateInsightError> for ApiError {
    fn from(error: UpdateInsightError) -> Self {
        match error {
            UpdateInsightError::NoSuchInsight => Self::not_found(),
            UpdateInsightError::Fault(fault) => fault.into(),
        }
    }
}
