//! `riverbank ofx read FILE`: what the OFX reader makes of a file.

use std::fmt::{self, Display, Write as _};
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::Subcommand;
use riverbank_connect::ofx::{OfxAccount, OfxFile, read};
use riverbank_model::feed::{FeedHolding, FeedTransaction};

use crate::failure::Failure;

#[derive(Debug, Subcommand)]
pub enum Ofx {
    /// Print the accounts, balances, holdings and transactions of an OFX or QFX file, and every warning with its place
    Read {
        /// The file to read
        file: PathBuf,
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
}

pub fn run(command: &Ofx, output: &mut dyn Write) -> Result<(), Failure> {
    let Ofx::Read { file, json } = command;
    let bytes = fs::read(file).map_err(|error| Failure::of(error).about(file.display()))?;
    let read = read(&bytes).map_err(|error| Failure::of(error).about(file.display()))?;
    let text = if *json {
        serde_json::to_string_pretty(&read).map_err(Failure::of)? + "\n"
    } else {
        in_words(&read).map_err(Failure::of)?
    };
    output.write_all(text.as_bytes()).map_err(Failure::output)
}

fn in_words(file: &OfxFile) -> Result<String, fmt::Error> {
    let mut text = String::new();
    writeln!(
        text,
        "version {}, accounts: {}",
        file.version.as_deref().unwrap_or("unknown"),
        file.accounts.len()
    )?;
    if !file.is_whole {
        writeln!(text, "the file is cut off")?;
    }
    let statuses = file.sign_on.iter().filter_map(|sign_on| sign_on.status.as_ref());
    for status in statuses.chain(file.responses.iter().filter_map(|response| response.status.as_ref())) {
        if status.is_error {
            writeln!(text, "refused: {} {}", status.code, status.message.as_deref().unwrap_or_default())?;
        }
    }
    for account in &file.accounts {
        write_account(&mut text, account)?;
    }
    if !file.warnings.is_empty() {
        writeln!(text, "\nwarnings: {}", file.warnings.len())?;
    }
    for warning in &file.warnings {
        writeln!(text, "  {warning}")?;
    }
    Ok(text)
}

fn write_account(text: &mut String, OfxAccount { account, .. }: &OfxAccount) -> fmt::Result {
    let facts = &account.facts;
    writeln!(text, "\n{} {} ({})", facts.account_type.name(), facts.name, account.id)?;
    writeln!(
        text,
        "  balance {}, available {}, currency {}",
        or_none(facts.balance.as_ref()),
        or_none(facts.available_balance.as_ref()),
        or_none(facts.currency_code.as_ref()),
    )?;
    for holding in &account.holdings {
        write_holding(text, holding)?;
    }
    writeln!(text, "  transactions: {}", account.transactions.len())?;
    for transaction in &account.transactions {
        write_transaction(text, transaction)?;
    }
    Ok(())
}

fn write_holding(text: &mut String, holding: &FeedHolding) -> fmt::Result {
    writeln!(
        text,
        "  holds {} of {} at {}, worth {}",
        or_none(holding.shares.as_ref()),
        holding.symbol.as_ref().unwrap_or(&holding.description),
        or_none(holding.price.as_ref()),
        or_none(holding.market_value.as_ref()),
    )
}

fn write_transaction(text: &mut String, transaction: &FeedTransaction) -> fmt::Result {
    writeln!(
        text,
        "  {:10}  {:6}  {:>12}  {}",
        or_none(transaction.date().as_ref()),
        transaction.transaction_type.name(),
        transaction.amount.to_string(),
        transaction.description,
    )
}

fn or_none(value: Option<&impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    const STATEMENT: &str = "OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS>\
        <CURDEF>USD<BANKACCTFROM><BANKID>021000021<ACCTID>7788<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST>\
        <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260105<TRNAMT>-12.50<FITID>1<NAME>COFFEE</STMTTRN>\
        <STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20260106<TRNAMT>much<FITID>2<NAME>TEA</STMTTRN>\
        </BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20260107</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>";

    fn printed(json: bool) -> String {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), STATEMENT).unwrap();
        let mut output = Vec::new();
        run(&Ofx::Read { file: file.path().to_path_buf(), json }, &mut output).unwrap();
        String::from_utf8(output).unwrap()
    }

    #[test]
    fn accounts_transactions_and_warnings_with_their_places_are_printed() {
        let text = printed(false);
        assert!(text.contains("balance 100"), "{text}");
        assert!(text.contains("2026-01-05  DEBIT") && text.contains("COFFEE"), "{text}");
        assert!(text.contains("\nwarnings: 2\n  line 5, byte "), "{text}");
    }

    #[test]
    fn json_holds_the_same_and_amounts_are_exact() {
        let json: serde_json::Value = serde_json::from_str(&printed(true)).unwrap();
        assert_eq!(json["accounts"][0]["transactions"][0]["amount"].to_string(), "12.5");
        assert_eq!(json["warnings"][0]["is_loss"], true);
    }

    #[test]
    fn what_is_no_ofx_fails_with_a_sentence() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "hello").unwrap();
        let failure =
            run(&Ofx::Read { file: file.path().to_path_buf(), json: false }, &mut Vec::new()).unwrap_err();
        let named = format!("{}: this is not an OFX file", file.path().display());
        assert!(failure.to_string().starts_with(&named), "{failure}");
    }
}
