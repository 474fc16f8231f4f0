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
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::tls::self_signed;

/// The site. It ends when it is dropped.
#[derive(Debug)]
pub struct Site {
    origin: String,
    serving: JoinHandle<()>,
}

impl Site {
    /// A site that shows this page at every path, in the runtime of the caller.
    pub async fn showing(html: impl Into<Bytes>) -> io::Result<Self> {
        let (listener, address) = listen().await?;
        let serving = tokio::spawn(serve(listener, None, html.into()));
        Ok(Self { origin: format!("http://{address}"), serving })
    }

    /// The same over TLS, with a certificate that nobody knows.
    pub async fn showing_over_tls(html: impl Into<Bytes>) -> io::Result<Self> {
        let (_, acceptor) = self_signed().map_err(io::Error::other)?;
        let (listener, address) = listen().await?;
        let serving = tokio::spawn(serve(listener, Some(acceptor), html.into()));
        Ok(Self { origin: format!("https://localhost:{}", address.port()), serving })
    }

    /// Where it is, without a slash at its end.
    pub fn origin(&self) -> String {
        self.origin.clone()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn listen() -> io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

async fn serve(listener: TcpListener, acceptor: Option<TlsAcceptor>, html: Bytes) {
    while let Ok((stream, _)) = listener.accept().await {
        let (acceptor, html) = (acceptor.clone(), html.clone());
        tokio::spawn(async move {
            match acceptor {
                None => show(stream, html).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        show(stream, html).await;
                    }
                }
            }
        });
    }
}

async fn show(stream: impl AsyncRead + AsyncWrite + Unpin, html: Bytes) {
    let service = service_fn(move |_| {
        let mut page = Response::new(Full::new(html.clone()));
        page.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        async { Ok::<_, Infallible>(page) }
    });
    // A browser that goes away in the middle is no concern of the site's.
    let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
