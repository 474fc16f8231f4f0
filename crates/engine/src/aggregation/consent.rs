//! Jobs of OAuth members: the consent is fresh before the bank sees it, and what it became is kept before it is used.

use riverbank_connect::Authorization;
use riverbank_connect::oauth::{OauthProvider, Tokens};
use riverbank_model::connection::ConnectionStatus;
use riverbank_store::jobs::Claim;
use riverbank_store::member_credentials;

use super::outcome::Outcome;
use super::run::{Stop, Tries, Work, hold};
use crate::control::Call;
use crate::{Engine, Fault};

/// Who holds a job.
type Holder<'a> = (&'a Claim, &'a str);

impl Engine {
    /// Walks a job with the consent of its member, if it has one. Tokens that are at their end are renewed before, and
    /// those that the bank does not take once after.
    pub(super) async fn walk_with_consent(&self, work: &mut Work, holder: Holder<'_>) -> Result<Stop, Fault> {
        let Some(mut tokens) = work.consent.take() else { return self.walk(work, holder).await };
        let provider = match self.provider(&work.institution) {
            Ok(Some(provider)) => provider,
            Ok(None) => {
                let reason = "this server has no way to the institution's authorisation server";
                return Ok(Stop::Ended(Outcome::of_ours(ConnectionStatus::Failed, reason)));
            }
            Err(refusal) => return Ok(Stop::Ended(refusal.into())),
        };
        let mut is_fresh = false;
        loop {
            if tokens.is_stale(self.now()) && !is_fresh {
                tokens = match self.renewed(work, &provider, &tokens, holder).await? {
                    Ok(tokens) => tokens,
                    Err(stop) => return Ok(stop),
                };
                is_fresh = true;
            }
            work.login.authorization =
                Some(Authorization { issuer: provider.issuer.clone(), access_token: tokens.access.clone() });
            let stop = self.walk(work, holder).await?;
            let is_refused = matches!(&stop, Stop::Ended(end) if end.status == ConnectionStatus::Impaired);
            if !is_refused || is_fresh {
                return Ok(stop);
            }
            tokens = match self.renewed(work, &provider, &tokens, holder).await? {
                Ok(tokens) => tokens,
                Err(stop) => return Ok(stop),
            };
            is_fresh = true;
        }
    }

    /// New tokens, already kept; or where the walk stops without them.
    async fn renewed(
        &self,
        work: &Work,
        provider: &OauthProvider,
        tokens: &Tokens,
        holder: Holder<'_>,
    ) -> Result<Result<Tokens, Stop>, Fault> {
        let renewing = async { Ok(self.refresh_consent(provider, tokens).await) };
        match self.call(work, holder, Call::Refresh, renewing).await? {
            Err(refusal) => Ok(Err(Stop::Ended(refusal.into()))),
            Ok(Ok(tokens)) => {
                // The old refresh token is spent: without this the next job would have none.
                let mut tries = Tries::default();
                loop {
                    let written = self.replace_consent(work, Some(&tokens), holder).await;
                    if !tries.go_on(&written).await {
                        return written.map(|()| Ok(tokens));
                    }
                }
            }
            Ok(Err(failure)) if failure.is_end_of_consent() => {
                self.replace_consent(work, None, holder).await?;
                let reason = "the consent was revoked or has run out";
                Ok(Err(Stop::Ended(Outcome::of(ConnectionStatus::Impaired, reason))))
            }
            Ok(Err(failure)) => {
                Ok(Err(Stop::Ended(Outcome::of(ConnectionStatus::Failed, &failure.to_string()))))
            }
        }
    }

    /// Writes what the consent has become, unless the job was taken from us or the end user has given a new one
    /// meanwhile.
    async fn replace_consent(
        &self,
        work: &Work,
        tokens: Option<&Tokens>,
        (claim, owner): Holder<'_>,
    ) -> Result<(), Fault> {
        let row = tokens.map(|tokens| self.sealed_consent(&work.member, tokens, self.now())).transpose()?;
        let (claim, owner) = (claim.clone(), owner.to_owned());
        self.parts
            .store
            .write(async move |tx| {
                let Some((member, job)) = hold(tx, &claim, &owner).await? else { return Ok(()) };
                if !job.is_superseded {
                    let rows = row.as_slice();
                    member_credentials::replace(tx, &member.user_guid, &member.guid, rows).await?;
                }
                Ok(())
            })
            .await
    }
}
