//! The transactions of a ledger as a table for a spreadsheet.

use std::io::{self, Write};

use riverbank_engine::Engine;
use riverbank_engine::accounts::AccountView;
use riverbank_engine::export::Ledger;
use riverbank_engine::transactions::TransactionView;
use riverbank_model::transaction::TransactionType;

use crate::failure::Failure;

/// One column: its name, and its cell of a transaction and its account.
type Column = (&'static str, fn(&TransactionView, &AccountView) -> String);

/// The fields of the API that a spreadsheet has use for; `amount` has the sign of what it does to the account.
const COLUMNS: [Column; 22] = [
    ("guid", |one, _| one.transaction.guid.to_string()),
    ("date", |one, _| one.transaction.date.to_string()),
    ("posted_on", |one, _| one.posted_on().map_or_else(String::new, |day| day.to_string())),
    ("status", |one, _| one.transaction.status.name().to_owned()),
    ("amount", |one, _| match one.transaction.transaction_type {
        TransactionType::Debit => (-one.transaction.amount).to_string(),
        TransactionType::Credit => one.transaction.amount.to_string(),
    }),
    ("currency_code", |one, account| {
        text(one.transaction.currency_code.as_deref().or(account.facts.currency_code.as_deref()))
    }),
    ("description", |one, _| text(Some(&one.transaction.description))),
    ("memo", |one, _| text(one.memo())),
    ("feed_description", |one, _| text(one.feed_description())),
    ("category", |one, _| text(one.category_name())),
    ("category_guid", |one, _| one.transaction.category_guid.to_string()),
    ("check_number", |one, _| text(one.transaction.check_number.as_deref())),
    ("merchant_guid", |one, _| id(one.transaction.merchant_guid.as_ref())),
    ("is_hidden", |one, _| one.transaction.is_hidden.to_string()),
    ("is_recurring", |one, _| {
        one.transaction.is_recurring.map_or_else(String::new, |is_it| is_it.to_string())
    }),
    ("parent_guid", |one, _| id(one.transaction.parent_guid.as_ref())),
    ("account_guid", |_, account| account.account.guid.to_string()),
    ("account_name", |_, account| text(Some(&account.facts.name))),
    ("account_type", |_, account| account.facts.account_type.name().to_owned()),
    ("account_number", |_, account| text(account.facts.account_number.as_deref())),
    ("institution_code", |_, account| text(account.institution_code.as_deref())),
    ("member_guid", |_, account| account.account.member_guid.to_string()),
];

/// Writes them account by account, newest first. Parts stand in the place of what was split into them, so that the sum of
/// the amounts is what was moved.
pub(super) async fn write(engine: &Engine, ledger: &Ledger, output: &mut dyn Write) -> Result<(), Failure> {
    let mut table = csv::Writer::from_writer(output);
    table.write_record(COLUMNS.map(|(name, _)| name)).map_err(failed)?;
    for account in &ledger.accounts {
        let transactions = engine.export_transactions(account).await.map_err(Failure::of)?;
        for one in transactions.iter().filter(|one| !one.transaction.has_been_split) {
            table.write_record(COLUMNS.map(|(_, cell)| cell(one, account))).map_err(failed)?;
        }
    }
    table.flush().map_err(Failure::output)
}

/// Text of a bank or a user. A spreadsheet takes what begins so for a formula, and computes it; behind an apostrophe it
/// does not.
fn text(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn id(guid: Option<&impl ToString>) -> String {
    guid.map_or_else(String::new, ToString::to_string)
}

fn failed(error: csv::Error) -> Failure {
    Failure::output(io::Error::from(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_a_spreadsheet_would_compute_is_told_to_be_text() {
        assert_eq!(text(Some("=HYPERLINK(\"https://x.example\")")), "'=HYPERLINK(\"https://x.example\")");
        assert_eq!(text(Some("+1 555 0100")), "'+1 555 0100");
        assert_eq!(text(Some("A-B=C")), "A-B=C");
        assert_eq!(text(None), "");
    }
}
