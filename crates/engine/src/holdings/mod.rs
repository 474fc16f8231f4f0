//! Holdings: positions of investment accounts.

mod import;
mod list;
mod read;
mod update;
mod view;

pub(crate) use import::write_holdings;
pub use list::HoldingsOf;
pub use update::{UpdateHolding, UpdateHoldingError};
pub use view::HoldingView;
