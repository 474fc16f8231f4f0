//! Keeping what a sandbox holds: `POST /control/state/snapshots`.

use riverbank_store::snapshots::{self, Made, MakeError};

use super::new_guid;
use super::view::{SnapshotView, UnlawfulName, check_name};
use crate::control::clock::text_of;
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why a snapshot is not made.
#[derive(Debug, thiserror::Error)]
pub enum TakeSnapshotError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// Its name could not stand in an address.
    #[error(transparent)]
    Name(#[from] UnlawfulName),
    /// There is one of this name.
    #[error("There is a snapshot {0} already: remove it first, or give another name.")]
    Exists(String),
    /// Something is always under way.
    #[error(
        "Jobs or webhooks are still under way, and no snapshot was made: try again when they have ended."
    )]
    Busy,
    /// The clock goes through what falls due.
    #[error("The clock is being moved, and no snapshot was made: try again when it has arrived.")]
    ClockMoves,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(TakeSnapshotError);

impl Engine {
    /// Keeps everything that the sandbox holds under a name. Jobs and webhooks that are under way or due are waited for,
    /// so that what is put back later is at rest.
    pub async fn take_snapshot(&self, name: &str) -> Result<SnapshotView, TakeSnapshotError> {
        demand_sandbox(self)?;
        check_name(name)?;
        let _clock = self.hold_clock().await.ok_or(TakeSnapshotError::ClockMoves)?;
        let is_busy = |error: &TakeSnapshotError| matches!(error, TakeSnapshotError::Busy);
        self.patiently(is_busy, || self.snapshot_at_once(name.to_owned())).await
    }

    async fn snapshot_at_once(&self, name: String) -> Result<SnapshotView, TakeSnapshotError> {
        let (engine, guid, wanted) = (self.clone(), new_guid(&*self.parts.secrets), name.clone());
        let writing = self.store().write(async move |tx| {
            tx.stand_still().await?;
            if engine.is_under_way(tx).await? {
                return Err(TakeSnapshotError::Busy);
            }
            let clock = &engine.parts.clock;
            let made = Made { guid, name: wanted, taken_at: engine.now(), pace: text_of(clock.pace())? };
            let taken = snapshots::make(tx, made, &engine.parts.vault, &*engine.parts.secrets).await;
            match taken {
                Ok(snapshot) => Ok(SnapshotView::try_from(snapshot)?),
                Err(MakeError::Store(error)) => Err(error.into()),
                Err(MakeError::Vault(error)) => Err(error.into()),
            }
        });
        match writing.await {
            Err(TakeSnapshotError::Fault(Fault::Conflict(index))) if index == snapshots::BY_NAME => {
                Err(TakeSnapshotError::Exists(name))
            }
            other => other,
        }
    }
}
