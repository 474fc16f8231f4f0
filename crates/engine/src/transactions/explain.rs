//! Why a transaction is what it is: `riverbank explain`.

use riverbank_enrich::matching::Reason;
use riverbank_model::account::AccountType;
use riverbank_model::guid::TransactionGuid;
use riverbank_model::transaction::TransactionType;
use riverbank_store::transactions::Transaction;
use riverbank_store::{Store, accounts, whereabouts};

use super::given::Given;
use crate::Fault;
use crate::aggregation::told_of;
use crate::merchants::Merchants;
use crate::transaction_rules::rules_of;

/// In sentences: what is stored, why it was matched, described and categorised so, and what its user wrote. None when
/// there is no such transaction.
pub async fn explain(store: &Store, guid: &TransactionGuid) -> Result<Option<String>, Fault> {
    let reader = store.read().await?;
    let Some(row) = whereabouts::transaction(&reader, guid).await? else { return Ok(None) };
    let account = accounts::find(&reader, &row.user_guid, &row.account_guid).await?;
    let kind = account.map_or(AccountType::Any, |account| account.account_type);
    let rules = rules_of(&reader, &row.user_guid).await?;
    let merchants = Merchants::read(&reader).await?;
    drop(reader);
    let explained = merchants.explain(&told_of(&row), kind, &rules);
    let mut sentences = vec![told(&row), matched(&row), explained.to_string()];
    let given = Given::from_bits(row.given);
    sentences.extend(written(given));
    let found = &explained.enriched;
    let is_described = given.description || row.description == found.description;
    let is_categorized = given.category || row.category_guid == found.category;
    if !is_described || !is_categorized {
        sentences.push(format!(
            "Stored are {:?} by \"{}\" and {} by \"{}\": with the rules and merchants of then.",
            row.description, row.described_by, row.category_guid, row.categorized_by
        ));
    }
    if let Some(account) = &row.merged_from {
        sentences.push(format!("It came over from {account} when accounts were merged."));
    }
    if row.is_recurring == Some(true) {
        sentences.push("It comes again and again: payments like it fit a rhythm.".to_owned());
    }
    if row.deleted_at.is_some() {
        sentences.push("It was deleted.".to_owned());
    }
    Ok(Some(sentences.join("\n") + "\n"))
}

fn told(row: &Transaction) -> String {
    let direction = match row.transaction_type {
        TransactionType::Credit => "in",
        TransactionType::Debit => "out",
    };
    let currency = row.currency_code.as_deref().unwrap_or("of the account's currency");
    let Transaction { guid, date, amount, feed_description, .. } = row;
    format!("{guid}: {amount} {currency} {direction} on {date}, {feed_description:?}.")
}

fn matched(row: &Transaction) -> String {
    let reason = row.matched_by.as_deref().and_then(Reason::from_name);
    match (reason, &row.parent_guid) {
        (Some(Reason::NothingFits), _) => "It was new: no stored one fitted what the feed told.".to_owned(),
        (Some(reason), _) => format!("The feed last told it anew, and it was known since {reason}."),
        (None, Some(parent)) => format!("It is a part of {parent}, which its user split."),
        (None, None) if Given::from_bits(row.given).amount => "Its user made it by hand.".to_owned(),
        (None, None) => "Why it was matched was not kept when it came in.".to_owned(),
    }
}

fn written(given: Given) -> Option<String> {
    let fields = [
        (given.amount, "amount"),
        (given.category, "category"),
        (given.date, "date"),
        (given.description, "description"),
        (given.memo, "memo"),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(is_given, _)| *is_given).map(|(_, name)| name).collect();
    (!fields.is_empty())
        .then(|| format!("Its user wrote, and so stands over all else: {}.", fields.join(", ")))
}
