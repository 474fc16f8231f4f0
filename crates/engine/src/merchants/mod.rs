//! Merchants: the catalogue that comes with the program, and what an operator adds to it.

mod known;
mod load;
mod read;
#[cfg(test)]
mod tests;

pub use known::Merchants;
pub use load::{FlawedFile, export, load, parse};
pub use read::{LocationView, MerchantView};
