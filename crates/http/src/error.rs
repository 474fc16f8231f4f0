//! The one body of a failure and the one table of its codes.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::json;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $message:literal;)*) => {
        /// What went wrong, as a number: the HTTP status and one digit. A client may rely on the HTTP status only.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u16)]
        pub enum ErrorCode {
            $($(#[$doc])* $name = $number,)*
        }

        impl ErrorCode {
            /// Every code, in rising order.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The sentence that is sent where nothing more exact is known.
            pub const fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

codes! {
    /// A required parameter is missing; the message names it.
    ParameterMissing = 4001, "Required parameters are missing.";
    /// Any other bad request: malformed JSON, a wrong type, an invalid value.
    BadRequest = 4002, "The request is invalid.";
    /// The session or key is missing, unknown or expired.
    Unauthorized = 4011, "The session has expired.";
    /// The caller may not do this.
    Forbidden = 4031, "Forbidden.";
    /// No such object for this user, or no such path.
    NotFound = 4041, "Not found.";
    /// The method is not offered at this path, or not in this state of the object.
    NotAllowed = 4051, "Not allowed.";
    /// `Accept` names nothing that can be answered.
    NotAcceptable = 4061, "The answer has no form that Accept names.";
    /// The body did not arrive in time.
    TooSlow = 4081, "The request body did not arrive in time.";
    /// A job of another kind is running, or the object exists.
    Conflict = 4091, "A job of another kind is running.";
    /// The body is over its limit.
    TooLarge = 4131, "The request body is too large.";
    /// The body has a media type that is not read.
    UnsupportedMediaType = 4151, "The media type of the request body is not supported.";
    /// The rules of members, and other input that is well formed but impossible.
    Unprocessable = 4220, "The request cannot be processed.";
    /// The rules of budgets.
    BudgetUnprocessable = 4221, "The budget cannot be processed.";
    /// The client asks too often; `Retry-After` says when to come back.
    TooManyRequests = 4291, "Too many requests.";
    /// Our fault; the log explains it under the id in the message.
    Internal = 5001, "Internal error.";
    /// Not available now; `Retry-After` says when to come back.
    Unavailable = 5031, "The service is not available now.";
}

impl ErrorCode {
    /// The number in the body.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The HTTP status, which is the code without its last digit.
    pub fn status(self) -> StatusCode {
        StatusCode::from_u16(self.number() / 10).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// After this long a client may ask again when the service is away; long enough for a restart.
const RETRY_UNAVAILABLE: Duration = Duration::from_secs(5);

/// A failure on its way to the client.
#[derive(Debug)]
pub struct ApiError {
    code: ErrorCode,
    message: Cow<'static, str>,
    retry_after: Option<Duration>,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl ApiError {
    /// A failure with a sentence of its own. The sentence goes to the client: it never holds a secret.
    pub fn new(code: ErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        let retry_after = (code == ErrorCode::Unavailable).then_some(RETRY_UNAVAILABLE);
        Self { code, message: message.into(), retry_after, source: None }
    }

    /// 4001, naming every missing parameter.
    pub fn missing<S: AsRef<str>>(names: &[S]) -> Self {
        let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
        let message = match names.as_slice() {
            [] => return ErrorCode::ParameterMissing.into(),
            [name] => format!("Required parameter is missing: {name}."),
            names => format!("Required parameters are missing: {}.", names.join(", ")),
        };
        Self::new(ErrorCode::ParameterMissing, message)
    }

    /// 4002 with its sentence.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    /// 4041, the same for what does not exist and for what is someone else's.
    pub fn not_found() -> Self {
        ErrorCode::NotFound.into()
    }

    /// 4291; the client may come back after `wait`.
    pub fn too_many_requests(wait: Duration) -> Self {
        Self { retry_after: Some(wait), ..ErrorCode::TooManyRequests.into() }
    }

    /// 5001. The client learns the request's id only; `source` and its chain go to the log.
    pub fn internal(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { source: Some(Arc::from(source.into())), ..ErrorCode::Internal.into() }
    }

    /// The code.
    pub fn code(&self) -> ErrorCode {
        self.code
    }

    /// The sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What only the log is told, if there is anything.
    pub(crate) fn cause(&self) -> Option<Cause> {
        self.source.clone().map(Cause)
    }
}

impl From<ErrorCode> for ApiError {
    fn from(code: ErrorCode) -> Self {
        Self::new(code, code.message())
    }
}

/// The cause of a 5001, put beside the response for the log.
#[derive(Clone, Debug)]
pub(crate) struct Cause(Arc<dyn Error + Send + Sync>);

impl Cause {
    /// The error and all that caused it, in one line.
    pub(crate) fn chain(&self) -> String {
        let mut line = self.0.to_string();
        let mut next = self.0.source();
        while let Some(error) = next {
            let _ = write!(line, ": {error}");
            next = error.source();
        }
        line
    }
}

/// The body of a failure.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Error)]
pub struct ErrorBody {
    error: ErrorDetail,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ErrorDetail)]
pub struct ErrorDetail {
    /// The HTTP status and one digit.
    #[schema(example = 4001)]
    code: u16,
    /// A sentence for the developer.
    #[schema(example = "Required parameter is missing: institution_guid.")]
    message: Cow<'static, str>,
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let body = ErrorBody { error: ErrorDetail { code: self.code.number(), message: self.message } };
        let mut response = json(self.code.status(), &body);
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        if let Some(source) = self.source {
            response.extensions_mut().insert(Cause(source));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of the table in the documentation: code, status, sentence.
    fn documented() -> Vec<(u16, u16, String)> {
        include_str!("../../../docs/errors.md")
            .lines()
            .filter_map(|line| {
                let cells: Vec<&str> = line.strip_prefix('|')?.split('|').map(str::trim).collect();
                let (code, status) = (cells.first()?.parse().ok()?, cells.get(1)?.parse().ok()?);
                Some((code, status, (*cells.get(2)?).to_owned()))
            })
            .collect()
    }

    #[test]
    fn the_documentation_holds_the_same_table() {
        let ours: Vec<_> = ErrorCode::ALL
            .iter()
            .map(|code| (code.number(), code.status().as_u16(), code.message().to_owned()))
            .collect();
        assert_eq!(documented(), ours);
    }

    #[test]
    fn a_code_is_its_status_and_one_digit() {
        for code in ErrorCode::ALL {
            assert_eq!(code.number() / 10, code.status().as_u16(), "{code:?}");
        }
    }

    #[test]
    fn missing_parameters_are_all_named() {
        assert_eq!(ApiError::missing(&["guid"]).message(), "Required parameter is missing: guid.");
        assert_eq!(
            ApiError::missing(&["guid", "name"]).message(),
            "Required parameters are missing: guid, name."
        );
    }

    #[test]
    fn being_away_and_asking_too_often_say_when_to_come_back() {
        let after = |error: ApiError| error.into_response().headers().get("retry-after").cloned();
        assert_eq!(after(ErrorCode::Unavailable.into()).unwrap(), "5");
        assert_eq!(after(ApiError::too_many_requests(Duration::from_millis(1200))).unwrap(), "2");
        assert_eq!(after(ApiError::too_many_requests(Duration::ZERO)).unwrap(), "1");
        assert!(after(ApiError::not_found()).is_none());
    }

    #[test]
    fn an_internal_error_keeps_its_chain_for_the_log_and_tells_the_client_nothing() {
        let response = ApiError::internal(std::io::Error::other("disk at /secret is full")).into_response();
        assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
        let cause = response.extensions().get::<Cause>().expect("a cause");
        assert_eq!(cause.chain(), "disk at /secret is full");
    }
}
