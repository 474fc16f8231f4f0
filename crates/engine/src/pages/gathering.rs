//! What a visit still wants to find out of a member.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobKind;
use riverbank_model::limits::THROTTLE;
use riverbank_store::jobs;
use riverbank_store::members::Member;

use super::PageOptions;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The job that a visit wants next of a member without a live one, if there is any: the first when the member has just
    /// been made, or has new credentials, that no job has tried; then what [`Self::lacking`] says.
    pub async fn next_page_job(
        &self,
        caller: &Caller,
        member: &Member,
        options: &PageOptions,
    ) -> Result<Option<JobKind>, Fault> {
        match member.connection_status {
            Some(ConnectionStatus::Created | ConnectionStatus::Updated) => {
                Ok(options.starts_jobs().then(|| options.first_job()))
            }
            Some(ConnectionStatus::Connected) => self.lacking(caller, &member.guid, options).await,
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
        let wanted = options.gathers();
        if wanted.is_empty() {
            return Ok(None);
        }
        let since = self.now().checked_sub(THROTTLE).map_err(Fault::internal)?;
        let reader = self.store().read().await?;
        let done = jobs::kinds_done_since(&reader, &caller.user, member, since).await?;
        Ok(wanted.into_iter().find(|kind| !done.contains(kind)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::PageMode;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn what_is_wanted_is_found_out_in_turn_and_anew_after_three_hours(bench: &Bench) {
            bench.engine.load_test_banks().await.unwrap();
            let caller = bench.session("acme", "U-1").await.caller;
            let options = PageOptions {
                mode: PageMode::Verification,
                include_identity: true,
                ..PageOptions::default()
            };
            let made = bench.mx_bank_member(&caller, "any").await.member;
            let next = async || {
                let view = bench.engine.read_member(&caller, &made.guid).await.unwrap().unwrap();
                bench.engine.next_page_job(&caller, &view.member, &options).await.unwrap()
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
