//! Deleting a user: `DELETE /users/{id}` of the partner face.

use riverbank_model::webhook::Action;
use riverbank_store::users;

use super::{record, tell};
use crate::clients::Partner;
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why a user cannot be deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteUserError {
    /// The client has no user with this id.
    #[error("User not found.")]
    NoSuchUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DeleteUserError);

impl Engine {
    /// Deletes the partner's user with this id for good, with all that it owns: sessions, tokens, members, their
    /// credentials and jobs, accounts, transactions. Consents are given back to their institutions, each by itself. A
    /// job that is running finds nothing to write to. The id may be used again; it gets another guid.
    pub async fn delete_user(
        &self,
        partner: &Partner,
        id: &str,
        skip_webhook: bool,
    ) -> Result<(), DeleteUserError> {
        let (engine, now) = (self.clone(), self.now());
        let (client, id) = (partner.guid.clone(), id.to_owned());
        let writing = self.store().write(async move |tx| {
            let found = users::lock_by_partner_id(tx, &client, &id).await?;
            let user = found.ok_or(DeleteUserError::NoSuchUser)?;
            users::delete(tx, &user, now).await?;
            record(tx, &user, "users.delete", skip_webhook, now).await?;
            tell(&engine, tx, &user, Action::Deleted, skip_webhook).await?;
            Ok(())
        });
        writing.await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sessions::{CreateSession, CreateSessionError};
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn an_id_is_free_again_and_gives_another_guid(bench: &Bench) {
            let (acme, first) = bench.user("acme", "U-1").await;
            let session = bench.session("acme", "U-1").await;
            bench.engine.delete_user(&acme, "U-1", false).await.unwrap();
            assert_eq!(bench.engine.authenticate(&session.token).await.unwrap(), None);
            let again = bench.engine.delete_user(&acme, "U-1", false).await.unwrap_err();
            assert!(matches!(again, DeleteUserError::NoSuchUser), "{again:?}");
            let (_, second) = bench.user("acme", "U-1").await;
            assert_ne!(second.guid, first.guid);
            assert_eq!(bench.engine.authenticate(&session.token).await.unwrap(), None);
        }

        async fn another_clients_user_stays(bench: &Bench) {
            let (acme, user) = bench.user("acme", "U-1").await;
            let other = bench.partner("other").await;
            let refused = bench.engine.delete_user(&other, "U-1", false).await.unwrap_err();
            assert!(matches!(refused, DeleteUserError::NoSuchUser), "{refused:?}");
            assert_eq!(bench.engine.read_user(&acme, "U-1").await.unwrap(), Some(user));
        }

        async fn a_session_that_opens_while_its_user_is_deleted_is_dead_or_refused(bench: &Bench) {
            for _ in 0..10 {
                let (acme, _) = bench.user("acme", "U-1").await;
                let token = bench.engine.create_api_token(&acme, "U-1").await.unwrap();
                let opening = bench.engine.create_session(&token, CreateSession::default());
                let (opened, deleted) = tokio::join!(opening, bench.engine.delete_user(&acme, "U-1", false));
                deleted.unwrap();
                match opened {
                    Ok(session) => assert_eq!(bench.engine.authenticate(&session.token).await.unwrap(), None),
                    Err(error) => assert!(matches!(error, CreateSessionError::TokenRefused), "{error:?}"),
                }
            }
        }
    }
}
