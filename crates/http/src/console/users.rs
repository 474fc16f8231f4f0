//! A user and its members. What its partner and its institutions tell of an end user is hidden until somebody asks for it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::oversight::UserPage;
use riverbank_model::guid::UserGuid;

use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use crate::app::App;
use crate::error::ApiError;

#[derive(Template)]
#[template(path = "console/user.html")]
struct UserDocument {
    frame: Frame,
    page: UserPage,
    /// Whether what is hidden was asked for.
    is_shown: bool,
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, false).await)
}

/// The page, once, with what is hidden on it.
pub(super) async fn reveal(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, true).await)
}

async fn document(app: &App, visitor: &Visitor, guid: &str, is_shown: bool) -> Result<Response, ApiError> {
    let guid: UserGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let page = app.engine.user_page(&guid).await?.ok_or_else(ApiError::not_found)?;
    if is_shown {
        visitor.record(app, "users.show_hidden", guid.as_str()).await?;
    }
    let frame = Frame::new(app, visitor, "");
    rendered(StatusCode::OK, &UserDocument { frame, page, is_shown })
}
