//! The faces of the server: parses, authorises, calls the engine and renders.

pub mod answer;
pub mod app;
pub mod banks;
pub mod body;
pub mod callback_payload;
pub mod connect;
pub mod console;
#[cfg(test)]
mod contract;
pub mod control;
mod decimals;
pub mod error;
mod fields;
mod form;
mod language;
pub mod manners;
pub mod media;
mod nexus;
pub mod oauth;
pub mod openapi;
pub mod ops;
mod pages;
mod partner;
pub mod path;
pub mod query;
pub mod routes;
pub mod server;
mod session;
pub mod skip_webhook;
#[cfg(test)]
pub(crate) mod testing;
mod touch;
pub mod values;
mod words;

pub use nexus::LedgerDocument;
