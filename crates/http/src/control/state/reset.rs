//! `POST /control/state/reset`.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use riverbank_engine::control::{Reset, ResetError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, OptionalBody, RequestBody};
use crate::control::sink::Sinks;
use crate::error::{ApiError, ErrorCode};
use crate::values::Text;

/// What to reset.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = StateResetRequest)]
pub(super) struct ResetState {
    /// The one client whose users go; without it, everything does.
    client_id: Option<Text>,
}

impl RequestBody for ResetState {
    const ROOT: Option<&'static str> = Some("state");
}

type ResetStateBody = Body<ResetState>;

/// What a reset has done.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StateReset)]
struct ResetView {
    /// Clients that were reset.
    clients: usize,
    /// Users that are gone.
    users: u64,
}

/// A reset with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = StateResetResponseBody)]
pub(super) struct ResetBody {
    state: ResetView,
}

/// Reset state
///
/// Takes away all users of a client with what they own, and counts from the beginning again: the same calls then give the
/// same ids. Without a client, those of every client; then faults, uploaded institutions, what test banks have handed out
/// and what the sinks of this server hold go as well, and the clock runs as in a new sandbox. Clients stay, with their
/// keys, addresses and webhook endpoints; so do snapshots.
#[utoipa::path(
    post,
    path = "/control/state/reset",
    operation_id = "resetState",
    tag = "state",
    request_body = inline(Option<ResetStateBody>),
    responses(
        (status = 200, description = "What was reset.", body = ResetBody),
        (status = 409, description = "The clock is being moved, or others write all the time (4091)."),
    )
)]
pub(super) async fn reset_state(
    State(app): State<App>,
    Extension(sinks): Extension<Arc<Sinks>>,
    OptionalBody(request): OptionalBody<ResetState>,
) -> Result<Answer<ResetBody>, ApiError> {
    let client_id = request.client_id.map(Text::into_string);
    let Reset { clients, users } = app.engine.reset_state(client_id.as_deref()).await?;
    if client_id.is_none() {
        sinks.forget_all();
    }
    Ok(Answer::ok(ResetBody { state: ResetView { clients, users } }))
}

impl From<ResetError> for ApiError {
    fn from(error: ResetError) -> Self {
        let code = match error {
            ResetError::Fault(fault) => return fault.into(),
            ResetError::NotASandbox(error) => return error.into(),
            ResetError::NoSuchClient => ErrorCode::NotFound,
            ResetError::Busy | ResetError::ClockMoves => ErrorCode::Conflict,
        };
        Self::new(code, error.to_string())
    }
}
