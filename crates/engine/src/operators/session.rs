//! Sessions of operators: half an hour after their last use they end, and twelve hours after their login.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::SecretText;
use riverbank_model::limits::SESSION_TOUCH;
use riverbank_model::operator::Role;
use riverbank_store::operators;
use sha2::{Digest, Sha256};

use super::audit::{Origin, record};
use crate::sessions::DEAD_AFTER;
use crate::{Engine, Fault, tokens};

/// A working day (OWASP Session Management Cheat Sheet, absolute timeout: "from 4 to 8 hours" for office work; a shift is
/// longer).
const LONGEST: Duration = Duration::from_hours(12);

/// An operator who is logged in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorSession {
    /// Who.
    pub operator: String,
    /// What it may do.
    pub role: Role,
}

impl Engine {
    /// Whose session this is, if it is alive at `at`; that counts as a use of it.
    pub async fn authenticate_operator(
        &self,
        token: &SecretText,
        at: Timestamp,
    ) -> Result<Option<OperatorSession>, Fault> {
        let hash = tokens::hash(token);
        let found = operators::find_session(&*self.store().read().await?, &hash).await?;
        let Some(session) = found else { return Ok(None) };
        let (idle, age) = (at.duration_since(session.used_at), at.duration_since(session.created_at));
        if idle >= signed(DEAD_AFTER) || age >= signed(LONGEST) {
            return Ok(None);
        }
        if idle.abs() >= signed(SESSION_TOUCH) {
            let seen = session.used_at;
            let touching = self.store().write(async move |tx| operators::touch(tx, &hash, seen, at).await);
            match touching.await.map_err(Fault::from) {
                Err(fault @ Fault::Unavailable(_)) => fault.log("the use of a session could not be written"),
                other => other?,
            }
        }
        Ok(Some(OperatorSession { operator: session.operator, role: session.role }))
    }

    /// Ends a session.
    pub async fn log_out_operator(
        &self,
        token: &SecretText,
        session: &OperatorSession,
        origin: Origin,
        at: Timestamp,
    ) -> Result<(), Fault> {
        let (hash, name) = (tokens::hash(token), session.operator.clone());
        let written = self.store().write(async move |tx| {
            operators::close(tx, &hash).await?;
            record(tx, Some(&name), "logout", &name, origin, at).await
        });
        Ok(written.await?)
    }
}

/// What the forms of a session carry: only who has seen a page of it knows it, and the token does not follow from it.
pub fn form_token(token: &SecretText) -> String {
    use riverbank_model::ExposeSecret;
    let bytes =
        Sha256::new_with_prefix(b"riverbank console form\0").chain_update(token.expose_secret()).finalize();
    tokens::text(&bytes)
}

/// The moment before which a last use means that a session has ended.
pub(super) fn ended_before(at: Timestamp) -> Timestamp {
    at.checked_sub(signed(DEAD_AFTER)).unwrap_or(Timestamp::MIN)
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}
