//! Putting back what was kept: `POST /control/state/snapshots/{name}/restore`.

use riverbank_store::db::AloneError;
use riverbank_store::snapshots;

use super::view::SnapshotView;
use crate::clock::Pace;
use crate::control::clock::pace_of;
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why a snapshot is not put back; everything is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreSnapshotError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// There is none of this name.
    #[error("no such snapshot")]
    NoSuchSnapshot,
    /// It cannot be read, or is of another version.
    #[error("{0}")]
    Unreadable(String),
    /// The database is never free of others who write.
    #[error("Others write all the time, and nothing was put back: try again when there is less to do.")]
    Busy,
    /// The clock goes through what falls due.
    #[error("The clock is being moved, and nothing was put back: try again when it has arrived.")]
    ClockMoves,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RestoreSnapshotError);

impl From<AloneError> for RestoreSnapshotError {
    fn from(error: AloneError) -> Self {
        match error {
            AloneError::Busy => Self::Busy,
            AloneError::Store(error) => error.into(),
        }
    }
}

impl From<snapshots::RestoreError> for RestoreSnapshotError {
    fn from(error: snapshots::RestoreError) -> Self {
        match error {
            snapshots::RestoreError::Store(error) => error.into(),
            snapshots::RestoreError::Vault(error) => error.into(),
            told @ (snapshots::RestoreError::OtherSchema { .. } | snapshots::RestoreError::Damaged(_)) => {
                Self::Unreadable(told.to_string())
            }
        }
    }
}

impl Engine {
    /// Puts everything back as it is in a snapshot, the clock too. What workers have under way ends without a trace, on
    /// every node; what waited in the snapshot waits again.
    pub async fn restore_snapshot(&self, name: &str) -> Result<SnapshotView, RestoreSnapshotError> {
        demand_sandbox(self)?;
        let _clock = self.hold_clock().await.ok_or(RestoreSnapshotError::ClockMoves)?;
        let before = self.parts.clock.pace();
        let is_busy = |error: &RestoreSnapshotError| matches!(error, RestoreSnapshotError::Busy);
        let restored = self.patiently(is_busy, || self.restore_at_once(name.to_owned())).await;
        if restored.is_err() {
            self.parts.clock.set_pace(before);
        }
        let view = restored?;
        self.requests.take();
        self.parts.vault.follow_fingerprints(self.store()).await?;
        Ok(view)
    }

    async fn restore_at_once(&self, name: String) -> Result<SnapshotView, RestoreSnapshotError> {
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            tx.stand_alone().await?;
            let found = snapshots::find(tx, &name).await?;
            let snapshot = found.ok_or(RestoreSnapshotError::NoSuchSnapshot)?;
            let clock = &engine.parts.clock;
            let pace = match pace_of(snapshot.pace.as_bytes())? {
                Pace::Frozen(_) => Some(Pace::Frozen(snapshot.taken_at)),
                Pace::Running(_) => clock.running_from(snapshot.taken_at),
                Pace::Fast { speed, .. } => clock.fast_from(snapshot.taken_at, speed),
            };
            let pace = pace.ok_or_else(|| Fault::internal("the clock of a snapshot is out of range"))?;
            snapshots::restore(tx, &snapshot, &engine.parts.vault, &*engine.parts.secrets).await?;
            tx.wake_workers();
            engine.put_pace(tx, pace).await?;
            Ok(SnapshotView::try_from(snapshot)?)
        });
        writing.await
    }
}
