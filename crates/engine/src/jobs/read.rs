//! Reading a job: `GET /jobs/{job_guid}`.

use riverbank_model::guid::JobGuid;
use riverbank_store::jobs::{self, Job};

use crate::{Caller, Engine, Fault};

impl Engine {
    /// A job of the caller whose member is not deleted.
    pub async fn read_job(&self, caller: &Caller, guid: &JobGuid) -> Result<Option<Job>, Fault> {
        let reader = self.parts.store.read().await?;
        Ok(jobs::find(&reader, &caller.user, guid).await?)
    }
}
