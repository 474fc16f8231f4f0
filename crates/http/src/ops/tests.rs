use axum::body::{Body, to_bytes};
use axum::http::Request;
use metrics_exporter_prometheus::PrometheusRecorder;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::manners::tests::mannered;

async fn get(router: &Router, path: &str, peer: Option<&str>, header: Option<(&str, &str)>) -> (u16, String) {
    let mut request = Request::get(path);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let mut request = request.body(Body::empty()).unwrap();
    if let Some(peer) = peer {
        request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer.parse().unwrap()));
    }
    let response = router.clone().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.into()).unwrap())
}

fn recorder() -> PrometheusRecorder {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_duration_seconds".to_owned()), DURATION_BUCKETS)
        .unwrap()
        .build_recorder()
}

#[tokio::test]
async fn ready_says_no_with_503_and_live_stays_alive() {
    for (answer, status) in [(true, 200), (false, 503)] {
        let router = health(move || async move { answer });
        assert_eq!(get(&router, "/health/live", None, None).await.0, 200);
        assert_eq!(get(&router, "/health/ready", None, None).await.0, status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_readiness_check_that_hangs_is_a_no() {
    let (status, body) = get(&health(std::future::pending), "/health/ready", None, None).await;
    assert_eq!(status, 503);
    assert_eq!(serde_json::from_str::<Value>(&body).unwrap()["error"]["code"], json!(5031));
}

#[tokio::test]
async fn metrics_are_for_this_machine_unless_they_have_an_address_of_their_own() {
    let queue = async || Some((0, 0));
    let local = metrics(recorder().handle(), MetricsFor::Loopback, queue);
    for (peer, header, status) in [
        (Some("127.0.0.1:9"), None, 200),
        (Some("[::1]:9"), None, 200),
        (Some("[::ffff:127.0.0.1]:9"), None, 200),
        (Some("192.0.2.1:9"), None, 403),
        (Some("127.0.0.1:9"), Some(("x-forwarded-for", "127.0.0.1")), 403),
        (None, None, 403),
    ] {
        assert_eq!(get(&local, "/metrics", peer, header).await.0, status, "{peer:?} {header:?}");
    }
    let open = metrics(recorder().handle(), MetricsFor::Anyone, queue);
    assert_eq!(get(&open, "/metrics", Some("192.0.2.1:9"), None).await.0, 200);
}

#[test]
fn tasks_and_jobs_are_counted_when_the_metrics_are_read_and_what_is_unknown_is_no_number() {
    let recorder = recorder();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let read = |queue| {
        ::metrics::with_local_recorder(&recorder, || {
            let router = metrics(recorder.handle(), MetricsFor::Anyone, move || async move { queue });
            runtime.block_on(async {
                let waiting = tokio::spawn(std::future::pending::<()>());
                let (_, text) = get(&router, "/metrics", None, None).await;
                waiting.abort();
                text
            })
        })
    };
    let known = read(Some((3, 2)));
    for line in ["runtime_tasks 1\n", "jobs{state=\"ready\"} 3\n", "jobs{state=\"running\"} 2\n"] {
        assert!(known.contains(line), "{line} is not in:\n{known}");
    }
    assert!(read(None).contains("jobs{state=\"ready\"} NaN\n"));
}

#[tokio::test]
async fn the_document_is_served_as_it_is() {
    assert_eq!(
        get(&openapi("/openapi.json", "{}\n".to_owned()), "/openapi.json", None, None).await,
        (200, "{}\n".to_owned())
    );
}

#[test]
fn a_request_is_counted_and_timed_under_its_route_and_never_its_path() {
    let recorder = recorder();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let members = Router::new().route("/members/{member_guid}", axum::routing::get(async || "x"));
    ::metrics::with_local_recorder(&recorder, || {
        let router = mannered(members);
        runtime.block_on(async {
            for path in ["/members/MBR-secret?token=secret", "/members/MBR-other", "/nothing/secret"] {
                get(&router, path, None, None).await;
            }
            let odd = Request::builder().method("SECRET").uri("/members/1").body(Body::empty()).unwrap();
            router.clone().oneshot(odd).await.unwrap();
        });
    });
    let text = recorder.handle().render();
    for line in [
        r#"http_requests_total{method="GET",route="/members/{member_guid}",status="200"} 2"#,
        r#"http_requests_total{method="GET",route="none",status="404"} 1"#,
        r#"http_requests_total{method="other",route="/members/{member_guid}",status="405"} 1"#,
        r#"http_request_duration_seconds_bucket{route="/members/{member_guid}",le="0.0005"} 3"#,
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    assert!(!text.to_lowercase().contains("secret"), "{text}");
}
