//! What pages say, each phrase in every language that pages speak, side by side: so that none can lack one.

use std::fmt::{self, Display, Formatter};

/// What stands in a phrase for a value.
const GAP: &str = "{}";

/// What a page says somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Phrase(pub(crate) &'static str);

impl Phrase {
    pub(crate) fn text(self) -> &'static str {
        self.0
    }

    /// The text with a value in its first gap.
    pub(crate) fn with(self, value: impl Display) -> Filled {
        Filled { done: String::new(), rest: self.0 }.with(value)
    }
}

/// A phrase whose first gaps are filled.
#[derive(Clone, Debug)]
pub(crate) struct Filled {
    done: String,
    rest: &'static str,
}

impl Filled {
    /// The text with a value in its next gap.
    pub(crate) fn with(mut self, value: impl Display) -> Self {
        if let Some((before, after)) = self.rest.split_once(GAP) {
            self.done = format!("{}{before}{value}", self.done);
            self.rest = after;
        }
        self
    }
}

impl Display for Filled {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.done)?;
        formatter.write_str(self.rest)
    }
}

impl Display for Phrase {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.0)
    }
}

/// Makes a type of phrases and its values, one for each language: English, Spanish and Canadian French, in the order of
/// `Language::ALL`.
macro_rules! phrases {
    (
        $(#[$about:meta])*
        $name:ident { $($(#[$hint:meta])* $field:ident: [$english:literal, $spanish:literal, $french:literal],)* }
    ) => {
        $(#[$about])*
        pub(crate) struct $name {
            $($(#[$hint])* pub(crate) $field: $crate::words::Phrase,)*
        }

        impl $name {
            pub(crate) const ENGLISH: Self = Self { $($field: $crate::words::Phrase($english),)* };
            pub(crate) const SPANISH: Self = Self { $($field: $crate::words::Phrase($spanish),)* };
            pub(crate) const FRENCH: Self = Self { $($field: $crate::words::Phrase($french),)* };

            /// All phrases, each in all languages.
            #[cfg(test)]
            pub(crate) fn all() -> Vec<[&'static str; 3]> {
                vec![$([$english, $spanish, $french],)*]
            }
        }
    };
}

pub(crate) use phrases;

#[cfg(test)]
pub(crate) mod testing {
    use std::collections::HashSet;

    use super::GAP;

    /// Every language says all, once, and with the same gaps.
    pub(crate) fn is_sound(groups: &[Vec<[&'static str; 3]>]) {
        let mut said = HashSet::new();
        for phrases in groups.iter().flatten() {
            assert!(said.insert(phrases), "{phrases:?} has two names");
            for phrase in phrases {
                assert!(!phrase.is_empty() && phrase.trim() == *phrase, "{phrase:?}");
                assert_eq!(phrase.matches(GAP).count(), phrases[0].matches(GAP).count(), "{phrase}");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_in_the_gaps_in_their_order() {
        assert_eq!(Phrase("{} of {}.").with(1).with("two").to_string(), "1 of two.");
        assert_eq!(Phrase("none").with(1).to_string(), "none");
        assert_eq!(Phrase("{}, {}").with("{}").with(2).to_string(), "{}, 2");
    }
}
