//! Answers: what a handler gives back when all went well.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::{ApiError, ErrorCode};
use crate::query::Paging;

/// A JSON answer. The body is the whole object with its root, such as `{"member": {...}}`; the media type is
/// set on the way out, as the client's `Accept` asked.
#[derive(Debug)]
pub struct Answer<T> {
    status: StatusCode,
    body: T,
}

impl<T> Answer<T> {
    /// 200 with a body.
    pub const fn ok(body: T) -> Self {
        Self { status: StatusCode::OK, body }
    }

    /// 202 with a body: nothing new was started.
    pub const fn accepted(body: T) -> Self {
        Self { status: StatusCode::ACCEPTED, body }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        json(self.status, &self.body)
    }
}

/// `{}`, the answer of the deletes that have a body.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct Empty {}

/// 204 without a body.
#[derive(Clone, Copy, Debug)]
pub struct NoContent;

impl IntoResponse for NoContent {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Pagination {
    /// The page that was served, from 1.
    #[schema(example = 1)]
    pub current_page: u32,
    /// Entries of a full page.
    #[schema(example = 25)]
    pub per_page: u32,
    /// Entries of the whole list.
    #[schema(example = 1)]
    pub total_entries: u64,
    /// Pages of the whole list; an empty list has one.
    #[schema(example = 1)]
    pub total_pages: u64,
}

impl Pagination {
    /// The place of `paging` in a list of `total_entries`.
    pub fn of<const MOST: u32>(paging: Paging<MOST>, total_entries: u64) -> Self {
        let total_pages = total_entries.div_ceil(u64::from(paging.per_page)).max(1);
        Self { current_page: paging.page, per_page: paging.per_page, total_entries, total_pages }
    }
}

impl Pagination {
    /// The one page of a list that is always given whole.
    pub fn whole(entries: usize) -> Self {
        let entries = u64::try_from(entries).unwrap_or(u64::MAX);
        Self {
            current_page: 1,
            per_page: u32::try_from(entries).unwrap_or(u32::MAX),
            total_entries: entries,
            total_pages: 1,
        }
    }
}

/// A JSON response; a body that cannot be written is our fault.
pub(crate) fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(bytes) => {
            let mut response = Response::new(Body::from(bytes));
            *response.status_mut() = status;
            let plain = HeaderValue::from_static(crate::media::JSON);
            response.headers_mut().insert(header::CONTENT_TYPE, plain);
            response
        }
        // The body of a failure holds a number and a text, so this does not come round twice.
        Err(error) if status != ErrorCode::Internal.status() => ApiError::internal(error).into_response(),
        Err(_) => status.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_has_one_page() {
        let paging: Paging = Paging { page: 1, per_page: 25 };
        assert_eq!(Pagination::of(paging, 0).total_pages, 1);
        assert_eq!(Pagination::of(paging, 25).total_pages, 1);
        assert_eq!(Pagination::of(paging, 26).total_pages, 2);
    }

    #[test]
    fn a_body_that_cannot_be_written_is_a_500_and_no_panic() {
        let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
        assert_eq!(Answer::ok(unwritable).into_response().status(), StatusCode::INTERNAL_SERVER_ERROR);
    }

    #[test]
    fn the_empty_answer_is_an_object() {
        assert_eq!(serde_json::to_string(&Empty {}).unwrap(), "{}");
    }
}
