//! The ways of a user, as front ends follow them: `GET /connect/api/oauth_states`.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, OauthStateGuid};
use riverbank_model::limits::PURGE_AFTER;
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use riverbank_store::oauth_states::{self, OauthState, OauthStateFilter};

use crate::{Caller, Engine, Fault};

/// The most that are listed: a user is seldom on more than one.
const MOST: i64 = 100;

/// Which ways to list.
#[derive(Clone, Debug, Default)]
pub struct ListOauthStates {
    /// Those that began with this member.
    pub outbound_member_guid: Option<MemberGuid>,
    /// Those that stand so.
    pub auth_status: Option<AuthStatus>,
}

/// What is at its end is kept as long as a deleted member, and can do nothing more.
pub(super) fn end_at(state: &mut OauthState, now: Timestamp) {
    state.state_hash = None;
    state.browser_hash = None;
    state.attempt = None;
    state.due_at = now.saturating_add(PURGE_AFTER).unwrap_or(Timestamp::MAX);
    state.updated_at = now;
}

impl Engine {
    /// The ways of a user, the newest first.
    pub async fn list_oauth_states(
        &self,
        caller: &Caller,
        request: ListOauthStates,
    ) -> Result<Vec<OauthState>, Fault> {
        let filter = OauthStateFilter {
            member: request.outbound_member_guid.as_ref(),
            auth_status: request.auth_status,
        };
        Ok(oauth_states::list(&*self.parts.store.read().await?, &caller.user, filter, MOST).await?)
    }

    /// One way; reading it for the first time is noted. None when it is not the caller's.
    pub async fn read_oauth_state(
        &self,
        caller: &Caller,
        guid: &OauthStateGuid,
    ) -> Result<Option<OauthState>, Fault> {
        let reader = self.parts.store.read().await?;
        let found = oauth_states::find(&reader, &caller.user, guid).await?;
        drop(reader);
        if found.as_ref().is_none_or(|state| state.first_retrieved_at.is_some()) {
            return Ok(found);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        self.parts
            .store
            .write(async move |tx| {
                let found = oauth_states::lock(tx, &caller.user, &guid).await?;
                let Some(mut state) = found else { return Ok(None) };
                state.first_retrieved_at.get_or_insert(engine.now());
                oauth_states::save(tx, &state).await?;
                Ok(Some(state))
            })
            .await
    }

    /// Ends the ways that took too long, and forgets those that ended long ago; how many there were.
    pub(crate) async fn sweep_oauth_states(&self, now: Timestamp) -> Result<usize, Fault> {
        let due = oauth_states::due(&*self.parts.store.read().await?, now).await?;
        let count = due.len();
        if due.is_empty() {
            return Ok(0);
        }
        self.parts
            .store
            .write(async move |tx| {
                for known in due {
                    let found = oauth_states::lock(tx, &known.user_guid, &known.guid).await?;
                    let Some(mut state) = found.filter(|state| state.due_at <= now) else { continue };
                    if state.auth_status != AuthStatus::Pending {
                        oauth_states::delete(tx, &state).await?;
                        continue;
                    }
                    state.auth_status = AuthStatus::Errored;
                    state.error_reason = Some(OauthErrorReason::SessionError);
                    end_at(&mut state, now);
                    oauth_states::save(tx, &state).await?;
                }
                Ok::<_, Fault>(())
            })
            .await?;
        Ok(count)
    }
}
