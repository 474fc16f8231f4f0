//! Institutions: the [`Connector`] trait and its kinds. Knows no database.
#![deny(missing_docs)]

mod connector;

pub use connector::{
    Answer, Bank, BankRefusal, Connector, CredentialValue, Login, Session, Step, Visit, Wanted,
};
