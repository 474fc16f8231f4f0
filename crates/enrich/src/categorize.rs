//! The category and the flags of a transaction, and the one call that enriches it whole.

mod kinds;
mod merchant_codes;
mod wordings;

use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::CategoryGuid;
use riverbank_model::transaction::TransactionType;

use crate::category::Category;
use crate::cleanse::{Cleansed, cleanse_and_recognise};
use crate::names::{Mark, Name};
use crate::words::{Text, Word};

/// What is known of a transaction beyond what its feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enriched {
    /// The clean description, never empty.
    pub description: String,
    /// A default category.
    pub category: CategoryGuid,
    /// The yes-or-no fields of the transaction object.
    pub flags: Flags,
    /// The rule that made the description: see [`Cleansed::rule`]; `direction` when the feed told no text.
    pub described_by: &'static str,
    /// The rule that chose the category: `merchant/...` and `bank/...` known names, `kind/...` the feed's kind,
    /// `mcc` the merchant category code, `words/...` a wording of the text, `account` and `direction` what is left.
    pub categorized_by: &'static str,
}

/// The yes-or-no fields of the transaction object that follow from its text and kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "these are fields of the API's transaction object")]
pub struct Flags {
    /// A payment sent through a bank's bill payment.
    pub is_bill_pay: bool,
    /// Wages, benefits and the like, paid in by their payer.
    pub is_direct_deposit: bool,
    /// Money out that is no transfer and no investment.
    pub is_expense: bool,
    /// Money out under Fees & Charges.
    pub is_fee: bool,
    /// Money in under Income.
    pub is_income: bool,
    /// A fee for an overdraft.
    pub is_overdraft_fee: bool,
    /// From or to a lender of wages.
    pub is_payroll_advance: bool,
    /// Money out to a merchant that is paid by subscription.
    pub is_subscription: bool,
    /// Made abroad, as the feed says; `None` when it does not.
    pub is_international: Option<bool>,
}

/// Enriches what a feed told of a transaction of an account of this type.
pub fn enrich(told: &FeedTransaction, account: AccountType) -> Enriched {
    let raw = match (told.description.trim(), told.memo.as_deref()) {
        ("", Some(memo)) => memo,
        (description, _) => description,
    };
    let text = Text::new(raw);
    let words = text.words();
    let (cleansed, name) = cleanse_and_recognise(raw, &words);
    let (category, categorized_by) = categorize(told, account, &words, &cleansed.description, name);
    let Cleansed { description, rule: described_by } =
        if cleansed.description.is_empty() { without_text(told.transaction_type) } else { cleansed };
    Enriched {
        description,
        category: category.guid(),
        flags: flags(told, account, &words, name, category),
        described_by,
        categorized_by,
    }
}

fn without_text(direction: TransactionType) -> Cleansed {
    let description = match direction {
        TransactionType::Credit => "Deposit",
        TransactionType::Debit => "Withdrawal",
    };
    Cleansed { description: description.to_owned(), rule: "direction" }
}

/// The first rule that knows decides, the most particular first: a bank's own wording, the feed's kind, the
/// merchant, its code, a wording of the text, the account, the direction.
fn categorize(
    told: &FeedTransaction,
    account: AccountType,
    words: &[Word],
    clean: &str,
    name: Option<&'static Name>,
) -> (Category, &'static str) {
    let is_credit = told.transaction_type == TransactionType::Credit;
    let booking = name.and_then(|name| Some((name, name.on_credit?)));
    if let Some((name, on_credit)) = booking {
        let category = if is_credit { on_credit } else { name.on_debit };
        return (of_payment(category, account), name.rule);
    }
    if let Some(found) = told.kind.as_deref().and_then(|kind| kinds::category(kind, is_credit)) {
        return found;
    }
    if let Some(name) = name {
        return (of_purchase(name.on_debit, is_credit), name.rule);
    }
    if let Some(category) = told.merchant_category_code.and_then(merchant_codes::category) {
        return (of_purchase(category, is_credit), "mcc");
    }
    // The name before what stands around it, such as the streets of a place.
    let clean = Text::new(clean);
    let wording = |words: &[Word]| wordings::category(words, is_credit, account);
    if let Some(found) = wording(&clean.words()).or_else(|| wording(words)) {
        return found;
    }
    match (is_credit, account) {
        (true, AccountType::CreditCard) => (Category::CreditCardPayment, "account"),
        (true, AccountType::Mortgage) => (Category::MortgagePayment, "account"),
        (true, AccountType::Loan | AccountType::LineOfCredit) => (Category::Transfer, "account"),
        (true, AccountType::Investment) => (Category::Deposit, "account"),
        (false, AccountType::Investment) => (Category::Withdrawal, "account"),
        (true, _) => (Category::Income, "direction"),
        (false, _) => (Category::Uncategorized, "direction"),
    }
}

/// A payment received has the same words on a card and on a loan; the account says which it is.
fn of_payment(category: Category, account: AccountType) -> Category {
    match (category, account) {
        (Category::CreditCardPayment, AccountType::Mortgage) => Category::MortgagePayment,
        (Category::CreditCardPayment, AccountType::Loan | AccountType::LineOfCredit) => Category::Transfer,
        _ => category,
    }
}

/// Money back from a merchant is a returned purchase; what goes both ways keeps its category.
fn of_purchase(category: Category, is_credit: bool) -> Category {
    let goes_both_ways = matches!(
        category.top_level(),
        Category::FeesAndCharges
            | Category::Financial
            | Category::Income
            | Category::Investments
            | Category::Taxes
            | Category::Transfer
            | Category::Uncategorized
    );
    if is_credit && !goes_both_ways { Category::ReturnedPurchase } else { category }
}

fn flags(
    told: &FeedTransaction,
    account: AccountType,
    words: &[Word],
    name: Option<&'static Name>,
    category: Category,
) -> Flags {
    let is_credit = told.transaction_type == TransactionType::Credit;
    let mark = name.map_or(Mark::Plain, |name| name.mark);
    let kind = told.kind.as_deref();
    let top = category.top_level();
    let pays_bills = matches!(account, AccountType::Checking | AccountType::Savings | AccountType::Cash);
    let is_sent = kind == Some("PAYMENT") || wordings::tells_bill_pay(words);
    Flags {
        is_bill_pay: !is_credit && pays_bills && is_sent,
        is_direct_deposit: is_credit
            && (kind == Some("DIRECTDEP")
                || mark == Mark::DirectDeposit
                || wordings::tells_direct_deposit(words)),
        is_expense: !is_credit
            && !matches!(top, Category::Transfer | Category::Investments | Category::Income),
        is_fee: !is_credit && top == Category::FeesAndCharges,
        is_income: is_credit && top == Category::Income,
        is_overdraft_fee: !is_credit && mark == Mark::OverdraftFee,
        is_payroll_advance: mark == Mark::PayrollAdvance,
        is_subscription: !is_credit && mark == Mark::Subscription,
        is_international: told.is_international,
    }
}

#[cfg(test)]
mod tests;
