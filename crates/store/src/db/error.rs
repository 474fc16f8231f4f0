//! What can go wrong below a query, told apart only as far as a caller can act on it.
//!
//! This is the one place that reads the drivers' errors.

use std::error::Error;

use rusqlite::ErrorCode;
use rusqlite::ffi;
use thiserror::Error;
use tokio_postgres::error::SqlState;

/// A failure of the database or of what it holds.
///
/// It can be cloned, since a commit that fails fails every unit of work that it carried.
#[derive(Clone, Debug, Error)]
pub enum StoreError {
    /// The database is away, busy, full or restarting. The same call may succeed later: answer 503.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// A unique index already holds such a row.
    #[error("a row with the same key exists ({index})")]
    Conflict {
        /// The index that refused, by the same name on both engines: the name given in `create unique index`, or
        /// `<table>_pkey` and `<table>_<columns>_key` for constraints without a name.
        index: String,
    },
    /// A foreign key points at a row that does not exist (any more).
    #[error("a row that this one refers to does not exist")]
    MissingReference,
    /// The database holds something that this version cannot read.
    #[error("the database holds an unreadable value: {0}")]
    Corrupt(String),
    /// A fault of the program: a wrong statement, a wrong parameter, a unit of work that did not end.
    #[error("the database refused a statement: {0}")]
    Internal(String),
}

impl StoreError {
    /// Whether the unique index `name` refused the row.
    pub fn conflicts_on(&self, name: &str) -> bool {
        matches!(self, Self::Conflict { index } if index == name)
    }

    pub(crate) fn unavailable(reason: impl Into<String>) -> Self {
        Self::Unavailable(reason.into())
    }

    pub(crate) fn internal(reason: impl Into<String>) -> Self {
        Self::Internal(reason.into())
    }
}

/// What an error says, with what lies behind it.
pub(super) fn words(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        words = words + ": " + &cause.to_string();
        next = cause.source();
    }
    words
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(&ffi::Error { code, extended_code }) = error.sqlite_error() else {
            return Self::Internal(words(&error));
        };
        match (code, extended_code) {
            (
                _,
                ffi::SQLITE_CONSTRAINT_UNIQUE
                | ffi::SQLITE_CONSTRAINT_PRIMARYKEY
                | ffi::SQLITE_CONSTRAINT_ROWID,
            ) => Self::Conflict { index: String::new() },
            (_, ffi::SQLITE_CONSTRAINT_FOREIGNKEY) => Self::MissingReference,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _) => Self::Corrupt(error.to_string()),
            (
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::DiskFull
                | ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::OutOfMemory
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied
                | ErrorCode::FileLockingProtocolFailed,
                _,
            ) => Self::Unavailable(words(&error)),
            _ => Self::Internal(words(&error)),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(refusal) = error.as_db_error() else {
            let reason = words(&error);
            return if is_broken(&error) { Self::Unavailable(reason) } else { Self::Internal(reason) };
        };
        // Without the DETAIL, which shows the row's values.
        let words = || format!("{} ({})", refusal.message(), refusal.code().code());
        match refusal.code() {
            &SqlState::UNIQUE_VIOLATION => {
                Self::Conflict { index: refusal.constraint().unwrap_or_default().to_owned() }
            }
            &SqlState::FOREIGN_KEY_VIOLATION => Self::MissingReference,
            &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => Self::Corrupt(words()),
            code if AWAY.iter().any(|class| code.code().starts_with(class)) => Self::Unavailable(words()),
            _ => Self::Internal(words()),
        }
    }
}

/// The classes and codes of PostgreSQL ("Appendix A. PostgreSQL Error Codes") that another try may get past:
/// broken connections, lost races, read-only standby, a transaction that was idle for too long, no resources, object in
/// use, operator's intervention, failures of the system.
const AWAY: [&str; 8] = ["08", "40", "25006", "25P03", "53", "55", "57", "58"];

/// Those with which the server ends a connection: protocol failures, a transaction that was idle for too long, and its
/// own end.
const PARTING: [&str; 3] = ["08", "25P03", "57P"];

/// Whether the server gave no answer because the link is closed or broken. Otherwise it is a parameter of the wrong type.
fn is_broken(error: &tokio_postgres::Error) -> bool {
    error.is_closed() || error.source().is_some_and(<dyn Error>::is::<std::io::Error>)
}

/// Whether the connection that gave this error is of no more use.
pub(super) fn ends_connection(error: &tokio_postgres::Error) -> bool {
    match error.code() {
        Some(code) => PARTING.iter().any(|class| code.code().starts_with(class)),
        None => is_broken(error),
    }
}

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            // No connection could be made at all: whatever the server says (a wrong password after a change, no
            // such database), the operator may mend it while we run.
            deadpool_postgres::PoolError::Backend(error) => match Self::from(error) {
                Self::Internal(reason) => Self::Unavailable(reason),
                other => other,
            },
            other => Self::Unavailable(words(&other)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sqlite(code: std::ffi::c_int) -> StoreError {
        rusqlite::Error::SqliteFailure(ffi::Error::new(code), None).into()
    }

    #[test]
    fn what_may_pass_is_unavailable_and_what_will_not_is_not() {
        for code in [ffi::SQLITE_BUSY, ffi::SQLITE_FULL, ffi::SQLITE_IOERR, ffi::SQLITE_CANTOPEN] {
            assert!(matches!(sqlite(code), StoreError::Unavailable(_)), "{code}");
        }
        assert!(matches!(sqlite(ffi::SQLITE_CORRUPT), StoreError::Corrupt(_)));
        assert!(matches!(sqlite(ffi::SQLITE_CONSTRAINT_CHECK), StoreError::Internal(_)));
        assert!(matches!(sqlite(ffi::SQLITE_CONSTRAINT_UNIQUE), StoreError::Conflict { .. }));
    }
}
