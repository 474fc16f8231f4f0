//! `POST /control/institutions`.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::toml_file::TomlFile;
use super::view::InstitutionView;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;

/// What a file has brought.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UploadedInstitutionsResponseBody)]
pub(super) struct UploadedBody {
    /// The institutions of the file.
    institutions: Vec<InstitutionView>,
    /// How many were not there before.
    created: usize,
    /// How many were changed.
    updated: usize,
    /// How many were there just so.
    unchanged: usize,
}

/// Upload institutions
///
/// Loads the institutions of a catalogue file, all or none; those that are there already, by their id, are changed. Every
/// node knows them at once, and they stay until they are removed.
#[utoipa::path(
    post,
    path = "/control/institutions",
    operation_id = "uploadInstitutions",
    tag = "institutions",
    request_body(content = String, content_type = "application/toml", description = "A catalogue file: docs/scenarios.md."),
    responses(
        (status = 200, description = "What the file has brought.", body = UploadedBody),
        (status = 422, description = "An institution comes with the server, or its code belongs to another (4220)."),
    )
)]
pub(super) async fn upload_institutions(
    State(app): State<App>,
    TomlFile(text): TomlFile,
) -> Result<Answer<UploadedBody>, ApiError> {
    let uploaded = app.engine.upload_banks(&text).await?;
    let banks = app.engine.banks(&uploaded.institutions).await?;
    Ok(Answer::ok(UploadedBody {
        institutions: banks.into_iter().map(InstitutionView::from).collect(),
        created: uploaded.loaded.created,
        updated: uploaded.loaded.updated,
        unchanged: uploaded.loaded.unchanged,
    }))
}
