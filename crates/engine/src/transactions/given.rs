//! What a user wrote of a transaction, and what it noted beside it, each as one number.

use riverbank_store::transactions::Transaction;

use super::flags::OF_THE_CATEGORY;

/// Declares yes-or-no fields with a bit for each, which keeps its meaning for good, since rows hold it.
macro_rules! bits {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $bit:literal $field:ident;)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct $name { $($(#[$field_doc])* pub(crate) $field: bool,)* }

        impl $name {
            pub(crate) fn bits(self) -> i64 {
                0 $(| i64::from(self.$field) << $bit)*
            }

            pub(crate) fn from_bits(bits: i64) -> Self {
                Self { $($field: bits >> $bit & 1 == 1,)* }
            }
        }
    };
}

bits! {
    /// What of a transaction its user wrote: it stays whatever a feed tells.
    Given {
        /// The amount, and with it the whole transaction: it was made by hand, or is a part of another.
        0 amount;
        1 category;
        2 date;
        3 description;
        4 memo;
    }
}

bits! {
    /// What its user noted of a transaction, of which no feed tells.
    Marks {
        0 has_been_viewed;
        1 is_business;
        2 is_flagged;
        3 is_personal;
        /// Whether it was ever said if it is personal.
        4 is_personal_told;
    }
}

/// Puts what the user wrote of a transaction into what a feed tells of it now.
pub(crate) fn keep(old: &Transaction, new: &mut Transaction) {
    let given = Given::from_bits(old.given);
    if given.category {
        new.category_guid.clone_from(&old.category_guid);
        new.categorized_by.clone_from(&old.categorized_by);
        new.transaction_rule_guid = None;
        new.flags = new.flags & !OF_THE_CATEGORY | old.flags & OF_THE_CATEGORY;
    }
    if given.description {
        new.description.clone_from(&old.description);
        new.described_by.clone_from(&old.described_by);
    }
    if given.date {
        new.date = old.date;
    }
    new.given = old.given;
    new.marks = old.marks;
    new.memo.clone_from(&old.memo);
    new.metadata.clone_from(&old.metadata);
    new.is_hidden = old.is_hidden;
    new.has_been_split = old.has_been_split;
    new.merged_from.clone_from(&old.merged_from);
}

/// Puts what the user wrote of a transaction that goes into the one that stands for it from now on, where of that one nothing
/// was written.
pub(crate) fn take_over(goes: &Transaction, stays: &mut Transaction) {
    let (written, mut given) = (Given::from_bits(goes.given), Given::from_bits(stays.given));
    if written.category && !given.category {
        stays.category_guid.clone_from(&goes.category_guid);
        stays.categorized_by.clone_from(&goes.categorized_by);
        stays.transaction_rule_guid = None;
        stays.flags = stays.flags & !OF_THE_CATEGORY | goes.flags & OF_THE_CATEGORY;
        given.category = true;
    }
    if written.description && !given.description {
        stays.description.clone_from(&goes.description);
        stays.described_by.clone_from(&goes.described_by);
        given.description = true;
    }
    if written.date && !given.date {
        (stays.date, given.date) = (goes.date, true);
    }
    if written.memo && !given.memo {
        stays.memo.clone_from(&goes.memo);
        given.memo = true;
    }
    stays.given = given.bits();
    let (noted, own) = (Marks::from_bits(goes.marks), Marks::from_bits(stays.marks));
    let says_more = noted.is_personal_told && !own.is_personal_told;
    let marks = Marks {
        has_been_viewed: own.has_been_viewed || noted.has_been_viewed,
        is_business: own.is_business || noted.is_business,
        is_flagged: own.is_flagged || noted.is_flagged,
        is_personal: if says_more { noted.is_personal } else { own.is_personal },
        is_personal_told: own.is_personal_told || noted.is_personal_told,
    };
    stays.marks = marks.bits();
    stays.metadata = stays.metadata.take().or_else(|| goes.metadata.clone());
    // Who hid one of the two wanted to count it once.
    stays.is_hidden &= goes.is_hidden;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_survives() {
        for bits in 0..1 << 5 {
            assert_eq!(Given::from_bits(bits).bits(), bits);
            assert_eq!(Marks::from_bits(bits).bits(), bits);
        }
    }
}
