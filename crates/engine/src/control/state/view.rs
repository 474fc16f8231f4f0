//! A snapshot as a test author sees it.

use jiff::Timestamp;
use riverbank_store::snapshots::{self, Snapshot};

use crate::Fault;
use crate::control::clock::pace_of;

/// A snapshot without what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SnapshotView {
    /// Its name.
    pub name: String,
    /// Which moment of business time it is of.
    pub taken_at: Timestamp,
    /// Seconds of business time in each second, then.
    pub speed: u32,
    /// The newest step of the schema under which it was made.
    pub schema: String,
    /// Whether this version can put it back.
    pub is_restorable: bool,
    /// Rows that it holds.
    pub rows: i64,
    /// Bytes that it takes.
    pub size: i64,
}

impl TryFrom<Snapshot> for SnapshotView {
    type Error = Fault;

    fn try_from(snapshot: Snapshot) -> Result<Self, Fault> {
        Ok(Self {
            name: snapshot.name.unwrap_or_default(),
            taken_at: snapshot.taken_at,
            speed: pace_of(snapshot.pace.as_bytes())?.speed(),
            is_restorable: snapshots::check_schema(&snapshot.schema_step).is_ok(),
            schema: snapshot.schema_step,
            rows: snapshot.row_count,
            size: snapshot.size,
        })
    }
}

/// Characters of the longest name.
const LONGEST: usize = 64;

/// A name has letters, digits, dashes and underscores.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("name must have 1 to {LONGEST} letters, digits, dashes and underscores.")]
pub struct UnlawfulName;

pub(super) fn check_name(name: &str) -> Result<(), UnlawfulName> {
    let lawful = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (1..=LONGEST).contains(&name.len()) && name.bytes().all(lawful) { Ok(()) } else { Err(UnlawfulName) }
}
