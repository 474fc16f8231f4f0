//! A snapshot as a test author sees it.

use riverbank_engine::control::SnapshotView as Shown;
use serde::Serialize;
use utoipa::ToSchema;

use crate::values::Moment;

/// A snapshot, without what is in it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Snapshot)]
pub(super) struct SnapshotView {
    /// Whether this server can put it back: it has the schema of this version.
    is_restorable: bool,
    name: String,
    /// Rows that it holds.
    rows: i64,
    /// The newest step of the schema under which it was made.
    schema: String,
    /// Bytes that it takes.
    size: i64,
    /// Seconds of business time in each second, then; 0 when the clock stood still.
    speed: u32,
    /// What the clock showed.
    taken_at: Moment,
}

/// A snapshot with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SnapshotResponseBody)]
pub(super) struct SnapshotBody {
    snapshot: SnapshotView,
}

impl From<Shown> for SnapshotView {
    fn from(shown: Shown) -> Self {
        Self {
            is_restorable: shown.is_restorable,
            name: shown.name,
            rows: shown.rows,
            schema: shown.schema,
            size: shown.size,
            speed: shown.speed,
            taken_at: shown.taken_at.into(),
        }
    }
}

impl From<Shown> for SnapshotBody {
    fn from(shown: Shown) -> Self {
        Self { snapshot: shown.into() }
    }
}
