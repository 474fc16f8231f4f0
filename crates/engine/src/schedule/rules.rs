//! Rules that are being applied to the transactions that are there.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx};

use super::source::Source;
use crate::{Engine, Fault};

/// They are due as soon as they are made, and until they have been applied.
pub(super) struct OpenRules;

#[async_trait]
impl Source for OpenRules {
    async fn next(&self, _: &Engine, _: &Tx, _: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        Ok(None)
    }

    async fn run(&self, engine: &Engine, _: Timestamp) -> Result<usize, Fault> {
        engine.apply_rules().await
    }
}
