//! Which stored transaction each told one is.
//!
//! Banks' ids are good evidence and no more: a pending row is posted under another id, a bank issues all ids
//! anew, a file has none. So rows are matched in steps from the surest evidence to the weakest, each step with
//! what the ones before it left over, and never two to one: two equal coffees on one day stay two.

mod facts;
mod likeness;
mod near;

use std::collections::HashMap;
use std::fmt;

use jiff::civil::Date;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::TransactionGuid;
use riverbank_model::transaction::TransactionStatus;

use facts::{Facts, booking, order};
use likeness::are_one_by_id;

/// A stored transaction of the account, live and told by its feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// Its id here.
    pub guid: TransactionGuid,
    /// What the feed last told of it, exactly.
    pub told: FeedTransaction,
}

/// What a told transaction is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// This stored one, told as before: nothing is to be written.
    Same(TransactionGuid),
    /// This stored one, with changed facts or another id.
    Changed(TransactionGuid),
    /// This stored one, which was pending and is posted now.
    PostedFrom(TransactionGuid),
    /// Not seen before.
    New,
    /// Another row of this feed with the same id and the same facts: nothing is to be written.
    Repeated,
}

/// Why a told transaction was decided so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The stored one has the same id, or like this one none, and the same facts.
    SameFacts,
    /// The stored one has the same id.
    SameId,
    /// The stored one has another id or none, but the same day, amount, direction, status and text.
    SameBooking,
    /// A posted one that the feed no longer tells as it was: the same amount and direction, a day at most a few away,
    /// and a text that is alike or says nothing.
    Rewritten,
    /// A pending one of the same amount and near day, whose text is alike or says nothing.
    PostedForSameAmount,
    /// A pending one of a somewhat smaller amount and near day, whose text is alike.
    PostedWithTip,
    /// A pending one of a slightly larger amount and near day, whose text is alike: another exchange rate or weight.
    PostedForLess,
    /// A pending one of the same name and near day, whose amount is one that pumps and hotels hold.
    PostedForHold,
    /// None fits.
    NothingFits,
    /// The feed told it before.
    ToldTwice,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 10] = [
        Self::SameFacts,
        Self::SameId,
        Self::SameBooking,
        Self::Rewritten,
        Self::PostedForSameAmount,
        Self::PostedWithTip,
        Self::PostedForLess,
        Self::PostedForHold,
        Self::NothingFits,
        Self::ToldTwice,
    ];

    /// A name that rows keep: it stays what it is.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameFacts => "same facts",
            Self::SameId => "same id",
            Self::SameBooking => "same booking",
            Self::Rewritten => "rewritten",
            Self::PostedForSameAmount => "posted for the same amount",
            Self::PostedWithTip => "posted with a tip",
            Self::PostedForLess => "posted for less",
            Self::PostedForHold => "posted for a hold",
            Self::NothingFits => "nothing fits",
            Self::ToldTwice => "told twice",
        }
    }

    /// The reason of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(match self {
            Self::SameFacts => "the stored one says exactly the same",
            Self::SameId => "the stored one has the same id at the institution",
            Self::SameBooking => {
                "the stored one has another id or none, and the same day, amount, direction, status and text"
            }
            Self::Rewritten => {
                "the institution no longer tells the stored one as it was, and this one is of the same amount, a near day \
                 and a like text"
            }
            Self::PostedForSameAmount => "a pending one of the same amount, a near day and a like text was stored",
            Self::PostedWithTip => "a pending one of a near day and a like text was stored, and a tip was added",
            Self::PostedForLess => {
                "a pending one of a near day and a like text was stored, of slightly more money: another exchange rate or \
                 weight"
            }
            Self::PostedForHold => {
                "a pending one of a near day and the same name was stored, of an amount that pumps and hotels hold"
            }
            Self::NothingFits => "no stored one fits",
            Self::ToldTwice => "the same feed told it before",
        })
    }
}

