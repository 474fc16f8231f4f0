//! `GET /notifications`.

use axum::extract::State;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::NotificationsBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::query::Query;
use crate::session::Session;
use crate::values::Day;

/// The days of the notifications.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct NotificationsQuery {
    /// The first day; without it, 120 days ago.
    #[param(inline)]
    from_date: Option<Day>,
    /// The last day; without it, 5 days ahead.
    #[param(inline)]
    to_date: Option<Day>,
}

/// List notifications
///
/// What the user was told on these days, the newest first. Not paged.
#[utoipa::path(
    get,
    path = "/notifications",
    operation_id = "listNotifications",
    tag = "notifications",
    params(NotificationsQuery),
    responses((status = 200, description = "The notifications.", body = NotificationsBody))
)]
pub(super) async fn list_notifications(
    State(app): State<App>,
    session: Session,
    Query(days): Query<NotificationsQuery>,
) -> Result<Answer<NotificationsBody>, ApiError> {
    let (from, to) = (days.from_date.map(|day| day.0), days.to_date.map(|day| day.0));
    Ok(Answer::ok(app.engine.list_notifications(&session.caller, from, to).await?.into()))
}
