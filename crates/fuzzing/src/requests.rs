//! Requests, through the whole of the HTTP faces and the engine under them.
//!
//! An input is a request as HTTP/1.1 writes it, so that a corpus can be read and written by hand: a line with method and
//! target, lines of headers, an empty line, the body. `$session` and the other words of [`world`] stand for what cannot
//! be written down beforehand.

mod world;

use std::cell::RefCell;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri, header};
use riverbank_http::error::ErrorCode;
use riverbank_http::media::{JSON, SSO_XML, XML};
use riverbank_testkit::client::Answer;
use serde_json::Value;

use world::World;

/// Requests that one world answers before there is a new one.
const REQUESTS_OF_A_WORLD: usize = 2000;
/// A refusal may be so many times as long as its request: it may name every field.
const GROWTH: usize = 4;
/// A refusal of an empty request may be so long.
const LEAST: usize = 4096;

/// What became of a request.
#[derive(Clone, Debug)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// The code of a refusal.
    pub code: Option<u16>,
    /// All that came.
    pub body: Vec<u8>,
}

/// A request of any kind.
pub fn requests(bytes: &[u8]) {
    answer(bytes);
}

/// The OpenAPI documents of what is asked: that of the API, and that of the control face.
pub fn documents() -> [Value; 2] {
    [riverbank_http::routes::document(), riverbank_http::control::document()]
        .map(|document| serde_json::to_value(document).expect("a document"))
}

thread_local! {
    static WORLD: RefCell<Option<(usize, World)>> = const { RefCell::new(None) };
}

/// What became of a request; none if it is no request that a server would hand on.
pub fn answer(bytes: &[u8]) -> Option<Answered> {
    WORLD.with_borrow_mut(|slot| {
        let (asked, world) = slot.get_or_insert_with(|| (0, World::new()));
        let request = read(&world.filled_in(bytes))?;
        let (method, path) = (request.method().clone(), request.uri().to_string());
        let (parts, body) = world.send(request);
        let answer = Answer { method, path, status: parts.status, headers: parts.headers, body };
        let answered = checked(&answer, bytes.len());
        if let Some(schema) = world.schema_of(&answer)
            && let Err(violation) = schema.verify(&answer)
        {
            panic!("{answer}\nbreaks the OpenAPI document: {violation}");
        }
        *asked += 1;
        if *asked == REQUESTS_OF_A_WORLD {
            *slot = None;
        } else if answered.status == 401 || answer.method == Method::DELETE {
            world.restore();
        }
        Some(answered)
    })
}

/// The request that the bytes are; headers that are none are left out.
fn read(bytes: &[u8]) -> Option<Request<Body>> {
    let mut rest = bytes;
    let mut line = || {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let line = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
        rest = &rest[end + 1..];
        Some(line)
    };
    let first = line()?;
    let (method, target) = first.split_at(first.iter().position(|byte| *byte == b' ')?);
    let target = Uri::try_from(target[1..].strip_suffix(b" HTTP/1.1").unwrap_or(&target[1..])).ok()?;
    let mut request = Request::new(Body::empty());
    // Only a target that begins with a path is handed on by a server that is no proxy.
    *request.uri_mut() = target.path().starts_with('/').then_some(target)?;
    *request.method_mut() = Method::from_bytes(method).ok()?;
    let mut headers = HeaderMap::new();
    loop {
        let header = line()?;
        if header.is_empty() {
            break;
        }
        let Some(colon) = header.iter().position(|byte| *byte == b':') else { continue };
        let (name, value) = (HeaderName::from_bytes(&header[..colon]), header[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_bytes(value)) {
            headers.append(name, value);
        }
    }
    *request.headers_mut() = headers;
    *request.body_mut() = Body::from(rest.to_vec());
    Some(request)
}

/// Looks at what holds for every answer.
fn checked(answer: &Answer, asked: usize) -> Answered {
    let status = answer.status.as_u16();
    assert!(status != 500, "{answer}");
    let media =
        answer.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let code = if status >= 400 && answer.method != Method::HEAD && !media.starts_with("text/html") {
        assert!(answer.body.len() <= LEAST + GROWTH * asked, "{} bytes: {answer}", answer.body.len());
        if refused_as_oauth_does(&answer.body) {
            assert!(answer.path.starts_with("/banks/"), "{answer}");
            return Answered { status, code: None, body: answer.body.clone() };
        }
        let code = code(media, &answer.body);
        let code = ErrorCode::ALL.iter().find(|known| Some(known.number()) == code);
        let code = code.unwrap_or_else(|| panic!("no row of the table of errors: {answer}"));
        assert_eq!(code.status(), status, "{answer}");
        Some(code.number())
    } else {
        None
    };
    Answered { status, code, body: answer.body.clone() }
}

/// Whether a refusal is one of RFC 6749, 5.2, as test banks give them.
fn refused_as_oauth_does(body: &[u8]) -> bool {
    serde_json::from_slice(body).is_ok_and(|body: Value| body["error"].is_string())
}

/// The code of a refusal in JSON or XML.
fn code(media: &str, body: &[u8]) -> Option<u16> {
    if [XML, SSO_XML].contains(&media) {
        let (_, rest) = std::str::from_utf8(body).ok()?.split_once("<error><code>")?;
        return rest.split_once("</code><message>")?.0.parse().ok();
    }
    assert!(media == JSON || media.ends_with("+json"), "a refusal as {media:?}");
    let body: Value = serde_json::from_slice(body).ok()?;
    u16::try_from(body["error"]["code"].as_u64()?).ok()
}
