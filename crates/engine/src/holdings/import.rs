//! Bringing the positions that a feed tells of into the database.

use std::collections::HashMap;

use jiff::Timestamp;
use riverbank_model::feed::{FeedAccount, FeedHolding};
use riverbank_model::webhook::Action;
use riverbank_store::accounts::Account;
use riverbank_store::holdings::{self, Holding, HoldingFilter};
use riverbank_store::{StoreError, Tx};

use super::view::read_told;
use crate::{Engine, Fault};

impl Engine {
    /// What is to be done so that the holdings of an account say what the feed tells: those that it no longer tells of go.
    /// Ids of new ones are counted in `account`. A feed that tells of no position nor what they are worth in all says
    /// nothing of them.
    pub(crate) async fn compare_holdings(
        &self,
        tx: &Tx,
        account: &mut Account,
        told: &FeedAccount,
        now: Timestamp,
    ) -> Result<Vec<(Holding, Action)>, Fault> {
        let mut done = Vec::new();
        if told.holdings.is_empty() && told.facts.holdings_value.is_none() {
            return Ok(done);
        }
        let filter = HoldingFilter { account: Some(&account.guid), ..HoldingFilter::default() };
        let stored = holdings::list(tx, &account.user_guid, &filter).await?;
        let mut stored: HashMap<String, Holding> =
            stored.into_iter().map(|holding| (holding.feed_id.clone(), holding)).collect();
        let mut seen = std::collections::HashSet::new();
        for told in told.holdings.iter().filter(|told| seen.insert(told.id.clone())) {
            let told = settled(told);
            match stored.remove(&told.id) {
                Some(known) if read_told(&known)? == told => {}
                Some(mut known) => {
                    known.feed = as_json(&told)?;
                    known.revision += 1;
                    known.updated_at = now;
                    done.push((known, Action::Updated));
                }
                None => {
                    account.children_made += 1;
                    let holding = Holding {
                        user_guid: account.user_guid.clone(),
                        guid: self.guid_within(&account.user_guid, &account.guid, account.children_made),
                        account_guid: account.guid.clone(),
                        member_guid: account.member_guid.clone(),
                        number: account.children_made,
                        feed_id: told.id.clone(),
                        feed: as_json(&told)?,
                        given: "{}".to_owned(),
                        metadata: None,
                        cost_basis_updated_at: None,
                        revision: 1,
                        created_at: now,
                        updated_at: now,
                    };
                    done.push((holding, Action::Created));
                }
            }
        }
        let mut gone: Vec<Holding> = stored.into_values().collect();
        gone.sort_by_key(|holding| holding.number);
        for mut holding in gone {
            holding.revision += 1;
            holding.updated_at = now;
            done.push((holding, Action::Deleted));
        }
        Ok(done)
    }
}

/// Does it. The account of new ones must be there.
pub(crate) async fn write_holdings(tx: &Tx, holdings: &[(Holding, Action)]) -> Result<(), StoreError> {
    for (holding, action) in holdings {
        match action {
            Action::Deleted => holdings::delete(tx, holding).await?,
            Action::Created | Action::Updated => holdings::store(tx, holding).await?,
        }
    }
    Ok(())
}

/// In the form that is stored: PostgreSQL's texts hold every character but U+0000, and times are held to the microsecond.
fn settled(told: &FeedHolding) -> FeedHolding {
    let storable = |text: &str| text.replace('\0', "");
    FeedHolding {
        id: storable(&told.id),
        description: storable(&told.description),
        symbol: told.symbol.as_deref().map(storable),
        cusip: told.cusip.as_deref().map(storable),
        currency_code: told.currency_code.as_deref().map(storable),
        priced_at: told.priced_at.map(crate::clock::to_microseconds),
        ..told.clone()
    }
}

fn as_json(told: &FeedHolding) -> Result<String, Fault> {
    serde_json::to_string(told).map_err(|error| Fault::Internal(Box::new(error)))
}
