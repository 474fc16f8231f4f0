//! `POST /control/institutions/check`.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::toml_file::TomlFile;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;

/// What a file holds that is right.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CheckedInstitutionsResponseBody)]
pub(super) struct CheckedBody {
    /// The institutions of the file.
    institutions: Vec<CheckedInstitution>,
}

/// An institution of a file that is right.
#[derive(Debug, Serialize, ToSchema)]
struct CheckedInstitution {
    guid: String,
    code: String,
    name: String,
}

/// Check institutions
///
/// Reads a catalogue file as an upload does, and loads nothing. What is wrong is told with its line and column.
#[utoipa::path(
    post,
    path = "/control/institutions/check",
    operation_id = "checkInstitutions",
    tag = "institutions",
    request_body(content = String, content_type = "application/toml", description = "A catalogue file: docs/scenarios.md."),
    responses(
        (status = 200, description = "The file can be uploaded.", body = CheckedBody),
        (status = 422, description = "An institution comes with the server, or its code belongs to another (4220)."),
    )
)]
pub(super) async fn check_institutions(
    State(app): State<App>,
    TomlFile(text): TomlFile,
) -> Result<Answer<CheckedBody>, ApiError> {
    let entries = app.engine.check_banks(&text).await?.into_iter();
    let institutions = entries.map(|entry| CheckedInstitution {
        guid: entry.guid.to_string(),
        code: entry.code,
        name: entry.name,
    });
    Ok(Answer::ok(CheckedBody { institutions: institutions.collect() }))
}
