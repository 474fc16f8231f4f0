//! What is inside of a member: `GET /control/members/{member_guid}`.

use riverbank_model::guid::MemberGuid;
use riverbank_store::faults::FaultFilter;
use riverbank_store::jobs::{self, Job};
use riverbank_store::members::{self, Member};

use crate::control::PlannedFault;
use crate::members::NoSuchMember;
use crate::{Engine, Fault};

/// A member with what no partner sees of it.
#[derive(Clone, Debug)]
pub struct MemberState {
    /// The member.
    pub member: Member,
    /// How many jobs it ever had.
    pub attempts: i64,
    /// Its job that has not ended.
    pub job: Option<Job>,
    /// What is planned for it alone.
    pub faults: Vec<PlannedFault>,
}

impl Engine {
    /// What is inside of a member of any user.
    pub async fn member_state(&self, guid: &MemberGuid) -> Result<Result<MemberState, NoSuchMember>, Fault> {
        let Some(key) = self.owner_of(guid).await? else { return Ok(Err(NoSuchMember)) };
        let reader = self.store().read().await?;
        let Some(member) = members::find(&reader, &key.user_guid, guid).await? else {
            return Ok(Err(NoSuchMember));
        };
        let newest = match &member.most_recent_job_guid {
            Some(newest) => jobs::find(&reader, &key.user_guid, newest).await?,
            None => None,
        };
        drop(reader);
        let faults = self.planned(&FaultFilter { member: Some(guid), ..FaultFilter::default() }).await?;
        let attempts = newest.as_ref().map_or(0, |job| job.attempt);
        let job = newest.filter(|job| member.live_job_guid.as_ref() == Some(&job.guid));
        Ok(Ok(MemberState { member, attempts, job, faults }))
    }
}
