//! What operators look at, over all users, and what they do for them: by the very operations that partners and test suites
//! call, where there is one.

mod disable;
mod find;
mod institutions;
mod jobs;
mod people;
mod requests;
#[cfg(test)]
mod tests;
mod timeline;

pub use disable::{DisableMemberError, Pause};
pub use find::{Found, Thing};
pub use institutions::{InstitutionHealth, SwitchError};
pub use jobs::{JobList, RetryError};
pub use people::{MemberPage, UserPage};
pub use requests::{MemberRequest, Requests};
pub use riverbank_store::jobs::log::{Open, Which};
pub use riverbank_store::jobs::steps::JobStep;
pub use riverbank_store::jobs::{Job, JobState};
pub use timeline::{Happening, Moment};

use riverbank_store::members::Member;

use crate::Caller;

/// On whose behalf something is done for a member by an operator: its user's.
fn in_the_name_of(member: &Member) -> Caller {
    Caller { client: member.client_guid.clone(), user: member.user_guid.clone(), callback_payload: None }
}
