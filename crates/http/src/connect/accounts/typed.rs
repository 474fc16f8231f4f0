//! What someone types of an account.

use std::str::FromStr;

use riverbank_engine::accounts::AccountChanges;
use riverbank_engine::banks::Parameters;
use riverbank_model::account::{AccountType, PropertyType};
use riverbank_model::given::GivenFacts;

use crate::connect::words::AccountWords;
use crate::words::Phrase;

/// Characters of a name.
const LONGEST: usize = 100;

/// A number that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Balance,
    Owed,
    Worth,
    CreditLimit,
    OriginalBalance,
    InterestRate,
    CashSurrenderValue,
    DeathBenefit,
}

impl Asked {
    /// The field of the API that it is.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Balance | Self::Owed | Self::Worth => "balance",
            Self::CreditLimit => "credit_limit",
            Self::OriginalBalance => "original_balance",
            Self::InterestRate => "interest_rate",
            Self::CashSurrenderValue => "cash_surrender_value",
            Self::DeathBenefit => "death_benefit",
        }
    }

    pub(super) fn label(self, words: &AccountWords) -> Phrase {
        match self {
            Self::Balance => words.balance,
            Self::Owed => words.owed,
            Self::Worth => words.worth,
            Self::CreditLimit => words.credit_limit,
            Self::OriginalBalance => words.original_balance,
            Self::InterestRate => words.interest_rate,
            Self::CashSurrenderValue => words.cash_surrender_value,
            Self::DeathBenefit => words.death_benefit,
        }
    }

    /// Whether the account says nothing without it.
    pub(super) fn is_required(self) -> bool {
        matches!(self, Self::Balance | Self::Owed | Self::Worth)
    }
}

/// The numbers that a kind of account has.
pub(super) fn numbers(kind: AccountType) -> &'static [Asked] {
    use Asked::{
        Balance, CashSurrenderValue, CreditLimit, DeathBenefit, InterestRate, OriginalBalance, Owed, Worth,
    };
    match kind {
        AccountType::Savings => &[Balance, InterestRate],
        AccountType::Loan | AccountType::Mortgage => &[Owed, OriginalBalance, InterestRate],
        AccountType::CreditCard | AccountType::LineOfCredit => &[Owed, CreditLimit, InterestRate],
        AccountType::CheckingLineOfCredit => &[Balance, CreditLimit, InterestRate],
        AccountType::Property => &[Worth],
        AccountType::Insurance => &[Worth, CashSurrenderValue, DeathBenefit],
        _ => &[Balance],
    }
}

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    NoName,
    NoNumber,
}

/// An account of this kind, of what was typed.
pub(super) fn read(kind: AccountType, form: &Parameters) -> Result<AccountChanges, Flaw> {
    let name = form.get("name").unwrap_or_default().trim();
    if name.is_empty() || name.chars().count() > LONGEST {
        return Err(Flaw::NoName);
    }
    let mut given = GivenFacts {
        account_type: Some(kind),
        name: Some(name.to_owned()),
        is_business: Some(form.get("is_business") == Some("true")),
        ..GivenFacts::default()
    };
    for asked in numbers(kind) {
        let text = form.get(asked.name()).unwrap_or_default().trim();
        if text.is_empty() && !asked.is_required() {
            continue;
        }
        match asked {
            Asked::Balance | Asked::Owed | Asked::Worth => given.balance = Some(number(text)?),
            Asked::CreditLimit => given.credit_limit = Some(number(text)?),
            Asked::OriginalBalance => given.original_balance = Some(number(text)?),
            Asked::InterestRate => given.interest_rate = Some(number(text)?),
            Asked::CashSurrenderValue => given.cash_surrender_value = Some(number(text)?),
            Asked::DeathBenefit => given.death_benefit = Some(number(text)?),
        }
    }
    if kind == AccountType::Property {
        let id = form.get("property_type").and_then(|id| id.parse().ok());
        given.property_type = id.and_then(PropertyType::from_id);
    }
    Ok(AccountChanges { given, is_hidden: None, metadata: None })
}

/// A number as people write it.
fn number<N: FromStr>(text: &str) -> Result<N, Flaw> {
    plain(text).parse().map_err(|_| Flaw::NoNumber)
}

/// A number as computers write it: without marks between thousands, and with a point. A comma is a point when at most two
/// digits follow it and no point does.
fn plain(text: &str) -> String {
    let text: String =
        text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '$' | '%' | '\'' | '’')).collect();
    let is_decimal = |mark: char| {
        let (_, behind) = text.rsplit_once(mark)?;
        let is_only_one = text.matches(mark).count() == 1;
        (is_only_one && !behind.contains(['.', ','])).then_some(behind.len())
    };
    let comma_is_point = is_decimal(',').is_some_and(|digits| digits <= 2);
    let kept = text.chars().filter(|c| match c {
        ',' => comma_is_point,
        '.' => !comma_is_point,
        _ => true,
    });
    kept.map(|c| if c == ',' { '.' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use riverbank_model::money::Money;

    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (typed, meant) in [
            ("1234.56", "1234.56"),
            ("1,234.56", "1234.56"),
            ("$ 1,234", "1234"),
            ("1234,56", "1234.56"),
            ("1.234,56", "1234.56"),
            ("1 234,5", "1234.5"),
            ("-20", "-20"),
            ("1,234,567", "1234567"),
            ("7.25%", "7.25"),
        ] {
            assert_eq!(
                number::<Money>(typed).map(|money| money.to_string()),
                Ok(meant.to_owned()),
                "{typed}"
            );
        }
        for wrong in ["", "many", "1..2", "0x10", "1e400", "999999999999999999999"] {
            assert_eq!(number::<Money>(wrong), Err(Flaw::NoNumber), "{wrong}");
        }
    }
}
