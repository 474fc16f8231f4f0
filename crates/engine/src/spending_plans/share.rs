//! Which transactions of a month belong to which of its items: each to one at most.

use std::collections::HashMap;

use riverbank_enrich::Category as DefaultCategory;
use riverbank_model::guid::{CategoryGuid, MerchantGuid, ScheduledPaymentGuid, TransactionGuid};
use riverbank_model::money::Money;
use riverbank_model::spending_plan::ItemType;
use riverbank_model::transaction::TransactionType;
use riverbank_store::categories::Category;
use riverbank_store::scheduled_payments::ScheduledPayment;
use riverbank_store::spending_plans::{IterationItem, Spent};

use crate::transactions::flags::from_bits;

/// What came of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Share {
    /// Of an expense what went out less what came back, of an income what came in less what went back.
    pub(super) actual_amount: Money,
    /// Its transactions, oldest first.
    pub(super) transaction_guids: Vec<TransactionGuid>,
}

/// What an item takes, the closer before the wider.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Claim {
    /// What is paid to, or comes from, the merchant of its payment.
    Payment(MerchantGuid, bool),
    /// What stands under this category.
    Category(CategoryGuid),
    /// What stands under this category at the top, or those below it.
    Branch(CategoryGuid),
    /// What else is spent.
    Rest,
    /// Nothing: its payment is gone, or nothing was told of it.
    Nothing,
}

impl Claim {
    /// Whether a transaction is of it, whose category stands under this one at the top.
    fn takes(&self, spent: &Spent, under: &CategoryGuid) -> bool {
        let is_credit = spent.transaction_type == TransactionType::Credit;
        match self {
            Self::Payment(merchant, comes_in) => {
                spent.merchant_guid.as_ref() == Some(merchant) && is_credit == *comes_in
            }
            Self::Category(category) => spent.category_guid == *category,
            Self::Branch(top) => under == top,
            // A transfer to another account of one's own is not spent.
            Self::Rest => from_bits(spent.flags, None).is_expense,
            Self::Nothing => false,
        }
    }
}

/// What the categories and the payments of a user say.
pub(super) struct Known {
    parents: HashMap<CategoryGuid, CategoryGuid>,
    payments: HashMap<ScheduledPaymentGuid, (Option<MerchantGuid>, bool)>,
}

impl Known {
    pub(super) fn of(own: Vec<Category>, payments: Vec<ScheduledPayment>) -> Self {
        let is_credit = |one: &ScheduledPayment| one.transaction_type == TransactionType::Credit;
        let payment =
            |one: ScheduledPayment| (one.guid.clone(), (one.merchant_guid.clone(), is_credit(&one)));
        Self {
            parents: own.into_iter().map(|own| (own.guid, own.parent_guid)).collect(),
            payments: payments.into_iter().map(payment).collect(),
        }
    }

    fn claim(&self, item: &IterationItem) -> Claim {
        if let Some(guid) = &item.scheduled_payment_guid {
            return match self.payments.get(guid) {
                Some((Some(merchant), is_credit)) => Claim::Payment(merchant.clone(), *is_credit),
                _ => Claim::Nothing,
            };
        }
        match (&item.category_guid, &item.top_level_category_guid, item.item_type) {
            (Some(category), ..) if self.top(category) != *category => Claim::Category(category.clone()),
            (Some(top), ..) | (None, Some(top), _) => Claim::Branch(top.clone()),
            (None, None, Some(ItemType::OtherExpense)) => Claim::Rest,
            (None, None, Some(ItemType::Income)) => Claim::Branch(DefaultCategory::Income.guid()),
            (None, None, _) => Claim::Nothing,
        }
    }

    fn top(&self, category: &CategoryGuid) -> CategoryGuid {
        match DefaultCategory::from_guid(category) {
            Some(default) => default.top_level().guid(),
            None => self.parents.get(category).unwrap_or(category).clone(),
        }
    }

    /// What came of each item. Of two with the same claim the first takes all.
    pub(super) fn shares(&self, items: &[IterationItem], spent: &[Spent]) -> Vec<Share> {
        let mut claims: Vec<(Claim, usize)> =
            items.iter().zip(0..).map(|(item, place)| (self.claim(item), place)).collect();
        claims.sort_by_key(|(claim, place)| (rank(claim), *place));
        let mut shares = vec![Share::default(); items.len()];
        for one in spent {
            let under = self.top(&one.category_guid);
            let Some((_, place)) = claims.iter().find(|(claim, _)| claim.takes(one, &under)) else {
                continue;
            };
            let share = &mut shares[*place];
            let comes_in = one.transaction_type == TransactionType::Credit;
            let is_income = items[*place].item_type == Some(ItemType::Income);
            let amount = if comes_in == is_income { one.amount } else { -one.amount };
            share.actual_amount = share.actual_amount + amount;
            share.transaction_guids.push(one.guid.clone());
        }
        shares
    }
}

