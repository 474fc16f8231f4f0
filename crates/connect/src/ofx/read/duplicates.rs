//! Ids that repeat. A `FITID` is promised to be unique within an account and is not: some banks start again every
//! month, some give all fees of a day one id. Nothing is dropped; later ones get their day behind their id.

use std::collections::HashMap;

use riverbank_model::feed::{FeedHolding, FeedTransaction};

/// Makes the ids of transactions unique. The oldest of equal ids keeps it, so that a new one changes no old one.
pub(super) fn tell_transactions_apart(transactions: &mut [FeedTransaction]) {
    let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, transaction) in transactions.iter().enumerate() {
        if let Some(id) = &transaction.id {
            by_id.entry(id.clone()).or_default().push(index);
        }
    }
    for (id, mut indexes) in by_id {
        indexes.sort_by_key(|&index| transactions[index].date());
        let mut of_day: HashMap<String, usize> = HashMap::new();
        for &index in &indexes[1..] {
            let day = transactions[index].date().map_or_else(|| "undated".to_owned(), |day| day.to_string());
            let count = of_day.entry(day.clone()).or_default();
            *count += 1;
            transactions[index].id = Some(match *count {
                1 => format!("{id}#{day}"),
                count => format!("{id}#{day}#{count}"),
            });
        }
    }
}

/// Makes the ids of holdings unique: one security may be held in cash and on margin.
pub(super) fn tell_holdings_apart(holdings: &mut [FeedHolding]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for holding in holdings {
        let count = count.entry(holding.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            holding.id = format!("{}#{count}", holding.id);
        }
    }
}
