//! Holdings: positions of investment accounts.

mod import;
mod list;
mod read;
mod update;
mod view;

pub use list::HoldingsOf;
pub use update::{UpdateHolding, UpdateHoldingError};
pub use view::HoldingView;

pub(crate) use import::write_holdings;
pub(crate) use view::read_given;
