//! All merchants as they were at one moment.

use std::collections::HashMap;

use jiff::Timestamp;
use riverbank_enrich::{Catalogue, Enriched, Explanation, Merchant, Rule};
use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::guid::MerchantGuid;
use riverbank_store::Tx;
use riverbank_store::merchants::{self as table, MerchantRow};

use crate::Fault;

/// When the merchants of the program were made: a release tells the same on every day. 2026-01-01T00:00:00Z.
const SHIPPED_AT: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// The merchants of the program, and those that an operator has added.
#[derive(Debug, Default)]
pub struct Merchants {
    /// None as long as nothing was added: then the program's catalogue serves as it is.
    added: Option<Added>,
}

#[derive(Debug)]
struct Added {
    catalogue: Catalogue,
    /// When each of those that were added was made and changed.
    times: HashMap<MerchantGuid, (Timestamp, Timestamp)>,
}

impl Merchants {
    pub(crate) async fn read(tx: &Tx) -> Result<Self, Fault> {
        let rows = table::all(tx).await?;
        if rows.is_empty() {
            return Ok(Self::default());
        }
        let times = rows.iter().map(|row| (row.guid.clone(), (row.created_at, row.updated_at))).collect();
        let merchants = rows.iter().map(of_row).collect::<Result<_, _>>()?;
        Ok(Self { added: Some(Added { catalogue: Catalogue::with(merchants), times }) })
    }

    /// Gives a transaction its meaning; see [`Catalogue::enrich`].
    pub(crate) fn enrich(&self, told: &FeedTransaction, account: AccountType, rules: &[Rule]) -> Enriched {
        self.catalogue().enrich(told, account, rules)
    }

    /// Says why a transaction has the meaning that it has; see [`Catalogue::explain`].
    pub(crate) fn explain(
        &self,
        told: &FeedTransaction,
        account: AccountType,
        rules: &[Rule],
    ) -> Explanation {
        self.catalogue().explain(told, account, rules)
    }

    /// The catalogue by which transactions are enriched.
    pub(super) fn catalogue(&self) -> &Catalogue {
        match &self.added {
            Some(added) => &added.catalogue,
            None => Catalogue::shipped(),
        }
    }

    /// When a merchant was made and last changed.
    pub(super) fn times(&self, guid: &MerchantGuid) -> (Timestamp, Timestamp) {
        let times = self.added.as_ref().and_then(|added| added.times.get(guid));
        times.copied().unwrap_or((SHIPPED_AT, SHIPPED_AT))
    }
}

/// The merchant that a row holds.
fn of_row(row: &MerchantRow) -> Result<Merchant, Fault> {
    let (merchants, errors) = riverbank_enrich::catalogue::read(row.guid.as_str(), &row.entry);
    match (<[Merchant; 1]>::try_from(merchants), errors.first()) {
        (Ok([merchant]), None) if merchant.guid == row.guid => Ok(merchant),
        (_, Some(error)) => Err(Fault::internal(error.to_string())),
        _ => Err(Fault::internal(format!("{} is not one merchant", row.guid))),
    }
}
