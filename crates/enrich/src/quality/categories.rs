//! Descriptions and categories over the held-out texts.

use super::noise::{CUTS, Sequence, around, cut};
use super::{Confusion, enriched, sets};
use crate::categorize::{five_fold_answers, most_frequent_category, wording_alone};
use crate::category::Category;
use crate::evidence::Evidence;

/// Of how many texts how many were answered right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Answered right.
    pub right: usize,
    /// Asked.
    pub all: usize,
}

impl Share {
    pub(super) fn count(&mut self, is_right: bool) {
        self.add(usize::from(is_right), 1);
    }

    pub(super) fn add(&mut self, right: usize, all: usize) {
        self.right += right;
        self.all += all;
    }

    /// From 0 to 1; 0 of nothing.
    #[expect(clippy::cast_precision_loss, reason = "sets are small")]
    pub fn ratio(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.right as f64 / self.all as f64 }
    }
}

/// The figures of a set in one form.
#[derive(Clone, Debug, Default)]
pub struct CategoryFigures {
    /// What was measured.
    pub name: &'static str,
    /// The right top-level category.
    pub top_level: Share,
    /// The right category.
    pub category: Share,
    /// The right merchant, which is none for those that the catalogue lacks.
    pub merchant: Share,
    /// Of the texts that got a category at all, the right top-level one.
    pub answered: Share,
    /// Top-level categories.
    pub confusion: Confusion,
}

impl CategoryFigures {
    fn new(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    fn count(&mut self, meant: Category, answered: Category) {
        let is_right = meant.top_level() == answered.top_level();
        self.top_level.count(is_right);
        self.category.count(meant == answered);
        if answered != Category::Uncategorized {
            self.answered.count(is_right);
        }
        self.confusion.count(meant, answered);
    }
}

/// The figures of each set and form: merchants of the catalogue, unknown ones, and the plainest answers for those.
pub fn categories() -> Vec<CategoryFigures> {
    let mut figures = of_catalogue();
    figures.extend(of_unknown());
    figures
}

/// The right top-level category by wordings and model, within the training file: each fifth by what the others teach.
pub fn cross_validated() -> Share {
    let mut share = Share::default();
    for (meant, answered) in five_fold_answers() {
        share.count(meant.top_level() == answered.top_level());
    }
    share
}

/// The seed of the noise.
const SEED: u64 = 20_260_302;

fn of_catalogue() -> Vec<CategoryFigures> {
    let rows = sets::catalogue();
    let mut sequence = Sequence::new(SEED);
    let mut figures =
        ["Catalogue, as printed", "Catalogue, under noise", "Catalogue, cut"].map(CategoryFigures::new);
    let [printed, noisy, short] = &mut figures;
    for row in &rows {
        let count = |figures: &mut CategoryFigures, text: &str| {
            let found = enriched(text, false);
            figures.count(row.merchant.category, default_category(&found));
            figures.merchant.count(found.merchant.as_ref() == Some(&row.merchant.guid));
        };
        count(printed, row.text);
        for form in sets::noise() {
            count(noisy, &around(row.text, form, &mut sequence));
        }
        for length in CUTS {
            count(short, cut(row.text, length));
        }
    }
    figures.into()
}

fn of_unknown() -> Vec<CategoryFigures> {
    let rows = sets::unknown();
    let mut sequence = Sequence::new(SEED);
    let names = [
        "Unknown, as printed",
        "Unknown, under noise",
        "Unknown: keywords alone",
        "Unknown: the most frequent category",
        "Unknown: of those that the model answered",
    ];
    let mut figures = names.map(CategoryFigures::new);
    let [printed, noisy, keywords, frequent, by_model] = &mut figures;
    for row in &rows {
        let found = enriched(row.text, row.is_credit);
        let answered = default_category(&found);
        printed.count(row.category, answered);
        printed.merchant.count(found.merchant.is_none());
        if found.categorized_by == Evidence::Model {
            by_model.count(row.category, answered);
        }
        for form in sets::noise() {
            let text = around(row.text, form, &mut sequence);
            noisy.count(row.category, default_category(&enriched(&text, row.is_credit)));
        }
        let wording = wording_alone(row.text, row.is_credit).unwrap_or(Category::Uncategorized);
        keywords.count(row.category, wording);
        frequent.count(row.category, most_frequent_category());
    }
    figures.into()
}

fn default_category(found: &crate::Enriched) -> Category {
    Category::from_guid(&found.category).unwrap_or(Category::Uncategorized)
}
