//! Consents whose members are gone are given back to their institutions: each in its own time, until it is taken, for a
//! day at most.

use std::time::Duration;

use futures_util::future::join_all;
use jiff::SignedDuration;
use riverbank_connect::oauth::{Conversation, OauthFailure, OauthProvider, Tokens};
use riverbank_connect::transport::TransportError;
use riverbank_store::Place;
use riverbank_store::returning_consents::{self as table, ReturningConsent};

use super::consent_key;
use crate::aggregation::Stop;
use crate::{Engine, Fault};

/// Given back at once by one process.
const AT_ONCE: i64 = 16;
/// The gap between two tries.
const GAP: SignedDuration = SignedDuration::from_hours(1);
/// The most tries.
const TRIES: i64 = 24;
/// The longest that nobody looks for what nobody told of.
const POLL: Duration = Duration::from_secs(2);
/// How much longer one is held than giving it back may take.
const SPARE: Duration = Duration::from_secs(30);

impl Engine {
    /// Gives consents back until `stop` says so.
    pub async fn run_returns(self, mut stop: Stop) {
        let mut wakeups = self.parts.store.wakeups();
        while !*stop.borrow() {
            let given = tokio::select! {
                given = self.give_back_due() => given,
                _ = stop.changed() => break,
            };
            match given {
                // There may be more.
                Ok(count) if count > 0 => continue,
                Ok(_) => {}
                Err(fault) => fault.log("consents cannot be given back"),
            }
            tokio::select! {
                _ = wakeups.wait(POLL) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// Tries what is due, a batch of it; how many there were.
    async fn give_back_due(&self) -> Result<usize, Fault> {
        let now = self.now();
        if !table::is_due(&*self.parts.store.read().await?, now).await? {
            return Ok(0);
        }
        let lease = self.settings().step_limit + SPARE;
        let taking = self.parts.store.write(async move |tx| table::take(tx, now, lease, AT_ONCE).await);
        let taken = taking.await?;
        let count = taken.len();
        for ended in join_all(taken.into_iter().map(|one| self.give_back(one))).await {
            ended?;
        }
        self.settled.notify_waiters();
        Ok(count)
    }

    /// Gives one back, and writes what came of it.
    async fn give_back(&self, mut one: ReturningConsent) -> Result<(), Fault> {
        let is_over = match self.openable(&one).await? {
            Some((provider, tokens)) => match self.revoked(&provider, &tokens).await {
                Ok(()) => true,
                Err(failure) => {
                    one.failures += 1;
                    let (issuer, tries) = (&provider.issuer, one.failures);
                    tracing::warn!(issuer, tries, %failure, "a consent could not be given back");
                    tries >= TRIES
                }
            },
            None => true,
        };
        one.due_at = self.now().saturating_add(GAP).map_err(Fault::internal)?;
        let writing = self.parts.store.write(async move |tx| {
            if is_over { table::delete(tx, &one).await } else { table::postpone(tx, &one).await }
        });
        Ok(writing.await?)
    }

    /// The consent and whom to give it back to; none where there is nobody, or nothing to give back.
    async fn openable(&self, one: &ReturningConsent) -> Result<Option<(OauthProvider, Tokens)>, Fault> {
        if one.credential_guid != consent_key(&one.institution_guid) {
            return Ok(None);
        }
        let catalogue = self.catalogue().await?;
        let Some(institution) = catalogue.get(&one.institution_guid) else { return Ok(None) };
        let Some(provider) = self.provider(institution).ok().flatten() else { return Ok(None) };
        let place = Place::Credential(&one.user_guid, &one.member_guid, &one.credential_guid);
        Ok(self.open_tokens(&place, &one.value)?.map(|tokens| (provider, tokens)))
    }

    async fn revoked(&self, provider: &OauthProvider, tokens: &Tokens) -> Result<(), OauthFailure> {
        let conversation = Conversation::new(&self.parts.outbound, provider);
        let limited = tokio::time::timeout(self.settings().step_limit, conversation.revoke(tokens));
        limited.await.unwrap_or(Err(OauthFailure::Unreachable(TransportError::TimedOut)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::members::{CreateMember, DeleteMember};
    use crate::testing::{Backend, Bench};

    /// Nobody serves its authorisation server.
    const LONELY_BANK: &str = r#"
[[institution]]
code = "lonely_bank"
name = "Lonely Bank"
is_test = true
supports_oauth = true
connector = "script"

[institution.script.oauth]
client_id = "riverbank"

[[institution.script.login]]
"#;

    async fn a_bank_that_is_away(backend: Backend) {
        let bench = Bench::with_banks(backend, LONELY_BANK).await;
        let engine = &bench.engine;
        let caller = bench.session("acme", "u").await.caller;
        let institution_guid =
            engine.catalogue().await.unwrap().by_code("lonely_bank").unwrap().guid.to_string();
        let request = CreateMember { institution_guid, is_oauth: true, ..CreateMember::default() };
        let member = engine.create_member(&caller, request).await.unwrap().member;
        let tokens = Tokens { access: "access".into(), refresh: Some("refresh".into()), expires_at: None };
        let (keeping, kept) = (engine.clone(), member.clone());
        let writing = engine
            .store()
            .write(async move |tx| keeping.keep_consent(tx, &kept, &tokens, keeping.now()).await);
        writing.await.unwrap();
        assert!(engine.delete_member(&caller, &member.guid, DeleteMember::default()).await.unwrap());
        for _ in 0..TRIES {
            assert_eq!(engine.give_back_due().await.unwrap(), 1);
            assert_eq!(engine.give_back_due().await.unwrap(), 0, "before its time");
            bench.advance(GAP.as_secs());
        }
        bench.advance(30 * 24 * 3600);
        assert_eq!(engine.give_back_due().await.unwrap(), 0, "given up");
    }

    #[tokio::test]
    async fn a_bank_that_is_away_is_asked_every_hour_for_a_day_on_sqlite() {
        a_bank_that_is_away(Backend::Sqlite).await;
    }

    #[tokio::test]
    async fn a_bank_that_is_away_is_asked_every_hour_for_a_day_on_postgres() {
        a_bank_that_is_away(Backend::Postgres).await;
    }
}
