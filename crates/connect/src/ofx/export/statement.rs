//! Statements of bank accounts and credit cards.

use riverbank_model::feed::FeedAccount;
use riverbank_model::money::Money;

use super::key::Statement;
use super::{Context, currency, transaction};
use crate::ofx::write::Aggregate;

/// `STMTRS`.
pub(super) fn bank(
    context: &mut Context<'_>,
    account: &FeedAccount,
    account_type: &'static str,
) -> Aggregate {
    let from = context.keys.bank(account, account_type);
    let body = Aggregate::new("STMTRS").value("CURDEF", currency(account)).with(from);
    finish(context, account, body, Statement::Bank(account_type).is_debt())
}

/// `CCSTMTRS`.
pub(super) fn card(context: &mut Context<'_>, account: &FeedAccount) -> Aggregate {
    let from = context.keys.card(account);
    let body = Aggregate::new("CCSTMTRS").value("CURDEF", currency(account)).with(from);
    finish(context, account, body, Statement::Card.is_debt())
}

fn finish(context: &mut Context<'_>, account: &FeedAccount, body: Aggregate, is_debt: bool) -> Aggregate {
    let facts = &account.facts;
    let ledger = facts.balance.unwrap_or_else(|| {
        context.leave_out(account, "its balance is not known, and is written as 0");
        Money::ZERO
    });
    let ledger = if is_debt { -ledger } else { ledger };
    let available = if is_debt { facts.available_credit } else { facts.available_balance };
    let transactions = transaction::list(context, account, "BANKTRANLIST", |one| one);
    let balance = |name: &str, amount: Money| {
        let moment = context.moment();
        Aggregate::new(name).value("BALAMT", amount.to_string()).value("DTASOF", moment)
    };
    body.with(transactions)
        .with(balance("LEDGERBAL", ledger))
        .with_all(available.map(|available| balance("AVAILBAL", available)))
}
