//! What a visit still wants to find out of a member: its pages start it when they are looked at, and the end of a job leads on
//! to it when nobody looks any more.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_model::job::JobKind;
use riverbank_model::limits::THROTTLE;
use riverbank_store::members::Member;
use riverbank_store::{Tx, jobs, page_sessions};

use super::{PageOptions, Visit};
use crate::members::JobRequest;
use crate::sessions::DEAD_AFTER;
use crate::{Caller, Engine, Fault};

/// A job that a visit leads to.
pub(crate) struct JobOfVisit {
    pub(crate) request: JobRequest,
    /// What the audit calls it.
    pub(crate) action: &'static str,
}

impl Engine {
    /// Writes that a visit has come to a connection: as long as it lives, the end of a job of that one leads on to what the
    /// visit is to find out.
    pub async fn come_to(&self, visit: &Visit, member: &MemberGuid) -> Result<(), Fault> {
        let options = &visit.options;
        if visit.member.as_ref() == Some(member) || (options.gathers().is_empty() && !options.starts_jobs()) {
            return Ok(());
        }
        let (user, session, member) = (visit.caller.user.clone(), visit.guid.clone(), member.clone());
        let written = self
            .store()
            .write(async move |tx| page_sessions::look_at(tx, &user, &session, &member).await)
            .await
            .map_err(Fault::from);
        // Where the disk is full, what can be read is still read.
        match written {
            Err(fault @ Fault::Unavailable(_)) => fault.log("where a visit came to could not be written"),
            other => other?,
        }
        Ok(())
    }

    /// The job that follows for a locked member without a live one by the visit that came to it and was used last, while
    /// that one lives; none where client or institution have not what it takes.
    pub(crate) async fn job_of_visit(&self, tx: &Tx, member: &Member) -> Result<Option<JobOfVisit>, Fault> {
        let since = self.now().checked_sub(DEAD_AFTER).map_err(Fault::internal)?;
        let options = page_sessions::looks_at(tx, &member.user_guid, &member.guid, since).await?;
        let Some(options) = options else { return Ok(None) };
        let options: PageOptions = serde_json::from_str(&options).map_err(Fault::internal)?;
        let Some(kind) = self.next_wanted(tx, member, &options).await? else { return Ok(None) };
        let Some(action) = self.may_follow(tx, member, kind).await? else { return Ok(None) };
        let wanted = options.include_transactions;
        let request = match kind {
            JobKind::Aggregation => {
                JobRequest { transactions: wanted.unwrap_or(true), ..JobRequest::default() }
            }
            _ => JobRequest {
                kind,
                transactions: wanted == Some(true),
                holdings: false,
                ..JobRequest::default()
            },
        };
        Ok(Some(JobOfVisit { request, action }))
    }

    /// The job that a visit wants next of a member without a live one, if there is any: the first when the member has just
    /// been made, or has new credentials, that no job has tried; then what [`Self::lacking`] says.
    pub async fn next_page_job(
        &self,
        member: &Member,
        options: &PageOptions,
    ) -> Result<Option<JobKind>, Fault> {
        self.next_wanted(&*self.store().read().await?, member, options).await
    }

    async fn next_wanted(
        &self,
        tx: &Tx,
        member: &Member,
        options: &PageOptions,
    ) -> Result<Option<JobKind>, Fault> {
        match member.connection_status {
            Some(ConnectionStatus::Created | ConnectionStatus::Updated) => {
                Ok(options.starts_jobs().then(|| options.first_job()))
            }
            Some(ConnectionStatus::Connected) => {
                self.lacking_of(tx, (&member.user_guid, &member.guid), options).await
            }
            _ => Ok(None),
        }
    }

    /// The first of what a visit finds out that was not found out within the throttle window.
    pub async fn lacking(
        &self,
        caller: &Caller,
        member: &MemberGuid,
        options: &PageOptions,
    ) -> Result<Option<JobKind>, Fault> {
        self.lacking_of(&*self.store().read().await?, (&caller.user, member), options).await
    }

