//! Institutions: the [`Connector`] trait and its kinds; and who carries to users what they are told. Knows no database.
#![deny(missing_docs)]

pub mod carrier;
pub mod catalogue;
mod connector;
mod entities;
pub mod mail;
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
