//! Making an account by hand: `POST /accounts`.

use riverbank_model::account::AccountType;
use riverbank_model::guid::AccountGuid;
use riverbank_model::webhook::Action;
use riverbank_store::accounts::{self, Account};
use riverbank_store::members;

use super::{AccountChanges, AccountView, InvalidCurrency};
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What an account is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateAccount {
    /// Its facts, of which kind and name must be given.
    pub fields: AccountChanges,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why an account cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateAccountError {
    /// It has no name.
    #[error("name must not be empty.")]
    NoName,
    /// Its currency is none.
    #[error(transparent)]
    Currency(#[from] InvalidCurrency),
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateAccountError);

impl Engine {
    /// Makes an account of the caller by hand, under the member for what is made by hand.
    pub async fn create_account(
        &self,
        caller: &Caller,
        request: CreateAccount,
    ) -> Result<AccountView, CreateAccountError> {
        let CreateAccount { fields, skip_webhook } = request;
        if fields.given.name.as_ref().is_none_or(String::is_empty) {
            return Err(CreateAccountError::NoName);
        }
        fields.check()?;
        let given = serde_json::to_string(&fields.given).map_err(|error| Fault::Internal(Box::new(error)))?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let member = engine.manual_member(tx, &caller, skip_webhook).await?;
            let mut member = member.map_err(|_| CreateAccountError::NoUser)?;
            member.children_made += 1;
            members::save(tx, &member).await?;
            let guid: AccountGuid = engine.guid_within(&member.user_guid, &member.guid, member.children_made);
            let now = engine.now();
            let account = Account {
                user_guid: member.user_guid.clone(),
                feed_id: guid.to_string(),
                guid,
                member_guid: member.guid.clone(),
                number: member.children_made,
                account_type: fields.given.account_type.unwrap_or(AccountType::Any),
                feed: "{}".to_owned(),
                given,
                metadata: fields.metadata,
                is_hidden: fields.is_hidden.unwrap_or_default(),
                is_blocked: false,
                revision: 1,
                children_made: 0,
                created_at: now,
                updated_at: now,
                deleted_at: None,
            };
            accounts::store(tx, &account).await?;
            engine.join_plan_of_user(tx, &account).await?;
            record(tx, &caller, "accounts.create", &account.guid, skip_webhook, now).await?;
            if !skip_webhook {
                let mut news = News::of_member(&engine, tx, &member).await?;
                news.account(&account, &member, Action::Created)?;
                news.write().await?;
            }
            Ok::<_, CreateAccountError>((account, member))
        });
        let (account, member) = writing.await?;
        // The institution of what is made by hand may have been written with it.
        Ok(AccountView::of_member(account, &member, &*self.catalogue().await?)?)
    }
}

#[cfg(test)]
mod tests {
    use riverbank_model::given::GivenFacts;
    use riverbank_store::page::Page;

    use super::*;
    use crate::members::{AggregationOptions, DeleteMember, ListMembers};
    use crate::provenance::Provenance as _;
    use crate::testing::{Bench, on_both_engines};

    pub(super) fn car() -> CreateAccount {
        let given = GivenFacts {
            name: Some("The car".into()),
            account_type: Some(AccountType::Property),
            balance: Some("8000.5".parse().unwrap()),
            ..GivenFacts::default()
        };
        CreateAccount { fields: AccountChanges { given, ..AccountChanges::default() }, skip_webhook: false }
    }

    on_both_engines! {
        async fn accounts_made_by_hand_share_a_member_that_never_aggregates(bench: &Bench) {
            let engine = &bench.engine;
            let caller = bench.session("acme", "u").await.caller;
            let (one, two) =
                tokio::join!(engine.create_account(&caller, car()), engine.create_account(&caller, car()));
            let (one, two) = (one.unwrap(), two.unwrap());
            assert_eq!(one.account.member_guid, two.account.member_guid);
            assert_ne!(one.account.guid, two.account.guid);
            assert!(one.is_manual());
            assert_eq!(one.institution_guid.unwrap().as_str(), crate::institutions::MANUAL);
            assert_eq!((&*one.facts.name, one.account.account_type), ("The car", AccountType::Property));
            let page = Page::new(1, 25);
            let all = ListMembers { use_case: None, is_managed_by_user: None, page };
            let members = engine.list_members(&caller, all).await.unwrap();
            assert_eq!((members.total, members.members[0].member.connection_status), (1, None));
            let options = AggregationOptions { include_holdings: true, include_transactions: true };
            engine.aggregate_member(&caller, &one.account.member_guid, options).await.unwrap();
            engine.aggregate_all_members(&caller, options).await.unwrap();
            bench.advance(40 * 3600);
            engine.sweep().await.unwrap();
            assert!(bench.take_jobs().await.is_empty(), "nothing aggregates it");
        }

        async fn what_is_made_by_hand_was_set_by_its_user_and_told_by_nobody(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let made = bench.engine.create_account(&caller, car()).await.unwrap();
            let feed = riverbank_model::account::SetBy::Feed;
            assert_eq!(made.set_by("balance", feed), riverbank_model::account::SetBy::User);
            assert!(made.told().is_none());
            let read = bench.engine.read_account(&caller, &made.account.guid).await.unwrap().unwrap();
            assert_eq!((read.account, read.facts), (made.account, made.facts));
        }

        async fn a_name_and_a_currency_must_be_ones(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let mut nameless = car();
            nameless.fields.given.name = Some(String::new());
            let refused = bench.engine.create_account(&caller, nameless).await;
            assert!(matches!(refused, Err(CreateAccountError::NoName)));
            for currency in ["usd", "US", "DOLLAR", ""] {
                let mut odd = car();
                odd.fields.given.currency_code = Some(currency.into());
                let refused = bench.engine.create_account(&caller, odd).await;
                assert!(matches!(refused, Err(CreateAccountError::Currency(_))), "{currency}");
            }
        }

        async fn another_manual_member_follows_one_that_was_deleted(bench: &Bench) {
            let engine = &bench.engine;
            let caller = bench.session("acme", "u").await.caller;
            let first = engine.create_account(&caller, car()).await.unwrap().account;
            assert!(engine.delete_member(&caller, &first.member_guid, DeleteMember::default()).await.unwrap());
            assert!(engine.read_account(&caller, &first.guid).await.unwrap().is_none());
            let second = engine.create_account(&caller, car()).await.unwrap().account;
            assert_ne!((second.member_guid, second.guid), (first.member_guid, first.guid));
        }
    }
}
