//! Where the database is: `sqlite://riverbank.db` or `postgres://user:password@host:5432/name?sslmode=...`.

use std::fmt;
use std::net::Ipv6Addr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, percent_encode};
use thiserror::Error;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

use super::error::words;
use super::statement::Engine;

/// Where a server listens if its address does not say.
const PORT: u16 = 5432;
/// How long a connection may take to be made, unless the address says `connect_timeout`.
const CONNECT: Duration = Duration::from_secs(5);
/// How long sent bytes may stay unacknowledged before the link counts as broken.
const SILENCE: Duration = Duration::from_secs(10);
/// After how much quiet the link is probed.
const PROBE: Duration = Duration::from_secs(30);
/// How long a statement may take, waiting for locks included, before the server ends it.
pub(super) const STATEMENT_LIMIT: Duration = Duration::from_secs(10);
/// How long the server lets a transaction be idle. A unit of work awaits nothing but the database, so the process that
/// began it has died or cannot be reached, and its locks are in the way.
const IDLE_LIMIT: Duration = Duration::from_secs(10);

/// What means nothing to an address stands for itself (RFC 3986, 2.3).
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of a database. It never prints a password; what it prints is an address again.
///
/// - `sqlite://` and the path of a file, relative or absolute (`sqlite:///var/lib/riverbank/riverbank.db`).
/// - `postgres://` or `postgresql://`, as libpq reads it. `sslmode` is `disable`, `prefer` (the default), `require`,
///   `verify-ca` or `verify-full`, and means what it means to libpq: `prefer` and `require` encrypt without asking who
///   answers, but `require` with `sslrootcert` verifies like `verify-ca`; `verify-ca` asks for a certificate of a
///   trusted authority, `verify-full` also for the host's name in it. `sslrootcert` is a PEM file of authorities;
///   without it, or as `system`, the operating system's are trusted.
#[derive(Clone)]
pub struct DatabaseUrl(pub(super) Place);

#[derive(Clone)]
pub(super) enum Place {
    Sqlite(PathBuf),
    Postgres(Box<Server>),
}

/// A PostgreSQL server, and how far it is trusted.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) config: Config,
    pub(super) trust: Trust,
}

/// Whose certificate is accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Anyone's.
    Anyone,
    /// One of an authority, whatever the name in it.
    Authority(Roots),
    /// One of an authority, for the host's name.
    Name(Roots),
}

/// The authorities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// Those of the operating system.
    System,
    /// Those of a PEM file.
    File(PathBuf),
}

/// The text is no address of a database.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum InvalidUrl {
    /// Neither of the two schemes.
    #[error("the database URL must begin with sqlite:// or postgres://")]
    Scheme,
    /// No file.
    #[error(
        "a sqlite:// URL needs the path of a file, such as sqlite://riverbank.db; databases in memory are not supported"
    )]
    NoFile,
    /// Not one of the five.
    #[error("sslmode must be disable, prefer, require, verify-ca or verify-full")]
    SslMode,
    /// Anything else.
    #[error("not a PostgreSQL URL: {0}")]
    Postgres(String),
}

