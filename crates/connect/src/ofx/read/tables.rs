//! The enumerations of the specification and what they are to us, one table each. Looked up in any case.

use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::transaction::TransactionType;

/// A row of the account types.
#[derive(Debug)]
pub(super) struct AccountKindRow {
    pub(super) account_type: AccountType,
    pub(super) subtype: Option<AccountSubtype>,
    /// For a name where the institution tells none.
    pub(super) label: &'static str,
}

const fn row(
    account_type: AccountType,
    subtype: Option<AccountSubtype>,
    label: &'static str,
) -> AccountKindRow {
    AccountKindRow { account_type, subtype, label }
}

/// `ACCTTYPE` of bank accounts (OFX 2.2, 11.3.1).
static BANK_ACCOUNT_TYPES: [(&str, AccountKindRow); 5] = [
    ("CHECKING", row(AccountType::Checking, None, "Checking")),
    ("SAVINGS", row(AccountType::Savings, None, "Savings")),
    ("MONEYMRKT", row(AccountType::Savings, Some(AccountSubtype::MoneyMarket), "Money market")),
    ("CREDITLINE", row(AccountType::LineOfCredit, None, "Line of credit")),
    ("CD", row(AccountType::Savings, Some(AccountSubtype::CertificateOfDeposit), "Certificate of deposit")),
];

/// A bank account whose type is missing or not in the table.
pub(super) static UNKNOWN_BANK_ACCOUNT: AccountKindRow = row(AccountType::Any, None, "Account");
/// Accounts of the credit card message set.
pub(super) static CREDIT_CARD: AccountKindRow = row(AccountType::CreditCard, None, "Credit card");
/// Accounts of the investment message set.
pub(super) static INVESTMENT: AccountKindRow = row(AccountType::Investment, None, "Investment");

/// The row of an `ACCTTYPE`.
pub(super) fn bank_account_type(name: &str) -> Option<&'static AccountKindRow> {
    lookup(&BANK_ACCOUNT_TYPES, name)
}

/// The `ACCTTYPE` of a type of account: the one of its subtype where there is one, and none of what is no bank account.
pub(in crate::ofx) fn bank_account_name(
    account_type: AccountType,
    subtype: Option<AccountSubtype>,
) -> Option<&'static str> {
    let named = |subtype| {
        let is_it = |row: &AccountKindRow| row.account_type == account_type && row.subtype == subtype;
        BANK_ACCOUNT_TYPES.iter().find(|(_, row)| is_it(row)).map(|(name, _)| *name)
    };
    named(subtype).or_else(|| named(None))
}

/// `USPRODUCTTYPE` of investment accounts (OFX 2.2, 13.6.2).
static PRODUCT_TYPES: [(&str, AccountSubtype); 11] = [
    ("401K", AccountSubtype::Plan401K),
    ("403B", AccountSubtype::Plan403B),
    ("IRA", AccountSubtype::Ira),
    ("NORMAL", AccountSubtype::Brokerage),
    ("ROLLOVER", AccountSubtype::RolloverIra),
    ("ROTH", AccountSubtype::RothIra),
    ("SARSEP", AccountSubtype::SimplifiedEmployeePension),
    ("SIMPLE", AccountSubtype::SimpleIra),
    ("TRUST", AccountSubtype::Trust),
    ("UGMA", AccountSubtype::UniformGiftsToMinorsAct),
    ("UTMA", AccountSubtype::UniformGiftsToMinorsAct),
];

/// The subtype of a `USPRODUCTTYPE`.
pub(super) fn product_type(name: &str) -> Option<AccountSubtype> {
    lookup(&PRODUCT_TYPES, name).copied()
}

/// The transactions of an `INVTRANLIST` (OFX 2.2, 13.9.2.4), with the direction of their amount where it has to be
/// made from units and price and so has no sign.
static INVESTMENT_TRANSACTIONS: [(&str, TransactionType); 20] = [
    ("BUYDEBT", TransactionType::Debit),
    ("BUYMF", TransactionType::Debit),
    ("BUYOPT", TransactionType::Debit),
    ("BUYOTHER", TransactionType::Debit),
    ("BUYSTOCK", TransactionType::Debit),
    ("CLOSUREOPT", TransactionType::Debit),
    ("INCOME", TransactionType::Credit),
    ("INVEXPENSE", TransactionType::Debit),
    ("JRNLFUND", TransactionType::Credit),
    ("JRNLSEC", TransactionType::Credit),
    ("MARGININTEREST", TransactionType::Debit),
    ("REINVEST", TransactionType::Debit),
    ("RETOFCAP", TransactionType::Credit),
    ("SELLDEBT", TransactionType::Credit),
    ("SELLMF", TransactionType::Credit),
    ("SELLOPT", TransactionType::Credit),
    ("SELLOTHER", TransactionType::Credit),
    ("SELLSTOCK", TransactionType::Credit),
    ("SPLIT", TransactionType::Credit),
    ("TRANSFER", TransactionType::Credit),
];

/// The direction of an unsigned amount of an investment transaction; none for what is no such transaction.
pub(super) fn investment_transaction(name: &str) -> Option<TransactionType> {
    lookup(&INVESTMENT_TRANSACTIONS, name).copied()
}

fn lookup<'a, T>(table: &'a [(&str, T)], name: &str) -> Option<&'a T> {
    table.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
