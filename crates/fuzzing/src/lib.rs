//! What is fuzzed: one function for each kind of input that comes from outside, which panics if the input brings out
//! something that must never happen.
//!
//! The programs of `fuzz/` and the tests of this crate call the same functions, listed in [`TARGETS`]. They look for
//! more than panics: what is written is read back as it was, nothing is lost without a word, a refusal has its row in
//! the table of errors, and no answer is out of proportion to what was asked.
#![deny(missing_docs)]

mod catalogue;
mod ofx;
mod requests;
mod sealed;
mod settings;
mod transaction;

pub use catalogue::catalogue;
pub use ofx::{ofx_file, ofx_sgml, ofx_xml};
pub use requests::{Answered, answer, documents, requests};
pub use sealed::sealed;
pub use settings::settings;
pub use transaction::transaction;

/// One kind of input.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of its function, of its program in `fuzz/fuzz_targets` and of its saved inputs in `fuzz/corpus`.
    pub name: &'static str,
    /// Panics if something happens that must not.
    pub run: fn(&[u8]),
}

macro_rules! targets {
    ($($name:ident)*) => {
        /// Every kind of input.
        pub const TARGETS: &[Target] = &[$(Target { name: stringify!($name), run: $name }),*];
    };
}

targets! { catalogue ofx_file ofx_sgml ofx_xml requests sealed settings transaction }
