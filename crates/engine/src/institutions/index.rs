//! What searches are answered from.

use std::collections::HashSet;
use std::sync::Arc;

use riverbank_store::page::Page;

use super::Institution;
use super::search::{InstitutionList, SearchInstitutions};
use super::substrings::{Fit, Substrings};

/// The institutions that are open to new members, and where texts occur in them.
#[derive(Debug)]
pub(super) struct SearchIndex {
    /// Most popular first. Everything else tells institutions by their places here.
    open: Vec<Arc<Institution>>,
    names: Substrings,
    keywords: Substrings,
    /// The institution of each keyword.
    keyword_places: Vec<usize>,
    urls: Substrings,
}

/// How well an institution matches: the smaller the better. All that is not asked for by name matches alike.
type Rank = u8;

/// An institution that matches. The best and most popular is the smallest.
type Match = (Rank, usize);

const BEST: Rank = 0;
/// Behind every fit in the name.
const KEYWORD: Rank = 4;
const NO_MATCH: Rank = Rank::MAX;

impl SearchIndex {
    /// An index of what is open of `institutions`, which are in the order of popularity.
    pub(super) fn of(institutions: &[Arc<Institution>]) -> Self {
        let open: Vec<_> =
            institutions.iter().filter(|one| !one.is_hidden && !one.is_stopped).cloned().collect();
        let keywords = || {
            let places = open.iter().enumerate();
            places.flat_map(|(place, one)| one.keywords.iter().map(move |word| (place, word)))
        };
        Self {
            names: Substrings::of(open.iter().map(|one| one.name.as_str())),
            keywords: Substrings::of(keywords().map(|(_, word)| word.as_str())),
            keyword_places: keywords().map(|(place, _)| place).collect(),
            urls: Substrings::of(open.iter().map(|one| site(one.url.as_deref().unwrap_or_default()))),
            open,
        }
    }

    /// A page of what matches.
    pub(super) fn search(&self, request: &SearchInstitutions) -> InstitutionList {
        let named = wanted(request.name.as_deref()).map(|name| self.ranked(self.named(name)));
        let at = wanted(request.url.as_deref().map(site)).map(|url| self.ranked(self.at(url)));
        let mut matches = match (named, at) {
            (Some(named), Some(at)) => both(named, &at),
            (Some(found), None) | (None, Some(found)) => found,
            (None, None) => (0..self.open.len()).map(|place| (BEST, place)).collect(),
        };
        if request.is_narrowed() {
            matches.retain(|(_, place)| self.open.get(*place).is_some_and(|one| request.fits(one)));
        }
        let total = i64::try_from(matches.len()).unwrap_or(i64::MAX);
        let page = best(matches, request.page).into_iter();
        let institutions = page.filter_map(|(_, place)| self.open.get(place).cloned()).collect();
        InstitutionList { institutions, total }
    }

    /// Where a name occurs, with how well it does.
    fn named(&self, name: &str) -> impl Iterator<Item = Match> {
        let names = self.names.occurrences(name).map(|found| {
            let rank = match found.fit {
                Fit::Whole => BEST,
                Fit::Start => 1,
                Fit::Word => 2,
                Fit::Within => 3,
            };
            (rank, found.text)
        });
        let keywords = self.keywords.occurrences(name);
        names.chain(keywords.filter_map(|found| Some((KEYWORD, *self.keyword_places.get(found.text)?))))
    }

    /// Where an address occurs.
    fn at(&self, url: &str) -> impl Iterator<Item = Match> {
        self.urls.occurrences(url).map(|found| (BEST, found.text))
    }

    /// Each institution once, with its best rank.
    fn ranked(&self, found: impl Iterator<Item = Match>) -> Vec<Match> {
        let mut ranks = vec![NO_MATCH; self.open.len()];
        let mut places = Vec::new();
        for (rank, place) in found {
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
    fn is_narrowed(&self) -> bool {
        self.supports_account_identification
            || self.supports_account_verification
            || self.supports_transaction_history
            || !self.countries.is_empty()
    }

    fn fits(&self, one: &Institution) -> bool {
        (one.supports_account_identification || !self.supports_account_identification)
            && (one.supports_account_verification || !self.supports_account_verification)
            && (one.supports_transaction_history || !self.supports_transaction_history)
            && (self.countries.is_empty()
                || one.countries.iter().any(|country| self.countries.contains(country)))
    }
}

/// An address without what people write or leave out: the scheme, `www.`, a slash at the end.
fn site(url: &str) -> &str {
    let url = url.trim();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let has_www = rest.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let rest = if has_www { &rest[4..] } else { rest };
    rest.trim_end_matches('/')
}

/// What is asked for, unless it is empty.
fn wanted(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Those of `named` that are in `at` too.
fn both(mut named: Vec<Match>, at: &[Match]) -> Vec<Match> {
    let at: HashSet<usize> = at.iter().map(|(_, place)| *place).collect();
    named.retain(|(_, place)| at.contains(place));
    named
}

/// The page of the best. Sorts no more than up to its end.
fn best(mut matches: Vec<Match>, page: Page) -> Vec<Match> {
    let within = |row: i64| usize::try_from(row).unwrap_or(usize::MAX).min(matches.len());
    let (from, to) = (within(page.offset), within(page.offset.saturating_add(page.limit)));
    if to < matches.len() {
        matches.select_nth_unstable(to);
        matches.truncate(to);
    }
    matches.sort_unstable();
    matches.split_off(from)
}
