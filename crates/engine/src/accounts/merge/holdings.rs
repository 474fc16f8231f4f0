//! What becomes of the positions of two accounts that are merged.

use jiff::Timestamp;
use riverbank_store::Tx;
use riverbank_store::accounts::Account;
use riverbank_store::holdings::{self, Holding, HoldingFilter};

use crate::holdings::read_given;
use crate::{Engine, Fault};

/// What was done to positions, as they are now.
#[derive(Default)]
pub(super) struct MergedHoldings {
    /// Those of the account that stays which have changed.
    pub(super) kept: Vec<Holding>,
    /// Those that are gone.
    pub(super) dropped: Vec<Holding>,
}

impl Engine {
    /// The positions of the account that goes become those of the one that stays if it has none. Else they are the same ones, told
    /// once more, and go; what the user wrote of one is taken over by the one with the same id at the institution.
    pub(super) async fn merge_holdings(
        &self,
        tx: &Tx,
        (stays, goes): (&Account, &Account),
        now: Timestamp,
    ) -> Result<MergedHoldings, Fault> {
        let user = &stays.user_guid;
        let own = holdings::list(tx, user, &of(stays)).await?;
        let mut merged = MergedHoldings::default();
        for mut holding in holdings::list(tx, user, &of(goes)).await? {
            holding.revision += 1;
            holding.updated_at = now;
            if own.is_empty() {
                (holding.account_guid, holding.member_guid) = (stays.guid.clone(), stays.member_guid.clone());
                holdings::store(tx, &holding).await?;
                merged.kept.push(holding);
                continue;
            }
            if let Some(twin) = own.iter().find(|twin| twin.feed_id == holding.feed_id)
                && let Some(twin) = taken_over(&holding, twin.clone(), now)?
            {
                holdings::store(tx, &twin).await?;
                merged.kept.push(twin);
            }
            holdings::delete(tx, &holding).await?;
            merged.dropped.push(holding);
        }
        if own.is_empty() {
            holdings::move_all(tx, goes, stays).await?;
        }
        Ok(merged)
    }
}

fn of(account: &Account) -> HoldingFilter<'_> {
    HoldingFilter { account: Some(&account.guid), ..HoldingFilter::default() }
}

/// A position with what its user wrote of another that goes; none when that is nothing new.
fn taken_over(from: &Holding, into: Holding, now: Timestamp) -> Result<Option<Holding>, Fault> {
    let (written, own) = (read_given(from)?, read_given(&into)?);
    let mut given = own.clone();
    let mut holding = Holding { revision: into.revision + 1, updated_at: now, ..into };
    if own.cost_basis.is_none() {
        given.cost_basis = written.cost_basis;
        holding.cost_basis_updated_at = from.cost_basis_updated_at;
    }
    given.currency_code = own.currency_code.clone().or(written.currency_code);
    holding.given = serde_json::to_string(&given).map_err(Fault::internal)?;
    Ok((given != own).then_some(holding))
}
