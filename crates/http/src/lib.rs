//! The faces of the server: parses, authorises, calls the engine and renders.

pub mod answer;
pub mod body;
#[cfg(test)]
mod contract;
pub mod error;
mod fields;
pub mod manners;
pub mod media;
pub mod openapi;
pub mod ops;
pub mod path;
pub mod query;
pub mod routes;
pub mod server;
pub mod skip_webhook;
pub mod values;
