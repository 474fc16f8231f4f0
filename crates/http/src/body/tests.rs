use std::convert::Infallible;

use axum::Router;
use axum::http::{Request, header};
use axum::routing::post;
use futures_util::{StreamExt, stream};
use serde::Deserialize;
use serde_json::json;
use tower::ServiceExt;

use super::*;
use crate::answer::Answer;
use crate::media::NEXUS;
use crate::values::{Day, Text};

#[derive(Debug, Deserialize, ToSchema)]
struct CreateMember {
    institution_guid: Text,
    login: Text<8>,
    name: Option<Text>,
    #[serde(default)]
    is_oauth: bool,
    from: Option<Day>,
    amount: Option<f64>,
    #[serde(default)]
    credentials: Vec<Credential>,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Credential {
    #[serde(alias = "guid")]
    credential_guid: Text,
}

impl RequestBody for CreateMember {
    const ROOT: Option<&'static str> = Some("member");
}

#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
struct Switches {
    include_holdings: Option<bool>,
}

impl RequestBody for Switches {
    const ROOT: Option<&'static str> = None;
}

async fn shown(Body(member): Body<CreateMember>) -> Answer<Value> {
    Answer::ok(json!({
        "institution_guid": *member.institution_guid,
        "login": *member.login,
        "name": member.name.as_deref(),
        "is_oauth": member.is_oauth,
        "from": member.from,
        "amount": member.amount,
        "credentials": member.credentials.iter().map(|credential| &*credential.credential_guid).collect::<Vec<_>>(),
    }))
}

async fn switched(OptionalBody(switches): OptionalBody<Switches>) -> Answer<Value> {
    Answer::ok(json!(switches.include_holdings))
}

const LIMITS: BodyLimits = BodyLimits { size: 1000, time: Duration::from_millis(50) };

async fn send(request: Request<HttpBody>) -> (u16, Value) {
    let app: Router = Router::new()
        .route("/members", post(shown).put(shown))
        .route("/aggregate", axum::routing::get(switched))
        .layer(axum::Extension(LIMITS));
    let response = app.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, serde_json::from_slice(&bytes).unwrap())
}

async fn send_to(method: &str, path: &str, media: Option<&str>, body: impl Into<HttpBody>) -> (u16, Value) {
    let mut request = Request::builder().method(method).uri(path);
    if let Some(media) = media {
        request = request.header(header::CONTENT_TYPE, media);
    }
    send(request.body(body.into()).unwrap()).await
}

/// What a POST of `body` is refused with.
async fn refusal(body: impl Into<HttpBody>) -> (u64, String) {
    let (_, answer) = send_to("POST", "/members", Some(NEXUS), body).await;
    let error = &answer["error"];
    (error["code"].as_u64().expect("a refusal"), error["message"].as_str().unwrap().to_owned())
}

