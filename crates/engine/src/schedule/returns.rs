//! Consents that are given back.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, returning_consents};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which consents are given back, or are tried again. Who gives them back sees for itself what is due.
pub(super) struct Returns;

#[async_trait]
impl Source for Returns {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        returning_consents::next_due(tx, after).await
    }

    async fn run(&self, _: &Engine, _: Timestamp) -> Result<usize, Fault> {
        Ok(0)
    }
}
