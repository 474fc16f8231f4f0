//! The words of the domain, without I/O: typed ids, statuses and their legal moves, money, dates, clocks, limits.
//!
//! Everything here is pure. Time, randomness and ids come in as arguments ([`Clock`], [`MachineClock`],
//! [`Secrets`], [`Guids`]), so that a whole server can be run again from one seed.
#![deny(missing_docs)]

pub mod account;
pub mod challenge;
pub mod clock;
pub mod connection;
pub mod credential;
pub mod feature;
pub mod feed;
pub mod given;
pub mod goal;
pub mod guid;
pub mod holding;
pub mod html;
pub mod insight;
pub mod job;
pub mod job_step;
pub mod limits;
pub mod micro_deposit;
pub mod money;
pub mod notification;
pub mod oauth;
pub mod operator;
pub mod recurrence;
pub mod refresh;
pub mod routing;
pub mod secret;
pub mod spending_plan;
pub mod transaction;
pub mod use_case;
pub mod user;
pub mod webhook;

pub use clock::{Clock, MachineClock};
pub use guid::Guids;
pub use secret::{ExposeSecret, SecretText, Secrets, leaving_no_trace};