impl DatabaseUrl {
    /// The engine that it needs.
    pub fn engine(&self) -> Engine {
        match self.0 {
            Place::Sqlite(_) => Engine::Sqlite,
            Place::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file of a SQLite database.
    pub fn path(&self) -> Option<&Path> {
        match &self.0 {
            Place::Sqlite(path) => Some(path),
            Place::Postgres(_) => None,
        }
    }
}

impl FromStr for DatabaseUrl {
    type Err = InvalidUrl;

    fn from_str(text: &str) -> Result<Self, InvalidUrl> {
        match text.split_once("://") {
            Some(("sqlite", "" | ":memory:")) => Err(InvalidUrl::NoFile),
            Some(("sqlite", path)) if path.starts_with('?') || path.ends_with('/') => Err(InvalidUrl::NoFile),
            Some(("sqlite", path)) => Ok(Self(Place::Sqlite(path.into()))),
            Some(("postgres" | "postgresql", _)) => Ok(Self(Place::Postgres(Box::new(server(text)?)))),
            _ => Err(InvalidUrl::Scheme),
        }
    }
}

/// Reads what tokio-postgres does not know, `verify-ca`, `verify-full` and `sslrootcert`, and leaves it the rest.
fn server(text: &str) -> Result<Server, InvalidUrl> {
    let (address, query) = text.split_once('?').unwrap_or((text, ""));
    let mut mode = "prefer".to_owned();
    let mut roots = None;
    let mut others = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let value = || percent_decode_str(value).decode_utf8_lossy().into_owned();
        match name {
            "sslmode" => mode = value(),
            "sslrootcert" => roots = Some(value()),
            _ => others.push(pair),
        }
    }
    let known = [address, &others.join("&")].join("?");
    let mut config: Config = known
        .trim_end_matches('?')
        .parse()
        .map_err(|error: tokio_postgres::Error| InvalidUrl::Postgres(words(&error)))?;
    let roots = roots.map(|roots| if roots == "system" { Roots::System } else { Roots::File(roots.into()) });
    let (ssl_mode, trust) = match (mode.as_str(), roots) {
        ("disable", _) => (SslMode::Disable, Trust::Anyone),
        ("prefer", _) => (SslMode::Prefer, Trust::Anyone),
        ("require", None) => (SslMode::Require, Trust::Anyone),
        ("require", Some(roots)) => (SslMode::Require, Trust::Authority(roots)),
        ("verify-ca", roots) => (SslMode::Require, Trust::Authority(roots.unwrap_or(Roots::System))),
        ("verify-full", roots) => (SslMode::Require, Trust::Name(roots.unwrap_or(Roots::System))),
        _ => return Err(InvalidUrl::SslMode),
    };
    config.ssl_mode(ssl_mode).keepalives_idle(PROBE).tcp_user_timeout(SILENCE);
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(CONNECT);
    }
    if config.get_application_name().is_none() {
        config.application_name("riverbank");
    }
    // What the address itself says comes later, and so counts.
    let options = [server_settings(), config.get_options().unwrap_or_default().to_owned()].join(" ");
    config.options(options.trim_end());
    Ok(Server { config, trust })
}

/// What the server is told of limits, so that it does not wait for a process that is gone: it ends its statements and
/// transactions, and finds out within a minute that nobody is there.
fn server_settings() -> String {
    let settings = [
        ("statement_timeout", STATEMENT_LIMIT.as_millis()),
        ("idle_in_transaction_session_timeout", IDLE_LIMIT.as_millis()),
        ("tcp_keepalives_idle", PROBE.as_secs().into()),
        ("tcp_keepalives_interval", 10),
        ("tcp_keepalives_count", 3),
    ];
    settings.map(|(name, value)| format!("-c {name}={value}")).join(" ")
}

impl fmt::Display for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let server = match &self.0 {
            Place::Sqlite(path) => return write!(f, "sqlite://{}", path.display()),
            Place::Postgres(server) => &server.config,
        };
        let escaped = |part: &[u8]| percent_encode(part, RESERVED).to_string();
        f.write_str("postgres://")?;
        if let Some(user) = server.get_user() {
            write!(f, "{}@", escaped(user.as_bytes()))?;
        }
        let ports = server.get_ports();
        for (index, host) in server.get_hosts().iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            match host {
                Host::Tcp(host) if host.parse::<Ipv6Addr>().is_ok() => write!(f, "{comma}[{host}]")?,
                Host::Tcp(host) => write!(f, "{comma}{}", escaped(host.as_bytes()))?,
                #[cfg(unix)]
                Host::Unix(folder) => write!(f, "{comma}{}", escaped(folder.as_os_str().as_encoded_bytes()))?,
            }
            write!(f, ":{}", ports.get(index).or(ports.first()).unwrap_or(&PORT))?;
        }
        write!(f, "/{}", escaped(server.get_dbname().unwrap_or_default().as_bytes()))
    }
}

impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trust(text: &str) -> (SslMode, Trust) {
        match text.parse::<DatabaseUrl>().unwrap().0 {
            Place::Postgres(server) => (server.config.get_ssl_mode(), server.trust),
            Place::Sqlite(_) => panic!("not a server"),
        }
    }

    #[test]
    fn a_sqlite_address_is_the_path_of_a_file() {
        let path = |text: &str| text.parse::<DatabaseUrl>().map(|url| url.path().unwrap().to_owned());
        assert_eq!(path("sqlite://riverbank.db").unwrap(), Path::new("riverbank.db"));
        assert_eq!(path("sqlite:///var/r.db").unwrap(), Path::new("/var/r.db"));
        for text in ["sqlite://", "sqlite://:memory:", "sqlite://folder/"] {
            assert_eq!(path(text), Err(InvalidUrl::NoFile), "{text}");
        }
        assert_eq!(path("mysql://x"), Err(InvalidUrl::Scheme));
    }

    #[test]
    fn a_password_is_never_shown() {
        for text in
            ["postgres://a:secret@h:1/d", "postgres://a@h/d?password=secret", "postgres://a:secret@h,i/d"]
        {
            let url: DatabaseUrl = text.parse().unwrap();
            assert!(!format!("{url} {url:?}").contains("secret"), "{url}");
        }
        let url: DatabaseUrl = "postgres://a:secret@h:1/d".parse().unwrap();
        assert_eq!(url.to_string(), "postgres://a@h:1/d");
        let wrong = "postgres://a:secret@h:port/d".parse::<DatabaseUrl>().unwrap_err();
        assert!(!wrong.to_string().contains("secret"));
    }

    #[test]
    fn what_is_shown_of_a_server_is_its_address_again() {
        for (text, shown) in [
            ("postgres://a%40b:secret@h:1/d%2Fe", "postgres://a%40b@h:1/d%2Fe"),
            ("postgres://a@[::1]:1,h:2/d", "postgres://a@[::1]:1,h:2/d"),
            ("postgres:///d?host=/run/postgresql&user=a", "postgres://a@%2Frun%2Fpostgresql:5432/d"),
            (
                "postgres://a = true\nb=/a%40 \"x:y/z\"&w",
                "postgres://a%20%3D%20true%0Ab%3D:5432/a%40%20%22x%3Ay%2Fz%22%26w",
            ),
        ] {
            let url: DatabaseUrl = text.parse().unwrap();
            assert_eq!(url.to_string(), shown);
            let again: DatabaseUrl = shown.parse().unwrap();
            assert_eq!(again.to_string(), shown);
        }
    }

    #[test]
    fn sslmode_and_sslrootcert_mean_what_they_mean_to_libpq() {
        let file = || Roots::File("/etc/ca cert.pem".into());
        let cases = [
            ("", SslMode::Prefer, Trust::Anyone),
            ("?sslmode=disable", SslMode::Disable, Trust::Anyone),
            ("?sslmode=require", SslMode::Require, Trust::Anyone),
            ("?sslmode=require&sslrootcert=/etc/ca%20cert.pem", SslMode::Require, Trust::Authority(file())),
            ("?sslmode=verify-ca&sslrootcert=system", SslMode::Require, Trust::Authority(Roots::System)),
            ("?sslrootcert=/etc/ca%20cert.pem&sslmode=verify-full", SslMode::Require, Trust::Name(file())),
            ("?sslmode=verify-full", SslMode::Require, Trust::Name(Roots::System)),
        ];
        for (query, mode, expected) in cases {
            assert_eq!(trust(&format!("postgres://u@h/d{query}")), (mode, expected), "{query}");
        }
        assert!(matches!("postgres://u@h/d?sslmode=allow".parse::<DatabaseUrl>(), Err(InvalidUrl::SslMode)));
    }
}
