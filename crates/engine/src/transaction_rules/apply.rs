//! Applying a rule to the transactions that are there, a batch at a time, each in a unit of work of its own: others write in
//! between, and a server that dies leaves off where the next one goes on.

use std::collections::HashMap;
use std::sync::Arc;

use riverbank_enrich::{Category, Evidence, Rule};
use riverbank_model::account::AccountType;
use riverbank_model::guid::AccountGuid;
use riverbank_store::accounts::AccountFilter;
use riverbank_store::page::Page;
use riverbank_store::transaction_rules::{self, RuleKey, TransactionRule};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{Tx, accounts, members};

use super::rules_of;
use crate::aggregation::told_of;
use crate::categories::top_of;
use crate::merchants::Merchants;
use crate::transactions::flags::{recategorized, to_bits};
use crate::transactions::given::Given;
use crate::{Engine, Fault};

/// Transactions of a batch. On a busy machine so many are read, looked at and written in a twentieth of a second, which others
/// who write to SQLite wait.
const BATCH: usize = 200;

/// A rule at work: what it says, and whose turn it is when several fit.
struct Work<'a> {
    rule: &'a TransactionRule,
    rules: &'a [Rule],
    merchants: &'a Merchants,
    /// The top of the branch of its category.
    top: Category,
}

impl Engine {
    /// Applies a batch of each rule that is being applied; how many batches that was.
    pub(crate) async fn apply_rules(&self) -> Result<usize, Fault> {
        self.apply_rules_by(BATCH).await
    }

    async fn apply_rules_by(&self, batch: usize) -> Result<usize, Fault> {
        let open = transaction_rules::open(&*self.store().read().await?).await?;
        let mut done = 0;
        if open.is_empty() {
            return Ok(done);
        }
        let catalogue = self.catalogue().await?;
        for key in open {
            let (engine, of, catalogue) = (self.clone(), key.clone(), Arc::clone(&catalogue));
            match self
                .store()
                .write(async move |tx| engine.apply_batch(tx, &of, batch, catalogue.merchants()).await)
                .await
            {
                Ok(was_open) => done += usize::from(was_open),
                Err(fault @ Fault::Unavailable(_)) => return Err(fault),
                Err(fault) => fault.log(&format!("the rule {} was not applied", key.guid)),
            }
        }
        Ok(done)
    }

    /// False when the rule is gone or has been applied.
    async fn apply_batch(
        &self,
        tx: &Tx,
        key: &RuleKey,
        batch: usize,
        merchants: &Merchants,
    ) -> Result<bool, Fault> {
        let user = &key.user_guid;
        // An import holds its member while it changes transactions.
        let held = members::lock_all(tx, user).await?;
        let Some(mut rule) = transaction_rules::lock(tx, user, &key.guid).await? else { return Ok(false) };
        let Some(through) = &rule.applied_through else { return Ok(false) };
        let rows = transactions::after(tx, user, through, batch).await?;
        let is_last = rows.len() < batch;
        let through = rows.last().map(|row| row.guid.to_string()).filter(|_| !is_last);
        let examined = rows.len();
        let changed = self.ruled(tx, &rule, rows, merchants).await?;
        transactions::store_meaning(tx, &changed).await?;
        rule.examined += i64::try_from(examined).unwrap_or(i64::MAX);
        rule.changed += i64::try_from(changed.len()).unwrap_or(i64::MAX);
        rule.applied_through = through;
        transaction_rules::store(tx, &rule).await?;
        self.tell_of_transactions(tx, &held, changed).await?;
        Ok(true)
    }

    /// Those of some transactions that a rule changes, as they are then.
    async fn ruled(
        &self,
        tx: &Tx,
        rule: &TransactionRule,
        rows: Vec<Transaction>,
        merchants: &Merchants,
    ) -> Result<Vec<Transaction>, Fault> {
        let user = &rule.user_guid;
        let Some(top) = top_of(tx, user, &rule.category_guid).await? else { return Ok(Vec::new()) };
        let rules = rules_of(tx, user).await?;
        let (known, _) = accounts::list(tx, user, AccountFilter::default(), Page::ALL).await?;
        let kinds: HashMap<AccountGuid, AccountType> =
            known.into_iter().map(|account| (account.guid, account.account_type)).collect();
        let work = Work { rule, rules: &rules, merchants, top };
        let now = self.now();
        let changed = rows.into_iter().filter_map(|row| {
            let kind = kinds.get(&row.account_guid).copied().unwrap_or(AccountType::Any);
            let changed = work.done_to(&row, kind);
            (changed != row).then(|| Transaction { revision: row.revision + 1, updated_at: now, ..changed })
        });
        Ok(changed.collect())
    }
}

impl Work<'_> {
    /// The transaction as it is under the rule. What its user wrote of it stays.
    fn done_to(&self, row: &Transaction, kind: AccountType) -> Transaction {
        let mut row = row.clone();
        let evidence = Evidence::Rule(self.rule.guid.clone());
        let found = self.merchants.enrich(&told_of(&row), kind, self.rules);
        let fits = found.categorized_by == evidence;
        if !fits && row.transaction_rule_guid.as_ref() != Some(&self.rule.guid) {
            return row;
        }
        let given = Given::from_bits(row.given);
        if !given.category {
            row.category_guid.clone_from(&self.rule.category_guid);
            row.flags = if fits {
                to_bits(found.flags)
            } else {
                recategorized(row.flags, self.top, row.transaction_type)
            };
            row.categorized_by = evidence.to_string();
            row.transaction_rule_guid = Some(self.rule.guid.clone());
        }
        if !given.description {
            if let Some(description) = &self.rule.description {
                row.description.clone_from(description);
                row.described_by = evidence.to_string();
            } else if fits {
                row.description = found.description;
                row.described_by = found.described_by.to_string();
            }
        }
        row
    }
}

#[cfg(test)]
mod tests;
