//! Matching over the labelled cases.

use std::collections::{BTreeMap, HashMap};

use jiff::Span;
use jiff::civil::{Date, date};
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::{Guid, TransactionGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::TransactionStatus;

use super::categories::Share;
use crate::catalogue::LineError;
use crate::matching::{Decision, Known, Matches, match_feed};

const CASES: &str = include_str!("../../labelled/matching.txt");

/// The figures of matching.
#[derive(Clone, Debug, Default)]
pub struct MatchingFigures {
    /// Of the pairs that were made, those that a person would make.
    pub precision: Share,
    /// Of the pairs that a person would make, those that were made.
    pub recall: Share,
    /// Cases in which every row was decided as a person would, those that are to be deleted among them.
    pub cases: Share,
    /// The same by the name of the case.
    pub by_name: BTreeMap<&'static str, Share>,
}

/// Runs every case.
pub fn matching() -> MatchingFigures {
    let mut figures = MatchingFigures::default();
    for case in read().0 {
        case.score(&mut figures);
    }
    figures
}

/// A case: rows with their labels.
#[derive(Debug)]
pub(super) struct Case {
    name: &'static str,
    covered_from: Option<Date>,
    stored: Vec<(&'static str, FeedTransaction)>,
    told: Vec<(&'static str, FeedTransaction)>,
}

/// Labels that are no letters.
const NEW: &str = "new";
const AGAIN: &str = "again";
const GONE: &str = "gone";

impl Case {
    fn score(&self, figures: &mut MatchingFigures) {
        let guid = |number: usize| TransactionGuid::trusted(format!("TRN-{number:03}"));
        let known = self.stored.iter().enumerate();
        let known: Vec<_> =
            known.map(|(number, (_, told))| Known { guid: guid(number), told: told.clone() }).collect();
        let feed: Vec<_> = self.told.iter().map(|(_, told)| told.clone()).collect();
        let matches = match_feed(&known, &feed, self.covered_from);
        let labels: HashMap<_, _> =
            self.stored.iter().enumerate().map(|(number, (label, _))| (guid(number), *label)).collect();
        let mut is_right = self.is_gone_as_meant(&matches, &labels);
        let mut made: BTreeMap<&str, usize> = BTreeMap::new();
        for ((label, _), found) in self.told.iter().zip(&matches.told) {
            match &found.decision {
                Decision::Same(guid) | Decision::Changed(guid) | Decision::PostedFrom(guid) => {
                    let is_meant = labels.get(guid) == Some(label);
                    figures.precision.count(is_meant);
                    is_right &= is_meant;
                    *made.entry(label).or_default() += usize::from(is_meant);
                }
                Decision::Repeated => is_right &= *label == AGAIN,
                Decision::New => is_right &= *label != AGAIN,
            }
        }
        let count = |rows: &[(&'static str, FeedTransaction)], label: &str| {
            rows.iter().filter(|(other, _)| *other == label).count()
        };
        let mut letters: Vec<_> = self.told.iter().map(|(label, _)| *label).collect();
        letters.sort_unstable();
        letters.dedup();
        for label in letters.into_iter().filter(|label| ![NEW, AGAIN].contains(label)) {
            let meant = count(&self.stored, label).min(count(&self.told, label));
            let made = made.get(label).copied().unwrap_or_default();
            is_right &= meant == made;
            figures.recall.add(made, meant);
        }
        figures.cases.count(is_right);
        figures.by_name.entry(self.name).or_default().count(is_right);
    }

    fn is_gone_as_meant(&self, matches: &Matches, labels: &HashMap<TransactionGuid, &str>) -> bool {
        let meant = self.stored.iter().filter(|(label, _)| *label == GONE).count();
        meant == matches.vanished.len() && matches.vanished.iter().all(|guid| labels.get(guid) == Some(&GONE))
    }
}

/// The cases of the file, and the lines that are wrong.
pub(super) fn read() -> (Vec<Case>, Vec<LineError>) {
    let mut cases: Vec<Case> = Vec::new();
    let mut errors = Vec::new();
    for (index, line) in CASES.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Some(name) = line.strip_prefix("= ") {
            let covered_from = Some(day(1));
            cases.push(Case { name, covered_from, stored: Vec::new(), told: Vec::new() });
            continue;
        }
        let read = cases.last_mut().ok_or("no case begins above it").and_then(|case| line_of(line, case));
        if let Err(reason) = read {
            errors.push(LineError {
                file: "matching.txt".to_owned(),
                line: index + 1,
                reason: reason.to_owned(),
            });
        }
    }
    (cases, errors)
}

fn line_of(line: &'static str, case: &mut Case) -> Result<(), &'static str> {
    if let Some(from) = line.strip_prefix("from ") {
        case.covered_from = match from {
            "none" => None,
            number => Some(day(number.parse().map_err(|_| "from is no day")?)),
        };
        return Ok(());
    }
    let mut words = line.splitn(7, ' ');
    let mut next = || words.next().ok_or("a column is missing");
    let (side, label, id, status, number, amount, text) =
        (next()?, next()?, next()?, next()?, next()?, next()?, next()?);
    let amount: Money = amount.parse().map_err(|_| "the amount is none")?;
    let mut told = super::told(text, amount > Money::ZERO);
    told.id = (id != "-").then(|| id.to_owned());
    told.amount = amount.abs();
    told.posted_on = Some(day(number.parse().map_err(|_| "the day is no number")?));
    told.status = match status {
        "?" => TransactionStatus::Pending,
        "=" => TransactionStatus::Posted,
        _ => return Err("the status is neither ? nor ="),
    };
    match side {
        "<" => case.stored.push((label, told)),
        ">" => case.told.push((label, told)),
        _ => return Err("it begins with neither < nor >"),
    }
    Ok(())
}

/// A day by its number, 1 for the first of March 2026.
fn day(number: i64) -> Date {
    date(2026, 2, 28).saturating_add(Span::new().days(number.clamp(-1_000, 1_000)))
}
