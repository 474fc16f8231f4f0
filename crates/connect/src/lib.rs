//! Institutions: the [`Connector`] trait and its kinds. Knows no database.
#![deny(missing_docs)]

pub mod catalogue;
mod connector;
pub mod micro_deposits;
pub mod nacha;
pub mod oauth;
pub mod ofx;
pub mod script;
pub mod transport;

pub use connector::{
    Answer, Authorization, Bank, BankRefusal, Connector, CredentialValue, Login, RawAnswer, Session, Step,
    Visit, Wanted,
};
