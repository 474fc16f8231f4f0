//! Serving a router on a socket: time limits on connections, TLS where it is wanted, and an orderly end.

mod tls;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

pub use tls::{Tls, TlsError};

/// The limits of connections.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// Time for the head of a request, from the first moment it could come: so also the longest rest of a
    /// connection that is kept.
    pub head: Duration,
    /// Time that requests under way have once the server stops.
    pub finish: Duration,
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
}

impl Default for ConnectionLimits {
    /// A head may take 60 s, as long as common proxies keep a connection at rest. Requests have 8 s to finish, which
    /// leaves 2 of the 10 s in which the process ends.
    fn default() -> Self {
        Self { head: Duration::from_mins(1), finish: Duration::from_secs(8), connections: 10_000 }
    }
}

/// Pause after a failed accept; it is mostly a lack of file handles, which does not pass at once.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// Serves, over TLS if it is given, until `stop` resolves; then accepts nothing more, lets requests under way finish, and
/// returns. Connections that are still busy after [`ConnectionLimits::finish`] are closed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: ConnectionLimits,
    tls: Option<Tls>,
    stop: impl Future<Output = ()>,
) {
    let graceful = GracefulShutdown::new();
    let seats = Arc::new(Semaphore::new(limits.connections));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = accept(&listener, &seats) => match accepted {
                Ok(connection) => connection.spawn(http.clone(), router.clone(), tls.clone(), graceful.watcher()),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    if tokio::time::timeout(limits.finish, graceful.shutdown()).await.is_err() {
        tracing::warn!("requests were still under way when the time to finish was over");
    }
}

struct Connection {
    stream: TcpStream,
    peer: SocketAddr,
    seat: OwnedSemaphorePermit,
}

async fn accept(listener: &TcpListener, seats: &Arc<Semaphore>) -> io::Result<Connection> {
    let seat = seats.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // Without it a small answer may wait for the acknowledgement of the one before; with a peer that is gone it
    // fails, which the first read will show.
    _ = stream.set_nodelay(true);
    Ok(Connection { stream, peer, seat })
}

impl Connection {
    fn spawn(self, http: http1::Builder, router: Router, tls: Option<Tls>, watcher: Watcher) {
        let Self { stream, peer, seat } = self;
        tokio::spawn(async move {
            match tls {
                None => speak(stream, peer, &http, router, watcher).await,
                Some(tls) => {
                    if let Some(stream) = tls.accept(stream).await {
                        speak(stream, peer, &http, router, watcher).await;
                    }
                }
            }
            drop(seat);
        });
    }
}

async fn speak(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    peer: SocketAddr,
    http: &http1::Builder,
    router: Router,
    watcher: Watcher,
) {
    let service = router.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let served = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    // A client that goes away, or sends what is not HTTP, is no news.
    if let Err(error) = watcher.watch(served).await {
        tracing::debug!(%error, "a connection ended early");
    }
}

#[cfg(test)]
mod tests;
