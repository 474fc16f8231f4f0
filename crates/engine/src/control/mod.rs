//! What a test-suite may do to a sandbox.

mod banks;
mod clock;
mod faults;
mod members;
mod state;
#[cfg(test)]
mod tests;

pub use banks::{BankFile, BankList, BankView, RemoveBankError, UploadBanksError, Uploaded, WRITTEN_LIMIT};
pub use clock::{ClockReading, MoveClockError};
pub use faults::{Call, Chance, Effect, FaultTarget, PlanFault, PlanFaultError, PlannedFault};
pub(crate) use faults::{Struck, befall, too_slow};
pub use members::{ExpireChallengeError, ForceStatusError, MemberState};
pub use riverbank_store::jobs::{Job, JobState};
pub use state::{
    LoadSnapshotError, LoadingSnapshot, Reset, ResetError, RestoreSnapshotError, SnapshotFile, SnapshotView,
    TakeSnapshotError, UnlawfulName,
};

use crate::{Engine, Mode};

/// What is asked for exists in sandboxes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("This is no sandbox.")]
pub struct NotASandbox;

fn demand_sandbox(engine: &Engine) -> Result<(), NotASandbox> {
    if engine.mode() == Mode::Sandbox { Ok(()) } else { Err(NotASandbox) }
}
