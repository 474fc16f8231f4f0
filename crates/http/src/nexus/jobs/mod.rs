//! `/jobs`.

pub(super) mod fixed;
mod mfa_credentials;
mod read;
mod resume;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(read::read_job))
        .routes(routes!(mfa_credentials::list_job_mfa_credentials))
        .routes(routes!(resume::resume_job, resume::resume_job_put))
}
