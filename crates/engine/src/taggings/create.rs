//! Putting a tag on a transaction: `POST /taggings`.

use riverbank_model::guid::{TagGuid, TransactionGuid};
use riverbank_model::webhook::Action;
use riverbank_store::taggings::Tagging;
use riverbank_store::{members, taggings, tags, transactions};

use super::TaggingView;
use crate::accounts::Origins;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::{News, ToldTagging};
use crate::{Caller, Engine, Fault};

/// Why a tag cannot be put on a transaction.
#[derive(Debug, thiserror::Error)]
pub enum CreateTaggingError {
    /// No such tag of this user.
    #[error("tag_guid is not the guid of a tag.")]
    NoSuchTag,
    /// No such transaction of this user.
    #[error("transaction_guid is not the guid of a transaction.")]
    NoSuchTransaction,
    /// It is there.
    #[error("The transaction has this tag already.")]
    TaggedAlready,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateTaggingError);

impl Engine {
    /// Puts a tag of the caller on one of its transactions; both as sent.
    pub async fn create_tagging(
        &self,
        caller: &Caller,
        tag: &str,
        transaction: &str,
        skip_webhook: bool,
    ) -> Result<TaggingView, CreateTaggingError> {
        let tag: TagGuid = tag.parse().map_err(|_| CreateTaggingError::NoSuchTag)?;
        let transaction: TransactionGuid =
            transaction.parse().map_err(|_| CreateTaggingError::NoSuchTransaction)?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            let tag = tags::lock(tx, user, &tag).await?.ok_or(CreateTaggingError::NoSuchTag)?;
            let transaction = transactions::find(tx, user, &transaction).await?;
            let transaction = transaction.ok_or(CreateTaggingError::NoSuchTransaction)?;
            let number = members::next_number(tx, user).await?.ok_or(CreateTaggingError::NoUser)?;
            let now = engine.now();
            let tagging = Tagging {
                user_guid: user.clone(),
                guid: engine.guid_of(user, number),
                number,
                tag_guid: tag.guid.clone(),
                transaction_guid: transaction.guid,
                revision: 1,
                created_at: now,
                updated_at: now,
            };
            taggings::store(tx, &tagging).await?;
            record(tx, &caller, "taggings.create", &tagging.guid, skip_webhook, now).await?;
            let origins = Origins::read(tx, user).await?;
            let managed = origins.get(&transaction.member_guid).is_none_or(|one| one.is_managed_by_user);
            if !skip_webhook {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                let told = ToldTagging {
                    tagging: tagging.clone(),
                    tag_name: &tag.name,
                    member_is_managed_by_user: managed,
                };
                news.tagging(&told, Action::Created)?;
                news.write().await?;
            }
            Ok(TaggingView::of(tagging, managed))
        });
        writing.await.map_err(|error| match error {
            CreateTaggingError::Fault(Fault::Conflict(index)) if index == "taggings_by_transaction" => {
                CreateTaggingError::TaggedAlready
            }
            other => other,
        })
    }
}

#[cfg(test)]
mod tests {
    use riverbank_store::page::Page;

    use super::*;
    use crate::taggings::UpdateTaggingError;
    use crate::testing::{Bench, on_both_engines};
    use crate::transactions::{ListTransactions, Period};

    async fn connected(bench: &Bench) -> (Caller, String) {
        bench.engine.load_test_banks().await.unwrap();
        let caller = bench.session("acme", "u").await.caller;
        bench.mx_bank_member(&caller, "any").await;
        bench.run_jobs().await;
        let request = ListTransactions {
            account: None,
            accounts: None,
            category: None,
            use_case: None,
            rule: None,
            period: Period::Dated(None, None),
            page: Page::new(1, 1),
        };
        let list = bench.engine.list_transactions(&caller, request).await.unwrap();
        (caller, list.transactions[0].transaction.guid.to_string())
    }

