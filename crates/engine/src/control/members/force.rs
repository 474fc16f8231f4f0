//! Putting a member in a status: `PUT /control/members/{member_guid}/connection_status`.

use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::limits::OAUTH_PENDING;
use riverbank_model::webhook::Action;
use riverbank_store::members;

use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::members::{record, touch};
use crate::webhooks::News;
use crate::{Engine, Fault};

/// Why a member is not put in a status.
#[derive(Debug, thiserror::Error)]
pub enum ForceStatusError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is none.
    #[error("no such member")]
    NoSuchMember,
    /// PENDING belongs to OAuth.
    #[error("connection_status PENDING is for OAuth members only.")]
    PendingWithoutOauth,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ForceStatusError);

impl Engine {
    /// Puts a member in a status, from any and at any institution. Its job ends, its questions are taken back.
    ///
    /// CHALLENGED asks one question, whose right answer is `correct`; PENDING lasts an hour.
    pub async fn force_status(
        &self,
        guid: &MemberGuid,
        status: ConnectionStatus,
    ) -> Result<(), ForceStatusError> {
        demand_sandbox(self)?;
        let key = self.owner_of(guid).await?.ok_or(ForceStatusError::NoSuchMember)?;
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            let member = members::lock(tx, &key.user_guid, &key.guid).await?;
            let mut member = member.ok_or(ForceStatusError::NoSuchMember)?;
            let is_pending = status == ConnectionStatus::Pending;
            if is_pending && !member.is_oauth {
                return Err(ForceStatusError::PendingWithoutOauth);
            }
            let now = engine.now();
            let before = member.connection_status;
            engine.force(tx, &mut member, status, now).await?;
            member.pending_expires_at = if is_pending { now.checked_add(OAUTH_PENDING).ok() } else { None };
            touch(&mut member, now);
            members::save(tx, &member).await?;
            record(tx, &member, "members.force", false).await?;
            let mut news = News::of_member(&engine, tx, &member).await?;
            news.member(&member, Action::Updated)?;
            news.status(&member, before)?;
            Ok(news.write().await?)
        });
        writing.await
    }
}
