//! A receiver of webhooks that answers as it is told, and remembers what it was sent.

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// The gap between two looks at what has come.
const LOOK: Duration = Duration::from_millis(1);
/// The gap between two bytes of a body that drips.
const DRIP: Duration = Duration::from_millis(50);
/// No request has a longer head.
const HEAD_LIMIT: usize = 64 * 1024;

/// How a sink answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manner {
    /// With this status, these header lines and this body.
    Answers {
        /// The status.
        status: u16,
        /// Lines such as `Retry-After: 120`.
        headers: Vec<String>,
        /// The body.
        body: String,
        /// How long it takes.
        after: Duration,
    },
    /// Never, while it keeps the connection.
    Hangs,
    /// It resets the connection as soon as it has read the head.
    Resets,
    /// With 200 at once, and a body of which one byte at a time comes.
    Drips,
}

impl Manner {
    /// An answer with a status, at once, with nothing more.
    pub fn status(status: u16) -> Self {
        Self::Answers { status, headers: Vec::new(), body: String::new(), after: Duration::ZERO }
    }

    /// An answer with a status and a header line.
    pub fn status_with(status: u16, header: impl Into<String>) -> Self {
        Self::Answers { status, headers: vec![header.into()], body: String::new(), after: Duration::ZERO }
    }
}

/// A request that a sink was sent.
#[derive(Clone, Debug)]
pub struct Received {
    /// Its path.
    pub path: String,
    /// Its headers, by names in small letters.
    pub headers: BTreeMap<String, String>,
    /// Its body.
    pub body: String,
}

impl Received {
    /// A header, empty if it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The id of the message.
    pub fn id(&self) -> &str {
        self.header("webhook-id")
    }

    /// The body as JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }
}

#[derive(Debug)]
struct State {
    manner: Manner,
    received: Vec<Received>,
    /// Requests that are being answered now, and the most there ever were.
    at_once: (usize, usize),
}

/// A receiver on this machine. It ends when it is dropped.
#[derive(Debug)]
pub struct WebhookSink {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

impl WebhookSink {
    /// A sink that answers 204, in the runtime of the caller.
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let state = State { manner: Manner::status(204), received: Vec::new(), at_once: (0, 0) };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&shared);
                tokio::spawn(async move {
                    // A client that goes away in the middle is no concern of the sink's.
                    let _ = converse(stream, &shared).await;
                });
            }
        });
        Ok(Self { address, state, accepting })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// Answers so from now on.
    pub fn set(&self, manner: Manner) {
        lock(&self.state).manner = manner;
    }

    /// What it was sent so far, in the order in which it came.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.state).received.clone()
    }

    /// The most requests that it was answering at one time.
    pub fn most_at_once(&self) -> usize {
        lock(&self.state).at_once.1
    }

    /// Forgets what it was sent.
    pub fn clear(&self) {
        lock(&self.state).received.clear();
    }

    /// What it was sent, once that are `count` requests or `patience` is over.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Vec<Received> {
        for _ in 0..patience.as_millis() / LOOK.as_millis() {
            if lock(&self.state).received.len() >= count {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        self.received()
    }
}

impl Drop for WebhookSink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Answers the requests of one connection.
async fn converse(mut stream: TcpStream, state: &Mutex<State>) -> io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let Some(end) = read_head(&mut stream, &mut buffer).await? else { return Ok(()) };
        let manner = lock(state).manner.clone();
        if manner == Manner::Resets {
            // What is left unread makes the end of the connection a reset.
            lock(state).received.push(parse(&buffer[..end], ""));
            return Ok(());
        }
        let mut request = parse(&buffer[..end], "");
        let length = request.header("content-length").parse().unwrap_or(0);
        while buffer.len() < end + length {
            read_more(&mut stream, &mut buffer).await?;
        }
        request.body = String::from_utf8_lossy(&buffer[end..end + length]).into_owned();
        buffer.drain(..end + length);
        {
            let mut state = lock(state);
            state.received.push(request);
            state.at_once.0 += 1;
            state.at_once.1 = state.at_once.1.max(state.at_once.0);
        }
        let answered = answer(&mut stream, &manner).await;
        lock(state).at_once.0 -= 1;
        answered?;
    }
}

async fn answer(stream: &mut TcpStream, manner: &Manner) -> io::Result<()> {
    match manner {
        Manner::Answers { status, headers, body, after } => {
            tokio::time::sleep(*after).await;
            let lines: String = headers.iter().flat_map(|line| [line.as_str(), "\r\n"]).collect();
            let length =
                if *status == 204 { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
            let text = format!("HTTP/1.1 {status} Answer\r\n{lines}{length}\r\n{body}");
            stream.write_all(text.as_bytes()).await
        }
        Manner::Drips => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await?;
            loop {
                stream.write_all(b".").await?;
                tokio::time::sleep(DRIP).await;
            }
        }
        // Until the client has had enough.
        Manner::Hangs | Manner::Resets => stream.read_u8().await.map(drop),
    }
}

/// Reads to the end of the next request's head; none when the client has gone.
async fn read_head(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<Option<usize>> {
    loop {
        if let Some(at) = buffer.windows(4).position(|part| part == b"\r\n\r\n") {
            return Ok(Some(at + 4));
        }
        if buffer.len() > HEAD_LIMIT || read_more(stream, buffer).await? == 0 {
            return Ok(None);
        }
    }
}

async fn read_more(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> io::Result<usize> {
    let read = stream.read_buf(buffer).await?;
    if read == 0 && !buffer.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(read) }
}

fn parse(head: &[u8], body: &str) -> Received {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let headers = lines.filter_map(|line| line.split_once(':'));
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    Received { path, headers: headers.collect(), body: body.to_owned() }
}
