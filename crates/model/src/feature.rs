//! What a client may use beside aggregation.

/// A feature that is switched on or off for a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Feature {
    /// Who owns an account.
    Identification,
    /// The numbers by which money is moved.
    Verification,
    /// Transactions of up to 24 months.
    ExtendedHistory,
    /// Owners' first and last names, beside their whole ones.
    NameSplitting,
}

impl Feature {
    /// Every feature.
    pub const ALL: [Self; 4] =
        [Self::Identification, Self::Verification, Self::ExtendedHistory, Self::NameSplitting];

    /// Its name in commands and in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Identification => "identification",
            Self::Verification => "verification",
            Self::ExtendedHistory => "extended_history",
            Self::NameSplitting => "name_splitting",
        }
    }

    /// The feature with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.name() == name)
    }

    /// Whether a client has it of whom nothing else was said. A sandbox has what is asked of institutions, so that it can be
    /// tried; elsewhere an operator switches it on. Names are not split unless asked for (Nexus reference, account owners).
    pub fn is_on_at_first(self, is_sandbox: bool) -> bool {
        is_sandbox && self != Self::NameSplitting
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_feature() {
        for feature in Feature::ALL {
            assert_eq!(Feature::from_name(feature.name()), Some(feature));
        }
        assert_eq!(Feature::from_name("history"), None);
    }

    #[test]
    fn what_institutions_are_asked_for_is_on_in_a_sandbox_and_nothing_elsewhere() {
        let on = |is_sandbox| Feature::ALL.map(|feature| feature.is_on_at_first(is_sandbox));
        assert_eq!(on(true), [true, true, true, false]);
        assert_eq!(on(false), [false; 4]);
    }
}
