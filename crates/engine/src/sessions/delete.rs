//! Closing a session: `DELETE /sessions`.

use riverbank_model::SecretText;
use riverbank_store::sessions;

use super::record;
use crate::{Caller, Engine, Fault, tokens};

impl Engine {
    /// Ends the caller's session with this token, at once on every node.
    pub async fn delete_session(&self, caller: &Caller, token: &SecretText) -> Result<(), Fault> {
        let hash = tokens::hash(token);
        let (caller, now) = (caller.clone(), self.now());
        let writing = self.store().write(async move |tx| {
            sessions::delete(tx, &hash).await?;
            record(tx, &caller, "sessions.delete", "{}".to_owned(), now).await
        });
        Ok(writing.await?)
    }
}

#[cfg(test)]
mod tests {
    use crate::sessions::CreateSession;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_closed_session_is_dead_and_the_users_others_live_on(bench: &Bench) {
            let closed = bench.session("acme", "U-1").await;
            let (acme, _) = bench.user("acme", "U-1").await;
            let token = bench.engine.create_api_token(&acme, "U-1").await.unwrap();
            let other = bench.engine.create_session(&token, CreateSession::default()).await.unwrap();
            bench.engine.delete_session(&closed.caller, &closed.token).await.unwrap();
            assert_eq!(bench.engine.authenticate(&closed.token).await.unwrap(), None);
            assert_eq!(bench.engine.authenticate(&other.token).await.unwrap(), Some(closed.caller));
        }
    }
}
