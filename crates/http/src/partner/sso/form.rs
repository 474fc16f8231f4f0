//! The two forms of the SSO face: JSON and XML.

use std::collections::BTreeMap;
use std::convert::Infallible;

use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use utoipa::openapi::{self, Content, Ref, RefOr, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use crate::error::{ApiError, ErrorBody, ErrorCode};
use crate::manners::accept::AnswerType;
use crate::media::{JSON, SSO, SSO_XML, XML};

/// The form that was agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// The media type is set on the way out.
    Json,
    /// Of this media type.
    Xml(&'static str),
}

impl<S: Send + Sync> FromRequestParts<S> for Form {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(match parts.extensions.get::<AnswerType>() {
            Some(AnswerType(media)) if media.ends_with("xml") => Self::Xml(media),
            _ => Self::Json,
        })
    }
}

impl Form {
    /// A failure in this form. An internal one stays in JSON: it is written anew with the id of the request.
    pub(super) fn refuse(self, error: ApiError) -> Response {
        match self {
            Self::Xml(media) if error.code() != ErrorCode::Internal => {
                let code = element("code", &error.code().number().to_string());
                let message = element("message", error.message());
                as_xml(error.into_response(), media, &format!("<error>{code}{message}</error>"))
            }
            _ => error.into_response(),
        }
    }
}

/// The refusals of an operation with two forms, for its documentation.
pub(super) struct Refusals;

/// The same of an operation with a body.
pub(super) struct BodyRefusals;

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let rows = [
            ("401", "The key is missing, wrong, or not of this client (4011)."),
            ("404", "The client has no user with this id (4041)."),
            ("default", "Any other refusal or failure; its code is the HTTP status and one digit."),
        ];
        rows.into_iter().map(|(status, meaning)| (status.to_owned(), refusal(meaning))).collect()
    }
}

impl IntoResponses for BodyRefusals {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let wrong = "A required parameter is missing (4001), or the request is wrong in another way (4002).";
        let mut responses = Refusals::responses();
        responses.insert("400".to_owned(), refusal(wrong));
        responses
    }
}

fn refusal(meaning: &str) -> RefOr<openapi::Response> {
    let error = || Content::new(Some(Ref::from_schema_name(ErrorBody::name())));
    let described = ResponseBuilder::new().description(meaning);
    let forms = [SSO, JSON, SSO_XML, XML];
    forms.into_iter().fold(described, |response, media| response.content(media, error())).build().into()
}

/// `<name>text</name>`.
pub(super) fn element(name: &str, text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<{name}>{text}</{name}>")
}

/// The response with an XML document in place of its body.
pub(super) fn as_xml(mut response: Response, media: &'static str, root: &str) -> Response {
    let document = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n");
    *response.body_mut() = Body::from(document);
    let media = HeaderValue::from_static(media);
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(element("a", "<b>&</b>"), "<a>&lt;b&gt;&amp;&lt;/b&gt;</a>");
    }
}
