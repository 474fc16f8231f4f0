use std::io::Read;
use std::sync::Mutex;
use std::time::Duration;

use axum::body::{Body as HttpBody, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::routing::{get, post};
use jiff::Timestamp;
use riverbank_model::{MachineClock, Secrets};
use serde_json::{Value, json};
use tower::ServiceExt;
use tracing::Level;

use super::*;
use crate::answer::Answer;

/// A machine clock that is moved by hand.
#[derive(Default)]
pub(crate) struct HandClock(Mutex<Duration>);

impl HandClock {
    pub(crate) fn advance(&self, by: Duration) {
        *self.0.lock().unwrap() += by;
    }
}

impl MachineClock for HandClock {
    fn elapsed(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wall(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }
}

struct Ones;

impl Secrets for Ones {
    fn fill(&self, buffer: &mut [u8]) {
        buffer.fill(1);
    }
}

/// The manners around `routes`.
pub(crate) fn mannered(routes: Router) -> Router {
    let observer = Observer::new(Arc::new(HandClock::default()), &Ones);
    with_manners(routes, None, observer, BodyLimits::default(), None)
}

fn app() -> Router {
    mannered(
        Router::new()
            .route("/members", get(async || Answer::ok(json!({"members": []}))).post(async || "posted"))
            .route("/long", get(async || Answer::ok(json!({"text": "bank ".repeat(1000)}))))
            .route("/panic", post(panics))
            .route("/fault", get(async || ApiError::internal(std::io::Error::other("no disk"))))
            .route("/institutions", get(async || ([("content-type", "text/csv")], "guid,name\n")))
            .route("/sso/{client_id}/users/{user_id}/api_token", get(async || ApiError::not_found()))
            .route("/members/{member_guid}", get(async || "one"))
            .route("/health/live", get(async || "alive")),
    )
}

async fn panics() -> StatusCode {
    panic!("out of order")
}

struct Got {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn error_code(&self) -> Value {
        serde_json::from_slice::<Value>(&self.body).unwrap()["error"]["code"].clone()
    }
}

async fn call(method: &str, path: &str, headers: &[(&str, &str)]) -> Got {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = app().oneshot(request.body(HttpBody::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    Got {
        status: parts.status,
        headers: parts.headers,
        body: to_bytes(body, usize::MAX).await.unwrap().into(),
    }
}

async fn get_with(path: &str, headers: &[(&str, &str)]) -> Got {
    call("GET", path, headers).await
}

#[tokio::test]
async fn an_answer_has_the_vendor_type_and_is_not_stored() {
    let got = get_with("/members", &[]).await;
    assert_eq!(got.status, 200);
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
    assert_eq!(got.header("cache-control"), "no-store");
    let got = get_with("/members", &[("accept", "application/json")]).await;
    assert_eq!(got.header("content-type"), "application/json");
}

#[tokio::test]
async fn an_accept_that_cannot_be_met_is_406_before_anything_happens() {
    let got = call("POST", "/panic", &[("accept", "text/html")]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (406, json!(4061)));
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
}

#[tokio::test]
async fn operations_with_another_form_take_its_accept_and_refuse_in_json() {
    let got = get_with("/institutions", &[("accept", "text/csv")]).await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "text/csv"));
    assert_eq!(get_with("/members", &[("accept", "text/csv")]).await.status, 406);
    let got = get_with("/sso/acme/users/1/api_token", &[("accept", "application/xml")]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (404, json!(4041)));
    assert_eq!(got.header("content-type"), "application/vnd.moneydesktop.sso.v3+json");
}

#[tokio::test]
async fn a_json_suffix_is_taken_off_and_says_json() {
    let got = get_with("/members.json", &[("accept", "text/html")]).await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, "application/vnd.mx.nexus.v1+json"));
    let got = get_with("/members.json?page=1", &[("accept", "application/json")]).await;
    assert_eq!(got.header("content-type"), "application/json");
}

