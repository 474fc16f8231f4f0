//! An operator logs in: name, password and code, all at once.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::SecretText;
use riverbank_store::operators::{self, Operator, OperatorSession, Proof};
use riverbank_store::{Place, StoreError};

use super::audit::{Origin, record};
use super::{password, session, totp};
use crate::fault::faults;
use crate::{Engine, Fault, tokens};

/// Wrong tries in a row until a name is held: a typing error or two are forgiven.
const TRIES: i64 = 5;
/// How long a name is held, from then on after each wrong try: 1,440 guesses a day at most, of a password and a code.
const HOLD: Duration = Duration::from_mins(1);
/// The longest name that is looked up.
const LONGEST_NAME: usize = 64;

/// What is shown to log in.
#[derive(Debug)]
pub struct LogIn {
    /// Whose.
    pub name: String,
    /// The password.
    pub password: SecretText,
    /// The code of the authenticator app.
    pub code: SecretText,
}

/// A session, with its token: only the hash of the token is kept.
#[derive(Debug)]
pub struct OpenedOperatorSession {
    /// What its requests show.
    pub token: SecretText,
}

/// Why nobody is logged in.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// Name, password or code are wrong, the code was used, or the name is held: it is not said which.
    #[error("name, password or code are wrong, or there were too many wrong tries in the last minute")]
    Refused,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(LogInError);

impl Engine {
    /// Opens a session for who proves to be an operator. The same work is done for names that nobody has.
    pub async fn log_in_operator(
        &self,
        log_in: &LogIn,
        origin: Origin,
        at: Timestamp,
    ) -> Result<OpenedOperatorSession, LogInError> {
        let known = match log_in.name.len() {
            1..=LONGEST_NAME => operators::find(&*self.store().read().await?, &log_in.name).await?,
            _ => None,
        };
        let hash = known.as_ref().map_or(password::NOBODYS, |operator| &operator.password);
        let is_password = password::is_password(&log_in.password, hash).await?;
        let step = self.step_of(known.as_ref(), &log_in.code, at)?;
        let proven = known.clone().zip(step).filter(|_| is_password);
        let token = tokens::make(&*self.parts.secrets);
        let hash = tokens::hash(&token);
        let written = self.store().write(async move |tx| {
            if let Some((operator, totp_step)) = &proven
                && operators::pass(tx, &Proof { operator, totp_step: *totp_step, at }).await?
            {
                let name = operator.name.clone();
                let session = OperatorSession { hash, operator: name, created_at: at, used_at: at };
                operators::close_idle(tx, session::ended_before(at)).await?;
                operators::open(tx, &session).await?;
                record(tx, Some(&operator.name), "login.succeed", &operator.name, origin, at).await?;
                return Ok::<_, StoreError>(true);
            }
            let name = known.as_ref().map(|operator| operator.name.as_str());
            if let Some(name) = name {
                let until = at.checked_add(HOLD).unwrap_or(Timestamp::MAX);
                operators::fail(tx, name, TRIES, until, at).await?;
            }
            // What was typed as a name that nobody has may be a password.
            record(tx, name, "login.refuse", name.unwrap_or_default(), origin, at).await?;
            Ok(false)
        });
        if written.await? { Ok(OpenedOperatorSession { token }) } else { Err(LogInError::Refused) }
    }

    /// The step of a code, if it is the operator's.
    fn step_of(
        &self,
        operator: Option<&Operator>,
        code: &SecretText,
        at: Timestamp,
    ) -> Result<Option<i64>, Fault> {
        let Some(operator) = operator else {
            totp::step_of(&[0; totp::SECRET], code, at);
            return Ok(None);
        };
        let secret = self.unseal(&Place::OperatorSecret(&operator.name), &operator.totp_secret)?;
        Ok(totp::step_of(&secret, code, at))
    }
}

#[cfg(test)]
mod tests;
