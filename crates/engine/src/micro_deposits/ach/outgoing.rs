//! From orders to files in the folder.

use std::io;

use jiff::Timestamp;
use riverbank_connect::nacha::{Making, Payment, digits_of, sequences_after, write};
use riverbank_model::account::AccountType;
use riverbank_store::ach::{self, AchFile, WaitingEntry};
use riverbank_store::{StoreError, Tx};

use super::AchDeposits;
use crate::Fault;

/// Deposits of one file; even, so that the two of a verification stay together.
const OF_FILE: i64 = 5_000;

impl AchDeposits {
    /// Makes a file of what waits, with its trace numbers; false if nothing waits, or it has to until another round.
    pub(super) async fn make_file(&self, now: Timestamp) -> Result<bool, Fault> {
        let originator = self.originator.clone();
        let writing = self.store.write(async move |tx| {
            // The newest file before what waits: whatever another process sends in between has a newer one then, and the
            // number is taken.
            let newest = ach::newest(tx).await?;
            let waiting = ach::waiting(tx, OF_FILE).await?;
            if waiting.is_empty() {
                return Ok(false);
            }
            let (last, count) = (newest.as_ref().map_or(0, |file| file.last_sequence), count(&waiting));
            let mut making = Making { at: now, place: 0, first: sequences_after(last, count) };
            let of_day = newest.as_ref().filter(|file| file.day == making.day());
            let place = of_day.map_or(0, |file| file.place + 1);
            making.place = usize::try_from(place).map_err(Fault::internal)?;
            if !making.has_room() {
                return Ok(false);
            }
            let number = newest.map_or(1, |file| file.number + 1);
            let payments: Vec<Payment> =
                waiting.iter().map(payment).collect::<Option<_>>().ok_or_else(nowhere)?;
            let content = write(&originator.file(&making, &payments)).map_err(Fault::internal)?;
            let file = AchFile {
                number,
                made_at: now,
                day: making.day(),
                place,
                effective_on: making.effective_on(),
                last_sequence: making.first + count,
                content: Some(content),
                staged_as: None,
                written_at: None,
            };
            ach::make(tx, &file).await?;
            send(tx, &waiting, &file, &making).await?;
            Ok::<_, Fault>(true)
        });
        match writing.await {
            // Another process has made one at the same time: what it did not take waits for the next round.
            Err(Fault::Conflict(_)) => Ok(false),
            made => made,
        }
    }

    /// Puts files into their places that are not there yet; how many. Another process may do so at the same time: each writes
    /// the file under a name of its own, one is chosen, and only that one is put into the place, by whoever comes to it. So
    /// a file that the bank has taken never comes back.
    pub(super) async fn write_files(&self, now: Timestamp) -> Result<usize, Fault> {
        let unwritten = ach::unwritten(&*self.store.read().await?).await?;
        let count = unwritten.len();
        for file in unwritten {
            let (number, name) = (file.number, name(&file));
            let mark = match file.staged_as {
                Some(mark) => mark,
                None => match self.stage(number, &name, file.content.unwrap_or_default()).await? {
                    Some(mark) => mark,
                    None => continue,
                },
            };
            let folder = self.folder.clone();
            off_the_runtime(move || folder.release(&name, &mark)).await?;
            self.store.write(async move |tx| ach::written(tx, number, now).await).await?;
        }
        Ok(count)
    }

    /// Writes a file beside its place; the mark in its name, or none if another one was chosen.
    async fn stage(&self, number: i64, name: &str, content: String) -> Result<Option<String>, Fault> {
        let mut bytes = [0; 8];
        self.secrets.fill(&mut bytes);
        let mark = format!("{:016x}", u64::from_be_bytes(bytes));
        let (folder, staged, by) = (self.folder.clone(), name.to_owned(), mark.clone());
        off_the_runtime(move || folder.stage(&staged, &by, &content)).await?;
        let chosen = mark.clone();
        if self.store.write(async move |tx| ach::stage(tx, number, &chosen).await).await? {
            return Ok(Some(mark));
        }
        let (folder, staged) = (self.folder.clone(), name.to_owned());
        off_the_runtime(move || folder.discard(&staged, &mark)).await?;
        Ok(None)
    }
}

/// The name of a file: its number tells it from all others, whatever became of them.
fn name(file: &AchFile) -> String {
    format!("riverbank-{:07}.ach", file.number)
}

async fn send(tx: &Tx, waiting: &[WaitingEntry], file: &AchFile, making: &Making) -> Result<(), StoreError> {
    for (sequence, entry) in (making.first..).zip(waiting) {
        ach::send(tx, entry, file.number, digits_of(sequence)).await?;
    }
    Ok(())
}

/// What the file tells of a deposit; none without its account, without which none is ordered.
fn payment(entry: &WaitingEntry) -> Option<Payment> {
    Some(Payment {
        holder: format!("{} {}", entry.first_name, entry.last_name),
        account_number: entry.account_number.clone()?,
        routing_number: entry.routing_number.clone()?,
        is_savings: entry.account_type == Some(AccountType::Savings),
        amount: entry.amount,
        reference: entry.micro_deposit_guid.to_string(),
    })
}

fn nowhere() -> Fault {
    Fault::internal("a micro deposit was ordered without its account")
}

fn count(waiting: &[WaitingEntry]) -> i64 {
    i64::try_from(waiting.len()).unwrap_or(i64::MAX)
}

/// Does something with files where it holds nobody up.
pub(super) async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Fault> {
    let done = tokio::task::spawn_blocking(work).await.map_err(|died| Fault::Internal(Box::new(died)))?;
    done.map_err(|error| Fault::Internal(Box::new(error)))
}
