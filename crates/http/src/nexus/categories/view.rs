//! A category as answers show it.

use riverbank_engine::categories;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::values::Moment;

/// What a transaction was for: one of the default categories, or one that the user has made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoryResponse)]
pub(in crate::nexus) struct Category {
    /// Null for a default category.
    created_at: Option<Moment>,
    guid: String,
    is_default: bool,
    /// True for Income and what is below it.
    is_income: bool,
    /// Null for a default category.
    metadata: Option<String>,
    name: String,
    /// Null for the default categories at the top.
    parent_guid: Option<String>,
    /// Null for a default category.
    updated_at: Option<Moment>,
}

/// A category with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoryResponseBody)]
pub(super) struct CategoryBody {
    category: Category,
}

/// Categories with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoriesResponseBody)]
pub(super) struct CategoriesBody {
    categories: Vec<Category>,
}

/// A page of categories with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CategoriesPageResponseBody)]
pub(in crate::nexus) struct CategoriesPage {
    categories: Vec<Category>,
    pagination: Pagination,
}

impl CategoriesPage {
    pub(in crate::nexus) fn of(categories: Vec<categories::CategoryView>, pagination: Pagination) -> Self {
        Self { categories: categories.into_iter().map(Category::from).collect(), pagination }
    }
}

impl From<categories::CategoryView> for Category {
    fn from(view: categories::CategoryView) -> Self {
        Self {
            created_at: view.created_at.map(Moment),
            guid: view.guid.to_string(),
            is_default: view.is_default,
            is_income: view.is_income,
            metadata: view.metadata,
            name: view.name.into_owned(),
            parent_guid: view.parent_guid.map(|guid| guid.to_string()),
            updated_at: view.updated_at.map(Moment),
        }
    }
}

impl From<categories::CategoryView> for CategoryBody {
    fn from(view: categories::CategoryView) -> Self {
        Self { category: view.into() }
    }
}

impl From<Vec<categories::CategoryView>> for CategoriesBody {
    fn from(views: Vec<categories::CategoryView>) -> Self {
        Self { categories: views.into_iter().map(Category::from).collect() }
    }
}
