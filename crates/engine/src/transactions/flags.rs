//! The yes-or-no fields of a transaction as one number.

use riverbank_enrich::Flags;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_of_flags_survives() {
        for bits in 0..1 << 8 {
            assert_eq!(to_bits(from_bits(bits, None)), bits);
        }
    }
}
