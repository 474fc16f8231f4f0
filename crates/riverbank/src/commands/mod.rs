//! One file per command.

pub mod backup;
pub mod client;
pub mod dev_ca;
pub mod doctor;
pub mod explain;
pub mod export;
pub mod institutions;
pub mod keys;
pub mod merchants;
pub mod migrate;
pub mod ofx;
pub mod openapi;
pub mod operator;
pub mod raw;
pub mod rotate;
pub mod sandbox;
pub mod serve;
pub mod user;
pub mod webhook;
