//! Rules of users for transactions.

use riverbank_model::guid::{CategoryGuid, TransactionRuleGuid};

use super::Enriched;
use crate::evidence::Evidence;
use crate::words::Text;

/// A rule of a user: what it matches, and what it says of that (Nexus reference, transaction rules).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its id.
    pub guid: TransactionRuleGuid,
    /// The clean description of the transactions that it is for; capitals, punctuation and spaces do not count.
    pub match_description: String,
    /// Their category, a default one or one of the user's.
    pub category: CategoryGuid,
    /// Their description, where the rule has one.
    pub description: Option<String>,
}

impl Rule {
    /// Writes what the rule says over what the other layers have found.
    pub(super) fn apply(&self, enriched: &mut Enriched) {
        enriched.category = self.category.clone();
        enriched.categorized_by = Evidence::Rule(self.guid.clone());
        if let Some(description) = self.description.as_ref().filter(|text| !text.trim().is_empty()) {
            enriched.description.clone_from(description);
            enriched.described_by = Evidence::Rule(self.guid.clone());
        }
    }
}

/// The first of `rules` for transactions of this clean description.
pub(super) fn first_that_fits<'a>(rules: &'a [Rule], description: &str) -> Option<&'a Rule> {
    if rules.is_empty() {
        return None;
    }
    let wanted = Text::new(description);
    let is_wanted = |rule: &&Rule| {
        let matched = Text::new(&rule.match_description);
        joined(&matched) == joined(&wanted) && !joined(&matched).is_empty()
    };
    rules.iter().find(is_wanted)
}

fn joined(text: &Text) -> String {
    text.keys().replace(' ', "")
}
