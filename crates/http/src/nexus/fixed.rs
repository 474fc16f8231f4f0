//! The static test endpoints: fixed answers for those who call as `test_session`. Mounted in sandbox mode only.

use axum::Router;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use riverbank_engine::fixed::{FixedMember, TEST_SESSION};
use tower::ServiceExt;

use super::{accounts, jobs, members, transactions, user};
use crate::answer::Pagination;
use crate::app::App;
use crate::error::ApiError;
use crate::manners::unknown_method;
use crate::path::PathPart;
use crate::query::Paging;
use crate::session::SESSION_TOKEN;

/// Puts the endpoints before `faces`. Operations that they do not have go on to the real ones, to which `test_session`
/// is an unknown session.
pub fn with_test_endpoints(faces: Router, app: App) -> Router {
    let fixed = Router::new()
        .merge(user::fixed::routes())
        .merge(members::fixed::routes())
        .merge(jobs::fixed::routes())
        .merge(accounts::fixed::routes())
        .merge(transactions::fixed::routes())
        .method_not_allowed_fallback(async |method: Method| unknown_method(&method))
        .with_state(app)
        .fallback_service(faces.clone());
    faces.layer(from_fn_with_state(fixed, divert))
}

async fn divert(State(fixed): State<Router>, request: Request, next: Next) -> Response {
    if request.headers().get(SESSION_TOKEN).is_none_or(|token| token != TEST_SESSION) {
        return next.run(request).await;
    }
    fixed.oneshot(request).await.into_response()
}

/// A member by its name or id.
pub(super) struct Named(pub(super) FixedMember);

impl PathPart for Named {
    fn read(text: &str) -> Result<Self, ApiError> {
        FixedMember::find(text).map(Self).ok_or_else(ApiError::not_found)
    }
}

/// The part of a list that is asked for.
pub(super) fn page<T>(all: Vec<T>, paging: Paging) -> (Vec<T>, Pagination) {
    let pagination = Pagination::of(paging, u64::try_from(all.len()).unwrap_or(u64::MAX));
    let skipped = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
    let most = usize::try_from(paging.per_page).unwrap_or(usize::MAX);
    (all.into_iter().skip(skipped).take(most).collect(), pagination)
}

#[cfg(test)]
mod tests;
