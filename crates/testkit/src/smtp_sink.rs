//! A mail relay that takes letters as it is told, and remembers them.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

use crate::tls::self_signed;

/// The gap between two looks at what has come.
const LOOK: Duration = Duration::from_millis(1);

/// How a relay answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reception {
    /// It takes letters.
    Takes,
    /// It greets with this line, such as `554 5.3.2 No service here`, and says nothing more.
    Greets(String),
    /// It answers each recipient with this line, such as `550 5.1.1 Nobody of that name`.
    Refuses(String),
    /// It answers a login with this line, such as `535 5.7.8 Wrong password`.
    Rejects(String),
    /// It takes a letter, and hangs up without saying so.
    HangsUp,
    /// It says nothing more once it has a letter.
    Hangs,
    /// It takes letters, and does not answer QUIT.
    Lingers,
}

/// How a relay is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// In the open.
    Plain,
    /// In the open until STARTTLS; letters are taken only after it.
    StartTls,
    /// By TLS from the first byte.
    Tls,
}

/// A letter that a relay has taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letter {
    /// Who it is from, by its envelope.
    pub from: String,
    /// Whom it is for, by its envelope.
    pub to: Vec<String>,
    /// Its headers and its body, as they came.
    pub data: String,
    /// The name and the password that were given.
    pub login: Option<(String, String)>,
}

impl Letter {
    /// A header, unfolded; empty if it is not there.
    pub fn header(&self, name: &str) -> String {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
        let of_name = |line: &str| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then(|| value.to_owned())
        };
        head.split("\r\n").find_map(of_name).unwrap_or_default()
    }

    /// The names of all its headers, in their order.
    pub fn headers(&self) -> Vec<String> {
        let head = self.data.split("\r\n\r\n").next().unwrap_or_default();
        let names = head.split("\r\n").filter(|line| !line.starts_with([' ', '\t']));
        names.filter_map(|line| Some(line.split_once(':')?.0.to_owned())).collect()
    }
}

struct State {
    reception: Reception,
    letters: Vec<Letter>,
}

/// A relay on this machine. It ends when it is dropped.
pub struct SmtpSink {
    address: SocketAddr,
    wire: Wire,
    certificate: Vec<u8>,
    state: Arc<Mutex<State>>,
    accepting: JoinHandle<()>,
}

impl SmtpSink {
    /// A relay that takes letters, in the runtime of the caller.
    pub async fn start(wire: Wire) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (certificate, acceptor) = self_signed().map_err(io::Error::other)?;
        let state = Arc::new(Mutex::new(State { reception: Reception::Takes, letters: Vec::new() }));
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (shared, acceptor) = (Arc::clone(&shared), acceptor.clone());
                tokio::spawn(async move {
                    // A client that goes away in the middle is no concern of the relay's.
                    let _ = serve(stream, wire, &acceptor, &shared).await;
                });
            }
        });
        Ok(Self { address, wire, certificate, state, accepting })
    }

    /// Where it is, as the setting `smtp_url` has it; with a login such as `ada:secret@`, or an empty one.
    pub fn url(&self, login: &str) -> String {
        let scheme = match self.wire {
            Wire::Plain => "smtp+plain",
            Wire::StartTls => "smtp",
            Wire::Tls => "smtps",
        };
        format!("{scheme}://{login}localhost:{}", self.address.port())
    }

    /// Its certificate, in PEM.
    pub fn certificate(&self) -> Vec<u8> {
        self.certificate.clone()
    }

    /// Answers so from now on.
    pub fn set(&self, reception: Reception) {
        lock(&self.state).reception = reception;
    }

    /// The letters that it has taken, in the order in which they came.
    pub fn letters(&self) -> Vec<Letter> {
        lock(&self.state).letters.clone()
    }

    /// Its letters, once there are `count` or `patience` is over.
    pub async fn wait_for(&self, count: usize, patience: Duration) -> Vec<Letter> {
        for _ in 0..patience.as_millis() / LOOK.as_millis() {
            if lock(&self.state).letters.len() >= count {
                break;
            }
            tokio::time::sleep(LOOK).await;
        }
        self.letters()
    }
}

