//! What the bank brings back.

use jiff::Timestamp;
use riverbank_connect::nacha::{Addenda, File, read, sequence_of};
use riverbank_store::ach::{self, AchEntry};
use riverbank_store::{Tx, micro_deposits};

use super::AchDeposits;
use super::folder::Brought;
use super::outgoing::off_the_runtime;
use crate::Fault;

impl AchDeposits {
    /// Reads what the bank has brought and puts it away; how many files. One that cannot be read stays where it is, perhaps
    /// until the bank has written the rest of it; it is in the log each time. One that is read twice does nothing more.
    pub(super) async fn read_returns(&self, now: Timestamp) -> Result<usize, Fault> {
        let folder = self.folder.clone();
        let brought = off_the_runtime(move || folder.brought()).await?;
        let mut count = 0;
        for Brought { name, bytes } in brought {
            let file = match read(&bytes) {
                Ok(file) => file,
                Err(error) => {
                    tracing::warn!(name, error = %error, "a file of returns cannot be read");
                    continue;
                }
            };
            let told = told(&file, self.originator.dfi());
            self.store.write(async move |tx| note(tx, &told, now).await).await?;
            let (folder, word) = (self.folder.clone(), now.strftime("%Y%m%dT%H%M%S").to_string());
            off_the_runtime(move || folder.put_away(&name, &word)).await?;
            count += 1;
        }
        Ok(count)
    }
}

/// What a file tells of our payments: their sequences, and each time that.
fn told(file: &File, dfi: u64) -> Vec<(i64, Addenda)> {
    let entries = file.batches.iter().flat_map(|batch| &batch.entries);
    let addenda = entries.flat_map(|entry| &entry.addenda);
    let told = addenda.filter_map(|addenda| match addenda {
        Addenda::Note(_) => None,
        Addenda::Change { original_trace, .. } | Addenda::Return { original_trace, .. } => {
            let (by, sequence) = sequence_of(*original_trace);
            (by == dfi).then(|| (sequence, addenda.clone()))
        }
    });
    told.collect()
}

async fn note(tx: &Tx, told: &[(i64, Addenda)], now: Timestamp) -> Result<(), Fault> {
    for (sequence, addenda) in told {
        let Some(entry) = ach::with_sequence(tx, *sequence).await? else {
            tracing::warn!(sequence, "a payment that is none of the micro deposits came back");
            continue;
        };
        note_one(tx, &entry, addenda, now).await?;
    }
    Ok(())
}

async fn note_one(tx: &Tx, entry: &AchEntry, addenda: &Addenda, now: Timestamp) -> Result<(), Fault> {
    let deposit = entry.micro_deposit_guid.as_str();
    match addenda {
        Addenda::Note(_) => {}
        Addenda::Change { code, corrected, .. } => {
            ach::correct(tx, entry, code, corrected).await?;
            tracing::info!(deposit, code, "the bank of a micro deposit asks for a correction");
        }
        Addenda::Return { code, .. } => {
            ach::returned(tx, entry, code).await?;
            micro_deposits::look_again(tx, &entry.user_guid, &entry.micro_deposit_guid, now).await?;
            tracing::info!(deposit, code, "a micro deposit came back");
        }
    }
    Ok(())
}