    async fn lacking_of(
        &self,
        tx: &Tx,
        (user, member): (&UserGuid, &MemberGuid),
        options: &PageOptions,
    ) -> Result<Option<JobKind>, Fault> {
        let wanted = options.gathers();
        if wanted.is_empty() {
            return Ok(None);
        }
        let since = self.now().checked_sub(THROTTLE).map_err(Fault::internal)?;
        let done = jobs::kinds_done_since(tx, user, member, since).await?;
        Ok(wanted.into_iter().find(|kind| !done.contains(kind)))
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::SecretText;
    use riverbank_model::feature::Feature;
    use riverbank_store::members;

    use super::*;
    use crate::pages::{Opening, PageMode, Whose};
    use crate::testing::{Bench, on_both_engines};

    fn numbers_and_owners() -> PageOptions {
        PageOptions { mode: PageMode::Verification, include_identity: true, ..PageOptions::default() }
    }

    /// A member of a user whose visit has come to it, and whose first job is still to run.
    async fn come_to(bench: &Bench, options: PageOptions) -> (Caller, MemberGuid) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "U-1").await.caller;
        let (acme, _) = bench.user("acme", "U-1").await;
        let made = bench.engine.create_page(&acme, Whose::Id("U-1".to_owned()), options).await.unwrap();
        let address = SecretText::from(made.url.rsplit('/').next().unwrap());
        let token = bench.engine.open_page(&address, Opening::default()).await.unwrap().unwrap();
        let member = bench.mx_bank_member(&caller, "any").await.member.guid;
        let visit = async || bench.engine.authenticate_page(&token).await.unwrap().unwrap();
        bench.engine.come_to(&visit().await, &member).await.unwrap();
        assert_eq!(visit().await.member.as_ref(), Some(&member));
        (caller, member)
    }

    /// What was found out of a member.
    async fn found_out(bench: &Bench, caller: &Caller, member: &MemberGuid) -> Vec<JobKind> {
        bench.run_jobs().await;
        let reader = bench.engine.store().read().await.unwrap();
        let since = jiff::Timestamp::UNIX_EPOCH;
        let kinds = jobs::kinds_done_since(&reader, &caller.user, member, since).await.unwrap();
        let known = members::find(&reader, &caller.user, member).await.unwrap().unwrap();
        assert_eq!((known.connection_status, known.live_job_guid), (Some(ConnectionStatus::Connected), None));
        JobKind::ALL.into_iter().filter(|kind| kinds.contains(kind)).collect()
    }

    on_both_engines! {
        async fn the_end_of_a_job_leads_on_to_what_the_visit_is_to_find_out(bench: &Bench) {
            let (caller, member) = come_to(bench, numbers_and_owners()).await;
            let kinds = [JobKind::Aggregation, JobKind::Verification, JobKind::Identification];
            assert_eq!(found_out(bench, &caller, &member).await, kinds);
        }

        async fn nothing_follows_when_the_visit_is_dead(bench: &Bench) {
            let (caller, member) = come_to(bench, numbers_and_owners()).await;
            bench.advance(31 * 60);
            assert_eq!(found_out(bench, &caller, &member).await, [JobKind::Aggregation]);
        }

        async fn nothing_follows_that_the_client_may_not_find_out_any_more(bench: &Bench) {
            let (caller, member) = come_to(bench, numbers_and_owners()).await;
            bench.clients().set_feature("acme", Feature::Identification, false).await.unwrap();
            let kinds = [JobKind::Aggregation, JobKind::Verification];
            assert_eq!(found_out(bench, &caller, &member).await, kinds);
        }

        async fn nothing_follows_from_a_visit_that_is_to_find_out_nothing(bench: &Bench) {
            let caller = bench.session("acme", "U-1").await.caller;
            bench.engine.load_test_banks().await.unwrap();
            let member = bench.mx_bank_member(&caller, "any").await.member.guid;
            assert_eq!(found_out(bench, &caller, &member).await, [JobKind::Aggregation]);
        }

        async fn what_is_wanted_is_found_out_in_turn_and_anew_after_three_hours(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let options = numbers_and_owners();
            let made = bench.mx_bank_member(&caller, "any").await.member;
            let next = async || {
                let view = bench.engine.read_member(&caller, &made.guid).await.unwrap().unwrap();
                bench.engine.next_page_job(&view.member, &options).await.unwrap()
            };
            assert_eq!(next().await, Some(JobKind::Verification), "CREATED, whatever runs");
            bench.run_jobs().await;
            assert_eq!(next().await, Some(JobKind::Verification));
            bench.engine.verify_member(&caller, &made.guid, false).await.unwrap();
            bench.run_jobs().await;
            assert_eq!(next().await, Some(JobKind::Identification));
            bench.engine.identify_member(&caller, &made.guid, false).await.unwrap();
            bench.run_jobs().await;
            assert_eq!(next().await, None);
            bench.advance(3 * 60 * 60 + 1);
            assert_eq!(next().await, Some(JobKind::Verification));
            let plain = PageOptions::default();
            assert_eq!(bench.engine.lacking(&caller, &made.guid, &plain).await.unwrap(), None);
        }
    }
}
