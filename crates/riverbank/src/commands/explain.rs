//! `riverbank explain TRN-...`: why a transaction is matched, described and categorised as it is.

use std::io::Write;

use clap::Args;
use riverbank_engine::transactions::explain;
use riverbank_model::guid::TransactionGuid;

use crate::config::Config;
use crate::database::{Opener, open};
use crate::failure::Failure;

#[derive(Debug, Args)]
pub struct Explain {
    /// Id of the transaction
    transaction: TransactionGuid,
}

pub async fn run(command: Explain, config: &Config, output: &mut dyn Write) -> Result<(), Failure> {
    let store = open(config, Opener::Command).await?;
    let Explain { transaction } = command;
    let text = explain(&store, &transaction).await.map_err(Failure::of)?;
    let text = text.ok_or_else(|| Failure::new(format!("there is no transaction {transaction}")))?;
    output.write_all(text.as_bytes()).map_err(Failure::output)
}
