//! Transactions with securities (OFX 2.2, 13.9.2.4).

use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::investment::Securities;
use super::reading::Reading;
use super::security::SecurityId;
use super::{tables, transaction};
use crate::ofx::document::Node;
use crate::ofx::worth::worth;

/// Whether a node is such a transaction, and not a value of the same name.
pub(super) fn is_one(node: Node<'_>) -> bool {
    node.children().next().is_some() && tables::investment_transaction(&node.name()).is_some()
}

/// Reads one transaction. Its amount is `TOTAL`, else `FRACCASH` of a split, else units times price; one that moves
/// nothing that is told in money has the amount nought.
pub(super) fn read(
    reading: &mut Reading,
    node: Node<'_>,
    securities: &Securities,
    account_currency: Option<&str>,
) -> Option<FeedTransaction> {
    // Buys and sells keep their details one aggregate further in.
    let details = node.child("INVBUY").or_else(|| node.child("INVSELL")).unwrap_or(node);
    let Some(general) = details.child("INVTRAN") else {
        reading.lose(node, "a transaction without INVTRAN");
        return None;
    };
    let unsigned = tables::investment_transaction(&node.name())?;
    let (amount, transaction_type) = match amount(reading, details) {
        Amount::Signed(amount) => (amount, transaction::direction(amount)),
        Amount::Unsigned(amount) => (amount, told_direction(node, amount, unsigned)),
        Amount::Unreadable => {
            reading.lose(node, "a transaction without a readable amount");
            return None;
        }
    };
    let traded = reading.when(general, "DTTRADE");
    let settled = reading.when(general, "DTSETTLE");
    if traded.is_none() && settled.is_none() {
        reading.remark(node, "a transaction without a readable date");
    }
    let posted = settled.or(traded);
    let security = SecurityId::read(details).and_then(|id| securities.get(&id)?.name.clone());
    let memo = general.value("MEMO");
    let (currency_code, is_international) = transaction::currency(reading, details, account_currency);
    let kind = node
        .value("INCOMETYPE")
        .filter(|_| node.is("INCOME"))
        .map_or_else(|| node.name(), |kind| kind.to_ascii_uppercase());
    Some(FeedTransaction {
        id: general.value("FITID"),
        amount: amount.abs(),
        transaction_type,
        status: TransactionStatus::Posted,
        memo: memo.clone().filter(|_| security.is_some()),
        description: security.or(memo).unwrap_or_else(|| node.name()),
        posted_at: posted.and_then(|when| when.at),
        posted_on: posted.map(|when| when.day),
        transacted_at: traded.and_then(|when| when.at),
        transacted_on: traded.map(|when| when.day),
        currency_code,
        check_number: None,
        kind: Some(kind),
        merchant_category_code: None,
        is_international,
    })
}

enum Amount {
    Signed(Money),
    Unsigned(Money),
    Unreadable,
}

fn amount(reading: &mut Reading, details: Node<'_>) -> Amount {
    for name in ["TOTAL", "FRACCASH"] {
        if details.value(name).is_some() {
            return reading.money(details, name).map_or(Amount::Unreadable, Amount::Signed);
        }
    }
    let units = reading.quantity(details, "UNITS");
    let price = reading.quantity(details, "UNITPRICE");
    match (units, price) {
        (Some(units), Some(price)) => worth(units, price).map_or(Amount::Unreadable, Amount::Unsigned),
        _ => Amount::Unsigned(Money::ZERO),
    }
}

/// The direction of an amount that has no sign of its own: what the transfer says, else what the kind implies.
fn told_direction(node: Node<'_>, amount: Money, implied: TransactionType) -> TransactionType {
    match node.value("TFERACTION").as_deref() {
        Some(action) if action.eq_ignore_ascii_case("OUT") => TransactionType::Debit,
        Some(action) if action.eq_ignore_ascii_case("IN") => TransactionType::Credit,
        _ if node.is("TRANSFER") => transaction::direction(amount),
        _ => implied,
    }
}
