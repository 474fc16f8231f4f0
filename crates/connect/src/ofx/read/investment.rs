//! Investment statements (`INVSTMTRS`, OFX 2.2, 13.9.2).

use std::collections::HashMap;

use riverbank_model::feed::FeedHolding;
use riverbank_model::money::Money;

use super::account::{AccountKey, AccountKind, OfxAccount};
use super::accounts::Accounts;
use super::reading::Reading;
use super::security::{Security, SecurityId};
use super::{investment_transaction, transaction};
use crate::ofx::document::Node;
use crate::ofx::worth::worth;

/// Securities by their ids.
pub(super) type Securities = HashMap<SecurityId, Security>;

/// Reads one statement.
pub(super) fn read(
    reading: &mut Reading,
    statement: Node<'_>,
    securities: &Securities,
    accounts: &mut Accounts,
) {
    let from = statement.find("INVACCTFROM").unwrap_or(statement);
    let key = AccountKey::of_statement(reading, AccountKind::Investment, from);
    let mut account = OfxAccount::new(reading, from, key);
    let currency = reading.currency(statement, "CURDEF");
    let feed = &mut account.account;
    let lost_before = reading.lost;
    for node in transactions(statement) {
        feed.transactions.extend(if transaction::is_one(node) {
            transaction::read(reading, node, currency.as_deref())
        } else {
            investment_transaction::read(reading, node, securities, currency.as_deref())
        });
    }
    feed.transactions_from = statement
        .find("INVTRANLIST")
        .and_then(|list| reading.day(list, "DTSTART"))
        .filter(|_| reading.lost == lost_before);
    for position in statement.descendants().filter(|node| node.is("INVPOS")) {
        feed.holdings.extend(holding(reading, position, securities, currency.as_deref()));
    }
    let cash = statement.find("INVBAL").and_then(|balances| reading.money(balances, "AVAILCASH"));
    let margin = statement.find("INVBAL").and_then(|balances| reading.money(balances, "MARGINBALANCE"));
    let plan_total = statement.find("INV401KBAL").and_then(|balances| reading.money(balances, "TOTAL"));
    let positions = holdings_value(&feed.holdings, currency.as_deref());
    feed.facts.cash_balance = cash;
    feed.facts.holdings_value = positions.filter(|_| statement.find("INVPOSLIST").is_some());
    // The positions, the cash, and what margin owes; a short balance is among the positions already.
    let total = plan_total.or_else(|| {
        let cash = cash.unwrap_or_default() + margin.unwrap_or_default();
        feed.facts
            .holdings_value
            .map(|positions| positions + cash)
            .or_else(|| statement.find("INVBAL").map(|_| cash))
    });
    feed.facts.balance = total;
    feed.facts.total_account_value = total;
    feed.facts.currency_code = currency;
    accounts.add(account);
}

/// The transactions of a statement: those of the investment kind, and those of the bank kind within `INVBANKTRAN`.
fn transactions(statement: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    statement.descendants().filter(|node| transaction::is_one(*node) || investment_transaction::is_one(*node))
}

/// One position. Without an id it cannot be told from others, and that is reported.
fn holding(
    reading: &mut Reading,
    position: Node<'_>,
    securities: &Securities,
    account_currency: Option<&str>,
) -> Option<FeedHolding> {
    let Some(id) = SecurityId::read(position) else {
        reading.remark(position, "a position without UNIQUEID");
        return None;
    };
    let security = securities.get(&id).cloned().unwrap_or_default();
    let shares = reading.quantity(position, "UNITS");
    let average_cost = reading.quantity(position, "AVGCOSTBASIS");
    let (currency_code, _) = transaction::currency(reading, position, account_currency);
    Some(FeedHolding {
        description: security.name.or_else(|| position.value("MEMO")).unwrap_or_else(|| id.id.clone()),
        symbol: security.ticker,
        cusip: id.cusip(),
        price: reading.quantity(position, "UNITPRICE"),
        market_value: reading.money(position, "MKTVAL"),
        cost_basis: shares.zip(average_cost).and_then(|(shares, cost)| worth(shares, cost)),
        currency_code,
        priced_at: reading.when(position, "DTPRICEASOF").and_then(|when| when.at),
        id: id.id,
        shares,
    })
}

/// The sum of the positions; none where one is in another currency or has no value.
fn holdings_value(holdings: &[FeedHolding], account_currency: Option<&str>) -> Option<Money> {
    holdings
        .iter()
        .map(|holding| {
            let is_own = holding
                .currency_code
                .as_deref()
                .is_none_or(|currency| account_currency.is_none_or(|own| own == currency));
            holding.market_value.filter(|_| is_own)
        })
        .sum()
}
