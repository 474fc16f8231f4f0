//! Opening a session: `POST /sessions`.

use riverbank_model::SecretText;
use riverbank_model::guid::UserGuid;
use riverbank_store::sessions::{self, Session};
use riverbank_store::{StoreError, Tx, api_tokens, clients, users};

use super::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault, tokens};

/// How a session is opened.
#[derive(Clone, Copy, Debug, Default)]
pub struct CreateSession {
    /// Leaves the user's members as they are.
    pub skip_aggregation: bool,
}

/// A session, with its token: only the hash of the token is kept.
#[derive(Debug)]
pub struct OpenedSession {
    /// Whose it is.
    pub caller: Caller,
    /// What its requests show.
    pub token: SecretText,
}

/// Why no session is opened.
#[derive(Debug, thiserror::Error)]
pub enum CreateSessionError {
    /// Unknown, used before, too old, or of a disabled client.
    #[error("The API token is unknown, used before or older than 10 minutes.")]
    TokenRefused,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateSessionError);

impl Engine {
    /// Trades an API token for a session, and starts an aggregation of the user's members unless that is skipped.
    pub async fn create_session(
        &self,
        api_token: &SecretText,
        request: CreateSession,
    ) -> Result<OpenedSession, CreateSessionError> {
        if !request.skip_aggregation {
            self.catalogue().await?;
        }
        let engine = self.clone();
        let token = tokens::make(&*self.parts.secrets);
        let (spent, hash, now) = (tokens::hash(api_token), tokens::hash(&token), self.now());
        let writing = self.store().write(async move |tx| {
            let refused = CreateSessionError::TokenRefused;
            let found = api_tokens::find(tx, &spent).await?;
            let Some(api_token) = found.filter(|token| now < token.expires_at) else {
                return Err(refused);
            };
            let is_there = users::log_in(tx, &api_token.user_guid, now).await?;
            if !is_there || !api_tokens::spend(tx, &spent).await? {
                return Err(refused);
            }
            let caller = owner(tx, &api_token.user_guid).await?.ok_or(refused)?;
            let session = Session { hash, user_guid: caller.user.clone(), created_at: now, used_at: now };
            sessions::insert(tx, &session).await?;
            record(tx, &caller, "sessions.create", "{}".to_owned(), now).await?;
            if !request.skip_aggregation {
                engine.start_all_aggregations(tx, &caller).await?;
            }
            Ok(caller)
        });
        let caller = writing.await?;
        Ok(OpenedSession { caller, token })
    }
}

/// The user as one on whose behalf something is done; none when its client is disabled.
async fn owner(tx: &Tx, user: &UserGuid) -> Result<Option<Caller>, StoreError> {
    let Some(user) = users::find(tx, user).await? else {
        return Ok(None);
    };
    let client = clients::find(tx, &user.client_guid).await?;
    let enabled = client.filter(|client| !client.is_disabled);
    Ok(enabled.map(|client| Caller { client: client.guid, user: user.guid, callback_payload: None }))
}

#[cfg(test)]
mod tests {
    use riverbank_model::ExposeSecret;
    use riverbank_model::limits::API_TOKEN_LIFE;

    use super::*;
    use crate::members::{CreateMember, GivenCredential};
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn an_api_token_opens_one_session_in_the_name_of_its_user(bench: &Bench) {
            let (acme, user) = bench.user("acme", "U-1").await;
            let engine = &bench.engine;
            let token = engine.create_api_token(&acme, "U-1").await.unwrap();
            let opened = engine.create_session(&token, CreateSession::default()).await.unwrap();
            assert_eq!((&opened.caller.client, &opened.caller.user), (&acme.guid, &user.guid));
            assert_eq!(opened.token.expose_secret().len(), 86);
            assert_eq!(engine.own_user(&opened.caller).await.unwrap().unwrap().logged_in_at, Some(engine.now()));
            let again = engine.create_session(&token, CreateSession::default()).await.unwrap_err();
            assert!(matches!(again, CreateSessionError::TokenRefused), "{again:?}");
        }

        async fn opening_a_session_starts_the_aggregations_unless_they_are_skipped(bench: &Bench) {
            let caller = bench.session("acme", "U-1").await.caller;
            let engine = &bench.engine;
            engine.load_test_banks().await.unwrap();
            let catalogue = engine.catalogue().await.unwrap();
            let bank = catalogue.by_code("mxbank").unwrap();
            let credentials = bank.credentials.iter().map(|field| GivenCredential {
                guid: field.guid.to_string(),
                value: "mxuser".into(),
            });
            let request = CreateMember {
                institution_guid: bank.guid.to_string(),
                credentials: credentials.collect(),
                skip_aggregation: true,
                ..CreateMember::default()
            };
            let member = engine.create_member(&caller, request).await.unwrap().member.guid;
            let acme = bench.partner("acme").await;
            for (skip_aggregation, is_started) in [(true, false), (false, true)] {
                let token = engine.create_api_token(&acme, "U-1").await.unwrap();
                engine.create_session(&token, CreateSession { skip_aggregation }).await.unwrap();
                let read = engine.read_member(&caller, &member).await.unwrap().unwrap().member;
                assert_eq!(read.live_job_guid.is_some(), is_started);
            }
        }

        async fn one_token_used_by_many_at_once_opens_one_session(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            let token = bench.engine.create_api_token(&acme, "U-1").await.unwrap();
            let openings = (0..20).map(|_| bench.engine.create_session(&token, CreateSession::default()));
            let opened = futures_util::future::join_all(openings).await;
            assert_eq!(opened.iter().filter(|result| result.is_ok()).count(), 1);
        }

        async fn an_api_token_dies_after_ten_minutes(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            let engine = &bench.engine;
            let life = i64::try_from(API_TOKEN_LIFE.as_secs()).unwrap();
            let young = engine.create_api_token(&acme, "U-1").await.unwrap();
            let old = engine.create_api_token(&acme, "U-1").await.unwrap();
            bench.advance(life - 1);
            assert!(engine.create_session(&young, CreateSession::default()).await.is_ok());
            bench.advance(1);
            assert!(matches!(engine.create_session(&old, CreateSession::default()).await, Err(CreateSessionError::TokenRefused)));
        }

        async fn there_is_no_token_for_an_unknown_user(bench: &Bench) {
            bench.user("acme", "U-1").await;
            let other = bench.partner("other").await;
            let refused = bench.engine.create_api_token(&other, "U-1").await.unwrap_err();
            assert!(matches!(refused, crate::api_tokens::CreateApiTokenError::NoSuchUser));
        }

        async fn a_disabled_clients_token_is_refused(bench: &Bench) {
            let (acme, _) = bench.user("acme", "U-1").await;
            let token = bench.engine.create_api_token(&acme, "U-1").await.unwrap();
            bench.clients().disable("acme").await.unwrap();
            assert!(matches!(bench.engine.create_session(&token, CreateSession::default()).await, Err(CreateSessionError::TokenRefused)));
        }
    }
}
