//! The objects of the static test endpoints: the same for everybody and at all times, and stored nowhere.
//!
//! A member is named by a word in place of an id: `test_member`, or the status that it is in (Nexus reference, test
//! endpoints). Its id, which answers show, names it as well.

use std::sync::Arc;

use jiff::Timestamp;
use riverbank_model::connection::{ConnectionStatus, Group};
use riverbank_model::guid::{self, ClientGuid, CredentialGuid, Guid, JobGuid, MemberGuid, UserGuid};
use riverbank_store::users::User;

use crate::institutions::Institution;
use crate::users::new_user;
use crate::{Caller, Engine, Fault};

/// The session token of the endpoints.
pub const TEST_SESSION: &str = "test_session";
/// The members that are CONNECTED and have a name of their own; the last three are those of verification and identity.
const CONNECTED: [&str; 4] = ["test_member", "test_nexus_member", "unverified", "unidentified"];
/// The statuses whose names name no member.
const UNNAMED: [ConnectionStatus; 2] = [ConnectionStatus::Expired, ConnectionStatus::Pending];
/// The institution of the members.
const BANK: &str = "mxbank";
/// When everything happened: 2016-10-13T18:07:57Z, the time in the samples of the reference.
pub(crate) const AT: Timestamp = Timestamp::constant(1_476_382_077, 0);

/// A member of the static test endpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedMember {
    name: &'static str,
    status: ConnectionStatus,
}

impl FixedMember {
    /// The member that `GET /members` lists and `POST /members` seems to make.
    pub const TEST_MEMBER: Self = Self { name: CONNECTED[0], status: ConnectionStatus::Connected };

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let connected = CONNECTED.into_iter().map(|name| Self { name, status: ConnectionStatus::Connected });
        let statuses = ConnectionStatus::ALL.iter().filter(|status| !UNNAMED.contains(status));
        connected.chain(statuses.map(|&status| Self { name: status.name(), status }))
    }

    /// The member with this name or id.
    pub fn find(name: &str) -> Option<Self> {
        Self::all().find(|member| member.name == name || member.guid().as_str() == name)
    }

    /// The member whose newest job has this id.
    pub fn of_job(guid: &JobGuid) -> Option<Self> {
        Self::all().find(|member| member.job_guid() == *guid)
    }

    /// Its name in paths.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Its id.
    pub fn guid(self) -> MemberGuid {
        self.own("")
    }

    /// The status that it is in.
    pub(crate) fn status(self) -> ConnectionStatus {
        self.status
    }

    /// The same member after something has happened to it.
    pub(crate) fn moved_to(self, status: ConnectionStatus) -> Self {
        Self { status, ..self }
    }

    /// The id of its newest job.
    pub(crate) fn job_guid(self) -> JobGuid {
        self.own("")
    }

    /// The id of its one question.
    pub(crate) fn challenge_guid(self) -> CredentialGuid {
        self.own("")
    }

    /// The id of what is called `part` of it.
    pub(crate) fn own<G: Guid>(self, part: &str) -> G {
        guid::fixed(&[TEST_SESSION, self.name, part])
    }

    /// Whether a job is at work on it or waits for answers.
    pub(crate) fn is_being_aggregated(self) -> bool {
        self.status.group() == Group::Processing || self.status == ConnectionStatus::Challenged
    }
}

/// The user of the session.
pub(crate) fn caller() -> Caller {
    Caller {
        client: guid::fixed::<ClientGuid>(&[TEST_SESSION]),
        user: guid::fixed::<UserGuid>(&[TEST_SESSION]),
        callback_payload: None,
    }
}

impl Engine {
    /// The user of the session.
    pub fn fixed_user(&self) -> User {
        let Caller { client, user, .. } = caller();
        User { logged_in_at: Some(AT), ..new_user(user, client, "test_user".to_owned(), AT) }
    }

    /// The institution of the members.
    pub async fn fixed_institution(&self) -> Result<Arc<Institution>, Fault> {
        let bank = self.catalogue().await?.by_code(BANK).cloned();
        bank.ok_or_else(|| Fault::internal("the static test endpoints need the institution mxbank"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_but_expired_and_pending_names_a_member() {
        for &status in ConnectionStatus::ALL {
            let named = FixedMember::find(status.name()).map(|member| member.status);
            assert_eq!(named, (!UNNAMED.contains(&status)).then_some(status));
        }
        assert_eq!(FixedMember::all().count(), 24);
        assert_eq!(FixedMember::find("connected"), None);
    }

    #[test]
    fn a_member_is_found_by_its_name_its_id_and_its_job() {
        for member in FixedMember::all() {
            assert_eq!(FixedMember::find(member.name()), Some(member));
            assert_eq!(FixedMember::find(member.guid().as_str()), Some(member));
            assert_eq!(FixedMember::of_job(&member.job_guid()), Some(member));
        }
    }
}
