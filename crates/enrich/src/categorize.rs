//! The category and the flags of a transaction, and the one call that enriches it whole.

mod explain;
mod kinds;
mod merchant_codes;
mod model;
mod rules;
mod wordings;

use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::{CategoryGuid, MerchantGuid, MerchantLocationGuid};
use riverbank_model::transaction::TransactionType;

use crate::catalogue::{Catalogue, location};
use crate::category::Category;
use crate::cleanse::{Cleansed, cleanse_and_recognise};
use crate::evidence::Evidence;
use crate::names::{Mark, Name};
use crate::words::{Text, Word};

pub use explain::Explanation;
pub use model::Weight;
pub use rules::Rule;

#[cfg(any(test, feature = "quality"))]
pub(crate) use model::{five_fold_answers, most_frequent_category};

/// What is known of a transaction beyond what its feed says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enriched {
    /// The clean description, never empty.
    pub description: String,
    /// A default category, or the one that a rule of the user names.
    pub category: CategoryGuid,
    /// The merchant, where the catalogue has it.
    pub merchant: Option<MerchantGuid>,
    /// Which of the merchant's places, where the text names one that the catalogue has.
    pub location: Option<MerchantLocationGuid>,
    /// The yes-or-no fields of the transaction object.
    pub flags: Flags,
    /// What made the description.
    pub described_by: Evidence,
    /// What chose the category.
    pub categorized_by: Evidence,
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

impl Catalogue {
    /// Enriches what a feed told of a transaction of an account of this type, for a user with these rules. Of rules
    /// that fit the first counts.
    pub fn enrich(&self, told: &FeedTransaction, account: AccountType, rules: &[Rule]) -> Enriched {
        let raw = raw_text(told);
        let text = Text::new(raw);
        let words = text.words();
        let (cleansed, known) = cleanse_and_recognise(self.names(), raw, &text, &words);
        let name = known.map(|known| known.name);
        let (category, categorized_by) = categorize(told, account, &words, &cleansed.description, name);
        let Cleansed { description, evidence: described_by } =
            if cleansed.description.is_empty() { without_text(told.transaction_type) } else { cleansed };
        let merchant = match name {
            Some(Name::Merchant(merchant)) => Some(merchant),
            _ => None,
        };
        let location = merchant.and_then(|merchant| location::named(&merchant.locations, text.keys()));
        let mut enriched = Enriched {
            description,
            category: category.guid(),
            merchant: merchant.map(|merchant| merchant.guid.clone()),
            location: location.map(|location| location.guid.clone()),
            flags: flags(told, account, &words, name, category),
            described_by,
            categorized_by,
        };
        if let Some(rule) = rules::first_that_fits(rules, &enriched.description) {
            let category = Category::from_guid(&rule.category).unwrap_or(category);
            enriched.flags = flags(told, account, &words, name, category);
            rule.apply(&mut enriched);
        }
        enriched
    }
}

/// The category that the table of wordings alone gives.
#[cfg(any(test, feature = "quality"))]
pub(crate) fn wording_alone(text: &str, is_credit: bool) -> Option<Category> {
    let text = Text::new(text);
    wordings::category(&text.words(), is_credit, AccountType::Checking).map(|(category, _)| category)
}

/// The description, or the memo where that is blank.
fn raw_text(told: &FeedTransaction) -> &str {
    match (told.description.trim(), told.memo.as_deref()) {
        ("", Some(memo)) => memo,
        (description, _) => description,
    }
}

fn without_text(direction: TransactionType) -> Cleansed {
    let description = match direction {
        TransactionType::Credit => "Deposit",
        TransactionType::Debit => "Withdrawal",
    };
    Cleansed { description: description.to_owned(), evidence: Evidence::Direction }
}

/// The first layer that knows decides, the most particular first: a bank's own booking, the feed's kind, the merchant,
/// its code, a wording of the text, the statistical model, the account, the direction.
fn categorize(
    told: &FeedTransaction,
    account: AccountType,
    words: &[Word],
    clean: &str,
    name: Option<Name>,
) -> (Category, Evidence) {
    let is_credit = told.transaction_type == TransactionType::Credit;
    if let Some(name @ Name::Booking(booking)) = name {
        let category = if is_credit { booking.on_credit } else { booking.on_debit };
        return (of_payment(category, account), name.evidence());
    }
    if let Some(found) = told.kind.as_deref().and_then(|kind| kinds::category(kind, is_credit)) {
        return found;
    }
    if let Some(name @ Name::Merchant(merchant)) = name {
        return (of_purchase(merchant.category, is_credit), name.evidence());
    }
    if let Some(category) = told.merchant_category_code.and_then(merchant_codes::category) {
        return (of_purchase(category, is_credit), Evidence::Code);
    }
    // The name before what stands around it, such as the streets of a place.
    let clean = Text::new(clean);
    let wording = |words: &[Word]| wordings::category(words, is_credit, account);
    if let Some((category, phrase)) = wording(&clean.words()).or_else(|| wording(words)) {
        return (category, Evidence::Wording(phrase));
    }
    if !is_credit
        && account != AccountType::Investment
        && let Some(guess) = model::guess(&clean.words())
    {
        return (guess.category, Evidence::Model);
    }
    match (is_credit, account) {
        (true, AccountType::CreditCard) => (Category::CreditCardPayment, Evidence::Account),
        (true, AccountType::Mortgage) => (Category::MortgagePayment, Evidence::Account),
        (true, AccountType::Loan | AccountType::LineOfCredit) => (Category::Transfer, Evidence::Account),
        (true, AccountType::Investment) => (Category::Deposit, Evidence::Account),
        (false, AccountType::Investment) => (Category::Withdrawal, Evidence::Account),
        (true, _) => (Category::Income, Evidence::Direction),
        (false, _) => (Category::Uncategorized, Evidence::Direction),
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
    name: Option<Name>,
    category: Category,
) -> Flags {
    let is_credit = told.transaction_type == TransactionType::Credit;
    let mark = name.map_or(Mark::Plain, Name::mark);
    let kind = told.kind.as_deref();
    let top = category.top_level();
    let pays_bills = matches!(account, AccountType::Checking | AccountType::Savings | AccountType::Cash);
    let is_sent = || kind == Some("PAYMENT") || wordings::tells_bill_pay(words);
    Flags {
        is_bill_pay: !is_credit && pays_bills && is_sent(),
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
