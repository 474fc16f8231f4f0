//! Looks for insights.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, insight_looks};

use super::source::Source;
use crate::{Engine, Fault};

/// They are due in the moment after something of a user has changed, and on its mornings.
pub(super) struct Looks;

#[async_trait]
impl Source for Looks {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        insight_looks::next(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        engine.look_for_insights(now).await
    }
}
