//! A link to a server that a test can spoil while it is in use: real sockets on loopback.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy, sink};
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Bytes that are carried at once.
const PORTION: usize = 16 * 1024;

/// How the link behaves from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything passes.
    Fair,
    /// Existing connections are reset, and so is every new one.
    Cut,
    /// Every portion takes this much longer, in both directions.
    Slow(Duration),
    /// New connections are accepted, and nothing that is sent arrives; existing ones go dead without a sign of it and
    /// stay so. The server behind is not told either.
    Silent,
    /// All passes until a client sends these bytes: they still arrive, and once the server has answered, the
    /// connection is reset in place of the answer.
    LosesAnswerTo(&'static str),
}

/// A proxy in front of one address. It ends when it is dropped, and all its connections with it.
#[derive(Debug)]
pub struct ChaosProxy {
    address: SocketAddr,
    weather: watch::Sender<Weather>,
    lost: Arc<AtomicUsize>,
}

impl ChaosProxy {
    /// Listens on a port of its own for connections to `upstream`. It runs on a thread of its own, so that a test may
    /// block.
    pub fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let (weather, watching) = watch::channel(Weather::Fair);
        let lost = Arc::new(AtomicUsize::new(0));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let counted = Arc::clone(&lost);
        thread::Builder::new().name("chaos proxy".into()).spawn(move || {
            runtime.block_on(accept(listener, upstream, watching, counted));
        })?;
        Ok(Self { address, weather, lost })
    }

    /// The PostgreSQL address that leads through a proxy to the server of `url`, which is as
    /// [`PostgresCluster::create_database`](crate::postgres::PostgresCluster::create_database) gives it.
    pub fn before(url: &str) -> io::Result<(Self, String)> {
        let odd = || io::Error::other(format!("{url} names no host and port"));
        let (host, _) = url.split_once('@').and_then(|(_, rest)| rest.split_once('/')).ok_or_else(odd)?;
        let proxy = Self::start(host.parse().map_err(|_| odd())?)?;
        let through = url.replacen(host, &proxy.address.to_string(), 1);
        Ok((proxy, through))
    }

    /// Changes the weather, for connections that exist as well.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }

    /// How many answers were lost under [`Weather::LosesAnswerTo`].
    pub fn answers_lost(&self) -> usize {
        self.lost.load(Ordering::SeqCst)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Accepts until the proxy is dropped.
async fn accept(
    listener: std::net::TcpListener,
    upstream: SocketAddr,
    mut weather: watch::Receiver<Weather>,
    lost: Arc<AtomicUsize>,
) {
    let Ok(listener) = TcpListener::from_std(listener) else { return };
    loop {
        tokio::select! {
            changed = weather.changed() => if changed.is_err() { return },
            accepted = listener.accept() => if let Ok((client, _)) = accepted {
                tokio::spawn(carry(client, upstream, weather.clone(), Arc::clone(&lost)));
            },
        }
    }
}

/// What becomes of a connection that no longer carries.
enum Fate {
    Closed,
    Reset,
    Dead,
}

async fn carry(
    mut client: TcpStream,
    upstream: SocketAddr,
    mut weather: watch::Receiver<Weather>,
    lost: Arc<AtomicUsize>,
) {
    let now = weather.borrow_and_update().clone();
    match now {
        Weather::Cut => return reset(&client),
        Weather::Silent => return lie_dead(&mut client, None, weather).await,
        _ => {}
    }
    let Ok(mut server) = TcpStream::connect(upstream).await else { return reset(&client) };
    // Small portions are not to wait for each other.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let fate = {
        let (from_client, to_client) = client.split();
        let (from_server, to_server) = server.split();
        let withheld = AtomicBool::new(false);
        let seen = weather.clone();
        tokio::select! {
            fate = pump(from_client, to_server, &seen, |sent, weather| {
                if let Weather::LosesAnswerTo(words) = weather && holds(sent, words.as_bytes()) {
                    withheld.store(true, Ordering::SeqCst);
                }
                true
            }) => fate,
            fate = pump(from_server, to_client, &seen, |_, _| {
                let passes = !withheld.load(Ordering::SeqCst);
                lost.fetch_add(usize::from(!passes), Ordering::SeqCst);
                passes
            }) => fate,
            fate = spoilt(&mut weather) => fate,
        }
    };
    match fate {
        Fate::Closed => {}
        Fate::Reset => {
            reset(&client);
            // The server behind sees an ordinary end.
        }
        Fate::Dead => lie_dead(&mut client, Some(server), weather).await,
    }
}

