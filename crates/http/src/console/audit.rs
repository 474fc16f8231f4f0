//! The audit: what was done, and by whom.

use askama::Template;
use axum::Extension;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::audit::Change;
use riverbank_engine::operators::Deed;

use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::place::{Place, ROWS};
use crate::app::App;
use crate::error::ApiError;
use crate::form::Form;

const PART: &str = "/console/audit";

#[derive(Template)]
#[template(path = "console/audit.html")]
struct AuditPage {
    frame: Frame,
    changes: Vec<Change>,
    next: Option<String>,
}

pub(super) async fn of_clients(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, changes(&app, &visitor, query.as_deref()).await)
}

async fn changes(app: &App, visitor: &Visitor, query: Option<&str>) -> Result<Response, ApiError> {
    let place = Place::of(&Form::of_query(query)?);
    let changes = app.engine.changes(place.until, ROWS, place.skip).await?;
    let times: Vec<Timestamp> = changes.iter().map(|change| change.at).collect();
    let next = place.next(&times).map(Place::query);
    let frame = Frame::new(app, visitor, PART);
    rendered(StatusCode::OK, &AuditPage { frame, changes, next })
}

#[derive(Template)]
#[template(path = "console/deeds.html")]
struct DeedsPage {
    frame: Frame,
    deeds: Vec<Deed>,
    next: Option<String>,
}

pub(super) async fn of_operators(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, deeds(&app, &visitor, query.as_deref()).await)
}

async fn deeds(app: &App, visitor: &Visitor, query: Option<&str>) -> Result<Response, ApiError> {
    let place = Place::of(&Form::of_query(query)?);
    let deeds = app.engine.operator_deeds(place.until, ROWS, place.skip).await?;
    let times: Vec<Timestamp> = deeds.iter().map(|deed| deed.at).collect();
    let next = place.next(&times).map(Place::query);
    let frame = Frame::new(app, visitor, PART);
    rendered(StatusCode::OK, &DeedsPage { frame, deeds, next })
}
