//! A ledger as an OFX file.

use std::io::Write;

use riverbank_connect::ofx::export;
use riverbank_engine::Engine;
use riverbank_engine::accounts::AccountView;
use riverbank_engine::export::Ledger;
use riverbank_engine::transactions::TransactionView;
use riverbank_model::feed::{FeedAccount, FeedHolding, FeedTransaction};

use crate::failure::Failure;

/// Writes the accounts with what moved their balance: of what was split the whole, not its parts. What the file cannot say
/// is told beside it.
pub(super) async fn write(engine: &Engine, ledger: &Ledger, output: &mut dyn Write) -> Result<(), Failure> {
    let mut accounts = Vec::new();
    for account in &ledger.accounts {
        let transactions = engine.export_transactions(account).await.map_err(Failure::of)?;
        let wholes = transactions.iter().filter(|one| one.transaction.parent_guid.is_none());
        let mut told = FeedAccount::new(account.account.guid.to_string(), account.facts.clone());
        told.transactions = wholes.map(transaction).collect();
        told.holdings = holdings(ledger, account);
        accounts.push(told);
    }
    let exported = export(&accounts, engine.now());
    for sentence in exported.left_out {
        tracing::warn!("not in the file: {sentence}");
    }
    output.write_all(&exported.file).map_err(Failure::output)
}

/// A transaction as it is in force, on the days that the end user reads.
fn transaction(view: &TransactionView) -> FeedTransaction {
    let one = &view.transaction;
    let bank_text = view.feed_description().filter(|text| *text != one.description);
    FeedTransaction {
        id: Some(one.guid.to_string()),
        amount: one.amount,
        transaction_type: one.transaction_type,
        status: one.status,
        description: one.description.clone(),
        memo: view.memo().or(bank_text).map(str::to_owned),
        posted_at: None,
        posted_on: view.posted_on().or(Some(one.date)),
        transacted_at: None,
        transacted_on: view.transacted_on(),
        currency_code: one.currency_code.clone(),
        check_number: one.check_number.clone(),
        kind: one.feed_kind.clone(),
        merchant_category_code: one.merchant_category_code,
        is_international: one.is_international,
    }
}

fn holdings(ledger: &Ledger, account: &AccountView) -> Vec<FeedHolding> {
    let own = ledger.holdings.iter().filter(|one| one.holding.account_guid == account.account.guid);
    own.map(|one| one.facts.clone()).collect()
}