    on_both_engines! {
        async fn a_tag_is_put_on_a_transaction_once_exchanged_and_taken_off(bench: &Bench) {
            let (caller, transaction) = connected(bench).await;
            let engine = &bench.engine;
            let trip = engine.create_tag(&caller, "Trip".into(), false).await.unwrap();
            let work = engine.create_tag(&caller, "Work".into(), false).await.unwrap();
            let put = async |tag: &TagGuid| engine.create_tagging(&caller, tag.as_str(), &transaction, false).await;
            let tagging = put(&trip.guid).await.unwrap();
            assert!(matches!(put(&trip.guid).await, Err(CreateTaggingError::TaggedAlready)));
            let other = put(&work.guid).await.unwrap();
            let exchange = async |guid| engine.update_tagging(&caller, guid, work.guid.as_str(), false).await;
            assert!(matches!(exchange(&tagging.guid).await, Err(UpdateTaggingError::TaggedAlready)));
            assert!(engine.delete_tagging(&caller, &other.guid, false).await.unwrap());
            assert_eq!(exchange(&tagging.guid).await.unwrap().tag_guid, work.guid);
            let listed = engine.list_taggings(&caller, Page::new(1, 25)).await.unwrap();
            assert_eq!((listed.total, &listed.taggings[0].tag_guid), (1, &work.guid));
            assert!(engine.delete_tag(&caller, &work.guid, false).await.unwrap());
            assert_eq!(engine.list_taggings(&caller, Page::new(1, 25)).await.unwrap().total, 0);
            assert_eq!(engine.list_tags(&caller).await.unwrap(), [trip]);
        }

        async fn tags_and_taggings_are_their_users_alone(bench: &Bench) {
            let (caller, transaction) = connected(bench).await;
            let engine = &bench.engine;
            let stranger = bench.session("acme", "v").await.caller;
            let tag = engine.create_tag(&caller, "Trip".into(), false).await.unwrap();
            let tagging = engine.create_tagging(&caller, tag.guid.as_str(), &transaction, false).await.unwrap();
            let theirs = engine.create_tag(&stranger, "Mine".into(), false).await.unwrap();
            for (tag, no_tag) in [(&tag.guid, true), (&theirs.guid, false)] {
                let put = engine.create_tagging(&stranger, tag.as_str(), &transaction, false).await;
                assert!(matches!(
                    (put, no_tag),
                    (Err(CreateTaggingError::NoSuchTag), true) | (Err(CreateTaggingError::NoSuchTransaction), false)
                ));
            }
            let exchange = engine.update_tagging(&stranger, &tagging.guid, theirs.guid.as_str(), false).await;
            assert!(matches!(exchange, Err(UpdateTaggingError::NoSuchTagging)));
            assert!(!engine.delete_tagging(&stranger, &tagging.guid, false).await.unwrap());
            assert!(!engine.delete_tag(&stranger, &tag.guid, false).await.unwrap());
            assert_eq!(engine.list_taggings(&stranger, Page::new(1, 25)).await.unwrap().total, 0);
            assert_eq!(engine.list_tags(&stranger).await.unwrap(), [theirs]);
        }

        async fn what_is_on_a_deleted_members_transactions_is_gone(bench: &Bench) {
            let (caller, transaction) = connected(bench).await;
            let engine = &bench.engine;
            let tag = engine.create_tag(&caller, "Trip".into(), false).await.unwrap();
            engine.create_tagging(&caller, tag.guid.as_str(), &transaction, false).await.unwrap();
            let page = Page::new(1, 25);
            let all = crate::members::ListMembers { use_case: None, is_managed_by_user: None, page };
            let member = engine.list_members(&caller, all).await.unwrap().members.remove(0).member;
            let deletion = crate::members::DeleteMember::default();
            assert!(engine.delete_member(&caller, &member.guid, deletion).await.unwrap());
            assert_eq!(engine.list_taggings(&caller, page).await.unwrap().total, 0);
            bench.advance(15 * 86_400);
            engine.sweep().await.unwrap();
            assert_eq!(engine.list_tags(&caller).await.unwrap(), [tag]);
        }
    }
}
