//! Transactions of bank and card statements (`STMTTRN` and, pending, `STMTTRNP`; OFX 2.2, 11.4).

use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::reading::Reading;
use crate::ofx::document::Node;

/// Whether a node is one.
pub(super) fn is_one(node: Node<'_>) -> bool {
    node.is("STMTTRN") || node.is("STMTTRNP")
}

/// Reads one transaction. Without a readable amount it is none, and that is reported.
pub(super) fn read(
    reading: &mut Reading,
    node: Node<'_>,
    account_currency: Option<&str>,
) -> Option<FeedTransaction> {
    let Some(amount) = reading.money(node, "TRNAMT") else {
        reading.lose(node, "a transaction without a readable TRNAMT");
        return None;
    };
    let is_pending = node.is("STMTTRNP");
    let posted = reading.when(node, "DTPOSTED");
    let made = reading.when(node, "DTUSER").or_else(|| reading.when(node, "DTTRAN"));
    if posted.is_none() && made.is_none() {
        reading.remark(node, "a transaction without a readable date");
    }
    let name = node
        .value("NAME")
        .or_else(|| node.child("PAYEE").and_then(|payee| payee.value("NAME")))
        .or_else(|| node.value("EXTDNAME"));
    let memo = node.value("MEMO");
    let (currency_code, is_international) = currency(reading, node, account_currency);
    Some(FeedTransaction {
        id: node.value("FITID"),
        amount: amount.abs(),
        transaction_type: direction(amount),
        status: if is_pending { TransactionStatus::Pending } else { TransactionStatus::Posted },
        memo: memo.clone().filter(|_| name.is_some()),
        description: name.or(memo).unwrap_or_default(),
        posted_at: posted.and_then(|when| when.at),
        posted_on: posted.map(|when| when.day),
        transacted_at: made.and_then(|when| when.at),
        transacted_on: made.map(|when| when.day),
        currency_code,
        check_number: check_number(node),
        kind: node.value("TRNTYPE").map(|kind| kind.to_ascii_uppercase()),
        merchant_category_code: node.value("SIC").and_then(|code| code.parse().ok()),
        is_international,
    })
}

/// The sign is from the account holder's point of view (OFX 2.2, 3.2.9), whatever `TRNTYPE` says.
pub(super) fn direction(amount: Money) -> TransactionType {
    if amount < Money::ZERO { TransactionType::Debit } else { TransactionType::Credit }
}

/// `CURRENCY` says that the amounts are in another currency; `ORIGCURRENCY` that they have been converted already
/// (OFX 2.2, 5.2).
pub(super) fn currency(
    reading: &mut Reading,
    node: Node<'_>,
    account_currency: Option<&str>,
) -> (Option<String>, Option<bool>) {
    let mut symbol = |name| node.child(name).and_then(|currency| reading.currency(currency, "CURSYM"));
    let told = symbol("CURRENCY");
    let original = symbol("ORIGCURRENCY");
    let is_foreign =
        told.as_deref().or(original.as_deref()).zip(account_currency).map(|(symbol, own)| symbol != own);
    (told, is_foreign.filter(|&is_foreign| is_foreign))
}

/// `CHECKNUM`, which some banks spell `CHKNUM`. Zeros only mean that there is none.
fn check_number(node: Node<'_>) -> Option<String> {
    node.value("CHECKNUM")
        .or_else(|| node.value("CHKNUM"))
        .filter(|number| number.bytes().any(|byte| byte != b'0'))
}
