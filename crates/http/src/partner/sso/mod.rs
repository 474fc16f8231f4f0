//! `/sso/{client_id}/users/{user_id}`: one-time tokens, sessions, and addresses of pages.

mod api_token;
mod form;
mod sessions;
#[cfg(test)]
mod tests;
mod urls;
mod xml;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(api_token::read_api_token))
        .routes(routes!(api_token::read_api_token_xml))
        .routes(routes!(sessions::end_user_sessions))
        .routes(routes!(urls::create_url))
        .routes(routes!(urls::create_url_xml))
}
