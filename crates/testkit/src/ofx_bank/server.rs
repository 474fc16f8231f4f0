//! The bank on the wire.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use riverbank_connect::ofx::{Document, MEDIA_TYPE};
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::logins::Login;
use super::{Book, answer, check};

/// How long the slow login waits.
const SLOW: Duration = Duration::from_mins(1);
/// No request is larger.
const BODY_LIMIT: usize = 1024 * 1024;

/// Serves until it is told to stop.
pub(super) async fn serve(
    listener: std::net::TcpListener,
    book: Arc<Book>,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = TcpListener::from_std(listener) else {
        return;
    };
    loop {
        let accepted = tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => accepted,
        };
        let Ok((stream, _)) = accepted else {
            continue;
        };
        let book = Arc::clone(&book);
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let book = Arc::clone(&book);
                async move { Ok::<_, Infallible>(respond(request, &book).await) }
            });
            // A client that goes away in the middle is no concern of the bank's.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

async fn respond(request: Request<Incoming>, book: &Book) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let header =
        |name| head.headers.get(&name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (media_type, cookies) = (header(CONTENT_TYPE), header(COOKIE));
    let Ok(body) = Limited::new(body, BODY_LIMIT).collect().await else {
        return plain(StatusCode::BAD_REQUEST, "text/plain", "the request cannot be read");
    };
    let body = body.to_bytes();
    {
        let mut entries = book.entries();
        check::check(head.method.as_str(), &media_type, &body, &mut entries);
        entries.requests.push(body.to_vec());
    }
    let Ok(document) = Document::parse(&body) else {
        return plain(StatusCode::BAD_REQUEST, "text/plain", "this is not OFX");
    };
    let answer = answer::answer(&document, &cookies, book.today);
    {
        let mut entries = book.entries();
        entries.violations.extend(answer.fault);
        entries.answers.push(answer.body.clone());
    }
    match answer.login {
        Some(Login::Http(status)) => plain(
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            "text/html",
            "<html><body>Sorry</body></html>",
        ),
        Some(Login::WebPage) => plain(StatusCode::OK, "text/html", "<html><body>We are closed</body></html>"),
        Some(Login::Redirects) => {
            let mut response = plain(StatusCode::FOUND, "text/plain", "");
            if let Ok(location) = format!("http://{}/other", header(hyper::header::HOST)).parse() {
                response.headers_mut().insert(LOCATION, location);
            }
            response
        }
        Some(Login::CutOff) => {
            plain(StatusCode::OK, MEDIA_TYPE, answer.body[..answer.body.len() / 2].to_vec())
        }
        login => {
            if login == Some(Login::Slow) {
                tokio::time::sleep(SLOW).await;
            }
            let mut response = plain(StatusCode::OK, MEDIA_TYPE, answer.body);
            if login == Some(Login::GivesKeys)
                && let Ok(cookie) = format!("{}; Path=/; HttpOnly", answer::HTTP_COOKIE).parse()
            {
                response.headers_mut().insert(SET_COOKIE, cookie);
            }
            response
        }
    }
}

fn plain(status: StatusCode, media_type: &'static str, body: impl Into<Bytes>) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, hyper::header::HeaderValue::from_static(media_type));
    response
}