impl fmt::Display for Match {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match &self.decision {
            Decision::Same(guid) => write!(out, "It is {guid} as before"),
            Decision::Changed(guid) => write!(out, "It is {guid}, changed"),
            Decision::PostedFrom(guid) => write!(out, "It is {guid}, posted now"),
            Decision::New => write!(out, "It is new"),
            Decision::Repeated => write!(out, "It is there already"),
        }?;
        write!(out, ": {}.", self.reason)
    }
}

/// The answer for one told transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// What it is.
    pub decision: Decision,
    /// Why.
    pub reason: Reason,
}

/// The answer for a whole feed of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matches {
    /// One for each told transaction, in the feed's order.
    pub told: Vec<Match>,
    /// Stored pending transactions that the feed should have told and did not: to be deleted. In order of guid.
    pub vanished: Vec<TransactionGuid>,
}

/// Decides for each transaction of `feed` which of `known` it is. `covered_from` is the first day of which the
/// feed told every transaction; nothing vanishes before it, and posted ones never vanish.
///
/// The answer does not depend on the order of `known` or of `feed`. No stored transaction is matched twice. The
/// work is near linear: at most a fixed number of candidates is looked at for each row.
pub fn match_feed(known: &[Known], feed: &[FeedTransaction], covered_from: Option<Date>) -> Matches {
    let mut matching = Matching::new(known, feed);
    matching.by_facts();
    matching.set_repeated_aside();
    matching.by_id();
    matching.by_booking(covered_from);
    near::match_near(&mut matching, covered_from);
    matching.finish(covered_from)
}

/// The state between the steps: rows by index, in an order that does not depend on the caller's.
struct Matching<'a> {
    known: &'a [Known],
    feed: &'a [FeedTransaction],
    /// Stored ones that are still free, by guid.
    free: Vec<usize>,
    /// Told ones that are still open, by their facts.
    open: Vec<usize>,
    taken: Vec<bool>,
    decided: Vec<Option<Match>>,
}

/// More rows than this under one id on either side, and the id tells nothing.
const ROWS_OF_ONE_ID: usize = 4;

impl<'a> Matching<'a> {
    fn new(known: &'a [Known], feed: &'a [FeedTransaction]) -> Self {
        let mut free: Vec<_> = (0..known.len()).collect();
        free.sort_by(|a, b| known[*a].guid.cmp(&known[*b].guid));
        let mut open: Vec<_> = (0..feed.len()).collect();
        open.sort_by(|a, b| order(&feed[*a]).cmp(&order(&feed[*b])));
        Self { known, feed, free, open, taken: vec![false; known.len()], decided: vec![None; feed.len()] }
    }

    fn take(&mut self, told: usize, known: usize, reason: Reason) {
        let stored = &self.known[known];
        let guid = stored.guid.clone();
        let was_pending = stored.told.status == TransactionStatus::Pending;
        let is_posted = self.feed[told].status == TransactionStatus::Posted;
        let decision = if stored.told == self.feed[told] {
            Decision::Same(guid)
        } else if was_pending && is_posted {
            Decision::PostedFrom(guid)
        } else {
            Decision::Changed(guid)
        };
        self.taken[known] = true;
        self.decided[told] = Some(Match { decision, reason });
    }

    /// Forgets what the last step decided.
    fn sweep(&mut self) {
        self.free.retain(|known| !self.taken[*known]);
        self.open.retain(|told| self.decided[*told].is_none());
    }

    /// Step 1: all facts are the same, the id among them.
    fn by_facts(&mut self) {
        self.pair(|told| Some(Facts(told)), Reason::SameFacts);
    }

