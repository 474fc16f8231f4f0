//! The return: an institution sends an end user's browser back, with a code or with a reason why there is none.

use jiff::Timestamp;
use riverbank_connect::oauth::{Answer, Attempt, Conversation, Refusal, SignedIn};
use riverbank_model::SecretText;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::oauth::{AuthStatus, OauthErrorReason};
use riverbank_model::webhook::Action;
use riverbank_store::members::{self, Member};
use riverbank_store::oauth_states::{self, OauthState};
use riverbank_store::{Place, Tx};
use subtle::ConstantTimeEq;

use super::states::end_at;
use super::{OauthEnd, Outcome};
use crate::members::{JobRequest, bury, drop_challenges, record, touch};
use crate::webhooks::News;
use crate::{Engine, Fault, tokens};

/// What a browser comes back with.
#[derive(Debug)]
pub struct Return {
    /// Leads to the way that it is on.
    pub state: SecretText,
    /// What the institution answers.
    pub answer: Answer,
    /// What the browser holds under the mark of the way.
    pub browser: Option<SecretText>,
}

/// Where it leads.
#[derive(Debug)]
pub enum Returned {
    /// The way is at its end.
    Ended(OauthEnd),
    /// No way is known by this state: it was used, it took too long, or there never was one.
    Unknown,
    /// The browser is not the one that set out.
    OtherBrowser,
}

/// A way that is being ended.
struct Arrival {
    state: OauthState,
    attempt: Attempt,
    member: Member,
}

impl Engine {
    /// Ends a way: exchanges the code, keeps the consent, and starts an aggregation. Once the way is known, there is an
    /// end to it, whatever fails.
    pub async fn finish_oauth(&self, back: Return) -> Result<Returned, Fault> {
        self.catalogue().await?;
        let arrival = match self.arrive(&back).await? {
            Ok(arrival) => arrival,
            Err(other) => return Ok(other),
        };
        let ended = match self.redeem(&arrival, &back.answer).await {
            Ok(signed_in) => self.take_in(arrival.state.clone(), signed_in, &arrival.attempt.issuer).await,
            Err(reason) => self.end_in_error(&arrival.state, reason).await,
        };
        Ok(Returned::Ended(match ended {
            Ok(end) => end,
            Err(fault) => self.break_off(&arrival.state, &fault).await,
        }))
    }

    /// Uses the state up: whoever comes with it again comes too late.
    async fn arrive(&self, back: &Return) -> Result<Result<Arrival, Returned>, Fault> {
        let (engine, hash) = (self.clone(), tokens::hash(&back.state));
        let browser = back.browser.as_ref().map(tokens::hash);
        let writing = self.parts.store.write(async move |tx| {
            let now = engine.now();
            let state = oauth_states::lock_by_state(tx, &hash).await?.filter(|state| now < state.due_at);
            let Some(mut state) = state else { return Ok(Err(Returned::Unknown)) };
            let is_the_same = match (&state.browser_hash, &browser) {
                (Some(known), Some(given)) => bool::from(known.ct_eq(given)),
                _ => false,
            };
            if !is_the_same {
                return Ok(Err(Returned::OtherBrowser));
            }
            let sealed = state.attempt.take();
            state.state_hash = None;
            state.browser_hash = None;
            state.updated_at = now;
            oauth_states::save(tx, &state).await?;
            let member = members::find(tx, &state.user_guid, &state.member_guid).await?;
            let (Some(member), Some(sealed)) = (member, sealed) else { return Ok(Err(Returned::Unknown)) };
            let bytes = engine.unseal(&Place::OauthAttempt(&state.user_guid, &state.guid), &sealed)?;
            let attempt = Attempt::from_bytes(&bytes).map_err(Fault::internal)?;
            Ok::<_, Fault>(Ok(Arrival { state, attempt, member }))
        });
        writing.await
    }

    /// What the institution's answer is worth.
    async fn redeem(&self, arrival: &Arrival, answer: &Answer) -> Result<SignedIn, OauthErrorReason> {
        let institution = self.institution_of(&arrival.member).map_err(|_| OauthErrorReason::ServerError)?;
        let provider = self.provider(&institution).ok().flatten().ok_or(OauthErrorReason::ServerError)?;
        if let Some(error) = &answer.error {
            // An answer of someone else says nothing, a refusal no more than a code.
            let is_theirs = answer.iss.as_ref().is_none_or(|iss| *iss == arrival.attempt.issuer);
            return Err(if is_theirs { reason(Refusal::of(error)) } else { OauthErrorReason::ProviderError });
        }
        let conversation = Conversation::new(&self.parts.outbound, &provider);
        let redeeming = conversation.redeem(&arrival.attempt, answer, self.now());
        self.exchange_code(&arrival.state, &institution.guid, redeeming).await
    }

