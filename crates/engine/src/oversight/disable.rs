//! Pausing a member: DISABLED, until it is let go on.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::webhook::Action;
use riverbank_store::members::{self, Member};

use crate::fault::faults;
use crate::members::{record, touch};
use crate::webhooks::News;
use crate::{Engine, Fault};

/// What is done to a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pause {
    /// DISABLED: importing is paused, and nobody starts a job.
    Begins,
    /// RECONNECTED: it is to be connected again, by an aggregation of its own.
    Ends,
}

/// Why a member is neither paused nor let go on.
#[derive(Debug, thiserror::Error)]
pub enum DisableMemberError {
    /// There is none.
    #[error("no such member")]
    NoSuchMember,
    /// It holds what its user makes by hand.
    #[error("This member never connects: there is nothing to pause.")]
    Manual,
    /// Its end user is at the institution's page.
    #[error("This member waits for its end user to sign in, for an hour at most.")]
    Pending,
    /// It cannot go on that is not paused.
    #[error("This member is not DISABLED.")]
    NotDisabled,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DisableMemberError);

impl Engine {
    /// Pauses a member of any user, whose job and questions end, or lets it go on.
    pub async fn disable_member(&self, guid: &MemberGuid, pause: Pause) -> Result<(), DisableMemberError> {
        // What is told of a member names its institution.
        self.catalogue().await?;
        let key = self.owner_of(guid).await?.ok_or(DisableMemberError::NoSuchMember)?;
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            let member = members::lock(tx, &key.user_guid, &key.guid).await?;
            let mut member = member.ok_or(DisableMemberError::NoSuchMember)?;
            let Some((status, action)) = next(&member, pause)? else { return Ok(()) };
            let (now, before) = (engine.now(), member.connection_status);
            engine.force(tx, &mut member, status, now).await?;
            touch(&mut member, now);
            members::save(tx, &member).await?;
            record(tx, &member, action, false).await?;
            let mut news = News::of_member(&engine, tx, &member).await?;
            news.member(&member, Action::Updated)?;
            news.status(&member, before)?;
            Ok(news.write().await?)
        });
        writing.await
    }
}

/// The status that comes, and what the audit calls it; none where it is so already.
fn next(
    member: &Member,
    pause: Pause,
) -> Result<Option<(ConnectionStatus, &'static str)>, DisableMemberError> {
    let is_disabled = member.connection_status == Some(ConnectionStatus::Disabled);
    match (member.connection_status, pause) {
        (None, _) => Err(DisableMemberError::Manual),
        (Some(ConnectionStatus::Pending), _) => Err(DisableMemberError::Pending),
        (_, Pause::Begins) if is_disabled => Ok(None),
        (_, Pause::Begins) => Ok(Some((ConnectionStatus::Disabled, "members.disable"))),
        (_, Pause::Ends) if is_disabled => Ok(Some((ConnectionStatus::Reconnected, "members.enable"))),
        (_, Pause::Ends) => Err(DisableMemberError::NotDisabled),
    }
}
