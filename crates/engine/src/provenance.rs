//! Where the values of an object come from: what its feed told, and what is in force over it.

use riverbank_model::account::SetBy;

/// An object whose values come in families: what is in force, who set it, and what the feed told.
pub trait Provenance {
    /// What both are read from.
    type Facts;

    /// What is in force.
    fn in_force(&self) -> &Self::Facts;

    /// What the feed told; none of what is not fed.
    fn told(&self) -> Option<&Self::Facts>;

    /// Who set the value of this name, given who does so unless the user has.
    fn set_by(&self, name: &str, usually: SetBy) -> SetBy;
}

/// Reads something from facts. The closure of a line of a table needs to be told what it reads from.
pub fn read<'a, F, T>(facts: &'a F, read: impl FnOnce(&'a F) -> T) -> T {
    read(facts)
}
