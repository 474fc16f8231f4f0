//! What a connector is asked and what it answers.

use async_trait::async_trait;
use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::SecretText;
use riverbank_model::challenge::Challenge;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use serde::{Deserialize, Serialize};

use crate::oauth::OauthProvider;

/// The way to one institution: logs in, may ask questions, fetches.
///
/// Nothing is kept between calls: what must survive is handed back as bytes, which the caller seals and stores, so
/// that another process can go on. A call is one attempt; its answer is final for that attempt.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Where the end users of an institution sign in themselves; none where credentials are all it takes. `public_url`
    /// is where this server is reached.
    fn oauth(&self, _bank: &Bank, _public_url: &str) -> Result<Option<OauthProvider>, BankRefusal> {
        Ok(None)
    }

    /// Logs in with the stored credentials.
    async fn open(&self, visit: &Visit<'_>, login: &Login) -> Result<Step, BankRefusal>;

    /// Goes on where an earlier step left off: with the answers to its challenges, or with none after a wait.
    async fn resume(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        state: &[u8],
        answers: &[Answer],
    ) -> Result<Step, BankRefusal>;

    /// Fetches with an open session. What the institution answered is [`read`](Self::read) apart from that.
    async fn fetch(
        &self,
        visit: &Visit<'_>,
        login: &Login,
        session: &Session,
        wanted: Wanted,
    ) -> Result<RawAnswer, BankRefusal>;

    /// What an answer tells; a refusal when it cannot be read, or refuses. Nothing is asked for: the same answer tells the
    /// same at any time.
    fn read(&self, answer: &RawAnswer) -> Result<Feed, BankRefusal>;
}

/// What an institution answered to a fetch, as it came but for keys of the session. Tells of the end user, so it does not
/// print.
#[derive(Clone, Default)]
pub struct RawAnswer {
    /// The bytes of the answer; none when there was nothing to ask for.
    pub body: Vec<u8>,
    /// What must be known to read them, in the connector's own form.
    pub context: Vec<u8>,
}

impl std::fmt::Debug for RawAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RawAnswer(..)")
    }
}

/// Which institution is visited, on behalf of whom, and when.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// The institution as its catalogue entry describes it.
    pub bank: &'a Bank,
    /// The seed of the server; bank data of a sandbox is derived from it, the user and the login.
    pub seed: &'a str,
    /// The user's id.
    pub user: &'a str,
    /// Which attempt of this member this is, from 1.
    pub attempt: i64,
    /// Business time.
    pub now: Timestamp,
    /// When the member was made.
    pub since: Timestamp,
}

/// What a connector needs to know of an institution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Its short code.
    pub code: String,
    /// Its name, for texts.
    pub name: String,
    /// The settings of its connector: a TOML table, as in the catalogue file.
    pub settings: String,
}

/// What a member signs in with.
#[derive(Debug, Default)]
pub struct Login {
    /// The stored credentials: one value for each, in display order.
    pub values: Vec<CredentialValue>,
    /// OAuth members: the consent of the end user.
    pub authorization: Option<Authorization>,
}

/// A consent of an end user, as it is shown to the institution.
#[derive(Debug)]
pub struct Authorization {
    /// The issuer that gave it.
    pub issuer: String,
    /// Opens the institution's resources.
    pub access_token: SecretText,
}

/// The value of one credential.
#[derive(Debug)]
pub struct CredentialValue {
    /// The credential's `field_name`, such as `LOGIN` or `PASSWORD`.
    pub field_name: String,
    /// What the end user typed.
    pub value: SecretText,
}

impl Login {
    /// The value of a field.
    pub fn value(&self, field_name: &str) -> Option<&SecretText> {
        self.values.iter().find(|value| value.field_name == field_name).map(|value| &value.value)
    }
}

/// The answer to one challenge.
#[derive(Debug)]
pub struct Answer {
    /// The `field_name` of the challenge.
    pub field_name: String,
    /// What was typed, or the value of the option that was chosen.
    pub value: SecretText,
}

/// How far a login has come.
#[derive(Debug)]
pub enum Step {
    /// Logged in.
    Open(Session),
    /// The institution asks. `state` comes back with the answers.
    Challenge {
        /// The questions, to be answered together.
        challenges: Vec<Challenge>,
        /// What the connector needs to go on.
        state: Vec<u8>,
    },
    /// The institution wants to be asked again later. `state` comes back without answers.
    Wait {
        /// Business time of the next call.
        until: Timestamp,
        /// What the connector needs to go on.
        state: Vec<u8>,
    },
}

/// An open session at an institution, in the connector's own form. May hold secrets.
#[derive(Clone)]
pub struct Session(pub Vec<u8>);

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Session(..)")
    }
}

/// What to fetch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Transactions from this day on; none at all when absent.
    pub transactions_from: Option<Date>,
    /// Positions of investment accounts.
    pub holdings: bool,
    /// Who owns each account.
    pub owners: bool,
    /// The numbers by which money is moved to and from each account.
    pub numbers: bool,
}

/// The institution refused, or could not be reached. Ends the attempt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{status:?}: {message}")]
pub struct BankRefusal {
    /// What the member becomes: DENIED, REJECTED, LOCKED, IMPEDED, FAILED, DELAYED, DEGRADED, DISCONNECTED or
    /// DISCONTINUED; IMPAIRED when the access token is not taken.
    pub status: ConnectionStatus,
    /// The institution's own code: an HTTP status, an OFX status.
    pub code: Option<i64>,
    /// For the job's `error_message`: what happened, without a secret.
    pub message: String,
}
