//! The start: the end user opens an address that works once, and is sent on to the institution.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riverbank_connect::oauth::{Attempt, Conversation, OauthFailure, OauthProvider, unguessable};
use riverbank_model::guid::OauthStateGuid;
use riverbank_model::limits::OAUTH_PENDING;
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use riverbank_model::{ExposeSecret, SecretText, leaving_no_trace};
use riverbank_store::members;
use riverbank_store::oauth_states::{self, OauthState};
use riverbank_store::{Place, Tx};
use sha2::{Digest, Sha256};

use super::OauthEnd;
use crate::members::{record, touch};
use crate::{Engine, Fault, tokens};

/// What opening an address leads to.
#[derive(Debug)]
pub enum Started {
    /// The end user goes on to the institution.
    Departed(Departure),
    /// The institution could not be asked; the way ends here.
    Ended(OauthEnd),
    /// The address is unknown, spent or expired.
    Unknown,
}

/// The way to the institution.
#[derive(Debug)]
pub struct Departure {
    /// Where to.
    pub url: String,
    /// The mark of this way in the browser: the name under which it holds the token.
    pub browser_mark: String,
    /// What the browser must still hold when it comes back: nobody can be made to finish another's way.
    pub browser_token: SecretText,
}

/// What a browser holds its token under, by the state that it comes back with: several ways may be under way in one
/// browser.
pub fn browser_mark(state: &SecretText) -> String {
    let hash = leaving_no_trace(|| Sha256::digest(state.expose_secret().as_bytes()));
    format!("riverbank-oauth-{}", URL_SAFE_NO_PAD.encode(&hash[..8]))
}

/// The secrets of one way.
struct Secrets {
    state: SecretText,
    browser: SecretText,
}

/// What was written when an end user set out.
struct SetOut {
    state: OauthState,
    provider: OauthProvider,
    attempt: Attempt,
}

impl Engine {
    /// Spends an address and sends its end user on. From then on there is a state that front ends can follow.
    pub async fn start_oauth(&self, token: &SecretText) -> Result<Started, Fault> {
        self.catalogue().await?;
        let secrets = Arc::new(Secrets {
            state: unguessable(&*self.parts.secrets),
            browser: unguessable(&*self.parts.secrets),
        });
        let (engine, hash, kept) = (self.clone(), tokens::hash(token), Arc::clone(&secrets));
        let writing = self.parts.store.write(async move |tx| engine.set_out(tx, &hash, &kept).await);
        let Some(SetOut { state, provider, attempt }) = writing.await? else { return Ok(Started::Unknown) };
        let conversation = Conversation::new(&self.parts.outbound, &provider);
        match conversation.begin(&attempt, &secrets.state).await {
            Ok(page) => Ok(Started::Departed(Departure {
                url: page.into(),
                browser_mark: browser_mark(&secrets.state),
                browser_token: secrets.browser.clone(),
            })),
            Err(failure) => {
                tracing::warn!(member = %state.member_guid, %failure, "an institution could not be asked for its page");
                Ok(Started::Ended(match self.end_in_error(&state, reason_of(&failure)).await {
                    Ok(end) => end,
                    Err(fault) => self.break_off(&state, &fault).await,
                }))
            }
        }
    }

    /// One unit of work: the address is spent, and the way begins.
    async fn set_out(&self, tx: &Tx, token_hash: &[u8], secrets: &Secrets) -> Result<Option<SetOut>, Fault> {
        let Some(mut member) = members::lock_by_oauth_token(tx, token_hash).await? else { return Ok(None) };
        let now = self.now();
        if member.pending_expires_at.is_some_and(|end| now >= end) {
            return Ok(None);
        }
        let institution = self.institution_of(&member)?;
        let provider = self.provider(&institution)?;
        let provider =
            provider.ok_or_else(|| Fault::internal("the connector of an OAuth member has no provider"))?;
        let attempt = Attempt::new(&provider, self.redirect_uri(), &*self.parts.secrets);
        member.oauth_token_hash = None;
        member.oauth_token = None;
        member.children_made += 1;
        touch(&mut member, now);
        members::save(tx, &member).await?;
        let guid: OauthStateGuid = self.guid_within(&member.user_guid, &member.guid, member.children_made);
        let bytes = attempt.to_bytes().map_err(Fault::internal)?;
        let state = OauthState {
            attempt: Some(self.seal(&Place::OauthAttempt(&member.user_guid, &guid), &bytes)?),
            user_guid: member.user_guid.clone(),
            guid,
            member_guid: member.guid.clone(),
            inbound_member_guid: None,
            auth_status: AuthStatus::Pending,
            error_reason: None,
            state_hash: Some(tokens::hash(&secrets.state)),
            browser_hash: Some(tokens::hash(&secrets.browser)),
            client_redirect_url: member.client_redirect_url.clone(),
            referral_source: member.referral_source.clone(),
            ui_message_webview_url_scheme: member.ui_message_webview_url_scheme.clone(),
            skip_aggregation: member.oauth_skip_aggregation,
            due_at: now.saturating_add(OAUTH_PENDING).map_err(Fault::internal)?,
            first_retrieved_at: None,
            created_at: now,
            updated_at: now,
        };
        oauth_states::insert(tx, &state).await?;
        record(tx, &member, "members.oauth_start", false).await?;
        Ok(Some(SetOut { state, provider, attempt }))
    }
}

/// What a front end is told of a failure.
pub(super) fn reason_of(failure: &OauthFailure) -> OauthErrorReason {
    if failure.is_ours() { OauthErrorReason::ServerError } else { OauthErrorReason::ProviderError }
}
