//! `POST /sessions`.

use axum::extract::State;
use riverbank_engine::sessions::{CreateSession, CreateSessionError};
use riverbank_model::secret::ExposeSecret;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, OptionalBody, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::session::ApiToken;

/// Options for opening a session.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct SessionCreateRequest {
    /// True keeps the user's members from being aggregated when the session opens.
    skip_aggregation: Option<bool>,
}

impl RequestBody for SessionCreateRequest {
    const ROOT: Option<&'static str> = Some("session");
}

type SessionCreateRequestBody = Body<SessionCreateRequest>;

/// An open session.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionResponse)]
struct SessionView {
    /// Sent as `MD-SESSION-TOKEN` on all further calls.
    token: String,
}

/// An open session with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SessionResponseBody)]
pub(super) struct SessionBody {
    session: SessionView,
}

/// Open a session
///
/// Trades an API token for a session token. Unless `skip_aggregation` is true, the user's members are aggregated.
/// The session lives 30 minutes; each call made with it starts the 30 minutes anew.
#[utoipa::path(
    post,
    path = "/sessions",
    operation_id = "createSession",
    tag = "sessions",
    request_body = inline(Option<SessionCreateRequestBody>),
    responses((status = 200, description = "The session.", body = SessionBody)),
    security(("apiToken" = []))
)]
pub(super) async fn create_session(
    State(app): State<App>,
    ApiToken(token): ApiToken,
    OptionalBody(options): OptionalBody<SessionCreateRequest>,
) -> Result<Answer<SessionBody>, ApiError> {
    let request = CreateSession { skip_aggregation: options.skip_aggregation.unwrap_or_default() };
    let opened = app.engine.create_session(&token, request).await?;
    let token = opened.token.expose_secret().to_owned();
    Ok(Answer::ok(SessionBody { session: SessionView { token } }))
}

impl From<CreateSessionError> for ApiError {
    fn from(error: CreateSessionError) -> Self {
        match error {
            CreateSessionError::TokenRefused => Self::new(ErrorCode::Unauthorized, error.to_string()),
            CreateSessionError::Fault(fault) => fault.into(),
        }
    }
}
