//! The body of a request: read within limits, unwrapped once, then typed.

use std::borrow::Cow;
use std::time::Duration;

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use riverbank_model::limits;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Ref, RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::error::{ApiError, ErrorCode};
use crate::fields::Json;
use crate::media::{Face, JSON, essence};

/// How much is read of a body, and how long it may take.
#[derive(Clone, Copy, Debug)]
pub struct BodyLimits {
    /// Bytes; more is 4131.
    pub size: usize,
    /// Machine time from the head of the request to the end of its body; more is 4081.
    pub time: Duration,
}

impl Default for BodyLimits {
    fn default() -> Self {
        Self { size: limits::BODY, time: Duration::from_secs(10) }
    }
}

/// What is read and dropped of a body over its limit, as a multiple of the limit: a client that is still sending
/// would else see a broken connection in place of the answer.
const DRAINED: usize = 8;

/// The inner type of a request body.
pub trait RequestBody: DeserializeOwned + ToSchema {
    /// The root that wraps it; none where the fields stand at the top. A body without its root is taken as well.
    const ROOT: Option<&'static str>;
}

/// The body of an operation that needs one.
///
/// - The root is taken off if it is there. Unknown fields are ignored; of two equal names the last one counts.
/// - `null` is the same as absence.
/// - No body at all is an empty object on POST (so missing fields are named) and 4002 on PUT.
///
/// It is the last argument of a handler: what is said about the caller and the path comes first.
#[derive(Clone, Copy, Debug)]
pub struct Body<T>(pub T);

/// The body of an operation that does without: none at all reads as an empty object.
#[derive(Clone, Copy, Debug)]
pub struct OptionalBody<T>(pub T);

impl<T: RequestBody, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let must_change = request.method() == Method::PUT;
        let bytes = receive(request).await?;
        let value = unwrapped(parse(&bytes)?, T::ROOT);
        if must_change && is_empty(&value) {
            return Err(ApiError::bad_request("The request body is empty."));
        }
        typed(value).map(Self)
    }
}

impl<T: RequestBody, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = receive(request).await?;
        typed(unwrapped(parse(&bytes)?, T::ROOT)).map(Self)
    }
}

/// Reads the whole body, if its media type is one that is read here.
async fn receive(request: Request) -> Result<Bytes, ApiError> {
    let limits = request.extensions().get::<BodyLimits>().copied().unwrap_or_default();
    let announced = announced_size(request.headers());
    // A client that asks before it sends is told at once.
    let asks = request.headers().contains_key(header::EXPECT);
    let most = if asks { limits.size } else { limits.size.saturating_mul(DRAINED) };
    if announced.is_some_and(|size| size > most) {
        return Err(too_large(limits.size));
    }
    let face = Face::of(request.uri().path());
    let content_type = request.headers().get(header::CONTENT_TYPE).cloned();
    let arriving = collect(request.into_body(), limits.size);
    let bytes = tokio::time::timeout(limits.time, arriving).await.map_err(|_| ErrorCode::TooSlow)??;
    match content_type {
        Some(content_type) if !bytes.is_empty() => {
            check_media_type(face, content_type.to_str().unwrap_or_default())?;
        }
        _ => {}
    }
    Ok(bytes)
}

fn announced_size(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

async fn collect(mut body: axum::body::Body, limit: usize) -> Result<Bytes, ApiError> {
    let mut kept = BytesMut::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ApiError::bad_request("The request body broke off."))?;
        let Ok(data) = frame.into_data() else { continue };
        seen = seen.saturating_add(data.len());
        if seen > limit.saturating_mul(DRAINED) {
            break;
        }
        if seen <= limit {
            kept.extend_from_slice(&data);
        }
    }
    if seen > limit { Err(too_large(limit)) } else { Ok(kept.freeze()) }
}

fn too_large(limit: usize) -> ApiError {
    ApiError::new(ErrorCode::TooLarge, format!("The request body is over {limit} bytes."))
}

fn check_media_type(face: Option<&Face>, content_type: &str) -> Result<(), ApiError> {
    let named = essence(content_type);
    let read = match face {
        Some(face) => face.types().any(|known| known.eq_ignore_ascii_case(named)),
        None => JSON.eq_ignore_ascii_case(named),
    };
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    });
    let utf8 = charset.is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"));
    if read && utf8 {
        return Ok(());
    }
    let right = face.map_or(JSON, |face| face.vendor);
    let message = if read {
        format!("The request body must be UTF-8: send Content-Type: {right}.")
    } else {
        format!("The request body must be JSON: send Content-Type: {right}.")
    };
    Err(ApiError::new(ErrorCode::UnsupportedMediaType, message))
}

/// Bytes as JSON; nothing at all is an empty object.
fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    if bytes.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ApiError::bad_request(format!("The request body is not UTF-8 from byte {} on.", error.valid_up_to()))
    })?;
    let mut value: Value = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        ApiError::bad_request(format!("The request body is not valid JSON: line {line}, column {column}."))
    })?;
    if tidy(&mut value) {
        return Err(ApiError::bad_request("The request body holds the character U+0000."));
    }
    Ok(value)
}

/// Drops the fields that are null, and tells whether U+0000 stands anywhere. The depth is bounded by the parser.
fn tidy(value: &mut Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(items) => items.iter_mut().fold(false, |found, item| tidy(item) | found),
        Value::Object(fields) => {
            fields.retain(|_, field| !field.is_null());
            fields.iter_mut().fold(false, |found, (name, field)| tidy(field) | name.contains('\0') | found)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn unwrapped(value: Value, root: Option<&str>) -> Value {
    match (value, root) {
        (Value::Object(mut fields), Some(root)) => fields.remove(root).unwrap_or(Value::Object(fields)),
        (value, _) => value,
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

fn typed<T: RequestBody>(value: Value) -> Result<T, ApiError> {
    let given: Vec<String> =
        value.as_object().map(|fields| fields.keys().cloned().collect()).unwrap_or_default();
    T::deserialize(Json(value)).map_err(|fault| {
        if !fault.missing_at_top() {
            return fault.into();
        }
        let missing: Vec<String> = required::<T>().into_iter().filter(|name| !given.contains(name)).collect();
        if missing.is_empty() { fault.into() } else { ApiError::missing(&missing) }
    })
}

/// The required fields of a body, as its schema has them.
fn required<T: ToSchema>() -> Vec<String> {
    match T::schema() {
        RefOr::T(Schema::Object(object)) => object.required,
        _ => Vec::new(),
    }
}

/// The schema of a body with its root; an operation writes `request_body = inline(...)` with an alias of
/// `Body<T>`, since utoipa names generic types in its own way.
impl<T: RequestBody> PartialSchema for Body<T> {
    fn schema() -> RefOr<Schema> {
        let inner = Ref::from_schema_name(T::name());
        match T::ROOT {
            None => inner.into(),
            Some(root) => ObjectBuilder::new().property(root, inner).required(root).into(),
        }
    }
}

impl<T: RequestBody> ToSchema for Body<T> {
    fn name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Body", T::name()))
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((T::name().into_owned(), T::schema()));
        T::schemas(schemas);
    }
}

#[cfg(test)]
mod tests;
