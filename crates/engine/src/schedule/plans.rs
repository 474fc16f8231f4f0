//! The months of spending plans.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, spending_plans};

use super::source::Source;
use crate::{Engine, Fault};

/// The midnights at which a month of a plan begins, each in the time zone of its user.
pub(super) struct PlanTurns;

#[async_trait]
impl Source for PlanTurns {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        spending_plans::next_turn(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        let due = spending_plans::due(&*engine.store().read().await?, now).await?;
        let mut done = 0;
        for key in due {
            let plan = key.guid.clone();
            match engine.turn_plan(key).await {
                Ok(is_done) => done += usize::from(is_done),
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => {
                    tracing::error!(%plan, error = &fault as &dyn std::error::Error, "a month of a plan could not begin");
                }
            }
        }
        Ok(done)
    }
}
