//! Whose pages are asked for.

use jiff::SignedDuration;
use riverbank_model::SecretText;
use riverbank_model::guid::{MemberGuid, PageSessionGuid};
use riverbank_model::limits::SESSION_TOUCH;
use riverbank_store::{client_origins, page_sessions};

use super::PageOptions;
use crate::sessions::DEAD_AFTER;
use crate::{Caller, Engine, Fault, Mode, tokens};

/// One visit of an end user to the pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// In whose name the pages act.
    pub caller: Caller,
    /// What messages name the visit by.
    pub guid: PageSessionGuid,
    /// How the pages are to be.
    pub options: PageOptions,
    /// The site that the pages speak to.
    pub shown_by: Option<String>,
    /// The sites that may show the pages in a frame.
    pub origins: Vec<String>,
    /// Sites of this machine may do so too.
    pub takes_loopback: bool,
    /// The connection that it came to last.
    pub member: Option<MemberGuid>,
}

impl Engine {
    /// The visit with this token, if it is alive; that counts as a use of it, which is written down now and then only.
    pub async fn authenticate_page(&self, token: &SecretText) -> Result<Option<Visit>, Fault> {
        let hash = tokens::hash(token);
        let reader = self.store().read().await?;
        let Some(session) = page_sessions::find(&reader, &hash).await? else { return Ok(None) };
        let origins = client_origins::list(&reader, &session.client_guid).await?;
        drop(reader);
        let (now, seen) = (self.now(), session.used_at);
        let age = now.duration_since(seen);
        let longer_than = |limit| age >= SignedDuration::try_from(limit).unwrap_or(SignedDuration::MAX);
        if longer_than(DEAD_AFTER) {
            return Ok(None);
        }
        // A clock that was set back leaves times in the future: those are written anew as well.
        if longer_than(SESSION_TOUCH) || age.is_negative() {
            let touching =
                self.store().write(async move |tx| page_sessions::touch(tx, &hash, seen, now).await);
            // Where the disk is full, what can be read is still read.
            match touching.await.map_err(Fault::from) {
                Err(fault @ Fault::Unavailable(_)) => fault.log("the use of a page could not be written"),
                other => other?,
            }
        }
        Ok(Some(Visit {
            caller: Caller { client: session.client_guid, user: session.user_guid, callback_payload: None },
            guid: session.guid,
            options: serde_json::from_str(&session.options).map_err(Fault::internal)?,
            shown_by: session.shown_by,
            origins,
            takes_loopback: self.mode() == Mode::Sandbox,
            member: session.member_guid,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::{Opening, Whose};
    use crate::testing::{Bench, on_both_engines};

    async fn opened(bench: &Bench) -> SecretText {
        let (acme, _) = bench.user("acme", "U-1").await;
        let whose = Whose::Id("U-1".to_owned());
        let made = bench.engine.create_page(&acme, whose, PageOptions::default()).await.unwrap();
        let address = SecretText::from(made.url.rsplit('/').next().unwrap());
        bench.engine.open_page(&address, Opening::default()).await.unwrap().unwrap()
    }

    on_both_engines! {
        async fn a_visit_lives_29_59_idle_and_is_dead_at_31_00(bench: &Bench) {
            let token = opened(bench).await;
            for idle in [29 * 60 + 59, 59, 29 * 60 + 59, 60, 29 * 60 + 59] {
                bench.advance(idle);
                assert!(bench.engine.authenticate_page(&token).await.unwrap().is_some());
            }
            bench.advance(31 * 60);
            assert_eq!(bench.engine.authenticate_page(&token).await.unwrap(), None);
        }

        async fn a_visit_ends_with_its_user_its_sessions_and_its_client(bench: &Bench) {
            let engine = &bench.engine;
            let token = opened(bench).await;
            let (acme, _) = bench.user("acme", "U-1").await;
            engine.delete_sessions(&acme, "U-1").await.unwrap();
            assert_eq!(engine.authenticate_page(&token).await.unwrap(), None);
            let token = opened(bench).await;
            engine.delete_user(&acme, "U-1", false).await.unwrap();
            assert_eq!(engine.authenticate_page(&token).await.unwrap(), None);
            let token = opened(bench).await;
            bench.clients().disable("acme").await.unwrap();
            assert_eq!(engine.authenticate_page(&token).await.unwrap(), None);
        }

        async fn a_token_of_pages_is_none_of_the_api(bench: &Bench) {
            let token = opened(bench).await;
            assert_eq!(bench.engine.authenticate(&token).await.unwrap(), None);
            let session = bench.session("acme", "U-1").await;
            assert_eq!(bench.engine.authenticate_page(&session.token).await.unwrap(), None);
            assert_eq!(bench.engine.authenticate_page(&"".into()).await.unwrap(), None);
        }
    }
}
