//! Deleting a category: `DELETE /categories/{category_guid}`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::categories::{self, Category};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{Tx, budgets, members, transaction_rules};

use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// Why a category is not deleted.
#[derive(Debug, thiserror::Error)]
pub enum DeleteCategoryError {
    /// There is none, or it is another user's.
    #[error("no such category")]
    NoSuchCategory,
    /// It is everyone's.
    #[error("Default categories cannot be deleted.")]
    IsDefault,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(DeleteCategoryError);

impl Engine {
    /// Deletes a category of the caller for good, with its budget. What stood under it falls to the category above.
    pub async fn delete_category(
        &self,
        caller: &Caller,
        guid: &CategoryGuid,
        skip_webhook: bool,
    ) -> Result<(), DeleteCategoryError> {
        if DefaultCategory::from_guid(guid).is_some() {
            return Err(DeleteCategoryError::IsDefault);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let budgets = budgets::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            // An import holds its member while it changes transactions.
            let held = members::lock_all(tx, &caller.user).await?;
            let category = categories::lock(tx, &caller.user, &guid).await?;
            let category = category.ok_or(DeleteCategoryError::NoSuchCategory)?;
            let now = engine.now();
            record(tx, &caller, "categories.delete", &category.guid, skip_webhook, now).await?;
            let limits: Vec<_> = budgets.into_iter().filter(|one| one.category_guid == guid).collect();
            engine.remove_budgets(tx, &caller, limits, skip_webhook).await?;
            categories::delete(tx, &category).await?;
            let moved =
                if skip_webhook { Vec::new() } else { engine.to_be_told(tx, &caller, &category).await? };
            transactions::move_category(tx, &caller.user, &category.guid, &category.parent_guid, now).await?;
            transaction_rules::move_category(tx, &caller.user, &category.guid, &category.parent_guid, now)
                .await?;
            if !skip_webhook {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                news.category(&category, Action::Deleted)?;
                news.write().await?;
                engine.tell_of_transactions(tx, &held, moved).await?;
            }
            Ok(())
        });
        writing.await
    }

    /// The transactions under a category as they will be without it, if anyone listens.
    async fn to_be_told(
        &self,
        tx: &Tx,
        caller: &Caller,
        category: &Category,
    ) -> Result<Vec<Transaction>, Fault> {
        if !News::of_caller(self, tx, caller).await?.hears(EventKind::Transaction) {
            return Ok(Vec::new());
        }
        let now = self.now();
        let found = transactions::of_category(tx, &caller.user, &category.guid).await?;
        let moved = |row: Transaction| Transaction {
            category_guid: category.parent_guid.clone(),
            revision: row.revision + 1,
            updated_at: now,
            ..row
        };
        Ok(found.into_iter().map(moved).collect())
    }
}

#[cfg(test)]
mod tests {
    use riverbank_testkit::webhook_sink::{Received, WebhookSink};

    use super::*;
    use crate::categories::{CategoryView, CreateCategory};
    use crate::testing::{Backend, Bench, nobodys};

    async fn own(bench: &Bench, caller: &Caller) -> CategoryView {
        let parent_guid = DefaultCategory::Education.guid().to_string();
        let request = CreateCategory { name: "Chess".into(), parent_guid, ..CreateCategory::default() };
        bench.engine.create_category(caller, request).await.unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_stood_under_a_deleted_category_falls_to_its_parent_and_is_told() {
        for backend in [Backend::Sqlite, Backend::Postgres] {
            let bench = Bench::with_test_banks(backend).await;
            let engine = &bench.engine;
            let caller = bench.session("acme", "u").await.caller;
            bench.mx_bank_member(&caller, "any").await;
            bench.run_jobs().await;
            let category = own(&bench, &caller).await;
            let (user, guid) = (caller.user.clone(), category.guid.clone());
            let move_all = async move |tx: &Tx| {
                let from = DefaultCategory::Groceries.guid();
                transactions::move_category(tx, &user, &from, &guid, category.created_at.unwrap()).await
            };
            engine.store().write(move_all).await.unwrap();
            let reader = engine.store().read().await.unwrap();
            let under = transactions::of_category(&reader, &caller.user, &category.guid).await.unwrap();
            drop(reader);
            assert!(under.len() > 10, "{} groceries", under.len());

            let sink = WebhookSink::start().await.unwrap();
            bench.endpoint("acme", &sink.url(), "category,transaction").await;
            engine.delete_category(&caller, &category.guid, false).await.unwrap();
            bench.deliver().await;
            let told: Vec<_> = sink.received().iter().map(Received::json).collect();
            assert_eq!(told.len(), under.len() + 1);
            let deleted = told.iter().find(|body| body.get("category").is_some()).unwrap();
            assert_eq!(
                (&deleted["action"], &deleted["category"]["name"]),
                (&"deleted".into(), &"Chess".into())
            );
            for body in told.iter().filter(|body| body.get("transaction").is_some()) {
                assert_eq!(body["action"], "updated");
                assert_eq!(body["transaction"]["category_name"], "Education");
            }
            let reader = engine.store().read().await.unwrap();
            let fallen = transactions::of_category(&reader, &caller.user, &DefaultCategory::Education.guid())
                .await
                .unwrap();
            assert!(under.iter().all(|row| fallen.iter().any(|now| now.guid == row.guid)));
            assert_eq!(engine.read_category(&caller, &category.guid).await.unwrap(), None);
        }
    }

    #[tokio::test]
    async fn only_an_own_category_is_deleted() {
        let bench = Bench::on(Backend::Sqlite).await;
        let caller = bench.session("acme", "u").await.caller;
        let stranger = bench.session("acme", "v").await.caller;
        let category = own(&bench, &caller).await;
        let delete = async |caller, guid| bench.engine.delete_category(caller, &guid, false).await;
        let refused = delete(&caller, DefaultCategory::Gas.guid()).await;
        assert!(matches!(refused, Err(DeleteCategoryError::IsDefault)));
        for (caller, guid) in [(&stranger, category.guid.clone()), (&caller, nobodys())] {
            assert!(matches!(delete(caller, guid).await, Err(DeleteCategoryError::NoSuchCategory)));
        }
        delete(&caller, category.guid.clone()).await.unwrap();
        assert!(matches!(delete(&caller, category.guid).await, Err(DeleteCategoryError::NoSuchCategory)));
    }
}
