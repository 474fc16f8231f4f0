//! Who calls the Nexus face.

use std::time::Duration;

use jiff::SignedDuration;
use riverbank_model::SecretText;
use riverbank_model::limits::SESSION_TOUCH;
use riverbank_store::sessions;

use super::DEAD_AFTER;
use crate::{Caller, Engine, Fault, tokens};

impl Engine {
    /// The user of the session with this token, if it is alive; that counts as a use of it.
    ///
    /// A use is written down only when the one that is stored is [`SESSION_TOUCH`] old, so that a read stays a read; and
    /// not while the database cannot be written.
    pub async fn authenticate(&self, token: &SecretText) -> Result<Option<Caller>, Fault> {
        let hash = tokens::hash(token);
        let reader = self.store().read().await?;
        let found = sessions::find(&reader, &hash).await?;
        drop(reader);
        let Some(session) = found else { return Ok(None) };
        let now = self.now();
        let age = now.duration_since(session.used_at);
        if age >= signed(DEAD_AFTER) {
            return Ok(None);
        }
        // A clock that was set back leaves times in the future: those are written anew as well.
        if age.abs() >= signed(SESSION_TOUCH) {
            let touching =
                self.store().write(async move |tx| sessions::touch(tx, &hash, session.used_at, now).await);
            // Where the disk is full, what can be read is still read.
            match touching.await.map_err(Fault::from) {
                Err(fault @ Fault::Unavailable(_)) => fault.log("the use of a session could not be written"),
                other => other?,
            }
        }
        Ok(Some(Caller { client: session.client_guid, user: session.user_guid, callback_payload: None }))
    }
}

fn signed(duration: Duration) -> SignedDuration {
    SignedDuration::try_from(duration).unwrap_or(SignedDuration::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn a_session_lives_29_59_idle_and_is_dead_at_31_00(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            let engine = &bench.engine;
            for idle in [29 * 60 + 59, 59, 29 * 60 + 59, 60, 29 * 60 + 59] {
                bench.advance(idle);
                assert_eq!(engine.authenticate(&session.token).await.unwrap().as_ref(), Some(&session.caller));
            }
            bench.advance(31 * 60);
            assert_eq!(engine.authenticate(&session.token).await.unwrap(), None);
        }

        async fn every_node_sees_a_use_on_another(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            let other = bench.another_node().await;
            for node in [&bench.engine, &other, &bench.engine, &other] {
                bench.advance(29 * 60 + 59);
                assert!(node.authenticate(&session.token).await.unwrap().is_some());
            }
            bench.engine.delete_session(&session.caller, &session.token).await.unwrap();
            assert_eq!(other.authenticate(&session.token).await.unwrap(), None);
        }

        async fn a_use_within_a_minute_writes_nothing(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            let engine = &bench.engine;
            let hash = tokens::hash(&session.token);
            let opened = engine.now();
            let written = async || {
                let reader = engine.store().read().await.unwrap();
                sessions::find(&reader, &hash).await.unwrap().unwrap().used_at
            };
            bench.advance(59);
            engine.authenticate(&session.token).await.unwrap();
            assert_eq!(written().await, opened);
            bench.advance(1);
            engine.authenticate(&session.token).await.unwrap();
            assert_eq!(written().await, engine.now());
        }

        async fn a_token_of_no_session_is_nobody(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            for token in ["", "x"] {
                assert_eq!(bench.engine.authenticate(&token.into()).await.unwrap(), None);
            }
            let (acme, _) = bench.user("acme", "U-2").await;
            let api_token = bench.engine.create_api_token(&acme, "U-2").await.unwrap();
            assert_eq!(bench.engine.authenticate(&api_token).await.unwrap(), None);
            assert!(bench.engine.authenticate(&session.token).await.unwrap().is_some());
        }

        async fn a_disabled_client_ends_the_sessions_of_its_users(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            bench.clients().disable("acme").await.unwrap();
            assert_eq!(bench.engine.authenticate(&session.token).await.unwrap(), None);
        }

        async fn a_clock_that_was_set_back_does_not_lengthen_a_session(bench: &Bench) {
            let session = bench.session("acme", "U-1").await;
            bench.advance(-10 * 24 * 60 * 60);
            assert!(bench.engine.authenticate(&session.token).await.unwrap().is_some());
            bench.advance(31 * 60);
            assert_eq!(bench.engine.authenticate(&session.token).await.unwrap(), None);
        }
    }
}