    /// One unit of work: the consent is sealed, the member leaves PENDING, and its job starts.
    async fn take_in(&self, state: OauthState, signed_in: SignedIn, issuer: &str) -> Result<OauthEnd, Fault> {
        let fingerprint = signed_in
            .subject
            .as_ref()
            .map(|subject| self.parts.vault.login_fingerprint(&["oauth", issuer, subject]));
        loop {
            let (engine, state, fingerprint) = (self.clone(), state.clone(), fingerprint.clone());
            let tokens = signed_in.tokens.clone();
            let writing = self.parts.store.write(async move |tx| {
                let now = engine.now();
                let Some(outbound) = members::lock(tx, &state.user_guid, &state.member_guid).await? else {
                    return engine.settle_error(tx, &state, OauthErrorReason::SessionError).await;
                };
                let mut member = inbound(&engine, tx, outbound, fingerprint.as_deref(), now).await?;
                engine.keep_consent(tx, &member, &tokens, now).await?;
                engine.admit(tx, &mut member, fingerprint, state.skip_aggregation, now).await?;
                engine.settle_success(tx, &state, &member.guid).await
            });
            match writing.await {
                // Another way of this login was taken in at the same moment: now it is there to be found.
                Err(Fault::Conflict(index)) if index == "members_by_login" => {}
                other => return other,
            }
        }
    }

    /// What a new consent makes of its member.
    async fn admit(
        &self,
        tx: &Tx,
        member: &mut Member,
        fingerprint: Option<Vec<u8>>,
        skip_aggregation: bool,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let is_new = member.connection_status == Some(ConnectionStatus::Pending);
        if let Some(fingerprint) = &fingerprint {
            let (user, institution) = (&member.user_guid, &member.institution_guid);
            members::purge_deleted_twins(tx, user, institution, fingerprint, now).await?;
        }
        member.login_fingerprint = fingerprint;
        member.is_oauth = true;
        member.pending_expires_at = None;
        member.denials = 0;
        touch(member, now);
        let job = (!skip_aggregation).then(JobRequest::default);
        let needs_job = self.make_way(tx, member, job.as_ref(), now).await?;
        drop_challenges(tx, member).await?;
        member.connection_status =
            Some(if is_new { ConnectionStatus::Created } else { ConnectionStatus::Updated });
        // What the pages start themselves is begun here, since who comes back from the institution may not look at them again.
        let job = match job {
            Some(job) => Some(job),
            None => self.job_of_visit(tx, member).await?.map(|next| next.request),
        };
        match job.filter(|_| needs_job) {
            Some(job) => self.start_job(tx, member, job, now).await?,
            None => members::save(tx, member).await?,
        }
        record(tx, member, "members.oauth_success", false).await?;
        let mut news = News::of_member(self, tx, member).await?;
        news.member(member, Action::Updated)?;
        news.write().await
    }

    async fn settle_success(
        &self,
        tx: &Tx,
        state: &OauthState,
        inbound: &MemberGuid,
    ) -> Result<OauthEnd, Fault> {
        let end = |settled: &mut OauthState| {
            settled.auth_status = AuthStatus::Success;
            settled.error_reason = None;
            settled.inbound_member_guid = Some(inbound.clone());
        };
        settle(tx, state, end, self.now()).await?;
        Ok(OauthEnd::of(state, inbound.clone(), Outcome::Success))
    }

    /// Ends a way without a consent.
    pub(super) async fn end_in_error(
        &self,
        state: &OauthState,
        reason: OauthErrorReason,
    ) -> Result<OauthEnd, Fault> {
        let (engine, state) = (self.clone(), state.clone());
        self.parts.store.write(async move |tx| engine.settle_error(tx, &state, reason).await).await
    }

