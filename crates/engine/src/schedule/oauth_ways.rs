//! Ways of end users to institutions' own pages: those that take too long, and those that ended long ago.

use async_trait::async_trait;
use jiff::Timestamp;
use riverbank_store::{StoreError, Tx, oauth_states};

use super::source::Source;
use crate::{Engine, Fault};

/// The moments at which ways end, and are forgotten.
pub(super) struct OauthWays;

#[async_trait]
impl Source for OauthWays {
    async fn next(&self, _: &Engine, tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        oauth_states::next_due(tx, after).await
    }

    async fn run(&self, engine: &Engine, now: Timestamp) -> Result<usize, Fault> {
        engine.sweep_oauth_states(now).await
    }
}
