//! A transaction as answers show it.

use riverbank_enrich::{Category, Flags};
use riverbank_model::guid::CategoryGuid;
use riverbank_store::transactions::Transaction;

use super::flags::from_bits;
use crate::accounts::Origins;

/// A transaction with what its answers need besides.
#[derive(Clone, Debug)]
pub struct TransactionView {
    /// The transaction.
    pub transaction: Transaction,
    /// Whether the user manages its member.
    pub member_is_managed_by_user: bool,
}

impl TransactionView {
    pub(super) fn of(transaction: Transaction, origins: &Origins) -> Self {
        let origin = origins.get(&transaction.member_guid);
        Self {
            member_is_managed_by_user: origin.is_none_or(|origin| origin.is_managed_by_user),
            transaction,
        }
    }

    /// The name of its category.
    pub fn category_name(&self) -> Option<&'static str> {
        self.category().map(Category::name)
    }

    /// The category at the top of its category's branch.
    pub fn top_level_category_guid(&self) -> Option<CategoryGuid> {
        self.category().map(|category| category.top_level().guid())
    }

    /// What is so of it.
    pub fn flags(&self) -> Flags {
        from_bits(self.transaction.flags, self.transaction.is_international)
    }

    fn category(&self) -> Option<Category> {
        Category::from_guid(&self.transaction.category_guid)
    }
}
