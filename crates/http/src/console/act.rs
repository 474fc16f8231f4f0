//! What an operator does.

use axum::response::Response;

use super::frame::{see_other, shown};
use super::guard::Visitor;
use crate::app::App;
use crate::error::ApiError;

/// Writes what an operator is about to do to a subject into the audit, does it, and leads on to a page. What cannot be
/// written is not done.
pub(super) async fn act<T>(
    app: &App,
    visitor: &Visitor,
    (action, subject): (&'static str, &str),
    change: impl Future<Output = Result<T, ApiError>>,
    then: &str,
) -> Response {
    let answer = async {
        visitor.record(app, action, subject).await?;
        change.await?;
        see_other(app, then)
    };
    shown(app, visitor, answer.await)
}
