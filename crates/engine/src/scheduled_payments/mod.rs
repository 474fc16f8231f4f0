//! Scheduled payments: what a user expects to pay or to be paid, told by a client or predicted from the transactions.
//!
//! After each import the payments of the user follow its ledger ([`follow`]): what a client expected and has come is completed
//! or moved on ([`settle`]), and of each merchant that is paid again and again the next payment is predicted ([`predict`]).

mod create;
mod delete;
mod follow;
mod list;
mod predict;
mod read;
mod settle;
mod terms;
mod update;

pub use create::{CreateScheduledPayment, CreateScheduledPaymentError};
pub use list::ScheduledPaymentList;
pub use riverbank_store::scheduled_payments::ScheduledPayment;
pub use terms::{FurtherTerms, InvalidPayment};
pub use update::{UpdateScheduledPayment, UpdateScheduledPaymentError};

#[cfg(test)]
mod tests;
