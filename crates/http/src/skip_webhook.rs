//! The header `MX-Skip-Webhook`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Required, Type};

use crate::error::ApiError;

const NAME: &str = "MX-Skip-Webhook";

/// Whether the client asked by header that no resource webhook be sent for this request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkipWebhook(pub bool);

impl<S: Send + Sync> FromRequestParts<S> for SkipWebhook {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        match parts.headers.get(NAME).map(|value| value.as_bytes().trim_ascii()) {
            None | Some(b"" | b"false") => Ok(Self(false)),
            Some(b"true") => Ok(Self(true)),
            Some(_) => Err(ApiError::bad_request("The header MX-Skip-Webhook must be true or false.")),
        }
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
    async fn the_header_is_true_or_false_and_nothing_else() {
        for (value, read) in
            [(None, Some(false)), (Some("true"), Some(true)), (Some("false"), Some(false)), (Some("1"), None)]
        {
            let request = value
                .into_iter()
                .fold(Request::get("/members"), |request, value| request.header(NAME, value));
            let mut parts = request.body(()).unwrap().into_parts().0;
            let skip = SkipWebhook::from_request_parts(&mut parts, &()).await;
            assert_eq!(skip.ok().map(|skip| skip.0), read, "{value:?}");
        }
    }
}
