//! The snapshots that there are: `GET /control/state/snapshots`, and taking one away.

use riverbank_store::snapshots;

use super::view::SnapshotView;
use crate::{Engine, Fault};

impl Engine {
    /// Every snapshot, by the moment that it is of.
    pub async fn list_snapshots(&self) -> Result<Vec<SnapshotView>, Fault> {
        let found = snapshots::list(&*self.store().read().await?).await?;
        found.into_iter().map(SnapshotView::try_from).collect()
    }

    /// Takes a snapshot away; false when there is none of this name.
    pub async fn remove_snapshot(&self, name: &str) -> Result<bool, Fault> {
        let name = name.to_owned();
        Ok(self.store().write(async move |tx| snapshots::remove(tx, &name).await).await?)
    }
}
