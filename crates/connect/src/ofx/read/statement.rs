//! Bank and credit card statements (`STMTRS`, OFX 2.2, 11.4.2.2; `CCSTMTRS`, 11.4.3.2).

use riverbank_model::money::Money;

use super::account::{AccountKey, AccountKind, OfxAccount};
use super::accounts::Accounts;
use super::reading::Reading;
use super::transaction;
use crate::ofx::document::Node;

/// Reads one statement. `from_name` is the aggregate that names the account.
pub(super) fn read(
    reading: &mut Reading,
    statement: Node<'_>,
    kind: AccountKind,
    from_name: &str,
    accounts: &mut Accounts,
) {
    let from = statement.find(from_name).unwrap_or(statement);
    let key = AccountKey::of_statement(reading, kind, from);
    let mut account = OfxAccount::new(reading, from, key);
    let currency = reading.currency(statement, "CURDEF");
    let ledger = balance(reading, statement, "LEDGERBAL");
    let available = balance(reading, statement, "AVAILBAL");
    let is_debt = account.is_debt();
    let feed = &mut account.account;
    if is_debt {
        feed.facts.balance = ledger.map(|balance| -balance);
        feed.facts.available_credit = available;
    } else {
        feed.facts.balance = ledger;
        feed.facts.available_balance = available;
    }
    let lost_before = reading.lost;
    for node in statement.descendants().filter(|node| transaction::is_one(*node)) {
        feed.transactions.extend(transaction::read(reading, node, currency.as_deref()));
    }
    // A statement of which something was lost does not tell every transaction.
    feed.transactions_from = statement
        .find("BANKTRANLIST")
        .and_then(|list| reading.day(list, "DTSTART"))
        .filter(|_| reading.lost == lost_before);
    feed.facts.currency_code = currency;
    accounts.add(account);
}

fn balance(reading: &mut Reading, statement: Node<'_>, name: &str) -> Option<Money> {
    let node = statement.find(name)?;
    reading.money(node, "BALAMT")
}
