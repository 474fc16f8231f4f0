//! Ending all sessions of a user: `DELETE /users/{id}/sessions` of the partner face.

use riverbank_store::{page_sessions, sessions, users};

use super::record;
use crate::clients::Partner;
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// Why no sessions are ended.
#[derive(Debug, thiserror::Error)]
pub enum DeleteSessionsError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DeleteSessionsError);

impl Engine {
    /// Ends every session of the partner's user with this id, and every visit to its pages. API tokens and addresses of
    /// pages that are not spent stay good.
    pub async fn delete_sessions(&self, partner: &Partner, id: &str) -> Result<(), DeleteSessionsError> {
        let (client, id, now) = (partner.guid.clone(), id.to_owned(), self.now());
        let writing = self.store().write(async move |tx| {
            let user = users::find_by_partner_id(tx, &client, &id).await?;
            let user = user.ok_or(DeleteSessionsError::NoSuchUser)?.guid;
            let ended = sessions::delete_of_user(tx, &user).await?;
            page_sessions::delete_of_user(tx, &user).await?;
            let caller = Caller { client, user, callback_payload: None };
            let detail = format!("{{\"ended\":{ended}}}");
            Ok(record(tx, &caller, "sessions.delete_all", detail, now).await?)
        });
        writing.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn all_sessions_of_one_user_end_and_nobody_elses(bench: &Bench) {
            let (mine, theirs) = (bench.session("acme", "U-1").await, bench.session("acme", "U-2").await);
            let (acme, _) = bench.user("acme", "U-1").await;
            bench.engine.delete_sessions(&acme, "U-1").await.unwrap();
            assert_eq!(bench.engine.authenticate(&mine.token).await.unwrap(), None);
            assert!(bench.engine.authenticate(&theirs.token).await.unwrap().is_some());
            let other = bench.partner("other").await;
            let refused = bench.engine.delete_sessions(&other, "U-2").await.unwrap_err();
            assert!(matches!(refused, DeleteSessionsError::NoSuchUser));
        }
    }
}
