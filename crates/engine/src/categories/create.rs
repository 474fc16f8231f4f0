//! Making a category: `POST /categories`.

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::webhook::Action;
use riverbank_store::categories::{self, Category};
use riverbank_store::{Tx, members};

use super::CategoryView;
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// What a category is made of.
#[derive(Clone, Debug, Default)]
pub struct CreateCategory {
    /// Its name.
    pub name: String,
    /// The category above, as sent.
    pub parent_guid: String,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why a category cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateCategoryError {
    /// It has no name.
    #[error("name must not be empty.")]
    NoName,
    /// There are no new categories at the top, and no third level.
    #[error("parent_guid must be the guid of a top-level default category.")]
    ParentNotAtTheTop,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateCategoryError);

impl Engine {
    /// Makes a category of the caller, below a default category at the top.
    pub async fn create_category(
        &self,
        caller: &Caller,
        request: CreateCategory,
    ) -> Result<CategoryView, CreateCategoryError> {
        if request.name.is_empty() {
            return Err(CreateCategoryError::NoName);
        }
        let parent = request.parent_guid.parse::<CategoryGuid>().ok();
        let parent =
            parent.filter(|guid| DefaultCategory::from_guid(guid).is_some_and(|one| one.parent().is_none()));
        let parent = parent.ok_or(CreateCategoryError::ParentNotAtTheTop)?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing =
            self.store().write(async move |tx| engine.write_new_category(tx, &caller, request, parent).await);
        Ok(writing.await?.into())
    }

    async fn write_new_category(
        &self,
        tx: &Tx,
        caller: &Caller,
        request: CreateCategory,
        parent_guid: CategoryGuid,
    ) -> Result<Category, CreateCategoryError> {
        let number = members::next_number(tx, &caller.user).await?.ok_or(CreateCategoryError::NoUser)?;
        let now = self.now();
        let category = Category {
            user_guid: caller.user.clone(),
            guid: self.guid_of(&caller.user, number),
            number,
            name: request.name,
            parent_guid,
            metadata: request.metadata,
            revision: 1,
            created_at: now,
            updated_at: now,
        };
        categories::store(tx, &category).await?;
        record(tx, caller, "categories.create", &category.guid, request.skip_webhook, now).await?;
        if !request.skip_webhook {
            let mut news = News::of_caller(self, tx, caller).await?;
            news.category(&category, Action::Created)?;
            news.write().await?;
        }
        Ok(category)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Bench, nobodys, on_both_engines};

    fn under(parent: &CategoryGuid) -> CreateCategory {
        let (name, parent_guid) = ("Chess lessons".to_owned(), parent.to_string());
        CreateCategory { name, parent_guid, ..CreateCategory::default() }
    }

    on_both_engines! {
        async fn an_own_category_stands_below_a_default_and_at_the_end_of_the_list(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let request = CreateCategory { metadata: Some("m".into()), ..under(&DefaultCategory::Education.guid()) };
            let made = bench.engine.create_category(&caller, request).await.unwrap();
            assert_eq!(made.parent_guid, Some(DefaultCategory::Education.guid()));
            assert_eq!((made.is_default, made.is_income), (false, false));
            assert_eq!((made.created_at, made.updated_at), (Some(bench.engine.now()), Some(bench.engine.now())));
            let listed = bench.engine.list_categories(&caller).await.unwrap();
            assert_eq!((listed.len(), listed.last()), (119, Some(&made)));
            assert_eq!(bench.engine.read_category(&caller, &made.guid).await.unwrap(), Some(made));
        }

        async fn only_a_default_at_the_top_can_be_the_parent(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let own = bench.engine.create_category(&caller, under(&DefaultCategory::Home.guid())).await.unwrap();
            for parent in [DefaultCategory::Groceries.guid(), own.guid, nobodys()] {
                let refused = bench.engine.create_category(&caller, under(&parent)).await;
                assert!(matches!(refused, Err(CreateCategoryError::ParentNotAtTheTop)), "{parent}");
            }
            let nameless = CreateCategory { name: String::new(), ..under(&DefaultCategory::Home.guid()) };
            let refused = bench.engine.create_category(&caller, nameless).await;
            assert!(matches!(refused, Err(CreateCategoryError::NoName)));
        }

        async fn a_category_is_its_users_alone(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let stranger = bench.session("acme", "v").await.caller;
            let made = bench.engine.create_category(&caller, under(&DefaultCategory::Home.guid())).await.unwrap();
            assert_eq!(bench.engine.list_categories(&stranger).await.unwrap().len(), 118);
            assert_eq!(bench.engine.read_category(&stranger, &made.guid).await.unwrap(), None);
            let default = DefaultCategory::Gas.guid();
            let read = bench.engine.read_category(&stranger, &default).await.unwrap().unwrap();
            assert_eq!((read.guid, read.is_default, read.created_at), (default, true, None));
        }
    }
}
