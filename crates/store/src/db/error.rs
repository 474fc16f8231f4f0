//! What can go wrong below a query, told apart only as far as a caller can act on it.
//!
//! This is the one place that reads the drivers' errors.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

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
    Unavailable(Fault),
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
    Internal(Fault),
}

impl StoreError {
    /// Whether the unique index `name` refused the row.
    pub fn conflicts_on(&self, name: &str) -> bool {
        matches!(self, Self::Conflict { index } if index == name)
    }

    pub(crate) fn unavailable(reason: impl Into<String>) -> Self {
        Self::Unavailable(Fault::new(reason))
    }

    pub(crate) fn internal(reason: impl Into<String>) -> Self {
        Self::Internal(Fault::new(reason))
    }
}

/// The reason of a failure in words, with the driver's error behind it.
///
/// The words never hold a row's values: PostgreSQL's `DETAIL` is left out.
#[derive(Clone)]
pub struct Fault {
    reason: String,
    source: Option<Arc<dyn Error + Send + Sync>>,
}

impl Fault {
    fn new(reason: impl Into<String>) -> Self {
        Self {
            reason: reason.into(),
            source: None,
        }
    }

    fn of(source: impl Error + Send + Sync + 'static) -> Self {
        Self {
            reason: source.to_string(),
            source: Some(Arc::new(source)),
        }
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().and_then(|source| source.source())
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(&ffi::Error { code, extended_code }) = error.sqlite_error() else {
            return Self::Internal(Fault::of(error));
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
            ) => Self::Unavailable(Fault::of(error)),
            _ => Self::Internal(Fault::of(error)),
        }
    }
}

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(refusal) = error.as_db_error() else {
            // Without an answer of the server: a closed or broken link, or a parameter of the wrong type.
            let link = error.is_closed() || error.source().is_some_and(<dyn Error>::is::<std::io::Error>);
            let fault = Fault::of(error);
            return if link {
                Self::Unavailable(fault)
            } else {
                Self::Internal(fault)
            };
        };
        let words = || Fault::new(format!("{} ({})", refusal.message(), refusal.code().code()));
        match refusal.code() {
            &SqlState::UNIQUE_VIOLATION => Self::Conflict {
                index: refusal.constraint().unwrap_or_default().to_owned(),
            },
            &SqlState::FOREIGN_KEY_VIOLATION => Self::MissingReference,
            &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => Self::Corrupt(words().to_string()),
            code if AWAY.iter().any(|class| code.code().starts_with(class)) => Self::Unavailable(words()),
            _ => Self::Internal(words()),
        }
    }
}

/// The classes and codes of PostgreSQL ("Appendix A. PostgreSQL Error Codes") that another try may get past:
/// broken connections, lost races, read-only standby, no resources, object in use, operator's intervention,
/// failures of the system.
const AWAY: [&str; 7] = ["08", "40", "25006", "53", "55", "57", "58"];

impl From<deadpool_postgres::PoolError> for StoreError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            // No connection could be made at all: whatever the server says (a wrong password after a change, no
            // such database), the operator may mend it while we run.
            deadpool_postgres::PoolError::Backend(error) => match Self::from(error) {
                Self::Internal(fault) => Self::Unavailable(fault),
                other => other,
            },
            other => Self::Unavailable(Fault::of(other)),
        }
    }
}
