//! The header `X-CALLBACK-PAYLOAD`.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use riverbank_model::limits;
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Required, Type};

use crate::error::ApiError;

const NAME: &str = "X-CALLBACK-PAYLOAD";
/// Base64 of either alphabet, with or without what fills it up.
const FORM: &str = "^[A-Za-z0-9+/_-]*={0,2}$";

/// What a call wants to see again on the webhooks that it causes: base64 of no more than
/// [`limits::CALLBACK_PAYLOAD`] characters. Other text is 4002; an empty one counts as absent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallbackPayload(pub Option<String>);

impl CallbackPayload {
    /// Reads the header.
    pub(crate) fn read(headers: &HeaderMap) -> Result<Self, ApiError> {
        let Some(value) = headers.get(NAME) else { return Ok(Self(None)) };
        let text = value.to_str().unwrap_or("?").trim();
        let data = text.trim_end_matches('=');
        let is_base64 = text.len() - data.len() <= 2
            && data.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte));
        if !is_base64 || text.len() > limits::CALLBACK_PAYLOAD {
            let limit = limits::CALLBACK_PAYLOAD;
            return Err(ApiError::bad_request(format!(
                "{NAME}: must be base64 of at most {limit} characters."
            )));
        }
        Ok(Self((!data.is_empty()).then(|| text.to_owned())))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for CallbackPayload {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        Self::read(&parts.headers)
    }
}

impl IntoParams for CallbackPayload {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let schema = ObjectBuilder::new()
            .schema_type(Type::String)
            .max_length(Some(limits::CALLBACK_PAYLOAD))
            .pattern(Some(FORM));
        let parameter = ParameterBuilder::new()
            .name(NAME)
            .parameter_in(ParameterIn::Header)
            .required(Required::False)
            .description(Some(
                "Base64 that is sent back on the webhooks of members and data that this call causes.",
            ))
            .schema(Some(schema));
        vec![parameter.build()]
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn read(text: &str) -> Result<Option<String>, String> {
        let value = HeaderValue::from_bytes(text.as_bytes()).unwrap();
        let headers = HeaderMap::from_iter([(NAME.to_ascii_lowercase().parse().unwrap(), value)]);
        CallbackPayload::read(&headers).map(|read| read.0).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn base64_is_kept_as_it_was_sent() {
        for text in ["YWJj", "YWI=", "YQ==", "YQ", "A", "_-8=", &"A".repeat(1024)] {
            assert_eq!(read(text), Ok(Some(text.to_owned())));
        }
        assert_eq!(read(""), Ok(None));
        assert_eq!(CallbackPayload::read(&HeaderMap::new()).unwrap(), CallbackPayload(None));
    }

    #[test]
    fn other_text_is_refused_and_not_repeated() {
        for text in ["a b", "YWJj\"", "Y===", "é", &"A".repeat(1028)] {
            let refused = read(text).unwrap_err();
            assert_eq!(refused, "X-CALLBACK-PAYLOAD: must be base64 of at most 1024 characters.", "{text}");
        }
    }
}
