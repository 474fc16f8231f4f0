//! Micro deposits by the American clearing house: files for the bank in one folder, and its returns from another.
//!
//! What was ordered waits in the database. Once an hour it becomes a file, in one unit of work with its trace numbers, and
//! the file is put into the folder as often as it takes, and once. What the bank returns is noted with the deposits that it
//! is about, and their verifications are looked at again.

mod folder;
mod outgoing;
mod returns;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp};
use riverbank_connect::micro_deposits::{Deposit, MicroDepositProvider, NotMade, Returned, Setback, Step};
use riverbank_connect::nacha::{Originator, arrived_by, banking_day_after, eastern, reason};
use riverbank_model::Secrets;
use riverbank_model::money::Money;
use riverbank_store::Store;
use riverbank_store::ach::{self, AchEntry};

use crate::Fault;

pub use folder::Folder;

/// Minutes past the hour at which orders are sent and returns are read (Nexus reference, micro deposits: statuses are
/// refreshed then).
const MINUTE: i64 = 15;
const HOUR: i64 = 60 * 60;

/// Sends micro deposits in NACHA files.
pub struct AchDeposits {
    store: Store,
    secrets: Arc<dyn Secrets>,
    originator: Originator,
    folder: Folder,
    /// The round that was last gone, in seconds since 1970.
    last_round: AtomicI64,
}

impl AchDeposits {
    /// Sends in the name of that originator, by that folder. The first round is gone at once: a server that died may have
    /// left something to do.
    pub fn new(store: Store, secrets: Arc<dyn Secrets>, originator: Originator, folder: Folder) -> Self {
        Self { store, secrets, originator, folder, last_round: AtomicI64::new(i64::MIN) }
    }

    /// Reads what came back, and sends what waits; how many files that were.
    async fn go_round(&self, now: Timestamp) -> Result<usize, Fault> {
        let read = self.read_returns(now).await?;
        while self.make_file(now).await? {}
        Ok(read + self.write_files(now).await?)
    }

    async fn ordered(&self, deposit: &Deposit<'_>) -> Result<Vec<AchEntry>, Fault> {
        Ok(ach::of_deposit(&*self.store.read().await?, deposit.owner, deposit.id).await?)
    }

    /// Writes down both deposits, unless they are.
    async fn write_down(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<(), Fault> {
        let entries: Vec<AchEntry> = (1..)
            .zip(deposit.amounts)
            .map(|(place, amount)| AchEntry {
                user_guid: deposit.owner.clone(),
                micro_deposit_guid: deposit.id.clone(),
                place,
                amount,
                ordered_at: now,
                file_number: None,
                sequence: None,
                return_code: None,
                change_code: None,
                corrected: None,
            })
            .collect();
        let writing = self.store.write(async move |tx| {
            for entry in &entries {
                ach::order(tx, entry).await?;
            }
            Ok::<_, Fault>(())
        });
        writing.await
    }

    /// When deposits are in the account; those that wait go out with the next round.
    async fn arrival(&self, entries: &[AchEntry], now: Timestamp) -> Result<Timestamp, Fault> {
        let number = entries.first().and_then(|entry| entry.file_number);
        let file = match number {
            Some(number) => ach::find(&*self.store.read().await?, number).await?,
            None => None,
        };
        let next = eastern(round_after(now).unwrap_or(now)).date();
        Ok(arrived_by(file.map_or_else(|| banking_day_after(next), |file| file.effective_on)))
    }
}

#[async_trait]
impl MicroDepositProvider for AchDeposits {
    fn reaches(&self, _: &str) -> bool {
        true
    }

    fn institution_name(&self, _: &str) -> Option<String> {
        None
    }

    fn amounts(&self, secrets: &dyn Secrets) -> [Money; 2] {
        [cents(secrets), cents(secrets)]
    }

    async fn order(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade> {
        self.write_down(deposit, now).await.map_err(setback)?;
        let entries = self.ordered(deposit).await.map_err(setback)?;
        Ok(Step::Done(self.arrival(&entries, now).await.map_err(setback)?))
    }

    async fn follow(&self, deposit: &Deposit<'_>, now: Timestamp) -> Result<Step, NotMade> {
        let entries = self.ordered(deposit).await.map_err(setback)?;
        if let Some(code) = entries.iter().find_map(|entry| entry.return_code.clone()) {
            let message = reason(&code).to_owned();
            return Err(Returned { is_refused: false, code, message }.into());
        }
        let arrival = self.arrival(&entries, now).await.map_err(setback)?;
        Ok(if arrival <= now { Step::Done(now) } else { Step::NotYet(arrival) })
    }

    fn next_round(&self, after: Timestamp) -> Option<Timestamp> {
        round_after(after)
    }

    async fn round(&self, now: Timestamp) -> Result<usize, Setback> {
        let round = last_round(now);
        // Another one, and not a later one: a sandbox's clock may be set back.
        if self.last_round.load(Ordering::Acquire) == round {
            return Ok(0);
        }
        match self.go_round(now).await {
            // The database is away: at once again when it is back.
            Err(fault @ Fault::Unavailable(_)) => Err(fault.into()),
            done => {
                self.last_round.store(round, Ordering::Release);
                Ok(done?)
            }
        }
    }
}

fn setback(fault: Fault) -> NotMade {
    NotMade::Setback(Box::new(fault))
}

/// One cent to 99, each as likely.
fn cents(secrets: &dyn Secrets) -> Money {
    const AMOUNTS: u8 = 99;
    let mut byte = [u8::MAX];
    while byte[0] >= u8::MAX / AMOUNTS * AMOUNTS {
        secrets.fill(&mut byte);
    }
    Money::from_units((i64::from(byte[0] % AMOUNTS) + 1) * 100)
}

/// The round that was last due, in seconds since 1970.
fn last_round(now: Timestamp) -> i64 {
    let minute = MINUTE * 60;
    (now.as_second() - minute).div_euclid(HOUR) * HOUR + minute
}

/// The first round after a moment.
fn round_after(after: Timestamp) -> Option<Timestamp> {
    let last = Timestamp::from_second(last_round(after)).ok()?;
    last.checked_add(SignedDuration::from_secs(HOUR)).ok()
}
