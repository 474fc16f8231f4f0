//! What waits to go out to users.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, deliverables};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which deliverables may be sent, or are tried again. The senders see for themselves what is due.
pub(super) struct WaitingDeliverables;

#[async_trait]
impl Source for WaitingDeliverables {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        deliverables::next_due(tx, after).await
    }

    async fn run(&self, _: &Engine, _: Timestamp) -> Result<usize, Fault> {
        Ok(0)
    }
}
