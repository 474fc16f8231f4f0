//! What a user has written of an account, over what its feed tells.

use serde::{Deserialize, Serialize};

use crate::account::{AccountSubtype, AccountType, PropertyType};
use crate::feed::AccountFacts;
use crate::money::{Money, Rate};

macro_rules! given {
    (
        always told { $($always:ident: $always_type:ty,)* }
        told at times { $($at_times:ident: $at_times_type:ty,)* }
        never told { $($never:ident: $never_type:ty,)* }
    ) => {
        /// The facts of an account that its user has written, those of a manual account among them. They hold until the
        /// user writes others, whatever a feed tells.
        #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
        #[serde(default)]
        #[expect(missing_docs, reason = "the fields are those of the account object in the reference")]
        pub struct GivenFacts {
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $always: Option<$always_type>,)*
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $at_times: Option<$at_times_type>,)*
            $(#[serde(skip_serializing_if = "Option::is_none")] pub $never: Option<$never_type>,)*
        }

        impl GivenFacts {
            /// What is in force: what was given, and else what was told.
            #[must_use]
            pub fn over(&self, mut told: AccountFacts) -> AccountFacts {
                $(if let Some(given) = &self.$always { told.$always = given.clone(); })*
                $(if self.$at_times.is_some() { told.$at_times.clone_from(&self.$at_times); })*
                told
            }

            /// Whether the fact of this name was given.
            pub fn has(&self, name: &str) -> bool {
                match name {
                    $(stringify!($always) => self.$always.is_some(),)*
                    $(stringify!($at_times) => self.$at_times.is_some(),)*
                    $(stringify!($never) => self.$never.is_some(),)*
                    _ => false,
                }
            }

            /// Takes over what is newer.
            pub fn take(&mut self, newer: Self) {
                $(if newer.$always.is_some() { self.$always = newer.$always; })*
                $(if newer.$at_times.is_some() { self.$at_times = newer.$at_times; })*
                $(if newer.$never.is_some() { self.$never = newer.$never; })*
            }
        }
    };
}

given! {
    always told {
        account_type: AccountType,
        name: String,
    }
    told at times {
        account_subtype: AccountSubtype,
        apr: Rate,
        apy: Rate,
        available_balance: Money,
        balance: Money,
        cash_surrender_value: Money,
        credit_limit: Money,
        currency_code: String,
        death_benefit: Money,
        interest_rate: Rate,
        is_closed: bool,
        loan_amount: Money,
        nickname: String,
        original_balance: Money,
    }
    never told {
        is_business: bool,
        property_type: PropertyType,
    }
}

/// What a user has written of a holding, over what its feed tells.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct GivenHolding {
    /// What was paid for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost_basis: Option<Money>,
    /// ISO 4217.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_given_stands_over_what_was_told_until_something_newer_is_given() {
        let mut given =
            GivenFacts { name: Some("Mine".into()), is_business: Some(true), ..GivenFacts::default() };
        let mut told = AccountFacts::new(AccountType::Checking, "Everyday".into());
        told.nickname = Some("Bank's".into());
        let in_force = given.over(told.clone());
        assert_eq!((&*in_force.name, in_force.nickname.as_deref()), ("Mine", Some("Bank's")));
        given.take(GivenFacts { nickname: Some("Ours".into()), ..GivenFacts::default() });
        let in_force = given.over(told);
        assert_eq!((&*in_force.name, in_force.nickname.as_deref()), ("Mine", Some("Ours")));
        let named = ["name", "nickname", "is_business"];
        assert!(named.iter().all(|name| given.has(name)));
        assert!(!given.has("balance") && !given.has("guid"));
    }

    #[test]
    fn what_was_given_survives_json() {
        let given = GivenFacts {
            balance: Some(Money::from_units(-12_345)),
            property_type: Some(PropertyType::Art),
            ..GivenFacts::default()
        };
        let text = serde_json::to_string(&given).unwrap();
        assert_eq!(serde_json::from_str::<GivenFacts>(&text).unwrap(), given);
        assert_eq!(serde_json::from_str::<GivenFacts>("{}").unwrap(), GivenFacts::default());
    }
}
