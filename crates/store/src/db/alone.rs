//! A unit of work beside which nobody else writes: for what replaces the rows of many users at once.

use thiserror::Error;

use super::error::StoreError;
use super::transfer::table::names;
use super::tx::{Session, Tx};

/// Why a unit of work is not alone.
#[derive(Debug, Error)]
pub enum AloneError {
    /// Others write just now: the same may succeed in a moment.
    #[error("others are writing")]
    Busy,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// For each table and for all of them less than after what PostgreSQL looks for deadlocks (`deadlock_timeout`, a second unless
/// it is changed), so that it is never anybody else's unit of work that gives way.
const LOCK: &str = "set local lock_timeout = '200ms'; set local statement_timeout = '500ms'; lock table";
/// What is done alone may take its time again.
const LOCKED: &str = "in exclusive mode; set local statement_timeout = 0";

impl Tx {
    /// Keeps everybody else from writing anything before this unit of work ends; whoever reads is not held up. It comes
    /// first in its unit, which may then take as long as its caller lets it.
    pub async fn stand_alone(&self) -> Result<(), AloneError> {
        let Session::Postgres(session) = &self.session else {
            // The writer runs one unit at a time.
            return Ok(());
        };
        session.take_time().await?;
        let tables = self.tables().await?;
        match self.batch(&format!("{LOCK} {} {LOCKED}", names(&tables))).await {
            Err(StoreError::Unavailable(_)) if !session.is_lost() => Err(AloneError::Busy),
            other => Ok(other?),
        }
    }
}
