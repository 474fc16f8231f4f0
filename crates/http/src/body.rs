//! The body of a request: read within limits, unwrapped once, then typed.

use std::borrow::Cow;
use std::time::Duration;

use axum::body::Body as HttpBody;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, Method, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use riverbank_model::limits;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder};
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

/// How long a body that is known to be over its limit is read and dropped: enough for [`DRAINED`] MiB over a slow
/// line, and no more than a client waits for.
const DRAIN_TIME: Duration = Duration::from_secs(2);

/// The inner type of a request body.
pub trait RequestBody: DeserializeOwned + ToSchema {
    /// The root that wraps it; none where the fields stand at the top. A body without its root is taken as well.
    const ROOT: Option<&'static str>;
    /// Whether the root may as well hold a list of one.
    const MAY_BE_LISTED: bool = false;
}

/// The body of an operation that needs one.
///
/// - The root is taken off if it is there. Unknown fields are ignored; of two equal names the last one counts.
/// - `null` is the same as absence.
/// - No body at all is an empty object on POST (so missing fields are named). A PUT that holds no value is 4002.
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
        let value = unwrapped::<T>(parse(&bytes)?)?;
        if must_change && is_empty(&value) {
            return Err(ApiError::bad_request("The request body holds no field with a value."));
        }
        typed(value).map(Self)
    }
}

impl<T: RequestBody, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, _: &S) -> Result<Self, ApiError> {
        let bytes = receive(request).await?;
        typed(unwrapped::<T>(parse(&bytes)?)?).map(Self)
    }
}

/// A body that was read in another form than JSON, as the JSON that it stands for.
pub(crate) fn read_as<T: RequestBody>(mut value: Value) -> Result<T, ApiError> {
    if tidy(&mut value) {
        return Err(ApiError::bad_request("The request body holds the character U+0000."));
    }
    typed(unwrapped::<T>(value)?)
}

/// Reads the whole body, if its media type is JSON of its face.
async fn receive(request: Request) -> Result<Bytes, ApiError> {
    receive_as(request, check_media_type).await
}

/// Reads the whole body, if `check` lets its media type pass; none given passes.
pub(crate) async fn receive_as(
    request: Request,
    check: fn(Option<&Face>, &str) -> Result<(), ApiError>,
) -> Result<Bytes, ApiError> {
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
    let mut body = request.into_body();
    let kept = if announced.is_some_and(|size| size > limits.size) {
        None
    } else {
        let arriving = collect(&mut body, limits.size);
        tokio::time::timeout(limits.time, arriving).await.map_err(|_| ErrorCode::TooSlow)??
    };
    let Some(bytes) = kept else {
        // However it ends, the body is too large.
        _ = tokio::time::timeout(DRAIN_TIME, drop_rest(&mut body, most)).await;
        return Err(too_large(limits.size));
    };
    match content_type {
        Some(content_type) if !bytes.is_empty() => {
            check(face, content_type.to_str().unwrap_or_default())?;
        }
        _ => {}
    }
    Ok(bytes)
}

fn announced_size(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The whole body; none as soon as it is over its limit.
async fn collect(body: &mut HttpBody, limit: usize) -> Result<Option<Bytes>, ApiError> {
    let mut kept = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| ApiError::bad_request("The request body broke off."))?;
        let Ok(data) = frame.into_data() else { continue };
        if kept.len().saturating_add(data.len()) > limit {
            return Ok(None);
        }
        kept.extend_from_slice(&data);
    }
    Ok(Some(kept.freeze()))
}

/// Reads on until the body ends, breaks off or has brought `most` more bytes.
pub(crate) async fn drop_rest(body: &mut HttpBody, most: usize) {
    let mut seen = 0_usize;
    while let Some(Ok(frame)) = body.frame().await {
        seen = seen.saturating_add(frame.data_ref().map_or(0, Bytes::len));
        if seen > most {
            break;
        }
    }
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

/// Bytes as JSON; nothing at all is an empty object. A byte order mark is no part of it.
fn parse(bytes: &[u8]) -> Result<Value, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        ApiError::bad_request(format!("The request body is not UTF-8 from byte {} on.", error.valid_up_to()))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    let mut value: Value = serde_json::from_str(text).map_err(|error| unreadable(&error))?;
    if tidy(&mut value) {
        return Err(ApiError::bad_request("The request body holds the character U+0000."));
    }
    Ok(value)
}

/// What `serde_json` says of lawful JSON that it does not read, and what we say. It tells these apart in words only.
const LAWFUL: &[(&str, &str)] = &[
    ("recursion limit exceeded", "is nested too deeply"),
    ("number out of range", "holds a number that is out of range"),
];

fn unreadable(error: &serde_json::Error) -> ApiError {
    let (line, column, words) = (error.line(), error.column(), error.to_string());
    let found = LAWFUL.iter().find(|(theirs, _)| words.starts_with(theirs));
    let why = found.map_or("is not valid JSON", |(_, ours)| ours);
    ApiError::bad_request(format!("The request body {why}: line {line}, column {column}."))
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

/// The fields, whatever stands around them.
fn unwrapped<T: RequestBody>(mut value: Value) -> Result<Value, ApiError> {
    let inner =
        T::ROOT.zip(value.as_object_mut()).and_then(|(root, fields)| Some((root, fields.remove(root)?)));
    let Some((root, inner)) = inner else { return Ok(value) };
    let inner = match inner {
        Value::Array(mut items) if T::MAY_BE_LISTED && items.len() == 1 => items.remove(0),
        inner => inner,
    };
    if inner.is_object() {
        return Ok(inner);
    }
    let or_listed = if T::MAY_BE_LISTED { ", or a list of one" } else { "" };
    Err(ApiError::bad_request(format!("{root}: must be an object{or_listed}.")))
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(Map::is_empty)
}

/// Reads the fields of a request.
pub(crate) fn typed<T: RequestBody>(value: Value) -> Result<T, ApiError> {
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
        let Some(root) = T::ROOT else { return inner.into() };
        let body = ObjectBuilder::new().required(root);
        if !T::MAY_BE_LISTED {
            return body.property(root, inner).into();
        }
        let listed = ArrayBuilder::new().items(inner.clone()).min_items(Some(1)).max_items(Some(1));
        body.property(root, OneOfBuilder::new().item(inner).item(listed)).into()
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
