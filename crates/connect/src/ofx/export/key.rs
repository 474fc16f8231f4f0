//! Which statement an account has, and what it is called there.

use std::collections::HashMap;

use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedAccount;

use crate::ofx::read::bank_account_name;
use crate::ofx::write::Aggregate;

/// `ACCTID` has at most so many characters (OFX 2.2, 11.3.1).
const NUMBER: usize = 22;
/// The institution of an account whose routing number is not known: `BANKID` and `BROKERID` must be there.
const UNKNOWN_INSTITUTION: &str = "RIVERBANK";

/// The statement of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Statement {
    /// `STMTRS`, with the `ACCTTYPE`.
    Bank(&'static str),
    /// `CCSTMTRS`.
    Card,
    /// `INVSTMTRS`.
    Investment,
}

impl Statement {
    /// That of an account; none of what moves no money.
    pub(super) fn of(account: &FeedAccount) -> Option<Self> {
        let facts = &account.facts;
        let of_bank = |account_type| bank_account_name(account_type, facts.account_subtype).map(Self::Bank);
        match facts.account_type {
            AccountType::CreditCard => Some(Self::Card),
            AccountType::Investment => Some(Self::Investment),
            AccountType::Property | AccountType::Insurance => None,
            // What is owed to a bank: OFX 2.0 has no statement of loans.
            AccountType::Loan | AccountType::Mortgage | AccountType::CheckingLineOfCredit => {
                of_bank(AccountType::LineOfCredit)
            }
            AccountType::Any | AccountType::Cash | AccountType::Prepaid => of_bank(AccountType::Checking),
            account_type => of_bank(account_type),
        }
    }

    /// Whether what is owed is told as a negative balance.
    pub(super) fn is_debt(self) -> bool {
        matches!(self, Self::Card | Self::Bank("CREDITLINE"))
    }
}

/// How often each number stands among the accounts of a file.
pub(super) struct Keys<'a>(HashMap<&'a str, usize>);

impl<'a> Keys<'a> {
    pub(super) fn of(accounts: &'a [FeedAccount]) -> Self {
        let mut counts = HashMap::new();
        for number in accounts.iter().filter_map(|account| account.facts.account_number.as_deref()) {
            *counts.entry(number).or_default() += 1;
        }
        Self(counts)
    }

    /// `BANKACCTFROM`.
    pub(super) fn bank(&self, account: &FeedAccount, account_type: &str) -> Aggregate {
        let routing = account.facts.routing_number.as_deref().filter(|number| number.len() <= 9);
        Aggregate::new("BANKACCTFROM")
            .value("BANKID", routing.unwrap_or(UNKNOWN_INSTITUTION))
            .value("ACCTID", self.number(account))
            .value("ACCTTYPE", account_type)
    }

    /// `CCACCTFROM`.
    pub(super) fn card(&self, account: &FeedAccount) -> Aggregate {
        Aggregate::new("CCACCTFROM").value("ACCTID", self.number(account))
    }

    /// `INVACCTFROM`.
    pub(super) fn investment(&self, account: &FeedAccount) -> Aggregate {
        Aggregate::new("INVACCTFROM")
            .value("BROKERID", UNKNOWN_INSTITUTION)
            .value("ACCTID", self.number(account))
    }

    /// The number of an account. Programs tell accounts apart by it: where it is missing, too long or that of another one
    /// as well, the account's id takes its place.
    fn number(&self, account: &FeedAccount) -> String {
        let own = account.facts.account_number.as_deref().filter(|number| {
            let number = number.trim();
            !number.is_empty() && number.chars().count() <= NUMBER
        });
        match own.filter(|number| self.0.get(number) == Some(&1)) {
            Some(number) => number.to_owned(),
            None => short(&account.id, NUMBER),
        }
    }
}

/// An id without its dashes, of which so many characters are enough to tell it from others.
pub(super) fn short(id: &str, most: usize) -> String {
    id.chars().filter(|&character| character != '-').take(most).collect()
}
