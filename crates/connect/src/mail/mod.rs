//! Mail: a relay that is spoken to by SMTP.

mod address;
mod alternative;
mod letter;
#[cfg(test)]
mod tests;

use std::error::Error as _;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use lettre::Message;
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use riverbank_model::{ExposeSecret, MachineClock};

pub use address::{NotARelay, Protection, Relay};
pub use alternative::as_html;
pub use letter::{NotASender, Sender};

use crate::carrier::{Carrier, NotCarried, Parcel};

/// How long a letter may take, from connecting to the relay's word on it: RFC 5321 (4.5.3.2) allows more, but then others wait.
const LIMIT: Duration = Duration::from_secs(30);
/// How long a relay is waited for once nothing depends on its answer.
const PARTING: Duration = Duration::from_secs(1);

/// A relay that letters are handed to.
pub struct MailCarrier {
    host: String,
    port: u16,
    tls: Tls,
    hello: ClientId,
    login: Option<Credentials>,
    sender: Sender,
    machine: Arc<dyn MachineClock>,
    limit: Duration,
}

/// The relay cannot be spoken to as it is set up.
#[derive(Debug, thiserror::Error)]
#[error("mail cannot be set up: {0}")]
pub struct MailSetupError(String);

impl MailCarrier {
    /// Hands letters of a sender to a relay. Certificates in PEM are trusted besides the machine's.
    pub fn new(
        relay: &Relay,
        sender: Sender,
        machine: Arc<dyn MachineClock>,
        extra_roots: &[Vec<u8>],
    ) -> Result<Self, MailSetupError> {
        let tls = match relay.protection {
            Protection::Tls => Tls::Wrapper(parameters(relay, extra_roots)?),
            Protection::StartTls => Tls::Required(parameters(relay, extra_roots)?),
            Protection::None => Tls::None,
        };
        let login = relay.login.as_ref();
        let login =
            login.map(|(user, password)| Credentials::new(user.clone(), password.expose_secret().to_owned()));
        let hello = ClientId::Domain(sender.domain().to_owned());
        let (host, port) = (relay.host.clone(), relay.port);
        Ok(Self { host, port, tls, hello, login, sender, machine, limit: LIMIT })
    }

    /// Whether the relay answers and takes the login.
    pub async fn greet(&self) -> Result<(), NotCarried> {
        part(self.limited(self.connected()).await?).await;
        Ok(())
    }

    /// A relay that has greeted us and taken the login. What fails here is of us, and never of a letter: it is for now.
    async fn connected(&self) -> Result<AsyncSmtpConnection, NotCarried> {
        self.connection().await.map_err(|error| NotCarried::for_now(told(&error)))
    }

    async fn connection(&self) -> Result<AsyncSmtpConnection, SmtpError> {
        let wrapper = match &self.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let relay = (self.host.as_str(), self.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(relay, None, &self.hello, wrapper, None).await?;
        if let Tls::Required(parameters) = &self.tls {
            connection.starttls(parameters.clone(), &self.hello).await?;
        }
        if let Some(login) = &self.login {
            connection.auth(DEFAULT_MECHANISMS, login).await?;
        }
        Ok(connection)
    }

    /// Hands over a letter; the connection is still to be parted from.
    async fn hand_over(&self, letter: &Message) -> Result<AsyncSmtpConnection, NotCarried> {
        let mut connection = self.connected().await?;
        let sent = connection.send(letter.envelope(), &letter.formatted()).await;
        sent.map_err(|error| judged(&error))?;
        Ok(connection)
    }

    async fn limited<T>(&self, call: impl Future<Output = Result<T, NotCarried>>) -> Result<T, NotCarried> {
        let ended = tokio::time::timeout(self.limit, call).await;
        ended.unwrap_or_else(|_| Err(NotCarried::for_now("the relay did not answer in time")))
    }
}

#[async_trait]
impl Carrier for MailCarrier {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<(), NotCarried> {
        let letter = self.sender.letter(parcel, self.machine.wall())?;
        // The relay has it from here on, whatever becomes of the parting.
        part(self.limited(self.hand_over(&letter)).await?).await;
        Ok(())
    }
}

/// Says goodbye. Nothing depends on whether it is answered.
async fn part(mut connection: AsyncSmtpConnection) {
    let _ = tokio::time::timeout(PARTING, connection.quit()).await;
}

fn parameters(relay: &Relay, extra_roots: &[Vec<u8>]) -> Result<TlsParameters, MailSetupError> {
    let wrong = |error: SmtpError| MailSetupError(told(&error));
    let mut builder = TlsParameters::builder(relay.host.clone());
    for pem in extra_roots {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    builder.build_rustls().map_err(wrong)
}

/// Refused for good is a letter that the relay will not have: a reply 55x (RFC 5321, 4.2.1: of the mail system), be it to the
/// text, to the recipient, or to the sender in MAIL FROM. That the relay does not know us (53x, RFC 4954) or does not follow
/// us (50x) is no fault of the letter's.
fn judged(error: &SmtpError) -> NotCarried {
    let is_of_the_letter = error.status().is_some_and(|code| code.category == Category::MailSystem);
    if error.is_permanent() && is_of_the_letter {
        NotCarried::ForGood(told(error))
    } else {
        NotCarried::for_now(told(error))
    }
}

/// An error with its causes.
fn told(error: &SmtpError) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text = format!("{text}: {cause_text}");
        }
        source = cause.source();
    }
    text
}
