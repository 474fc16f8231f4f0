//! The faces of the server: parses, authorises, calls the engine and renders.

pub mod answer;
pub mod body;
pub mod error;
mod fields;
pub mod media;
pub mod openapi;
pub mod path;
pub mod query;
pub mod values;
