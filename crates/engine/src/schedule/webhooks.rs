//! Webhooks that wait for their time.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which messages may be sent, or are tried again. The senders see for themselves what is due.
pub(super) struct WaitingWebhooks;

#[async_trait]
impl Source for WaitingWebhooks {
    async fn next(
        &self,
        engine: &Engine,
        tx: &Tx,
        after: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        engine.next_delivery(tx, after).await
    }

    async fn run(&self, _: &Engine, _: Timestamp) -> Result<usize, Fault> {
        Ok(0)
    }
}