async fn accepted(body: Value) -> Value {
    let (status, answer) = send_to("POST", "/members", Some(NEXUS), body.to_string()).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

#[tokio::test]
async fn the_root_may_be_there_or_not() {
    let fields = json!({"institution_guid": "INS-1", "login": "me", "unknown": [1, {"a": 2}]});
    let bare = accepted(fields.clone()).await;
    assert_eq!(bare["institution_guid"], "INS-1");
    assert_eq!(accepted(json!({"member": fields, "unknown": 1})).await, bare);
}

#[tokio::test]
async fn null_is_the_same_as_absent() {
    let answer =
        accepted(json!({"institution_guid": "INS-1", "login": "me", "is_oauth": null, "name": null})).await;
    assert_eq!((&answer["is_oauth"], &answer["name"]), (&json!(false), &json!(null)));
    let (code, message) = refusal(r#"{"institution_guid": null, "login": "me"}"#).await;
    assert_eq!((code, &*message), (4001, "Required parameter is missing: institution_guid."));
}

#[tokio::test]
async fn of_two_equal_names_the_last_one_counts() {
    let body = r#"{"institution_guid": "INS-1", "login": "me", "institution_guid": "INS-2"}"#;
    let (_, answer) = send_to("POST", "/members", Some(NEXUS), body).await;
    assert_eq!(answer["institution_guid"], "INS-2");
}

#[tokio::test]
async fn a_field_may_have_an_older_name() {
    let body = json!({"institution_guid": "INS-1", "login": "me", "credentials": [{"guid": "CRD-1"}]});
    assert_eq!(accepted(body).await["credentials"], json!(["CRD-1"]));
}

#[tokio::test]
async fn all_missing_fields_are_named_together() {
    let expected = (4001, "Required parameters are missing: institution_guid, login.".to_owned());
    for body in ["", "{}", r#"{"member": {}}"#, r#"{"name": "x"}"#] {
        assert_eq!(refusal(body).await, expected, "{body}");
    }
    let (code, message) = refusal(r#"{"institution_guid": "I", "login": "me", "credentials": [{}]}"#).await;
    assert_eq!((code, &*message), (4001, "Required parameter is missing: credentials[0].credential_guid."));
}

#[tokio::test]
async fn what_is_wrong_is_worded() {
    let rows = [
        (r#"{"login": 5}"#, "login: must be a string."),
        (r#"{"login": "123456789"}"#, "login: must have at most 8 characters."),
        (r#"{"is_oauth": 1}"#, "is_oauth: must be true or false."),
        (r#"{"from": "2024-02-30"}"#, "from: must be a date of the form YYYY-MM-DD."),
        (r#"{"credentials": {"guid": "x"}}"#, "credentials: must be an array."),
        (r#"{"member": "x"}"#, "member: must be an object."),
        (r#"{"member": []}"#, "member: must be an object."),
        (r#"{"member": 5, "login": "me"}"#, "member: must be an object."),
        (r#"[{"login": "me"}]"#, "The request must be an object."),
        ("null", "The request must be an object."),
        ("{\"login\":\n  me}", "The request body is not valid JSON: line 2, column 3."),
        (r#"{"login": "me"} x"#, "The request body is not valid JSON: line 1, column 17."),
        (r#"{"amount": 1e999}"#, "The request body holds a number that is out of range: line 1, column 16."),
        (r#"{"name": "a\u0000b"}"#, "The request body holds the character U+0000."),
        (r#"{"x\u0000": 1}"#, "The request body holds the character U+0000."),
        (r#"{"name": "\ud800"}"#, "The request body is not valid JSON: line 1, column 17."),
    ];
    for (body, message) in rows {
        assert_eq!(refusal(body).await, (4002, message.to_owned()), "{body}");
    }
    let not_utf8 = (4002, "The request body is not UTF-8 from byte 10 on.".to_owned());
    assert_eq!(refusal(&b"{\"name\": \"\xff\"}"[..]).await, not_utf8);
    let deep = (4002, "The request body is nested too deeply: line 1, column 128.".to_owned());
    assert_eq!(refusal("[".repeat(900)).await, deep);
    assert_eq!(refusal("{\"a\":".repeat(150)).await.0, 4002);
}

#[tokio::test]
async fn a_put_without_content_is_refused_and_a_post_names_its_fields() {
    for body in ["", "{}", r#"{"member": {}}"#, r#"{"member": {"name": null}}"#] {
        let (status, answer) = send_to("PUT", "/members", Some(NEXUS), body).await;
        assert_eq!((status, &answer["error"]["code"]), (400, &json!(4002)), "{body}");
        assert_eq!(answer["error"]["message"], "The request body holds no field with a value.");
    }
}

#[tokio::test]
async fn a_byte_order_mark_is_no_part_of_the_body() {
    let body = "\u{feff}{\"institution_guid\": \"INS-1\", \"login\": \"me\"}";
    assert_eq!(send_to("POST", "/members", Some(NEXUS), body).await.0, 200);
    assert_eq!(refusal("\u{feff}").await, refusal("").await);
}

#[tokio::test]
async fn a_get_may_have_a_body_where_the_operation_takes_one() {
    assert_eq!(send_to("GET", "/aggregate", None, "").await.1, json!(null));
    assert_eq!(send_to("GET", "/aggregate", None, r#"{"include_holdings": false}"#).await.1, json!(false));
    assert_eq!(send_to("GET", "/aggregate", None, r#"{"include_holdings": 0}"#).await.0, 400);
}

#[tokio::test]
async fn json_types_are_read_and_others_are_told_the_right_one() {
    let body = json!({"institution_guid": "INS-1", "login": "me"}).to_string();
    let read = [
        None,
        Some("application/vnd.mx.nexus.v1+json"),
        Some("application/json"),
        Some("Application/JSON; charset=UTF-8"),
        Some("application/vnd.mx.api.v1+json"),
        Some("application/vnd.mx.nexus.beta+json"),
        Some("application/vnd.moneydesktop.v1+json"),
    ];
    for media in read {
        assert_eq!(send_to("POST", "/members", media, body.clone()).await.0, 200, "{media:?}");
    }
    let form = Some("application/x-www-form-urlencoded");
    for media in [form, Some("text/plain"), Some("application/json; charset=latin1"), Some("")] {
        let (status, answer) = send_to("POST", "/members", media, body.clone()).await;
        assert_eq!((status, &answer["error"]["code"]), (415, &json!(4151)), "{media:?}");
        assert!(answer["error"]["message"].as_str().unwrap().contains(NEXUS), "{answer}");
    }
    assert_eq!(send_to("POST", "/members", form, "").await.0, 400, "no body has no type");
}

#[tokio::test]
async fn a_body_over_its_limit_is_4131_announced_or_not() {
    let exact = json!({"institution_guid": "INS-1", "login": "me"}).to_string();
    assert_eq!(send_to("POST", "/members", None, format!("{exact:<1000}")).await.0, 200);
    let (status, answer) = send_to("POST", "/members", None, format!("{exact:<1001}")).await;
    assert_eq!((status, &answer["error"]["code"]), (413, &json!(4131)));
    let endless = stream::repeat_with(|| Ok::<_, Infallible>(Bytes::from_static(&[b' '; 100])));
    assert_eq!(send_to("POST", "/members", None, HttpBody::from_stream(endless)).await.0, 413);
    let announced = Request::post("/members").header(header::CONTENT_LENGTH, "1000000");
    let never = HttpBody::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    assert_eq!(send(announced.body(never).unwrap()).await.0, 413);
}

#[tokio::test(start_paused = true)]
async fn a_body_known_to_be_over_its_limit_is_4131_even_if_its_rest_does_not_arrive() {
    let started = tokio::time::Instant::now();
    let never = || stream::pending::<Result<Bytes, Infallible>>();
    let announced = Request::post("/members").header(header::CONTENT_LENGTH, "1001");
    assert_eq!(send(announced.body(HttpBody::from_stream(never())).unwrap()).await.0, 413);
    let begun = stream::iter([Ok(Bytes::from_static(&[b' '; 1001]))]).chain(never());
    assert_eq!(send_to("POST", "/members", None, HttpBody::from_stream(begun)).await.0, 413);
    assert!(started.elapsed() < 3 * DRAIN_TIME, "{:?}", started.elapsed());
    let broken = stream::iter([Ok(Bytes::from_static(&[b' '; 1001])), Err(std::io::Error::other("gone"))]);
    assert_eq!(send_to("POST", "/members", None, HttpBody::from_stream(broken)).await.0, 413);
}

#[tokio::test(start_paused = true)]
async fn a_client_that_asks_before_it_sends_too_much_is_told_at_once() {
    let started = tokio::time::Instant::now();
    let asking = Request::post("/members")
        .header(header::CONTENT_LENGTH, "1001")
        .header(header::EXPECT, "100-continue");
    let never = HttpBody::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    assert_eq!(send(asking.body(never).unwrap()).await.0, 413);
    assert_eq!(started.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_arrive_is_4081() {
    let never = HttpBody::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let (status, answer) = send_to("POST", "/members", None, never).await;
    assert_eq!((status, &answer["error"]["code"]), (408, &json!(4081)));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_a_bad_request() {
    let broken = stream::iter([Ok(Bytes::from_static(b"{")), Err(std::io::Error::other("gone"))]);
    assert_eq!(send_to("POST", "/members", None, HttpBody::from_stream(broken)).await.0, 400);
}
