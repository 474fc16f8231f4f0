use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;
use utoipa::ToSchema;

use super::*;
use crate::answer::{Answer, Empty};
use crate::body::{Body, BodyLimits, RequestBody};
use crate::manners::tests::mannered;

#[derive(Debug, Deserialize, ToSchema)]
struct Nothing {}

impl RequestBody for Nothing {
    const ROOT: Option<&'static str> = None;
}

struct Running {
    address: SocketAddr,
    /// Told of each request for `/slow` or `/never` that is under way.
    under_way: Arc<Notify>,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<()>,
}

async fn start(limits: ConnectionLimits) -> Running {
    let under_way = Arc::new(Notify::new());
    let [slow, never] = [&under_way, &under_way].map(Arc::clone);
    let routes = Router::new()
        .route("/members", post(async |Body(Nothing {}): Body<Nothing>| Answer::ok(Empty {})))
        .route("/peer", get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.ip().to_string()))
        .route(
            "/slow",
            get(async move || {
                slow.notify_one();
                tokio::time::sleep(Duration::from_millis(300)).await;
            }),
        )
        .route(
            "/never",
            get(async move || {
                never.notify_one();
                std::future::pending::<StatusCode>().await
            }),
        )
        .layer(axum::Extension(BodyLimits { time: Duration::from_millis(100), ..BodyLimits::default() }));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let ended = tokio::spawn(serve(listener, mannered(routes), limits, None, async {
        _ = stopped.await;
    }));
    Running { address, under_way, stop, ended }
}

async fn connect(running: &Running) -> TcpStream {
    TcpStream::connect(running.address).await.unwrap()
}

/// All that comes until the connection ends.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = String::new();
    stream.read_to_string(&mut text).await.unwrap();
    text
}

async fn exchange(running: &Running, request: &str) -> String {
    let mut stream = connect(running).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    rest(stream).await
}

#[tokio::test]
async fn a_handler_knows_its_peer() {
    let running = start(ConnectionLimits::default()).await;
    let answer = exchange(&running, "GET /peer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("127.0.0.1"), "{answer}");
}

#[tokio::test]
async fn a_slow_body_is_answered_with_408() {
    let running = start(ConnectionLimits::default()).await;
    let head =
        "POST /members HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{";
    let answer = exchange(&running, head).await;
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    let body = answer.split("\r\n\r\n").nth(1).unwrap();
    assert_eq!(serde_json::from_str::<Value>(body).unwrap()["error"]["code"], 4081);
}

#[tokio::test]
async fn a_client_that_sends_too_much_still_reads_its_answer() {
    let running = start(ConnectionLimits::default()).await;
    let size = 3 * 1024 * 1024;
    let head =
        format!("POST /members HTTP/1.1\r\nhost: x\r\ncontent-length: {size}\r\nconnection: close\r\n\r\n");
    let answer = exchange(&running, &(head + &" ".repeat(size))).await;
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
}

#[tokio::test]
async fn a_head_that_does_not_arrive_ends_the_connection() {
    let running =
        start(ConnectionLimits { head: Duration::from_millis(50), ..ConnectionLimits::default() }).await;
    let answer = exchange(&running, "GET /peer HTTP/1.1\r\nhost:").await;
    assert!(!answer.contains("200"), "{answer}");
}

#[tokio::test]
async fn head_requests_leave_the_connection_usable() {
    let running = start(ConnectionLimits::default()).await;
    let request =
        "HEAD /peer HTTP/1.1\r\nhost: x\r\n\r\nGET /peer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let answer = exchange(&running, request).await;
    assert_eq!(answer.matches("HTTP/1.1 200").count(), 2, "{answer}");
    assert_eq!(answer.matches("127.0.0.1").count(), 1, "{answer}");
}

#[tokio::test]
async fn a_stop_lets_requests_finish_and_accepts_no_more() {
    let running = start(ConnectionLimits::default()).await;
    let mut stream = connect(&running).await;
    stream.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    running.under_way.notified().await;
    running.stop.send(()).unwrap();
    assert!(rest(stream).await.starts_with("HTTP/1.1 200"));
    running.ended.await.unwrap();
    assert!(TcpStream::connect(running.address).await.is_err());
}

#[tokio::test]
async fn a_stop_does_not_wait_for_ever() {
    let running =
        start(ConnectionLimits { finish: Duration::from_millis(100), ..ConnectionLimits::default() }).await;
    let mut stream = connect(&running).await;
    stream.write_all(b"GET /never HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    running.under_way.notified().await;
    running.stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(5), running.ended).await.unwrap().unwrap();
}

#[tokio::test]
async fn connections_over_the_limit_wait_for_a_seat() {
    let running = start(ConnectionLimits { connections: 1, ..ConnectionLimits::default() }).await;
    let first = connect(&running).await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    let request = "GET /peer HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let waiting = exchange(&running, request);
    tokio::pin!(waiting);
    assert!(tokio::time::timeout(Duration::from_millis(100), &mut waiting).await.is_err());
    drop(first);
    assert!(waiting.await.starts_with("HTTP/1.1 200"));
}
