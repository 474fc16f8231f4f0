//! A web site of one page at an address of this machine: a partner's own, beside the server's.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;

use http_body_util::Full;
use hyper::Response;
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// The site. It ends when it is dropped.
#[derive(Debug)]
pub struct Site {
    address: SocketAddr,
    serving: JoinHandle<()>,
}

impl Site {
    /// A site that shows this page at every path, in the runtime of the caller.
    pub async fn showing(html: impl Into<Bytes>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        Ok(Self { address, serving: tokio::spawn(serve(listener, html.into())) })
    }

    /// Where it is, without a slash at its end.
    pub fn origin(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(listener: TcpListener, html: Bytes) {
    while let Ok((stream, _)) = listener.accept().await {
        let html = html.clone();
        let service = service_fn(move |_| {
            let mut page = Response::new(Full::new(html.clone()));
            page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
            async { Ok::<_, Infallible>(page) }
        });
        tokio::spawn(async move {
            // A browser that goes away in the middle is no concern of the site's.
            let _ = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}
