//! Which transactions of two accounts that are merged are one and the same.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use riverbank_enrich::matching::{Decision, Known, match_feed};
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::TransactionGuid;
use riverbank_store::transactions::Transaction;

use crate::aggregation::told_of;
use crate::transactions::given::Given;

/// For transactions of the account that goes, which held some between these two days, those of the other one that are the
/// same. They are matched as if the account that goes were a feed of the other one, and what is left the other way round: a
/// pending transaction on either side may be the posted one on the other.
pub(super) fn twins(
    goes: &[Transaction],
    stays: &[Transaction],
    (told_from, told_through): (Date, Date),
) -> HashMap<TransactionGuid, TransactionGuid> {
    let told: Vec<FeedTransaction> = goes.iter().map(said).collect();
    let known: Vec<Known> = stays.iter().filter(|row| row.date <= told_through).map(as_known).collect();
    let mut twins = HashMap::new();
    for (row, found) in goes.iter().zip(match_feed(&known, &told, Some(told_from)).told) {
        if let Some(guid) = stored(found.decision) {
            twins.insert(row.guid.clone(), guid);
        }
    }
    let taken: HashSet<&TransactionGuid> = twins.values().collect();
    let open: Vec<&Transaction> = stays.iter().filter(|row| !taken.contains(&row.guid)).collect();
    let told: Vec<FeedTransaction> = open.iter().copied().map(said).collect();
    let known: Vec<Known> = goes.iter().filter(|row| !twins.contains_key(&row.guid)).map(as_known).collect();
    for (row, found) in open.iter().zip(match_feed(&known, &told, None).told) {
        if let Some(guid) = stored(found.decision) {
            twins.insert(guid, row.guid.clone());
        }
    }
    twins
}

fn stored(decision: Decision) -> Option<TransactionGuid> {
    match decision {
        Decision::Same(guid) | Decision::Changed(guid) | Decision::PostedFrom(guid) => Some(guid),
        Decision::New | Decision::Repeated => None,
    }
}

fn as_known(row: &Transaction) -> Known {
    Known { guid: row.guid.clone(), told: said(row) }
}

/// What was told of a transaction; by its user, if it was made by hand.
fn said(row: &Transaction) -> FeedTransaction {
    let told = told_of(row);
    if !Given::from_bits(row.given).amount {
        return told;
    }
    FeedTransaction {
        description: row.description.clone(),
        posted_on: Some(row.date),
        transacted_on: Some(row.date),
        ..told
    }
}
