//! Where a relay is, and how it is spoken to.

use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use riverbank_model::SecretText;
use url::{Host, Url};

/// How what is said to a relay is kept from others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS before anything is said that matters, or nothing is said (RFC 3207).
    StartTls,
    /// Nothing: for a relay on the same machine or behind a wall.
    None,
}

/// A relay: `smtps://USER:PASSWORD@HOST:PORT` (TLS, port 465 unless another is given), `smtp://...` (STARTTLS, 587), or
/// `smtp+plain://HOST:PORT` (no TLS and no login, 25).
#[derive(Clone)]
pub struct Relay {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How it is protected.
    pub protection: Protection,
    /// A name and a password, where it asks for them.
    pub login: Option<(String, SecretText)>,
}

/// The text is no address of a relay. It may hold a password, so it is not repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotARelay {
    /// It has another form.
    #[error(
        "must be smtps://HOST, smtp://HOST or smtp+plain://HOST, with USER:PASSWORD@ before the host and :PORT after it where needed"
    )]
    Form,
    /// A password would be read on its way.
    #[error("must not hold a password where nothing protects it: use smtps:// or smtp://")]
    Unprotected,
    /// Half a login is none.
    #[error("must hold both the user and the password, or neither; special characters are written as %XX")]
    HalfALogin,
}

impl FromStr for Relay {
    type Err = NotARelay;

    fn from_str(text: &str) -> Result<Self, NotARelay> {
        let url = Url::parse(text).map_err(|_| NotARelay::Form)?;
        let (protection, port) = match url.scheme() {
            "smtps" => (Protection::Tls, 465),
            "smtp" => (Protection::StartTls, 587),
            "smtp+plain" => (Protection::None, 25),
            _ => return Err(NotARelay::Form),
        };
        let has_more = !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some();
        let host = match url.host() {
            // The scheme is none of the web's, so that a numeric address comes as a name.
            Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            _ => return Err(NotARelay::Form),
        };
        if has_more {
            return Err(NotARelay::Form);
        }
        let decoded = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8().map_err(|_| NotARelay::HalfALogin)?;
            Ok::<_, NotARelay>(decoded.into_owned())
        };
        let login = match (decoded(url.username())?, url.password()) {
            (user, None) if user.is_empty() => None,
            (user, Some(password)) if !user.is_empty() && !password.is_empty() => {
                Some((user, SecretText::from(decoded(password)?)))
            }
            _ => return Err(NotARelay::HalfALogin),
        };
        if login.is_some() && protection == Protection::None {
            return Err(NotARelay::Unprotected);
        }
        Ok(Self { host, port: url.port().unwrap_or(port), protection, login })
    }
}

/// Without the login.
impl fmt::Display for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let protection = match self.protection {
            Protection::Tls => "TLS",
            Protection::StartTls => "STARTTLS",
            Protection::None => "no TLS",
        };
        write!(f, "{}:{} ({protection})", self.host, self.port)
    }
}

impl fmt::Debug for Relay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::ExposeSecret as _;

    use super::*;

    #[test]
    fn a_relay_is_read_with_its_port_protection_and_login() {
        for (text, shown) in [
            ("smtps://mail.example.com", "mail.example.com:465 (TLS)"),
            ("smtp://mail.example.com/", "mail.example.com:587 (STARTTLS)"),
            ("smtp+plain://127.0.0.1:2525", "127.0.0.1:2525 (no TLS)"),
            ("smtps://[::1]:1025", "::1:1025 (TLS)"),
        ] {
            assert_eq!(text.parse::<Relay>().unwrap().to_string(), shown);
        }
        let relay: Relay = "smtp://ada%40example.com:p%3Aw%40@mail.example.com:2587".parse().unwrap();
        let (user, password) = relay.login.as_ref().unwrap();
        assert_eq!((user.as_str(), password.expose_secret()), ("ada@example.com", "p:w@"));
        assert_eq!(format!("{relay:?}"), "mail.example.com:2587 (STARTTLS)");
    }

    #[test]
    fn what_is_no_relay_is_refused_and_a_password_goes_nowhere_unprotected() {
        for text in [
            "",
            "mail.example.com",
            "smtp:",
            "smtp://",
            "https://mail.example.com",
            "smtp://h/path",
            "smtp://h?tls=none",
        ] {
            assert_eq!(text.parse::<Relay>().unwrap_err(), NotARelay::Form, "{text}");
        }
        assert_eq!("smtp+plain://a:b@h".parse::<Relay>().unwrap_err(), NotARelay::Unprotected);
        for text in ["smtp://a@h", "smtp://:b@h", "smtp://a:@h", "smtp://%ff:b@h"] {
            assert_eq!(text.parse::<Relay>().unwrap_err(), NotARelay::HalfALogin, "{text}");
        }
    }
}
