//! Deleting an account that was made by hand: `DELETE /accounts/{account_guid}`.

use riverbank_model::guid::AccountGuid;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::{accounts, transactions};

use super::update::lock_account;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why an account is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteAccountError {
    /// There is none, or it is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// An institution tells of it.
    #[error("Only manually created accounts can be deleted.")]
    NotManual,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DeleteAccountError);

impl Engine {
    /// Deletes an account that the caller made by hand, with its transactions.
    pub async fn delete_account(
        &self,
        caller: &Caller,
        guid: &AccountGuid,
        skip_webhook: bool,
    ) -> Result<(), DeleteAccountError> {
        self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let found = lock_account(tx, &caller, &guid).await?;
            let (mut account, member) = found.ok_or(DeleteAccountError::NoSuchAccount)?;
            if !member.is_manual() {
                return Err(DeleteAccountError::NotManual);
            }
            let now = engine.now();
            account.revision += 1;
            account.updated_at = now;
            account.deleted_at = Some(now);
            if !skip_webhook {
                let mut news = News::of_member(&engine, tx, &member).await?;
                news.account(&account, &member, Action::Deleted)?;
                if news.hears(EventKind::Transaction) {
                    let mut rows = transactions::of_account(tx, &caller.user, &guid).await?;
                    for row in &mut rows {
                        row.deleted_at = Some(now);
                    }
                    news.transactions(rows, &member).await?;
                }
                news.write().await?;
            }
            transactions::hide_of_account(tx, &caller.user, &guid, now).await?;
            accounts::store(tx, &account).await?;
            record(tx, &caller, "accounts.delete", &account.guid, skip_webhook, now).await?;
            Ok(())
        });
        writing.await
    }
}
