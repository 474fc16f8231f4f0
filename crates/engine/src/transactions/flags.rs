//! The yes-or-no fields of a transaction as one number.

use riverbank_enrich::{Category, Flags};
use riverbank_model::transaction::TransactionType;

/// A bit for each field. A bit keeps its meaning for good, since rows hold it.
macro_rules! bits {
    ($($bit:literal $field:ident;)*) => {
        /// What is so, as bits. Whether it was made abroad is a column of its own.
        pub(crate) fn to_bits(flags: Flags) -> i64 {
            0 $(| i64::from(flags.$field) << $bit)*
        }

        /// What is so, by its bits.
        pub(crate) fn from_bits(bits: i64, is_international: Option<bool>) -> Flags {
            Flags { $($field: bits >> $bit & 1 == 1,)* is_international }
        }
    };
}

bits! {
    0 is_bill_pay;
    1 is_direct_deposit;
    2 is_expense;
    3 is_fee;
    4 is_income;
    5 is_overdraft_fee;
    6 is_payroll_advance;
    7 is_subscription;
}

/// The bits of what follows from the category: expense, fee, income.
pub(crate) const OF_THE_CATEGORY: i64 = 1 << 2 | 1 << 3 | 1 << 4;

/// The bits as they are under another category, which is in the branch of `top`.
pub(crate) fn recategorized(bits: i64, top: Category, direction: TransactionType) -> i64 {
    let is_credit = direction == TransactionType::Credit;
    to_bits(Flags {
        is_expense: !is_credit
            && !matches!(top, Category::Transfer | Category::Investments | Category::Income),
        is_fee: !is_credit && top == Category::FeesAndCharges,
        is_income: is_credit && top == Category::Income,
        ..from_bits(bits, None)
    })
}

#[cfg(test)]
mod tests {
    use riverbank_enrich::Catalogue;
    use riverbank_model::account::AccountType;
    use riverbank_model::money::Money;

    use super::*;
    use crate::transactions::spoken;

    #[test]
    fn every_combination_of_flags_survives() {
        for bits in 0..1 << 8 {
            assert_eq!(to_bits(from_bits(bits, None)), bits);
        }
    }

    #[test]
    fn the_category_that_was_found_gives_the_flags_that_were_found() {
        for text in [
            "HARBOR GROCER 17",
            "ACME CORP DIRECT DEP PAYROLL",
            "MONTHLY SERVICE FEE",
            "ONLINE TRANSFER TO SAVINGS",
        ] {
            for direction in [TransactionType::Credit, TransactionType::Debit] {
                let found = Catalogue::shipped().enrich(
                    &spoken(text, None, direction, Money::ZERO),
                    AccountType::Checking,
                    &[],
                );
                let top = Category::from_guid(&found.category).unwrap().top_level();
                let bits = to_bits(found.flags);
                assert_eq!(recategorized(bits, top, direction), bits, "{text}");
            }
        }
    }

    #[test]
    fn what_follows_from_the_category_is_three_flags() {
        let all = Flags { is_expense: true, is_fee: true, is_income: true, ..Flags::default() };
        assert_eq!(to_bits(all), OF_THE_CATEGORY);
    }
}
