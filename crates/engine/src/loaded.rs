//! What became of a file that was loaded over what is there.

/// What a load has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// Entries that were not there before.
    pub created: usize,
    /// Entries of which something was changed, be it a field of an institution's form.
    pub updated: usize,
    /// Entries that were there just so.
    pub unchanged: usize,
}
