//! A transaction as answers show it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_enrich::{Category, Flags};
use riverbank_model::account::SetBy;
use riverbank_model::guid::CategoryGuid;
use riverbank_store::categories;
use riverbank_store::members::Member;
use riverbank_store::transactions::Transaction;

use super::flags::from_bits;
use super::given::{Given, Marks};
use crate::accounts::Origins;
use crate::categories::OwnCategories;
use crate::provenance::Provenance;

/// A transaction with what its answers need besides.
#[derive(Clone, Debug)]
pub struct TransactionView {
    /// The transaction.
    pub transaction: Transaction,
    /// Whether the user manages its member.
    pub member_is_managed_by_user: bool,
    /// Its category, where it is one that the user has made.
    pub own_category: Option<Arc<categories::Category>>,
    /// What its sender calls it, where it is one that is only looked at.
    pub external_guid: Option<String>,
}

impl TransactionView {
    pub(crate) fn of(transaction: Transaction, origins: &Origins, categories: &OwnCategories) -> Self {
        let origin = origins.get(&transaction.member_guid);
        Self {
            member_is_managed_by_user: origin.is_none_or(|origin| origin.is_managed_by_user),
            own_category: categories.get(&transaction.category_guid),
            external_guid: None,
            transaction,
        }
    }

    /// A transaction of this member.
    pub(crate) fn of_member(transaction: Transaction, member: &Member, categories: &OwnCategories) -> Self {
        Self {
            member_is_managed_by_user: member.is_managed_by_user,
            own_category: categories.get(&transaction.category_guid),
            external_guid: None,
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

    /// Whether its user made it by hand.
    pub fn is_manual(&self) -> bool {
        self.is_users() && self.transaction.parent_guid.is_none()
    }

    /// Whether it is the user's own: made by hand, or a part of another.
    fn is_users(&self) -> bool {
        Given::from_bits(self.transaction.given).amount
    }

    /// Further text: the user's, and else the feed's.
    pub fn memo(&self) -> Option<&str> {
        self.transaction.memo.as_deref().or(self.transaction.feed_memo.as_deref())
    }

    /// The raw text; none where no feed told one.
    pub fn feed_description(&self) -> Option<&str> {
        (!self.is_users()).then_some(&*self.transaction.feed_description)
    }

    /// Whether the user was shown it.
    pub fn has_been_viewed(&self) -> bool {
        self.marks().has_been_viewed
    }

    /// Whether the user says that it is the business's.
    pub fn is_business(&self) -> bool {
        self.marks().is_business
    }

    /// Whether the user has marked it.
    pub fn is_flagged(&self) -> bool {
        self.marks().is_flagged
    }

    /// Whether the user says that it is personal; none when it has said nothing.
    pub fn is_personal(&self) -> Option<bool> {
        self.marks().is_personal_told.then_some(self.marks().is_personal)
    }

    fn marks(&self) -> Marks {
        Marks::from_bits(self.transaction.marks)
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

impl Provenance for TransactionView {
    type Facts = Self;

    fn in_force(&self) -> &Self {
        self
    }

    fn told(&self) -> Option<&Self> {
        (!self.is_users()).then_some(self)
    }

    fn set_by(&self, name: &str, usually: SetBy) -> SetBy {
        if self.transaction.given == 0 {
            return usually;
        }
        let given = Given::from_bits(self.transaction.given);
        let is_given = match name {
            "category" => given.category,
            "date" => given.date,
            "description" => given.description,
            "memo" => given.memo,
            "amount" => given.amount,
            _ => self.is_manual(),
        };
        if is_given { SetBy::User } else { usually }
    }
}

fn moment(at: Option<Timestamp>, on: Option<Date>) -> Option<Timestamp> {
    at.or_else(|| Offset::UTC.to_timestamp(on?.at(12, 0, 0, 0)).ok())
}

fn day(at: Option<Timestamp>, on: Option<Date>) -> Option<Date> {
    on.or_else(|| Some(Offset::UTC.to_datetime(at?).date()))
}
