//! A category as answers show it.

use std::borrow::Cow;

use jiff::Timestamp;
use riverbank_model::guid::CategoryGuid;
use riverbank_store::categories::Category;

/// A category.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CategoryView {
    /// Its id.
    pub guid: CategoryGuid,
    /// Its name.
    pub name: Cow<'static, str>,
    /// The category above; none at the top.
    pub parent_guid: Option<CategoryGuid>,
    /// Whether it is one of those that everyone has.
    pub is_default: bool,
    /// Whether what stands under it was earned.
    pub is_income: bool,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// When it was made; none for a default.
    pub created_at: Option<Timestamp>,
    /// When it was last changed; none for a default.
    pub updated_at: Option<Timestamp>,
}

impl From<riverbank_enrich::Category> for CategoryView {
    fn from(category: riverbank_enrich::Category) -> Self {
        Self {
            guid: category.guid(),
            name: category.name().into(),
            parent_guid: category.parent().map(riverbank_enrich::Category::guid),
            is_default: true,
            is_income: category.is_income(),
            metadata: None,
            created_at: None,
            updated_at: None,
        }
    }
}

impl From<Category> for CategoryView {
    fn from(category: Category) -> Self {
        Self {
            guid: category.guid,
            name: category.name.into(),
            parent_guid: Some(category.parent_guid),
            is_default: false,
            is_income: false,
            metadata: category.metadata,
            created_at: Some(category.created_at),
            updated_at: Some(category.updated_at),
        }
    }
}