/// Carries one direction until its end; `passes` is shown each portion before it is sent on.
async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    weather: &watch::Receiver<Weather>,
    passes: impl Fn(&[u8], &Weather) -> bool,
) -> Fate {
    let mut buffer = vec![0; PORTION];
    loop {
        let Ok(length @ 1..) = from.read(&mut buffer).await else { return Fate::Closed };
        let now = weather.borrow().clone();
        if let Weather::Slow(by) = now {
            tokio::time::sleep(by).await;
        }
        if !passes(&buffer[..length], &now) {
            return Fate::Reset;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return Fate::Closed;
        }
    }
}

/// Waits for weather that ends or deadens what exists.
async fn spoilt(weather: &mut watch::Receiver<Weather>) -> Fate {
    loop {
        if weather.changed().await.is_err() {
            return Fate::Reset;
        }
        match *weather.borrow_and_update() {
            Weather::Cut => return Fate::Reset,
            Weather::Silent => return Fate::Dead,
            _ => {}
        }
    }
}

/// Swallows what comes, until both ends have gone or the link is cut.
async fn lie_dead(client: &mut TcpStream, server: Option<TcpStream>, mut weather: watch::Receiver<Weather>) {
    let swallowing = async {
        let mut nowhere = sink();
        let _ = copy(client, &mut nowhere).await;
        if let Some(mut server) = server {
            let _ = copy(&mut server, &mut nowhere).await;
        }
    };
    tokio::select! {
        () = swallowing => {}
        _ = weather.wait_for(|weather| *weather == Weather::Cut) => {}
    }
}

/// The connection ends with a reset, and what is still under way is lost.
fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

fn holds(sent: &[u8], words: &[u8]) -> bool {
    sent.windows(words.len()).any(|window| window.eq_ignore_ascii_case(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sends back what it gets.
    async fn echo() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    copy(&mut from, &mut to).await
                });
            }
        });
        address
    }

    /// How long an answer or the end of a connection is waited for that must come.
    const PATIENCE: Duration = Duration::from_secs(30);
    /// How long an answer is waited for that must not come.
    const SILENCE: Duration = Duration::from_millis(500);

    async fn ask(stream: &mut TcpStream, words: &str, limit: Duration) -> io::Result<String> {
        stream.write_all(words.as_bytes()).await?;
        let mut answer = vec![0; words.len()];
        tokio::time::timeout(limit, stream.read_exact(&mut answer)).await.map_err(io::Error::other)??;
        String::from_utf8(answer).map_err(io::Error::other)
    }

    async fn is_answered(stream: &mut TcpStream, words: &str) {
        assert_eq!(ask(stream, words, PATIENCE).await.unwrap(), words);
    }

    async fn is_not_answered(stream: &mut TcpStream, words: &str) {
        assert!(ask(stream, words, SILENCE).await.is_err(), "{words}");
    }

    async fn is_broken_off(stream: &mut TcpStream, words: &str) {
        assert!(ask(stream, words, PATIENCE).await.is_err(), "{words}");
    }

    #[tokio::test]
    async fn each_weather_is_felt_by_old_connections_and_by_new_ones() {
        let proxy = ChaosProxy::start(echo().await).unwrap();
        let connect = || TcpStream::connect(proxy.address());
        let mut old = connect().await.unwrap();
        is_answered(&mut old, "one").await;
        proxy.set(Weather::Slow(Duration::from_millis(50)));
        is_answered(&mut old, "two").await;
        proxy.set(Weather::Silent);
        let mut new = connect().await.unwrap();
        is_not_answered(&mut old, "three").await;
        is_not_answered(&mut new, "three").await;
        proxy.set(Weather::Fair);
        // What went dead stays so.
        is_not_answered(&mut old, "four").await;
        is_not_answered(&mut new, "four").await;
        let mut fresh = connect().await.unwrap();
        is_answered(&mut fresh, "five").await;
        proxy.set(Weather::Cut);
        is_broken_off(&mut fresh, "six").await;
        let refused = async { ask(&mut connect().await?, "six", PATIENCE).await };
        assert!(refused.await.is_err());
    }

    #[tokio::test]
    async fn an_answer_is_lost_and_what_it_answers_arrived() {
        let proxy = ChaosProxy::start(echo().await).unwrap();
        proxy.set(Weather::LosesAnswerTo("commit"));
        let mut stream = TcpStream::connect(proxy.address()).await.unwrap();
        is_answered(&mut stream, "begin").await;
        is_broken_off(&mut stream, "COMMIT").await;
        assert_eq!(proxy.answers_lost(), 1);
    }
}
