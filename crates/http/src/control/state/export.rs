//! `GET /control/state/snapshots/{name}/file`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::try_unfold;
use riverbank_engine::control::SnapshotFile;

use super::FILE;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::values::Text;

/// Export snapshot
///
/// The snapshot as a file, which any sandbox of the same version takes, whatever its database. Whoever has the file can
/// read the logins in it.
#[utoipa::path(
    get,
    path = "/control/state/snapshots/{name}/file",
    operation_id = "exportSnapshot",
    tag = "state",
    params(("name" = String, Path, description = "Its name.")),
    responses((status = 200, description = "The file.", content_type = "application/octet-stream", body = String))
)]
pub(super) async fn export_snapshot(
    State(app): State<App>,
    Path(name): Path<Text>,
) -> Result<Response, ApiError> {
    let file = app.engine.export_snapshot(&name).await?.ok_or_else(ApiError::not_found)?;
    let parts = try_unfold(file, async |mut file: SnapshotFile| {
        let part = file.part().await?;
        Ok::<_, riverbank_engine::Fault>(part.map(|part| (Bytes::from(part), file)))
    });
    let mut response = Response::new(Body::from_stream(parts));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(FILE));
    Ok(response)
}
