//! What nobody can handle goes up as one error with its source.

use std::error::Error;
use std::fmt;

use riverbank_store::{StoreError, VaultError};

/// A failure that is not the caller's doing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The database is away, busy or full: the same call may succeed later.
    #[error("the database is not available")]
    Unavailable(#[source] StoreError),
    /// A unique index refused a row. An operation that expects this turns it into an error of its own.
    #[error("a row with the same key exists ({0})")]
    Conflict(String),
    /// A sealed value was changed, or moved from another row.
    #[error("a sealed value is damaged")]
    Damaged(#[source] VaultError),
    /// Our own fault, or data that cannot be read.
    #[error("internal error")]
    Internal(#[source] Box<dyn Error + Send + Sync>),
}

impl Fault {
    /// An internal fault that is told in words.
    pub fn internal(reason: impl fmt::Display) -> Self {
        Self::Internal(reason.to_string().into())
    }

    /// What kept a provider from its work. One that stands on our database fails as we do.
    pub(crate) fn of_setback(setback: Box<dyn Error + Send + Sync>) -> Self {
        setback.downcast().map_or_else(Self::Internal, |fault| *fault)
    }

    /// Tells the log what could not be done. Not aloud while the database is away: the store tells of that, once.
    pub(crate) fn log(&self, what: &str) {
        let error: &dyn Error = self;
        if let Self::Unavailable(_) = self {
            tracing::debug!(error, "{what}");
        } else {
            tracing::warn!(error, "{what}");
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(_) => Self::Unavailable(error),
            StoreError::Conflict { index } => Self::Conflict(index),
            other => Self::Internal(Box::new(other)),
        }
    }
}

impl From<VaultError> for Fault {
    fn from(error: VaultError) -> Self {
        match error {
            VaultError::Damaged => Self::Damaged(error),
            VaultError::Store(error) => error.into(),
            other => Self::Internal(Box::new(other)),
        }
    }
}

/// Lets an operation's error, which has a variant `Fault`, be made from what the floors below answer.
macro_rules! faults {
    ($($error:ty),* $(,)?) => {$(
        impl From<$crate::Fault> for $error {
            fn from(fault: $crate::Fault) -> Self {
                Self::Fault(fault)
            }
        }

        impl From<riverbank_store::StoreError> for $error {
            fn from(error: riverbank_store::StoreError) -> Self {
                Self::Fault(error.into())
            }
        }

        impl From<riverbank_store::VaultError> for $error {
            fn from(error: riverbank_store::VaultError) -> Self {
                Self::Fault(error.into())
            }
        }
    )*};
}
pub(crate) use faults;
