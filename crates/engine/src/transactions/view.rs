//! A transaction as answers show it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_enrich::{Category, Flags};
use riverbank_model::guid::CategoryGuid;
use riverbank_store::categories;
use riverbank_store::members::Member;
use riverbank_store::transactions::Transaction;

use super::flags::from_bits;
use crate::accounts::Origins;
use crate::categories::OwnCategories;

/// A transaction with what its answers need besides.
#[derive(Clone, Debug)]
pub struct TransactionView {
    /// The transaction.
    pub transaction: Transaction,
    /// Whether the user manages its member.
    pub member_is_managed_by_user: bool,
    /// Its category, where it is one that the user has made.
    pub own_category: Option<Arc<categories::Category>>,
}

impl TransactionView {
    pub(super) fn of(transaction: Transaction, origins: &Origins, categories: &OwnCategories) -> Self {
        let origin = origins.get(&transaction.member_guid);
        Self {
            member_is_managed_by_user: origin.is_none_or(|origin| origin.is_managed_by_user),
            own_category: categories.get(&transaction.category_guid),
            transaction,
        }
    }

    /// A transaction of this member.
    pub(crate) fn of_member(transaction: Transaction, member: &Member, categories: &OwnCategories) -> Self {
        Self {
            member_is_managed_by_user: member.is_managed_by_user,
            own_category: categories.get(&transaction.category_guid),
            transaction,
        }
    }

    /// The name of its category.
    pub fn category_name(&self) -> Option<&str> {
        let own = self.own_category.as_ref().map(|own| &*own.name);
        own.or_else(|| self.default_category().map(Category::name))
    }

    /// The category at the top of its category's branch.
    pub fn top_level_category_guid(&self) -> Option<CategoryGuid> {
        let own = self.own_category.as_ref().map(|own| own.parent_guid.clone());
        own.or_else(|| self.default_category().map(|category| category.top_level().guid()))
    }

    /// The number of the check, where it is one.
    pub fn check_number(&self) -> Option<i64> {
        self.transaction.check_number.as_ref().and_then(|text| text.parse().ok())
    }

    /// When it was booked; noon in UTC where only the day is told.
    pub fn posted_at(&self) -> Option<Timestamp> {
        moment(self.transaction.posted_at, self.transaction.posted_on)
    }

    /// The day it was booked; in UTC where only the moment is told.
    pub fn posted_on(&self) -> Option<Date> {
        day(self.transaction.posted_at, self.transaction.posted_on)
    }

    /// When the end user made it; noon in UTC where only the day is told.
    pub fn transacted_at(&self) -> Option<Timestamp> {
        moment(self.transaction.transacted_at, self.transaction.transacted_on)
    }

    /// The day the end user made it; in UTC where only the moment is told.
    pub fn transacted_on(&self) -> Option<Date> {
        day(self.transaction.transacted_at, self.transaction.transacted_on)
    }

    /// What is so of it.
    pub fn flags(&self) -> Flags {
        from_bits(self.transaction.flags, self.transaction.is_international)
    }

    fn default_category(&self) -> Option<Category> {
        Category::from_guid(&self.transaction.category_guid)
    }
}

fn moment(at: Option<Timestamp>, on: Option<Date>) -> Option<Timestamp> {
    at.or_else(|| Offset::UTC.to_timestamp(on?.at(12, 0, 0, 0)).ok())
}

fn day(at: Option<Timestamp>, on: Option<Date>) -> Option<Date> {
    on.or_else(|| Some(Offset::UTC.to_datetime(at?).date()))
}
