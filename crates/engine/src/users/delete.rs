//! Deleting a user: `DELETE /users/{id}` of the partner face.

use riverbank_store::users;

use super::record;
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
    /// credentials and jobs, accounts, transactions. A job that is running finds nothing to write to. The id may be
    /// used again; it gets another guid.
    pub async fn delete_user(
        &self,
        partner: &Partner,
        id: &str,
        skip_webhook: bool,
    ) -> Result<(), DeleteUserError> {
        let (client, id, now) = (partner.guid.clone(), id.to_owned(), self.now());
        let writing = self.store().write(async move |tx| {
            let found = users::lock_by_partner_id(tx, &client, &id).await?;
            let user = found.ok_or(DeleteUserError::NoSuchUser)?;
            users::delete(tx, &user).await?;
            record(tx, &user, "users.delete", skip_webhook, now).await?;
            Ok(())
        });
        writing.await
    }
}
