//! The typed parts of a path.

use std::str::FromStr;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use riverbank_model::guid::Guid;

use crate::error::ApiError;
use crate::values::{Day, Text};

/// The one typed part of a path such as `/members/{member_guid}`.
///
/// What cannot be an id is 4041, like an id that does not exist; bad percent-encoding and U+0000 too.
#[derive(Clone, Copy, Debug)]
pub struct Path<P>(pub P);

/// The two to four typed parts of a path, as a tuple in the order of the template. Otherwise like [`Path`].
#[derive(Clone, Copy, Debug)]
pub struct Paths<T>(pub T);

/// One part of a path.
pub trait PathPart: Sized {
    /// Reads the decoded text of the part.
    fn read(text: &str) -> Result<Self, ApiError>;
}

impl<G: Guid + FromStr> PathPart for G {
    fn read(text: &str) -> Result<Self, ApiError> {
        text.parse().map_err(|_| ApiError::not_found())
    }
}

impl PathPart for Day {
    fn read(text: &str) -> Result<Self, ApiError> {
        text.parse().map_err(|error| ApiError::bad_request(format!("The date in the path {error}.")))
    }
}

impl<const MAX: usize> PathPart for Text<MAX> {
    fn read(text: &str) -> Result<Self, ApiError> {
        Self::new(text).ok_or_else(ApiError::not_found)
    }
}

/// A tuple of parts.
pub trait PathParts: Sized {
    /// Takes the decoded parts in the order of the template.
    fn read(parts: &RawPathParams) -> Result<Self, ApiError>;
}

macro_rules! tuples {
    ($(($($part:ident),+);)*) => {$(
        impl<$($part: PathPart),+> PathParts for ($($part,)+) {
            fn read(parts: &RawPathParams) -> Result<Self, ApiError> {
                let mut parts = parts.iter().map(|(_, text)| text);
                Ok(($(next::<$part>(&mut parts)?,)+))
            }
        }
    )*};
}

tuples! {
    (A, B);
    (A, B, C);
    (A, B, C, D);
}

fn next<'a, P: PathPart>(parts: &mut impl Iterator<Item = &'a str>) -> Result<P, ApiError> {
    P::read(parts.next().ok_or_else(ApiError::not_found)?)
}

async fn decoded<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<RawPathParams, ApiError> {
    if !is_percent_encoded(parts.uri.path()) {
        return Err(ApiError::not_found());
    }
    let decoded = RawPathParams::from_request_parts(parts, state).await.map_err(|_| ApiError::not_found())?;
    if decoded.iter().any(|(_, text)| text.contains('\0')) {
        return Err(ApiError::not_found());
    }
    Ok(decoded)
}

impl<P: PathPart, S: Send + Sync> FromRequestParts<S> for Path<P> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        let decoded = decoded(parts, state).await?;
        next(&mut decoded.iter().map(|(_, text)| text)).map(Self)
    }
}

impl<T: PathParts, S: Send + Sync> FromRequestParts<S> for Paths<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ApiError> {
        T::read(&decoded(parts, state).await?).map(Self)
    }
}

/// Whether every `%` has two hexadecimal digits after it.
pub(crate) fn is_percent_encoded(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use axum::routing::get;
    use riverbank_model::guid::MemberGuid;
    use tower::ServiceExt;

    use super::*;

    async fn status(path: &str) -> StatusCode {
        let app: Router = Router::new()
            .route("/members/{member_guid}", get(|Path(_): Path<MemberGuid>| async {}))
            .route("/between/{start_date}/{end_date}", get(|Paths(_): Paths<(Day, Day)>| async {}))
            .route("/users/{user_id}", get(|Path(_): Path<Text<8>>| async {}));
        app.oneshot(Request::get(path).body(Body::empty()).unwrap()).await.unwrap().status()
    }

    #[tokio::test]
    async fn what_cannot_be_an_id_is_not_found() {
        assert_eq!(status("/members/MBR-7c6f361b-e582-15b6-60c0-358f12466b4b").await, 200);
        assert_eq!(status("/members/%4DBR-1").await, 200);
        for part in ["ACT-1", "MBR-%zz", "MBR-%", "MBR-%00", "MBR-%ff", "MBR-%F0%9F", "MBR-a%20b", "%00"] {
            assert_eq!(status(&format!("/members/{part}")).await, 404, "{part}");
        }
    }

    #[tokio::test]
    async fn a_date_in_a_path_is_refused_by_its_form() {
        assert_eq!(status("/between/2024-01-01/2024-12-31").await, 200);
        assert_eq!(status("/between/2024-01-01/soon").await, 400);
        assert_eq!(status("/between/2024-02-30/2024-12-31").await, 400);
    }

    #[tokio::test]
    async fn text_over_its_limit_is_not_found() {
        assert_eq!(status("/users/12345678").await, 200);
        assert_eq!(status("/users/123456789").await, 404);
        assert_eq!(status("/users/1%002").await, 404);
    }
}