fn rank(claim: &Claim) -> u8 {
    match claim {
        Claim::Payment(..) => 0,
        Claim::Category(_) => 1,
        Claim::Branch(_) => 2,
        Claim::Rest => 3,
        Claim::Nothing => 4,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::civil::date;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use riverbank_model::guid::Guid as _;
    use riverbank_model::recurrence::RecurrenceType;

    use super::*;
    use crate::testing::nobodys;
    use crate::transactions::flags::recategorized;

    const CATEGORIES: [DefaultCategory; 5] = [
        DefaultCategory::FoodAndDining,
        DefaultCategory::Groceries,
        DefaultCategory::Home,
        DefaultCategory::Paycheck,
        DefaultCategory::Transfer,
    ];

    fn merchant(number: usize) -> MerchantGuid {
        MerchantGuid::trusted(format!("MCH-{number}"))
    }

    fn payment(number: usize, transaction_type: TransactionType) -> ScheduledPayment {
        ScheduledPayment {
            user_guid: nobodys(),
            guid: ScheduledPaymentGuid::trusted(format!("SCH-{number}")),
            amount: Money::ZERO,
            description: String::new(),
            occurs_on: date(2026, 1, 1),
            transaction_type,
            is_completed: false,
            is_recurring: Some(true),
            merchant_guid: Some(merchant(number)),
            recurrence_type: Some(RecurrenceType::EveryMonth),
            recurrence_day: Some(1),
            is_predicted: false,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn item(item_type: Option<ItemType>) -> IterationItem {
        IterationItem {
            user_guid: nobodys(),
            guid: nobodys(),
            number: 1,
            spending_plan_iteration_guid: nobodys(),
            item_type,
            planned_amount: Money::ZERO,
            category_guid: None,
            top_level_category_guid: None,
            scheduled_payment_guid: None,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        }
    }

    fn spent(number: usize, units: i64, category: DefaultCategory, at: Option<usize>) -> Spent {
        let transaction_type = if units < 0 { TransactionType::Debit } else { TransactionType::Credit };
        Spent {
            guid: TransactionGuid::trusted(format!("TRN-{number}")),
            amount: Money::from_units(units.abs()),
            transaction_type,
            category_guid: category.guid(),
            merchant_guid: at.map(merchant),
            flags: recategorized(0, category.top_level(), transaction_type),
        }
    }

    fn known() -> Known {
        let payments = vec![payment(0, TransactionType::Debit), payment(1, TransactionType::Credit)];
        Known::of(Vec::new(), payments)
    }

    #[test]
    fn the_closer_claim_comes_before_the_wider() {
        let for_category = |category: DefaultCategory| IterationItem {
            category_guid: Some(category.guid()),
            top_level_category_guid: Some(category.top_level().guid()),
            ..item(Some(ItemType::PlannedExpense))
        };
        let paid = |number| IterationItem {
            scheduled_payment_guid: Some(ScheduledPaymentGuid::trusted(format!("SCH-{number}"))),
            ..item(Some(ItemType::RecurringExpense))
        };
        let items = [
            item(Some(ItemType::OtherExpense)),
            for_category(DefaultCategory::FoodAndDining),
            for_category(DefaultCategory::Groceries),
            paid(0),
            item(Some(ItemType::Income)),
            paid(7),
            item(None),
        ];
        let month = [
            spent(0, -100, DefaultCategory::Groceries, Some(0)),
            spent(1, -20, DefaultCategory::Groceries, None),
            spent(2, 5, DefaultCategory::Groceries, Some(0)),
            spent(3, -3, DefaultCategory::FastFood, None),
            spent(4, -70, DefaultCategory::Home, None),
            spent(5, -900, DefaultCategory::Transfer, None),
            spent(6, 3000, DefaultCategory::Paycheck, None),
            spent(7, 8, DefaultCategory::Home, None),
        ];
        let shares = known().shares(&items, &month);
        let told: Vec<_> = shares
            .iter()
            .map(|share| {
                let numbers = share.transaction_guids.iter().map(|guid| guid.as_str()[4..].to_owned());
                (share.actual_amount.units(), numbers.collect::<Vec<_>>().join(" "))
            })
            .collect();
        let expected = [(70, "4"), (3, "3"), (15, "1 2"), (100, "0"), (3000, "6"), (0, ""), (0, "")]
            .map(|(sum, all)| (sum, all.to_owned()));
        assert_eq!(told, expected);
    }

    proptest! {
        #[test]
        fn each_transaction_counts_once_at_most_and_the_whole_is_the_sum_of_its_parts(
            items in vec((0..4_i64, option::of(0..CATEGORIES.len()), option::of(0..4_usize)), 0..12),
            month in vec((-1_000_000..1_000_000_i64, 0..CATEGORIES.len(), option::of(0..4_usize)), 0..60),
        ) {
            let items: Vec<_> = items.into_iter().map(|(kind, category, payment)| IterationItem {
                category_guid: category.map(|place| CATEGORIES[place].guid()),
                scheduled_payment_guid: payment.map(|number| ScheduledPaymentGuid::trusted(format!("SCH-{number}"))),
                ..item(ItemType::from_id(kind))
            }).collect();
            let month: Vec<_> = month.into_iter().enumerate()
                .map(|(number, (units, category, at))| spent(number, units, CATEGORIES[category], at))
                .collect();
            let shares = known().shares(&items, &month);
            let mut taken: Vec<_> = shares.iter().flat_map(|share| share.transaction_guids.clone()).collect();
            let count = taken.len();
            taken.sort();
            taken.dedup();
            prop_assert_eq!(taken.len(), count, "one counts twice");
            let came_in = |one: &Spent| match one.transaction_type {
                TransactionType::Credit => one.amount,
                TransactionType::Debit => -one.amount,
            };
            let of_items: Money = items.iter().zip(&shares).map(|(item, share)| match item.item_type {
                Some(ItemType::Income) => share.actual_amount,
                _ => -share.actual_amount,
            }).sum();
            let left: Money = month.iter().filter(|one| !taken.contains(&one.guid)).map(came_in).sum();
            prop_assert_eq!(of_items + left, month.iter().map(came_in).sum::<Money>());
        }
    }
}
