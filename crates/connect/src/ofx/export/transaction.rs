//! `STMTTRN`: a transaction of any account.

use riverbank_model::feed::{FeedAccount, FeedTransaction};
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::{Context, currency, day, limited};
use crate::ofx::write::Aggregate;

/// Most characters of `NAME`, `MEMO` and `CHECKNUM` (OFX 2.2, 11.4.4.1).
const NAME: usize = 32;
const MEMO: usize = 255;
const CHECK_NUMBER: usize = 12;
/// Most characters of `FITID` (OFX 2.2, 3.2.3).
const ID: usize = 255;

/// `TRNTYPE` (OFX 2.2, 11.4.4.3).
const KINDS: [&str; 17] = [
    "CREDIT",
    "DEBIT",
    "INT",
    "DIV",
    "FEE",
    "SRVCHG",
    "DEP",
    "ATM",
    "POS",
    "XFER",
    "CHECK",
    "PAYMENT",
    "CASH",
    "DIRECTDEP",
    "DIRECTDEBIT",
    "REPEATPMT",
    "OTHER",
];

/// The transactions of an account, in its order, each `wrapped` as its statement wants it. What is still pending is left
/// out: it would come once more when it is booked.
pub(super) fn list(
    context: &mut Context<'_>,
    account: &FeedAccount,
    name: &str,
    wrapped: fn(Aggregate) -> Aggregate,
) -> Aggregate {
    let posted = account.transactions.iter().filter(|one| one.status != TransactionStatus::Pending);
    let days = posted.clone().filter_map(FeedTransaction::date);
    let first = days.clone().min().unwrap_or_else(|| context.today());
    let last = days.max().map_or_else(|| context.today(), |last| last.max(context.today()));
    let written: Vec<_> = posted.map(|one| write(one, currency(account), first)).collect();
    match account.transactions.len() - written.len() {
        0 => {}
        1 => context.leave_out(account, "one transaction is pending"),
        pending => context.leave_out(account, &format!("{pending} transactions are pending")),
    }
    Aggregate::new(name)
        .value("DTSTART", day(first))
        .value("DTEND", day(last))
        .with_all(written.into_iter().map(wrapped))
}

fn write(one: &FeedTransaction, currency: &str, first: jiff::civil::Date) -> Aggregate {
    let is_debit = one.transaction_type == TransactionType::Debit;
    let amount = if is_debit { -one.amount } else { one.amount };
    let posted = one.posted_on.or(one.date()).unwrap_or(first);
    let made = one.transacted_on.filter(|made| *made != posted).map(day);
    let id = one.id.as_deref().and_then(|id| limited(id, ID));
    let check_number = one.check_number.as_deref().filter(|number| number.chars().count() <= CHECK_NUMBER);
    let category = one.merchant_category_code.map(|code| code.to_string());
    let foreign = one.currency_code.as_deref().filter(|own| *own != currency);
    Aggregate::new("STMTTRN")
        .value("TRNTYPE", kind(one, is_debit))
        .value("DTPOSTED", day(posted))
        .maybe("DTUSER", made.as_deref())
        .value("TRNAMT", amount.to_string())
        .maybe("FITID", id.as_deref())
        .maybe("CHECKNUM", check_number)
        .maybe("SIC", category.as_deref())
        .maybe("NAME", limited(&one.description, NAME).as_deref())
        .maybe("MEMO", memo(one).as_deref())
        .with_all(foreign.map(other_currency))
}

/// The feed's own kind where the format has it, else a check, else the direction.
fn kind(one: &FeedTransaction, is_debit: bool) -> &str {
    let known = one.kind.as_deref().filter(|kind| KINDS.contains(kind));
    known.unwrap_or(match (is_debit, &one.check_number) {
        (true, Some(_)) => "CHECK",
        (true, None) => "DEBIT",
        (false, _) => "CREDIT",
    })
}

/// What more there is to read: the whole of a description that `NAME` cuts off, then the memo.
fn memo(one: &FeedTransaction) -> Option<String> {
    let is_cut = one.description.trim().chars().count() > NAME;
    let parts = [is_cut.then_some(&*one.description), one.memo.as_deref()];
    let parts: Vec<_> = parts.into_iter().flatten().map(str::trim).filter(|part| !part.is_empty()).collect();
    limited(&parts.join("; "), MEMO)
}

/// `CURRENCY`: the amounts are in another one than the statement's. It wants a rate, and none is known.
pub(super) fn other_currency(code: &str) -> Aggregate {
    Aggregate::new("CURRENCY").value("CURRATE", "1").value("CURSYM", code)
}
