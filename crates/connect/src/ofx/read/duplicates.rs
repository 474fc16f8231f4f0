//! Ids that repeat. A `FITID` is promised to be unique within an account and is not: some banks start again every
//! month, some give all fees of a day one id. Nothing is dropped; later ones get their day behind their id.

use std::collections::{BTreeMap, HashMap, HashSet};

use riverbank_model::feed::{FeedHolding, FeedTransaction};

/// Makes the ids of transactions unique. The oldest of equal ids keeps it, so that a new one changes no old one.
pub(super) fn tell_transactions_apart(transactions: &mut [FeedTransaction]) {
    let mut repeated: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut first: HashMap<&str, usize> = HashMap::new();
    for (index, transaction) in transactions.iter().enumerate() {
        let Some(id) = transaction.id.as_deref() else { continue };
        if let Some(first) = first.get(id) {
            repeated.entry(id.to_owned()).or_insert_with(|| vec![*first]).push(index);
        } else {
            first.insert(id, index);
        }
    }
    if repeated.is_empty() {
        return;
    }
    let mut taken: HashSet<String> = first.into_keys().map(str::to_owned).collect();
    for (id, mut indexes) in repeated {
        indexes.sort_by_key(|&index| transactions[index].date());
        let mut of_day: HashMap<String, usize> = HashMap::new();
        for &index in &indexes[1..] {
            let day = transactions[index].date().map_or_else(|| "undated".to_owned(), |day| day.to_string());
            let told_apart = format!("{id}#{day}");
            let count = of_day.entry(day).or_default();
            transactions[index].id = Some(untaken(&mut taken, &told_apart, count, 1));
        }
    }
}

/// Makes the ids of holdings unique: one security may be held in cash and on margin.
pub(super) fn tell_holdings_apart(holdings: &mut [FeedHolding]) {
    let mut count: HashMap<String, usize> = HashMap::new();
    for holding in &*holdings {
        count.insert(holding.id.clone(), 0);
    }
    if count.len() == holdings.len() {
        return;
    }
    let mut taken: HashSet<String> = count.keys().cloned().collect();
    let mut is_first: HashSet<String> = HashSet::new();
    for holding in holdings {
        if is_first.insert(holding.id.clone()) {
            continue;
        }
        if let Some(count) = count.get_mut(&holding.id) {
            *count = (*count).max(1);
            holding.id = untaken(&mut taken, &holding.id, count, 0);
        }
    }
}

/// The id itself while `count` rises to `plain`, then with the count behind it; the next of these that nothing has.
fn untaken(taken: &mut HashSet<String>, id: &str, count: &mut usize, plain: usize) -> String {
    loop {
        *count += 1;
        let next = if *count <= plain { id.to_owned() } else { format!("{id}#{count}") };
        if taken.insert(next.clone()) {
            return next;
        }
    }
}
