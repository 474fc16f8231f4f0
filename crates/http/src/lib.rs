//! The faces of the server: parses, authorises, calls the engine and renders.

pub mod answer;
pub mod body;
pub mod error;
mod fields;
pub mod manners;
pub mod media;
pub mod openapi;
pub mod ops;
pub mod path;
pub mod query;
pub mod server;
pub mod values;
