//! The header `MX-Skip-Webhook`.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Required, Type};

const NAME: &str = "MX-Skip-Webhook";

/// Whether the client asked by header that no resource webhook be sent for this request: it did if the header says
/// `true`, in any case. What is not understood counts as absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkipWebhook(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for SkipWebhook {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let value = parts.headers.get(NAME).map(|value| value.as_bytes().trim_ascii());
        Ok(Self(value.is_some_and(|value| value.eq_ignore_ascii_case(b"true"))))
    }
}

impl IntoParams for SkipWebhook {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new().schema_type(Type::Boolean).default(Some(false.into()));
        let parameter = ParameterBuilder::new()
            .name(NAME)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some("True keeps the resource webhook of this request from being sent."))
            .schema(Some(schema));
        vec![parameter.build()]
    }
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    #[tokio::test]
    async fn the_header_is_read_without_regard_to_case_and_what_it_does_not_know_is_false() {
        let rows = [
            (None, false),
            (Some("true"), true),
            (Some("True"), true),
            (Some(" TRUE "), true),
            (Some("false"), false),
            (Some("FALSE"), false),
            (Some("1"), false),
            (Some("yes"), false),
            (Some(""), false),
        ];
        for (value, read) in rows {
            let request = value
                .into_iter()
                .fold(Request::get("/members"), |request, value| request.header(NAME, value));
            let mut parts = request.body(()).unwrap().into_parts().0;
            let Ok(skip) = SkipWebhook::from_request_parts(&mut parts, &()).await;
            assert_eq!(skip.0, read, "{value:?}");
        }
    }
}
