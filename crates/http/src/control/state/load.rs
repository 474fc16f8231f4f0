//! `PUT /control/state/snapshots/{name}/file`.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use riverbank_engine::control::{LoadSnapshotError, LoadingSnapshot};
use riverbank_model::limits::SNAPSHOT_FILE;

use super::FILE;
use super::view::SnapshotBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::drop_rest;
use crate::error::{ApiError, ErrorCode};
use crate::media::essence;
use crate::path::Path;
use crate::values::Text;

/// How long the next part of a file is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Load snapshot
///
/// Keeps the file of a snapshot under a name, to be restored later. It may come from another machine, and from the other
/// database; the schema must be of the same version.
#[utoipa::path(
    put,
    path = "/control/state/snapshots/{name}/file",
    operation_id = "loadSnapshot",
    tag = "state",
    params(("name" = String, Path, description = "1 to 64 letters, digits, dashes and underscores.")),
    request_body(content = String, content_type = "application/octet-stream", description = "The file, as it was exported."),
    responses(
        (status = 200, description = "The snapshot.", body = SnapshotBody),
        (status = 409, description = "There is one of this name (4091)."),
        (status = 413, description = "The file is over 256 MiB (4131)."),
        (status = 422, description = "It is of another version (4220)."),
    )
)]
pub(super) async fn load_snapshot(
    State(app): State<App>,
    Path(name): Path<Text>,
    request: Request,
) -> Result<Answer<SnapshotBody>, ApiError> {
    let (head, mut body) = request.into_parts();
    let loaded = load(&app, &name, &head.headers, &mut body).await;
    if loaded.is_err() {
        // A client that still sends would else see a broken connection in place of the answer.
        _ = tokio::time::timeout(PATIENCE, drop_rest(&mut body, SNAPSHOT_FILE)).await;
    }
    loaded.map(Answer::ok)
}

async fn load(app: &App, name: &str, headers: &HeaderMap, body: &mut Body) -> Result<SnapshotBody, ApiError> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|given| given.to_str().ok());
    if given.is_some_and(|given| !essence(given).eq_ignore_ascii_case(FILE)) {
        let message = format!("The request body must be a file: send Content-Type: {FILE}.");
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType, message));
    }
    let mut loading = app.engine.load_snapshot(name).await?;
    let received = receive(&mut loading, body).await;
    if received.is_err() {
        loading.abandon().await?;
    }
    received
}

async fn receive(loading: &mut LoadingSnapshot, body: &mut Body) -> Result<SnapshotBody, ApiError> {
    let mut size = 0_usize;
    loop {
        let frame = tokio::time::timeout(PATIENCE, body.frame()).await.map_err(|_| ErrorCode::TooSlow)?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|_| ApiError::bad_request("The request body broke off."))?;
        let Ok(bytes) = frame.into_data() else { continue };
        size = size.saturating_add(bytes.len());
        if size > SNAPSHOT_FILE {
            let message = format!("The request body is over {SNAPSHOT_FILE} bytes.");
            return Err(ApiError::new(ErrorCode::TooLarge, message));
        }
        loading.take(&bytes).await?;
    }
    Ok(loading.finish().await?.into())
}

impl From<LoadSnapshotError> for ApiError {
    fn from(error: LoadSnapshotError) -> Self {
        let code = match error {
            LoadSnapshotError::Fault(fault) => return fault.into(),
            LoadSnapshotError::NotASandbox(error) => return error.into(),
            LoadSnapshotError::Name(_) | LoadSnapshotError::Flawed(_) => ErrorCode::BadRequest,
            LoadSnapshotError::OtherSchema(_) => ErrorCode::Unprocessable,
            LoadSnapshotError::Exists(_) => ErrorCode::Conflict,
        };
        Self::new(code, error.to_string())
    }
}
