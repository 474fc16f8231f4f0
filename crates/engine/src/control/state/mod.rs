//! What a sandbox holds, as a whole: `/control/state`.

mod export;
mod file;
mod list;
mod load;
mod reset;
mod restore;
mod snapshot;
mod view;

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use riverbank_model::Secrets;
use riverbank_store::StoreError;
use tokio::sync::MutexGuard;

pub use export::SnapshotFile;
pub use load::{LoadSnapshotError, LoadingSnapshot};
pub use reset::{Reset, ResetError};
pub use restore::RestoreSnapshotError;
pub use snapshot::TakeSnapshotError;
pub use view::{SnapshotView, UnlawfulName};

use crate::Engine;

/// How often what stands in the way is looked at, and for how long.
const GLANCE: Duration = Duration::from_millis(20);
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest that one try may take, so that a dead link to the database is not waited for.
const LONGEST: Duration = Duration::from_mins(10);

impl Engine {
    /// Tries something until nothing stands in its way any more, or patience is at its end.
    async fn patiently<T, E, F>(
        &self,
        stands_in_its_way: fn(&E) -> bool,
        mut attempt: impl FnMut() -> F,
    ) -> Result<T, E>
    where
        E: From<StoreError>,
        F: Future<Output = Result<T, E>>,
    {
        let start = self.machine().elapsed();
        loop {
            let tried = tokio::time::timeout(LONGEST, attempt()).await.unwrap_or_else(|_| {
                Err(StoreError::Unavailable(format!("no end within {LONGEST:?}")).into())
            });
            match tried {
                Err(error)
                    if stands_in_its_way(&error)
                        && self.machine().elapsed().saturating_sub(start) < PATIENCE =>
                {
                    tokio::time::sleep(GLANCE).await;
                }
                tried => return tried,
            }
        }
    }

    /// Keeps others of this process from moving the clock; none when one who does takes too long.
    async fn hold_clock(&self) -> Option<MutexGuard<'_, ()>> {
        tokio::time::timeout(PATIENCE, self.parts.clock.moving.lock()).await.ok()
    }
}

/// An id that no other snapshot has, on whatever machine.
fn new_guid(secrets: &dyn Secrets) -> String {
    let mut bytes = [0; 16];
    secrets.fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[cfg(test)]
mod tests;
