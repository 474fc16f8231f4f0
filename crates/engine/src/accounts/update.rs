//! Changing an account: `PUT /accounts/{account_guid}`.

use riverbank_model::given::GivenFacts;
use riverbank_model::guid::AccountGuid;
use riverbank_model::webhook::Action;
use riverbank_store::accounts;
use riverbank_store::{StoreError, Tx, members};

use super::{AccountView, in_force, read_facts, read_given};
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What a user writes of an account; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct AccountChanges {
    /// Facts, which stand over those of the feed from now on.
    pub given: GivenFacts,
    /// Left out by the user.
    pub is_hidden: Option<bool>,
    /// Free text of the partner.
    pub metadata: Option<String>,
}

/// A currency that cannot be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("currency_code must be three capital letters.")]
pub struct InvalidCurrency;

/// The changes to an account.
#[derive(Clone, Debug, Default)]
pub struct UpdateAccount {
    /// What is written.
    pub fields: AccountChanges,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why an account is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateAccountError {
    /// There is none, or it is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// It would have no name.
    #[error("name must not be empty.")]
    NoName,
    /// Its currency would be none.
    #[error(transparent)]
    Currency(#[from] InvalidCurrency),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateAccountError);

impl AccountChanges {
    /// What can be said of the values themselves.
    pub(super) fn check(&self) -> Result<(), InvalidCurrency> {
        check_currency(self.given.currency_code.as_deref())
    }
}

/// Whether a currency is written as ISO 4217 writes them.
pub(crate) fn check_currency(code: Option<&str>) -> Result<(), InvalidCurrency> {
    let is_one = |code: &str| code.len() == 3 && code.bytes().all(|letter| letter.is_ascii_uppercase());
    if code.is_none_or(is_one) { Ok(()) } else { Err(InvalidCurrency) }
}

impl Engine {
    /// Changes an account of the caller.
    pub async fn update_account(
        &self,
        caller: &Caller,
        guid: &AccountGuid,
        request: UpdateAccount,
    ) -> Result<AccountView, UpdateAccountError> {
        let UpdateAccount { fields, skip_webhook } = request;
        if fields.given.name.as_ref().is_some_and(String::is_empty) {
            return Err(UpdateAccountError::NoName);
        }
        fields.check()?;
        let catalogue = self.catalogue().await?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let (mut account, member) =
                lock_account(tx, &caller, &guid).await?.ok_or(UpdateAccountError::NoSuchAccount)?;
            let before = account.clone();
            let mut given = read_given(&account)?;
            given.take(fields.given);
            account.account_type = given.account_type.unwrap_or(read_facts(&account)?.account_type);
            account.given =
                serde_json::to_string(&given).map_err(|error| Fault::Internal(Box::new(error)))?;
            account.is_hidden = fields.is_hidden.unwrap_or(account.is_hidden);
            account.metadata = fields.metadata.or(account.metadata);
            if account != before {
                account.revision += 1;
                account.updated_at = engine.now();
                accounts::store(tx, &account).await?;
                let did = in_force(&before)?.balance;
                engine.complete_goals(tx, (&account, &member), did, skip_webhook).await?;
                record(tx, &caller, "accounts.update", &account.guid, skip_webhook, account.updated_at)
                    .await?;
                if !skip_webhook {
                    let mut news = News::of_member(&engine, tx, &member).await?;
                    news.account(&account, &member, Action::Updated)?;
                    news.write().await?;
                }
            }
            Ok::<_, UpdateAccountError>((account, member))
        });
        let (account, member) = writing.await?;
        Ok(AccountView::of_member(account, &member, &catalogue)?)
    }
}

/// A live account of the caller with its member, which is locked: whoever changes an account or what stands in it holds
/// its member.
pub(crate) async fn lock_account(
    tx: &Tx,
    caller: &Caller,
    guid: &AccountGuid,
) -> Result<Option<(accounts::Account, members::Member)>, StoreError> {
    let Some(account) = accounts::find(tx, &caller.user, guid).await? else { return Ok(None) };
    let Some(member) = members::lock(tx, &caller.user, &account.member_guid).await? else { return Ok(None) };
    // As it is now that nobody else changes it.
    let account = accounts::find(tx, &caller.user, guid).await?;
    Ok(account.map(|account| (account, member)))
}

#[cfg(test)]
mod tests {
    use riverbank_model::account::{AccountType, SetBy};

    use super::*;
    use crate::accounts::DeleteAccountError;
    use crate::provenance::Provenance as _;
    use crate::testing::{Bench, nobodys, on_both_engines};

    fn named(name: &str) -> UpdateAccount {
        let given = GivenFacts { name: Some(name.into()), ..GivenFacts::default() };
        UpdateAccount { fields: AccountChanges { given, ..AccountChanges::default() }, skip_webhook: false }
    }

    async fn fed(bench: &Bench) -> (Caller, AccountView) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "u").await.caller;
        let member = bench.mx_bank_member(&caller, "any").await.member.guid;
        bench.run_jobs().await;
        let list =
            bench.engine.list_member_accounts(&caller, &member, crate::Page::new(1, 25)).await.unwrap();
        (caller, list.unwrap().accounts.remove(0))
    }

    on_both_engines! {
        async fn what_is_written_is_the_users_and_the_feeds_word_is_kept(bench: &Bench) {
            let (caller, account) = fed(bench).await;
            let (guid, told) = (&account.account.guid, account.facts.name.clone());
            bench.advance(60);
            let mut request = named("Mine");
            request.fields.given.account_type = Some(AccountType::Savings);
            let changed = bench.engine.update_account(&caller, guid, request).await.unwrap();
            assert_eq!((&*changed.facts.name, changed.account.account_type), ("Mine", AccountType::Savings));
            assert_eq!(changed.told().map(|told| &told.name), Some(&told));
            assert_eq!(changed.set_by("name", SetBy::Feed), SetBy::User);
            assert_eq!(changed.set_by("balance", SetBy::Feed), SetBy::Feed);
            assert_eq!((changed.account.revision, changed.account.updated_at), (2, bench.engine.now()));
            let again = bench.engine.update_account(&caller, guid, named("Mine")).await.unwrap();
            assert_eq!(again.account, changed.account, "what changes nothing is no change");
        }

        async fn accounts_are_changed_and_deleted_by_their_user_alone(bench: &Bench) {
            let (caller, account) = fed(bench).await;
            let stranger = bench.session("acme", "v").await.caller;
            for (caller, guid) in [(&stranger, account.account.guid.clone()), (&caller, nobodys())] {
                let refused = bench.engine.update_account(caller, &guid, named("Mine")).await;
                assert!(matches!(refused, Err(UpdateAccountError::NoSuchAccount)));
                let refused = bench.engine.delete_account(caller, &guid, false).await;
                assert!(matches!(refused, Err(DeleteAccountError::NoSuchAccount)));
            }
            let refused = bench.engine.update_account(&caller, &account.account.guid, named("")).await;
            assert!(matches!(refused, Err(UpdateAccountError::NoName)));
            let refused = bench.engine.delete_account(&caller, &account.account.guid, false).await;
            assert!(matches!(refused, Err(DeleteAccountError::NotManual)));
        }
    }
}