    /// Rows that have an id and say exactly what another row of the feed said, such as where two pages overlap.
    fn set_repeated_aside(&mut self) {
        let mut seen: HashMap<Facts, usize> = HashMap::new();
        for told in 0..self.feed.len() {
            let row = &self.feed[told];
            if row.id.is_none() {
                continue;
            }
            let first = *seen.entry(Facts(row)).or_insert(told);
            if first == told {
                continue;
            }
            // A stored twin may have taken either; the one that took it stays.
            let repeated = if self.decided[told].is_none() { told } else { first };
            if self.decided[repeated].is_none() {
                self.decided[repeated] =
                    Some(Match { decision: Decision::Repeated, reason: Reason::ToldTwice });
            }
            seen.insert(Facts(row), if repeated == told { first } else { told });
        }
        self.sweep();
    }

    /// Step 2: the same id, and enough besides to believe that the bank did not give it to another transaction.
    fn by_id(&mut self) {
        let mut stored: HashMap<&str, Vec<usize>> = HashMap::new();
        for known in &self.free {
            if let Some(id) = &self.known[*known].told.id {
                stored.entry(id).or_default().push(*known);
            }
        }
        let mut rows: HashMap<&str, usize> = HashMap::new();
        for told in &self.open {
            if let Some(id) = &self.feed[*told].id {
                *rows.entry(id).or_default() += 1;
            }
        }
        for told in self.open.clone() {
            let Some(id) = self.feed[told].id.as_deref() else {
                continue;
            };
            let candidates = stored.get(id).map_or(&[][..], Vec::as_slice);
            if candidates.len() > ROWS_OF_ONE_ID || rows.get(id).is_some_and(|rows| *rows > ROWS_OF_ONE_ID) {
                continue;
            }
            let fits = |known: &usize| {
                !self.taken[*known] && are_one_by_id(&self.known[*known].told, &self.feed[told])
            };
            if let Some(known) = candidates.iter().copied().find(fits) {
                self.take(told, known, Reason::SameId);
            }
        }
        self.sweep();
    }

    /// Step 3: another id or none, and the same booking: ids issued anew, files without ids. Of a day that the
    /// feed did not tell whole, a stored row with another id may well be another transaction.
    fn by_booking(&mut self, covered_from: Option<Date>) {
        let counts = |told: &FeedTransaction| told.id.is_none() || is_covered(told, covered_from);
        self.pair(|told| counts(told).then(|| booking(told)).flatten(), Reason::SameBooking);
    }

    /// Pairs open and free rows of the same key, one to one, each side in its order.
    fn pair<K: std::hash::Hash + Eq>(
        &mut self,
        key: impl Fn(&'a FeedTransaction) -> Option<K>,
        reason: Reason,
    ) {
        let mut stored: HashMap<K, Vec<usize>> = HashMap::new();
        for known in self.free.iter().rev() {
            if let Some(key) = key(&self.known[*known].told) {
                stored.entry(key).or_default().push(*known);
            }
        }
        for told in self.open.clone() {
            let candidates = key(&self.feed[told]).and_then(|key| stored.get_mut(&key));
            if let Some(known) = candidates.and_then(Vec::pop) {
                self.take(told, known, reason);
            }
        }
        self.sweep();
    }

    fn finish(self, covered_from: Option<Date>) -> Matches {
        let vanished = self.free.iter().map(|known| &self.known[*known]).filter(|known| {
            let is_covered =
                covered_from.is_some_and(|from| known.told.date().is_none_or(|date| date >= from));
            known.told.status == TransactionStatus::Pending && is_covered
        });
        let nothing = Match { decision: Decision::New, reason: Reason::NothingFits };
        Matches {
            vanished: vanished.map(|known| known.guid.clone()).collect(),
            told: self
                .decided
                .into_iter()
                .map(|decided| decided.unwrap_or_else(|| nothing.clone()))
                .collect(),
        }
    }
}

/// Whether a row is of a day of which the feed told every transaction.
fn is_covered(row: &FeedTransaction, covered_from: Option<Date>) -> bool {
    covered_from.is_some_and(|from| row.date().is_some_and(|date| date >= from))
}

#[cfg(test)]
mod tests;
