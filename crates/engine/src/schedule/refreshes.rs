//! The refresh of members in the background.
//!
//! `members.next_refresh_at` says when each is due (`riverbank_model::refresh`), and is written with the member. What a
//! client, a user or an institution forbids is asked for only when a member is due.

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::CredentialGuid;
use riverbank_model::refresh::next_time;
use riverbank_store::members::Member;
use riverbank_store::refreshes::{self, DueRefresh};
use riverbank_store::{StoreError, Tx, member_credentials};

use super::source::Source;
use crate::members::{JobRequest, has_credentials, touch};
use crate::{Engine, Fault};

/// A refresh that could not begin for longer than this was missed.
const LATE: SignedDuration = SignedDuration::from_mins(10);
/// What was missed is spread over as much time as it was missed by, but over no more than this.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The moments at which members are to be refreshed.
pub(super) struct Refreshes;

#[async_trait]
impl Source for Refreshes {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        refreshes::next(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        // A clock that is fast passes much between two looks.
        let speed = i32::try_from(engine.parts.clock.speed().max(1)).unwrap_or(1);
        let late = now.checked_sub(LATE * speed).unwrap_or(Timestamp::MIN);
        let reader = engine.store().read().await?;
        let due = refreshes::due(&reader, now).await?;
        drop(reader);
        if due.is_empty() {
            return Ok(0);
        }
        if due.iter().any(|one| one.next_refresh_at < late) {
            // A member that was missed by so much waits as much again, by whole days less: so what fell due while nobody
            // was there comes as spread as it would have, within a day, and the load is never more than doubled.
            let spread =
                engine.store().write(async move |tx| refreshes::spread(tx, late, now, DAY).await).await?;
            return Ok(usize::try_from(spread).unwrap_or(usize::MAX));
        }
        engine.catalogue().await?;
        engine.refresh_all(due, now).await
    }
}

impl Engine {
    /// Starts the refreshes that are due; how many are no longer. All in one unit of work, but if that fails each by
    /// itself, so that one that cannot be read holds no other up.
    async fn refresh_all(&self, due: Vec<DueRefresh>, now: Timestamp) -> Result<usize, Fault> {
        let (engine, all) = (self.clone(), due.clone());
        let together = self.store().write(async move |tx| {
            let mut done = 0;
            for one in &all {
                done += usize::from(engine.refresh(tx, one, now).await?);
            }
            Ok::<_, Fault>(done)
        });
        match together.await {
            Err(fault) if !matches!(fault, Fault::Unavailable(_)) => {
                fault.log("members are refreshed one by one");
            }
            other => return other,
        }
        let mut done = 0;
        for one in due {
            let (engine, member) = (self.clone(), one.guid.clone());
            match self.store().write(async move |tx| engine.refresh(tx, &one, now).await).await {
                Ok(is_done) => done += usize::from(is_done),
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => {
                    tracing::error!(%member, error = &fault as &dyn std::error::Error, "a member could not be refreshed");
                }
            }
        }
        Ok(done)
    }

    /// Starts the job of a member that is due, or puts it off; false when another node has, or is about to.
    async fn refresh(&self, tx: &Tx, due: &DueRefresh, now: Timestamp) -> Result<bool, Fault> {
        let locked = refreshes::lock(tx, &due.user_guid, &due.guid).await?;
        let Some(mut member) = locked.filter(|member| member.next_refresh_at.is_some_and(|at| at <= now))
        else {
            return Ok(false);
        };
        // A version before this one writes members without it.
        let next = member.next_refresh(now);
        if next.is_none_or(|next| next > now && !member.is_ahead_of(now)) {
            refreshes::put(tx, &member, next).await?;
        } else if due.is_barred || !self.may_be_refreshed(tx, &member).await? {
            let tomorrow = now.checked_add(SignedDuration::from_micros(1)).ok();
            refreshes::put(tx, &member, tomorrow.and_then(|from| next_time(&member.guid, from))).await?;
        } else {
            touch(&mut member, now);
            let request = JobRequest { is_background: true, ..JobRequest::default() };
            self.start_job(tx, &mut member, request, now).await?;
        }
        Ok(true)
    }

    /// Whether its institution allows it, and the member has what it takes to sign in.
    async fn may_be_refreshed(&self, tx: &Tx, member: &Member) -> Result<bool, Fault> {
        let catalogue = self.known_catalogue();
        let Some(institution) = catalogue.get(&member.institution_guid) else { return Ok(false) };
        if institution.background_aggregation_is_disabled || institution.is_stopped {
            return Ok(false);
        }
        let stored = member_credentials::of_member(tx, &member.user_guid, &member.guid).await?;
        let stored: Vec<CredentialGuid> = stored.into_iter().map(|row| row.credential_guid).collect();
        Ok(has_credentials(member, institution, &stored))
    }
}
