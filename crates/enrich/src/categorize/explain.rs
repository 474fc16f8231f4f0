//! Why a transaction is described and categorised as it is.

use std::fmt;

use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;

use super::{Enriched, Rule, Weight, model, raw_text};
use crate::catalogue::Catalogue;
use crate::category::Category;
use crate::cleanse::cleanse_and_recognise;
use crate::evidence::Evidence;
use crate::words::Text;

/// What is known of a transaction, and on what evidence. Its text is a sentence for each decision.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What was found.
    pub enriched: Enriched,
    /// The raw text that was read.
    pub raw: String,
    /// The pattern of the known name that the text holds.
    pub pattern: Option<String>,
    /// The merchant category code that the feed told.
    pub code: Option<i64>,
    /// What the words have meant elsewhere, the weightiest first, if that decided.
    pub weights: Vec<Weight>,
}

impl Catalogue {
    /// Enriches as [`Catalogue::enrich`] does, and says why.
    pub fn explain(&self, told: &FeedTransaction, account: AccountType, rules: &[Rule]) -> Explanation {
        let raw = raw_text(told);
        let text = Text::new(raw);
        let (cleansed, known) = cleanse_and_recognise(self.names(), raw, &text, &text.words());
        let enriched = self.enrich(told, account, rules);
        let clean = Text::new(&cleansed.description);
        let weights = match (&enriched.categorized_by, model::guess(&clean.words())) {
            (Evidence::Model, Some(guess)) => model::weights(&clean.words(), &guess),
            _ => Vec::new(),
        };
        Explanation {
            enriched,
            weights,
            raw: raw.to_owned(),
            pattern: known.map(|known| known.by.to_owned()),
            code: told.merchant_category_code,
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let Enriched { description, category, described_by, categorized_by, .. } = &self.enriched;
        write!(out, "{:?} is described as {description:?}", self.raw)?;
        self.because(described_by, out)?;
        let name =
            Category::from_guid(category).map_or(category.to_string(), |known| known.name().to_owned());
        write!(out, ".\nIt is under {name}")?;
        self.because(categorized_by, out)?;
        out.write_str(".")
    }
}

impl Explanation {
    fn because(&self, evidence: &Evidence, out: &mut fmt::Formatter) -> fmt::Result {
        let pattern = self.pattern.as_deref().unwrap_or_default();
        match evidence {
            Evidence::Rule(guid) => write!(out, ", since the user's rule {guid} says so"),
            Evidence::Booking(name) => {
                write!(out, ", since the words {pattern:?} are what banks call {name:?}")
            }
            Evidence::Merchant(name) => {
                write!(out, ", since the words {pattern:?} are the merchant {name:?} of the catalogue")
            }
            Evidence::Prefix(phrase) => write!(out, ", which is what follows {phrase:?} in it"),
            Evidence::Words => out.write_str(", which is what is left without numbers, places and the like"),
            Evidence::AsTold => out.write_str(", since nothing in it is noise"),
            Evidence::Kind(kind) => write!(out, ", since the feed says that its kind is {kind}"),
            Evidence::Code => {
                write!(
                    out,
                    ", since that is the trade of the merchant category code {}",
                    self.code.unwrap_or_default()
                )
            }
            Evidence::Wording(phrase) => write!(out, ", since it says {phrase:?}"),
            Evidence::Model => {
                out.write_str(", since that is what its words have meant elsewhere:")?;
                let mut mark = ' ';
                for Weight { word, weight } in &self.weights {
                    write!(out, "{mark}{word} {weight:+.1}")?;
                    mark = ',';
                }
                Ok(())
            }
            Evidence::Account => out.write_str(", since that is usual in an account of its type"),
            Evidence::Direction => out.write_str(", since nothing but the direction of the money is known"),
        }
    }
}
