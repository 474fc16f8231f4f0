//! A holding.

use riverbank_model::webhook::{Action, EventKind};

use super::fields::fields;
use super::{Owner, resource, seconds};
use crate::Fault;
use crate::holdings::HoldingView;

struct HoldingObject<'a> {
    view: &'a HoldingView,
    owner: Owner<'a>,
}

/// What happened to a holding.
pub(in crate::webhooks) fn holding(
    action: Action,
    view: &HoldingView,
    owner: Owner<'_>,
) -> Result<String, Fault> {
    resource(action, EventKind::Holding, &HoldingObject { view, owner })
}

fields! { HoldingObject, |it| {
    plain account_guid = &it.view.holding.account_guid;
    nothing account_id;
    feed cost_basis = |facts| facts.cost_basis;
    plain cost_basis_updated_at = it.view.holding.cost_basis_updated_at.map(seconds);
    plain created_at = seconds(it.view.holding.created_at);
    feed currency_code = |facts| facts.currency_code.as_deref();
    feed cusip = |facts| facts.cusip.as_deref();
    feed description = |facts| facts.description.as_str();
    plain guid = &it.view.holding.guid;
    feed market_value = |facts| facts.market_value;
    plain member_guid = &it.view.holding.member_guid;
    plain member_id = it.owner.member_id;
    plain metadata = it.view.holding.metadata.as_deref();
    plain revision = it.view.holding.revision;
    feed shares = |facts| facts.shares;
    feed symbol = |facts| facts.symbol.as_deref();
    plain updated_at = seconds(it.view.holding.updated_at);
    plain user_guid = &it.view.holding.user_guid;
    plain user_id = it.owner.user_id;
} }
