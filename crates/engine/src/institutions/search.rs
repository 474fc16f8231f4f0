//! Searching institutions: `POST /institutions/search`.

use std::sync::Arc;

use riverbank_store::page::Page;

use super::substrings::{Fit, Substrings};
use super::{Catalogue, Institution};
use crate::{Engine, Fault};

/// Which institutions. What is none narrows nothing.
#[derive(Clone, Debug)]
pub struct SearchInstitutions {
    /// Occurs in the name or a keyword, whatever its case.
    pub name: Option<String>,
    /// Occurs in the address of the web site, whatever its case.
    pub url: Option<String>,
    /// Owners can be asked for.
    pub supports_account_identification: bool,
    /// Account and routing numbers can be asked for.
    pub supports_account_verification: bool,
    /// More than the first 90 days can be asked for.
    pub supports_transaction_history: bool,
    /// Serves one of these countries; ISO 3166 codes. Any when there are none.
    pub countries: Vec<String>,
    /// Which part of them.
    pub page: Page,
}

/// A page of institutions.
#[derive(Clone, Debug, Default)]
pub struct InstitutionList {
    /// The best match first, then the most popular.
    pub institutions: Vec<Arc<Institution>>,
    /// How many there are in all.
    pub total: i64,
}

/// How well an institution matches: the smaller the better. All that is not asked for by name matches alike.
type Rank = u8;

const BEST: Rank = 0;
/// Behind every fit in the name.
const KEYWORD: Rank = 4;
const NO_MATCH: Rank = Rank::MAX;

/// What is looked for in a catalogue is found here, by the places of its institutions.
#[derive(Debug)]
pub(super) struct SearchIndex {
    names: Substrings,
    /// The keywords, each with the place of its institution.
    keywords: Substrings,
    keyword_places: Vec<usize>,
    urls: Substrings,
}

impl SearchIndex {
    pub(super) fn of(institutions: &[Arc<Institution>]) -> Self {
        let keywords = || {
            let places = institutions.iter().enumerate();
            places.flat_map(|(place, institution)| institution.keywords.iter().map(move |word| (place, word)))
        };
        Self {
            names: Substrings::of(institutions.iter().map(|institution| institution.name.as_str())),
            keywords: Substrings::of(keywords().map(|(_, word)| word.as_str())),
            keyword_places: keywords().map(|(place, _)| place).collect(),
            urls: Substrings::of(
                institutions
                    .iter()
                    .map(|one| one.url.as_deref().unwrap_or_default()),
            ),
        }
    }

    /// The places where a name occurs, with how well it does.
    fn named(&self, name: &str) -> impl Iterator<Item = (usize, Rank)> {
        let names = self.names.occurrences(name).map(|found| {
            let rank = match found.fit {
                Fit::Whole => BEST,
                Fit::Start => 1,
                Fit::Word => 2,
                Fit::Within => 3,
            };
            (found.text, rank)
        });
        let keywords = self.keywords.occurrences(name);
        names.chain(keywords.filter_map(|found| Some((*self.keyword_places.get(found.text)?, KEYWORD))))
    }

    /// The places where an address occurs.
    fn at(&self, url: &str) -> impl Iterator<Item = (usize, Rank)> {
        self.urls.occurrences(url).map(|found| (found.text, BEST))
    }
}

impl Catalogue {
    /// A page of the institutions that are open to new members and match.
    pub fn search(&self, request: &SearchInstitutions) -> InstitutionList {
        let by_name = wanted(request.name.as_deref()).map(|name| self.ranked(self.index().named(name)));
        let by_url = wanted(request.url.as_deref()).map(|url| self.ranked(self.index().at(url)));
        let matches = match (by_name, by_url) {
            (Some(named), Some(at)) => both(named, &at),
            (Some(found), None) | (None, Some(found)) => found,
            (None, None) => (0..self.institutions().len())
                .map(|place| (BEST, place))
                .collect(),
        };
        let fits = |&(_, place): &(Rank, usize)| {
            self.institutions()
                .get(place)
                .is_some_and(|one| request.fits(one))
        };
        let matches: Vec<_> = matches.into_iter().filter(fits).collect();
        let total = i64::try_from(matches.len()).unwrap_or(i64::MAX);
        let page = best(matches, request.page).into_iter();
        let institutions = page
            .filter_map(|(_, place)| self.institutions().get(place).cloned())
            .collect();
        InstitutionList { institutions, total }
    }

    /// Each place once, with its best rank.
    fn ranked(&self, found: impl Iterator<Item = (usize, Rank)>) -> Vec<(Rank, usize)> {
        let mut ranks = vec![NO_MATCH; self.institutions().len()];
        let mut places = Vec::new();
        for (place, rank) in found {
            let Some(best) = ranks.get_mut(place) else {
                continue;
            };
            if *best == NO_MATCH {
                places.push(place);
            }
            *best = rank.min(*best);
        }
        places.into_iter().map(|place| (ranks[place], place)).collect()
    }
}

impl SearchInstitutions {
    fn fits(&self, institution: &Institution) -> bool {
        !institution.is_hidden
            && (institution.supports_account_identification || !self.supports_account_identification)
            && (institution.supports_account_verification || !self.supports_account_verification)
            && (institution.supports_transaction_history || !self.supports_transaction_history)
            && (self.countries.is_empty()
                || institution
                    .countries
                    .iter()
                    .any(|one| self.countries.contains(one)))
    }
}

/// What is asked for, unless it is empty.
fn wanted(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Those of `named` that are in `at` too.
fn both(mut named: Vec<(Rank, usize)>, at: &[(Rank, usize)]) -> Vec<(Rank, usize)> {
    let at: std::collections::HashSet<usize> = at.iter().map(|(_, place)| *place).collect();
    named.retain(|(_, place)| at.contains(place));
    named
}

/// The page of the best: by rank, then by place, which is the order of popularity. Sorts no more than up to its end.
fn best(mut matches: Vec<(Rank, usize)>, page: Page) -> Vec<(Rank, usize)> {
    let within = |row: i64| usize::try_from(row).unwrap_or(usize::MAX).min(matches.len());
    let (from, to) = (
        within(page.offset),
        within(page.offset.saturating_add(page.limit)),
    );
    if to < matches.len() {
        matches.select_nth_unstable(to);
        matches.truncate(to);
    }
    matches.sort_unstable();
    matches.split_off(from)
}

impl Engine {
    /// A page of the institutions that are open to new members and match.
    pub async fn search_institutions(&self, request: SearchInstitutions) -> Result<InstitutionList, Fault> {
        let catalogue = self.catalogue().await?;
        if catalogue.is_indexed() {
            return Ok(catalogue.search(&request));
        }
        // The index of a large catalogue takes a moment, and is made once.
        let search = tokio::task::spawn_blocking(move || catalogue.search(&request));
        search.await.map_err(|error| Fault::Internal(Box::new(error)))
    }
}

#[cfg(test)]
mod tests;
