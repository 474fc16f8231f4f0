//! What a member went through, from all that is kept of it: its jobs, its statuses, what was asked, what partners were told,
//! which requests touched it, and what was done to it.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_store::audit::{self, AuditRow};
use riverbank_store::jobs::Job;
use riverbank_store::jobs::log;
use riverbank_store::member_requests::{self, MemberRequests};
use riverbank_store::webhook_messages::{self, Message};
use riverbank_store::{member_history, members};

use crate::{Engine, Fault};

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Happening {
    /// The end user was asked this. What was answered is not kept.
    Asked(String),
    /// Its status changed.
    Status {
        /// What it was.
        was: Option<ConnectionStatus>,
        /// What it became.
        became: Option<ConnectionStatus>,
    },
    /// A job was made; what came of it stands in the job.
    Job(Box<Job>),
    /// A partner's endpoint was, or is to be, told.
    Told(Box<Message>),
    /// It was asked for something, this often in the minute that began then.
    Requests(Box<MemberRequests>),
    /// A partner, its user or an operator did something to it.
    Done(AuditRow),
}

/// When something happened.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When; business time.
    pub at: Timestamp,
    /// What.
    pub happening: Happening,
}

impl Engine {
    /// What happened to a live member at `until` or before, the newest first: `limit` moments after the first `skip`. None when
    /// there is no such member.
    pub async fn timeline(
        &self,
        guid: &MemberGuid,
        until: Timestamp,
        limit: i64,
        skip: i64,
    ) -> Result<Option<Vec<Moment>>, Fault> {
        let Some(key) = self.owner_of(guid).await? else { return Ok(None) };
        let reader = self.store().read().await?;
        if members::find(&reader, &key.user_guid, guid).await?.is_none() {
            return Ok(None);
        }
        // Of each kind as many as could be wanted: the first of all are among the first of each.
        let most = limit.saturating_add(skip);
        let lived = member_history::list(&reader, &key, until, most).await?;
        let jobs = log::of_member(&reader, &key, until, most).await?;
        let told = webhook_messages::of_lane(&reader, &key.user_guid, guid.as_str(), until, most).await?;
        let asked = member_requests::list(&reader, &key, until, most).await?;
        let done = audit::of_subject(&reader, &key.user_guid, guid.as_str(), until, most).await?;
        let mut all: Vec<Moment> = Vec::new();
        all.extend(lived.into_iter().map(|one| Moment {
            at: one.at,
            happening: match one.asked {
                Some(asked) => Happening::Asked(asked),
                None => Happening::Status { was: one.was, became: one.became },
            },
        }));
        all.extend(
            told.into_iter().map(|one| Moment { at: one.created_at, happening: Happening::Told(one.into()) }),
        );
        all.extend(
            jobs.into_iter().map(|one| Moment { at: one.created_at, happening: Happening::Job(one.into()) }),
        );
        all.extend(done.into_iter().map(|one| Moment { at: one.at, happening: Happening::Done(one) }));
        all.extend(
            asked.into_iter().map(|one| Moment { at: one.at, happening: Happening::Requests(one.into()) }),
        );
        // The sort keeps the order of what happened at once.
        all.sort_by_key(|moment| std::cmp::Reverse(moment.at));
        let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(Some(all.into_iter().skip(place(skip)).take(place(limit)).collect()))
    }
}