    /// The same within a unit of work. DENIED and IMPEDED are what the institution says of the end user, so a member that
    /// waits becomes it; after any other end it waits as before.
    async fn settle_error(
        &self,
        tx: &Tx,
        state: &OauthState,
        reason: OauthErrorReason,
    ) -> Result<OauthEnd, Fault> {
        let now = self.now();
        let end = |settled: &mut OauthState| {
            settled.auth_status = AuthStatus::Errored;
            settled.error_reason = Some(reason);
        };
        settle(tx, state, end, now).await?;
        let becomes = match reason {
            OauthErrorReason::Denied => Some(ConnectionStatus::Denied),
            OauthErrorReason::Impeded => Some(ConnectionStatus::Impeded),
            _ => None,
        };
        let member = members::lock(tx, &state.user_guid, &state.member_guid).await?;
        if let (Some(status), Some(mut member)) = (becomes, member)
            && member.connection_status == Some(ConnectionStatus::Pending)
        {
            member.connection_status = Some(status);
            member.pending_expires_at = None;
            touch(&mut member, now);
            members::save(tx, &member).await?;
            record(tx, &member, "members.oauth_refused", false).await?;
            let mut news = News::of_member(self, tx, &member).await?;
            news.member(&member, Action::Updated)?;
            news.status(&member, Some(ConnectionStatus::Pending))?;
            news.write().await?;
        }
        Ok(OauthEnd::of(state, state.member_guid.clone(), Outcome::Error(reason)))
    }
}

/// Writes how a way ended over what has become of it while the institution was asked: a front end may have read it. One that
/// went with its user is gone.
async fn settle(
    tx: &Tx,
    state: &OauthState,
    end: impl FnOnce(&mut OauthState) + Send,
    now: Timestamp,
) -> Result<(), Fault> {
    let Some(mut settled) = oauth_states::lock(tx, &state.user_guid, &state.guid).await? else {
        return Ok(());
    };
    end(&mut settled);
    end_at(&mut settled, now);
    Ok(oauth_states::save(tx, &settled).await?)
}

/// The member that a login belongs to: the one of the user that has it, else the one that the way began with. One that
/// only waited for this goes for good; one that has a history of its own stays as it was.
async fn inbound(
    engine: &Engine,
    tx: &Tx,
    mut outbound: Member,
    fingerprint: Option<&[u8]>,
    now: Timestamp,
) -> Result<Member, Fault> {
    let Some(fingerprint) = fingerprint else { return Ok(outbound) };
    let (user, institution) = (&outbound.user_guid, &outbound.institution_guid);
    let twin = members::live_twin(tx, user, institution, fingerprint).await?;
    let Some(twin) = twin.filter(|twin| *twin != outbound.guid) else { return Ok(outbound) };
    let Some(twin) = members::lock(tx, user, &twin).await? else { return Ok(outbound) };
    if outbound.connection_status == Some(ConnectionStatus::Pending) {
        bury(tx, &mut outbound, now).await?;
        record(tx, &outbound, "members.oauth_merged", false).await?;
        let mut news = News::of_member(engine, tx, &outbound).await?;
        news.member(&outbound, Action::Deleted)?;
        news.write().await?;
    }
    Ok(twin)
}

fn reason(refusal: Refusal) -> OauthErrorReason {
    match refusal {
        Refusal::Cancelled => OauthErrorReason::Cancelled,
        Refusal::Denied => OauthErrorReason::Denied,
        Refusal::Impeded => OauthErrorReason::Impeded,
        Refusal::Failed => OauthErrorReason::ProviderError,
        Refusal::Ours => OauthErrorReason::ServerError,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, nobodys, on_both_engines, way_of};

    on_both_engines! {
        async fn an_end_keeps_that_a_front_end_has_read_the_way(bench: &Bench) {
            let engine = &bench.engine;
            let caller = bench.session("acme", "u").await.caller;
            let now = engine.now();
            let state = way_of(caller.user.clone(), nobodys(), now);
            let row = state.clone();
            let written = engine.store().write(async move |tx| oauth_states::insert(tx, &row).await).await;
            written.unwrap();
            engine.read_oauth_state(&caller, &state.guid).await.unwrap().unwrap();
            engine.end_in_error(&state, OauthErrorReason::ProviderError).await.unwrap();
            let ended = engine.read_oauth_state(&caller, &state.guid).await.unwrap().unwrap();
            assert_eq!(ended.error_reason, Some(OauthErrorReason::ProviderError));
            assert_eq!(ended.first_retrieved_at, Some(now));
        }
    }
}
