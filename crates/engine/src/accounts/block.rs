//! Blocking an account: `PUT /accounts/{account_guid}/block`.

use riverbank_model::feed::AccountFacts;
use riverbank_model::guid::AccountGuid;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::holdings::{self, HoldingFilter};
use riverbank_store::{account_numbers, account_owners, accounts, raw_answers, transactions};

use super::update::lock_account;
use super::{AccountView, NOTHING_GIVEN, read_facts};
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why an account is not blocked.
#[derive(Debug, thiserror::Error)]
pub enum BlockAccountError {
    /// There is none, or it is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// No institution tells of it.
    #[error("Manually created accounts cannot be blocked.")]
    Manual,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(BlockAccountError);

impl Engine {
    /// Takes all but its name and kind from an account of the caller, with its transactions and holdings, for good: nothing
    /// of it is brought in any more. The raw answers that tell of it go as well.
    pub async fn block_account(
        &self,
        caller: &Caller,
        guid: &AccountGuid,
        skip_webhook: bool,
    ) -> Result<AccountView, BlockAccountError> {
        let catalogue = self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            let found = lock_account(tx, &caller, &guid).await?;
            let (mut account, member) = found.ok_or(BlockAccountError::NoSuchAccount)?;
            if member.is_manual() {
                return Err(BlockAccountError::Manual);
            }
            if account.is_blocked {
                return Ok((account, member));
            }
            let now = engine.now();
            let filter = HoldingFilter { account: Some(&guid), ..HoldingFilter::default() };
            let positions = holdings::list(tx, user, &filter).await?;
            if !skip_webhook {
                let mut news = News::of_member(&engine, tx, &member).await?;
                for holding in &positions {
                    news.holding(holding, &member, Action::Deleted)?;
                }
                if news.hears(EventKind::Transaction) {
                    let mut rows = transactions::of_account(tx, user, &guid).await?;
                    for row in &mut rows {
                        row.deleted_at = Some(now);
                    }
                    news.transactions(rows, &member).await?;
                }
                news.write().await?;
            }
            for holding in &positions {
                holdings::delete(tx, holding).await?;
            }
            transactions::hide_of_account(tx, user, &guid, now).await?;
            account_owners::forget_of_account(tx, user, &guid).await?;
            account_numbers::forget_of_account(tx, user, &guid).await?;
            raw_answers::forget(tx, user, &member.guid).await?;
            let told = read_facts(&account)?;
            let left = AccountFacts::new(told.account_type, told.name);
            account.feed = serde_json::to_string(&left).map_err(|error| Fault::Internal(Box::new(error)))?;
            account.account_type = left.account_type;
            NOTHING_GIVEN.clone_into(&mut account.given);
            account.metadata = None;
            account.is_blocked = true;
            account.revision += 1;
            account.updated_at = now;
            accounts::store(tx, &account).await?;
            record(tx, &caller, "accounts.block", &guid, skip_webhook, now).await?;
            Ok::<_, BlockAccountError>((account, member))
        });
        let (account, member) = writing.await?;
        Ok(AccountView::of_member(account, &member, &catalogue)?)
    }
}
