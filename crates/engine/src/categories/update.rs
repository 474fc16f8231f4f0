//! Changing a category: `PUT /categories/{category_guid}`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::webhook::Action;
use riverbank_store::categories;

use super::CategoryView;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The changes to a category; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateCategory {
    /// Its name.
    pub name: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a category is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateCategoryError {
    /// There is none, or it is another user's.
    #[error("no such category")]
    NoSuchCategory,
    /// It is everyone's.
    #[error("Default categories cannot be changed.")]
    IsDefault,
    /// It would have no name.
    #[error("name must not be empty.")]
    NoName,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateCategoryError);

impl Engine {
    /// Changes a category of the caller.
    pub async fn update_category(
        &self,
        caller: &Caller,
        guid: &CategoryGuid,
        request: UpdateCategory,
    ) -> Result<CategoryView, UpdateCategoryError> {
        if DefaultCategory::from_guid(guid).is_some() {
            return Err(UpdateCategoryError::IsDefault);
        }
        if request.name.as_ref().is_some_and(String::is_empty) {
            return Err(UpdateCategoryError::NoName);
        }
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let found = categories::lock(tx, &caller.user, &guid).await?;
            let mut category = found.ok_or(UpdateCategoryError::NoSuchCategory)?;
            let before = category.clone();
            category.name = request.name.unwrap_or(category.name);
            category.metadata = request.metadata.or(category.metadata);
            if category == before {
                return Ok(category);
            }
            category.revision += 1;
            category.updated_at = engine.now();
            categories::store(tx, &category).await?;
            let (skipped, at) = (request.skip_webhook, category.updated_at);
            record(tx, &caller, "categories.update", &category.guid, skipped, at).await?;
            if !skipped {
                let mut news = News::of_caller(&engine, tx, &caller).await?;
                news.category(&category, Action::Updated)?;
                news.write().await?;
            }
            Ok::<_, UpdateCategoryError>(category)
        });
        Ok(writing.await?.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::categories::CreateCategory;
    use crate::testing::{Bench, on_both_engines};

    on_both_engines! {
        async fn what_is_absent_stays_and_a_default_stays_whole(bench: &Bench) {
            let engine = &bench.engine;
            let caller = bench.session("acme", "u").await.caller;
            let request = CreateCategory {
                name: "Chess".into(),
                parent_guid: DefaultCategory::Education.guid().to_string(),
                metadata: Some("m".into()),
                ..CreateCategory::default()
            };
            let made = engine.create_category(&caller, request).await.unwrap();
            bench.advance(60);
            let renamed = |name: &str| UpdateCategory { name: Some(name.into()), ..UpdateCategory::default() };
            let changed = engine.update_category(&caller, &made.guid, renamed("Go")).await.unwrap();
            assert_eq!((&*changed.name, changed.metadata.as_deref()), ("Go", Some("m")));
            assert_eq!((changed.created_at, changed.updated_at), (made.created_at, Some(engine.now())));
            bench.advance(60);
            let same = engine.update_category(&caller, &made.guid, renamed("Go")).await.unwrap();
            assert_eq!(same.updated_at, changed.updated_at, "what changes nothing is no change");

            let refused = engine.update_category(&caller, &made.guid, renamed("")).await;
            assert!(matches!(refused, Err(UpdateCategoryError::NoName)));
            let refused = engine.update_category(&caller, &DefaultCategory::Gas.guid(), renamed("Fuel")).await;
            assert!(matches!(refused, Err(UpdateCategoryError::IsDefault)));
            let stranger = bench.session("acme", "v").await.caller;
            let refused = engine.update_category(&stranger, &made.guid, renamed("Mine")).await;
            assert!(matches!(refused, Err(UpdateCategoryError::NoSuchCategory)));
        }
    }
}