#[tokio::test]
async fn a_request_id_is_echoed_if_it_is_sane_and_made_if_not() {
    let id = |id: &'static str| async move { get_with("/members", &[("x-request-id", id)]).await };
    assert_eq!(id("Abc-1_2.3").await.header("x-request-id"), "Abc-1_2.3");
    let long = "a".repeat(65).leak();
    for insane in ["", "a b", "a\"b", long] {
        assert_eq!(id(insane).await.header("x-request-id"), "01010101-000000", "{insane:?}");
    }
}

#[tokio::test]
async fn an_unknown_path_is_404_with_the_error_body() {
    let got = get_with("/nothing", &[]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (404, json!(4041)));
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
}

#[tokio::test]
async fn an_unknown_method_is_405_with_allow_and_the_error_body() {
    let got = call("DELETE", "/members", &[]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (405, json!(4051)));
    assert_eq!(got.header("allow"), "GET,HEAD,POST");
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
}

#[tokio::test]
async fn head_answers_like_get_without_a_body() {
    let got = call("HEAD", "/members", &[]).await;
    assert_eq!((got.status.as_u16(), got.body.len()), (200, 0));
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
}

#[tokio::test]
async fn a_panic_is_a_500_that_names_the_request_and_nothing_else() {
    let got = call("POST", "/panic", &[("x-request-id", "me-1")]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (500, json!(5001)));
    assert_eq!(got.header("content-type"), "application/vnd.mx.nexus.v1+json");
    let body = String::from_utf8(got.body).unwrap();
    assert!(body.contains("me-1") && !body.contains("out of order"), "{body}");
}

#[tokio::test]
async fn a_fault_of_ours_names_the_request_and_not_its_cause() {
    let got = get_with("/fault", &[("x-request-id", "me-2"), ("accept", "application/json")]).await;
    assert_eq!((got.status.as_u16(), got.error_code()), (500, json!(5001)));
    assert_eq!(got.header("content-type"), "application/json");
    let body = String::from_utf8(got.body).unwrap();
    assert!(body.contains("me-2") && !body.contains("no disk"), "{body}");
}

#[tokio::test]
async fn long_answers_are_zipped_where_asked() {
    let plain = get_with("/long", &[]).await;
    assert_eq!(plain.header("content-encoding"), "");
    let zipped = get_with("/long", &[("accept-encoding", "gzip")]).await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    assert!(zipped.body.len() < plain.body.len() / 10);
    let mut unzipped = Vec::new();
    flate2::read::GzDecoder::new(&zipped.body[..]).read_to_end(&mut unzipped).unwrap();
    assert_eq!(unzipped, plain.body);
    assert_eq!(get_with("/members", &[("accept-encoding", "gzip")]).await.header("content-encoding"), "");
}

#[tokio::test]
async fn machines_are_answered_without_negotiation() {
    let got = get_with("/health/live", &[("accept", "text/html")]).await;
    assert_eq!((got.status.as_u16(), &got.body[..]), (200, &b"alive"[..]));
    assert_eq!(got.header("cache-control"), "");
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_names_route_and_request_and_no_secret() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().json().with_max_level(Level::DEBUG);
    let subscriber = subscriber.with_writer(move || writer.clone()).finish();
    let logging = tracing::subscriber::set_default(subscriber);
    get_with("/members/MBR-hidden?token=hidden", &[("md-session-token", "hidden"), ("x-request-id", "me-3")])
        .await;
    get_with("/fault", &[]).await;
    drop(logging);
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 3, "{text}");
    let levels: Vec<&Value> = lines.iter().map(|line| &line["level"]).collect();
    assert_eq!(levels, ["DEBUG", "ERROR", "INFO"], "what was only read is told on request");
    let fields = &lines[0]["fields"];
    assert_eq!((&fields["route"], &fields["status"]), (&json!("/members/{member_guid}"), &json!(200)));
    assert_eq!(lines[0]["span"]["request_id"], "me-3");
    assert_eq!(lines[1]["fields"]["cause"], "no disk");
    assert!(!text.contains("hidden"), "{text}");
}