impl Drop for SmtpSink {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(stream: TcpStream, wire: Wire, tls: &TlsAcceptor, state: &Mutex<State>) -> io::Result<()> {
    if wire == Wire::Tls {
        return Session::new(tls.accept(stream).await?, false).run(true, state).await.map(drop);
    }
    let Some(stream) = Session::new(stream, wire == Wire::StartTls).run(true, state).await? else {
        return Ok(());
    };
    Session::new(tls.accept(stream).await?, false).run(false, state).await.map(drop)
}

/// One conversation (RFC 5321).
struct Session<S> {
    stream: BufReader<S>,
    /// Whether nothing is taken before STARTTLS.
    wants_tls: bool,
    letter: Letter,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    fn new(stream: S, wants_tls: bool) -> Self {
        Self { stream: BufReader::new(stream), wants_tls, letter: Letter::default() }
    }

    /// Converses to the end; the stream where TLS is to begin.
    async fn run(mut self, greets: bool, state: &Mutex<State>) -> io::Result<Option<S>> {
        if greets {
            let reception = lock(state).reception.clone();
            if let Reception::Greets(line) = reception {
                self.say(&line).await?;
                return self.line().await.map(|_| None);
            }
            self.say("220 localhost ready").await?;
        }
        while let Some(line) = self.line().await? {
            let (command, rest) = line.split_once(' ').unwrap_or((&line, ""));
            let reception = lock(state).reception.clone();
            let answer = match command.to_ascii_uppercase().as_str() {
                "EHLO" if self.wants_tls => "250-localhost\r\n250 STARTTLS",
                "EHLO" => "250-localhost\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN",
                "NOOP" | "RSET" => "250 OK",
                "QUIT" if reception == Reception::Lingers => return self.line().await.map(|_| None),
                "QUIT" => return self.say("221 Bye").await.map(|()| None),
                "STARTTLS" if self.wants_tls => {
                    self.say("220 Go ahead").await?;
                    return Ok(Some(self.stream.into_inner()));
                }
                _ if self.wants_tls => "530 5.7.0 Must issue a STARTTLS command first",
                "AUTH" => {
                    if let Reception::Rejects(answer) = &reception {
                        self.say(answer).await?;
                        continue;
                    }
                    self.letter.login = login(rest);
                    "235 2.7.0 Welcome"
                }
                "MAIL" => {
                    self.letter = Letter { login: self.letter.login.take(), ..Letter::default() };
                    self.letter.from = path(rest);
                    "250 OK"
                }
                "RCPT" => {
                    if let Reception::Refuses(answer) = &reception {
                        self.say(answer).await?;
                        continue;
                    }
                    self.letter.to.push(path(rest));
                    "250 OK"
                }
                "DATA" => {
                    self.say("354 Go ahead").await?;
                    self.letter.data = self.data().await?;
                    lock(state).letters.push(self.letter.clone());
                    match reception {
                        Reception::HangsUp => return Ok(None),
                        Reception::Hangs => return self.line().await.map(|_| None),
                        _ => "250 Taken",
                    }
                }
                _ => "502 5.5.1 Not implemented",
            };
            self.say(answer).await?;
        }
        Ok(None)
    }

    async fn say(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(format!("{line}\r\n").as_bytes()).await?;
        self.stream.flush().await
    }

    /// The next line without its end; none when the client has gone.
    async fn line(&mut self) -> io::Result<Option<String>> {
        let mut line = Vec::new();
        if self.stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line).into_owned();
        Ok(Some(line.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// Lines to the one with a dot, without the dots that were put before dots.
    async fn data(&mut self) -> io::Result<String> {
        let mut data = String::new();
        while let Some(line) = self.line().await? {
            if line == "." {
                return Ok(data);
            }
            data.push_str(line.strip_prefix('.').unwrap_or(&line));
            data.push_str("\r\n");
        }
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// What stands between `<` and `>`.
fn path(text: &str) -> String {
    let inner = text.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map_or_else(String::new, |(inner, _)| inner.to_owned())
}

/// The name and the password of `PLAIN` with its initial response (RFC 4616).
fn login(rest: &str) -> Option<(String, String)> {
    let decoded = STANDARD.decode(rest.strip_prefix("PLAIN ")?).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let mut parts = text.split('\0').skip(1);
    Some((parts.next()?.to_owned(), parts.next()?.to_owned()))
}
