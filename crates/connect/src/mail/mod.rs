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
use lettre::transport::smtp::Error as SmtpError;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::Category;
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use riverbank_model::{ExposeSecret, MachineClock};

pub use address::{NotARelay, Protection, Relay};
pub use alternative::as_html;
pub use letter::{NotASender, Sender};

use crate::carrier::{Carrier, NotCarried, Parcel};

/// How long a letter may take, from connecting to the relay's last word: RFC 5321 (4.5.3.2) allows more, but then others wait.
const LIMIT: Duration = Duration::from_secs(30);

/// A relay that letters are handed to.
pub struct MailCarrier {
    transport: AsyncSmtpTransport<Tokio1Executor>,
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
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(relay.host.as_str())
            .port(relay.port)
            .tls(tls)
            .hello_name(ClientId::Domain(sender.domain().to_owned()))
            .timeout(Some(LIMIT));
        if let Some((user, password)) = &relay.login {
            builder =
                builder.credentials(Credentials::new(user.clone(), password.expose_secret().to_owned()));
        }
        Ok(Self { transport: builder.build(), sender, machine, limit: LIMIT })
    }

    /// Whether the relay answers and takes the login.
    pub async fn greet(&self) -> Result<(), NotCarried> {
        let is_ready = self.limited(self.transport.test_connection()).await?;
        if is_ready { Ok(()) } else { Err(NotCarried::for_now("the relay is not ready")) }
    }

    async fn limited<T>(&self, call: impl Future<Output = Result<T, SmtpError>>) -> Result<T, NotCarried> {
        match tokio::time::timeout(self.limit, call).await {
            Ok(ended) => ended.map_err(|error| judged(&error)),
            Err(_) => Err(NotCarried::for_now("the relay did not answer in time")),
        }
    }
}

#[async_trait]
impl Carrier for MailCarrier {
    async fn carry(&self, parcel: &Parcel<'_>) -> Result<(), NotCarried> {
        let letter = self.sender.letter(parcel, self.machine.wall())?;
        self.limited(self.transport.send(letter)).await.map(drop)
    }
}

fn parameters(relay: &Relay, extra_roots: &[Vec<u8>]) -> Result<TlsParameters, MailSetupError> {
    let wrong = |error: SmtpError| MailSetupError(told(&error));
    let mut builder = TlsParameters::builder(relay.host.clone());
    for pem in extra_roots {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(wrong)?);
    }
    builder.build_rustls().map_err(wrong)
}

/// Refused for good is a letter that the relay will not have. That it does not know us (replies x3x of RFC 4954 and others)
/// is no fault of the letter's.
fn judged(error: &SmtpError) -> NotCarried {
    let is_of_the_session = error.status().is_some_and(|code| code.category == Category::Unspecified3);
    if error.is_permanent() && !is_of_the_session {
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
