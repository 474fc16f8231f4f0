//! What tests and the developer's commands share: a real server started by path, and a client of it.
//!
//! It uses `model` and `connect` only, so that every crate may use it in its tests.

pub mod browser;
pub mod chromium;
pub mod client;
pub mod disk;
pub mod inward;
pub mod ofx_bank;
pub mod ofx_judges;
pub mod ports;
pub mod postgres;
pub mod proxy;
pub mod schema;
pub mod server;
pub mod site;
pub mod smtp_sink;
mod tls;
pub mod webhook_sink;
