//! Micro deposits of which there may be news.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, micro_deposits};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which their provider is to be asked, or they are given up.
pub(super) struct MicroDeposits;

#[async_trait]
impl Source for MicroDeposits {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        micro_deposits::next_due(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let mut done = 0;
        for key in micro_deposits::due(&*engine.store().read().await?, now).await? {
            match engine.follow_micro_deposit(&key.user_guid, &key.guid).await {
                Ok(_) => done += 1,
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => fault.log("a micro deposit could not be followed"),
            }
        }
        Ok(done)
    }
}

/// The moments at which their provider does what it does for all of them at once.
pub(super) struct MicroDepositRounds;

#[async_trait]
impl Source for MicroDepositRounds {
    async fn next(&self, engine: &Engine, _: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        Ok(engine.parts.micro_deposits.as_ref().and_then(|provider| provider.next_round(after)))
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let Some(provider) = &engine.parts.micro_deposits else { return Ok(0) };
        provider.round(now).await.map_err(Fault::of_setback)
    }
}
