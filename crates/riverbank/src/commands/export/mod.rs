//! `riverbank export`: the ledger of a user as a file. Runs beside a server.

mod csv;
mod ofx;

use std::io::{BufWriter, Write};

use clap::{Args, ValueEnum};
use riverbank_engine::Engine;
use riverbank_engine::export::Ledger;
use riverbank_http::LedgerDocument;
use riverbank_model::guid::UserGuid;

use crate::config::Config;
use crate::failure::Failure;
use crate::wiring::engine;

#[derive(Debug, Args)]
pub struct Export {
    /// The user's guid
    #[arg(long)]
    user: UserGuid,
    /// What to write: every object as the API shows it; the transactions as a table; or what programs for personal
    /// finance import
    #[arg(long, value_enum)]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Json,
    Csv,
    Ofx,
}

pub async fn run(command: Export, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let engine = engine::of_command(config).await?;
    let Export { user, format } = command;
    let ledger = engine.export_ledger(&user).await.map_err(Failure::of)?;
    let ledger = ledger.ok_or_else(|| Failure::new(format!("there is no user {user}")))?;
    let mut output = BufWriter::new(output);
    match format {
        Format::Json => json(&engine, ledger, &mut output).await?,
        Format::Csv => csv::write(&engine, &ledger, &mut output).await?,
        Format::Ofx => ofx::write(&engine, &ledger, &mut output).await?,
    }
    output.flush().map_err(Failure::output)
}

async fn json(engine: &Engine, ledger: Ledger, output: &mut dyn Write) -> Result<(), Failure> {
    let accounts = ledger.accounts.clone();
    let mut document = LedgerDocument::begin(output, ledger, engine.now()).map_err(Failure::output)?;
    for account in &accounts {
        let transactions = engine.export_transactions(account).await.map_err(Failure::of)?;
        document.transactions(transactions).map_err(Failure::output)?;
    }
    document.end().map_err(Failure::output)
}
