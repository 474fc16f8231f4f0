//! A holding as answers show it.

use riverbank_engine::holdings;
use riverbank_model::guid::{AccountGuid, HoldingGuid, MemberGuid, UserGuid};
use riverbank_model::holding::HoldingType;
use riverbank_model::money::{Money, Quantity, Rate};
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::{Name, Number, object};
use crate::values::{Day, Moment};

object! {
    /// A position of an investment account. `X` is the value in force, `feed_X` what the institution said, `X_set_by` who
    /// supplied it.
    pub(in crate::nexus) Holding(holdings::HoldingView) as "HoldingResponse";
    |view| {
        plain account_guid: &AccountGuid = &view.holding.account_guid;
        plain allocations_cash: Option<Rate> = None::<Rate>;
        plain allocations_convertible: Option<Rate> = None::<Rate>;
        plain allocations_foreign_bond: Option<Rate> = None::<Rate>;
        plain allocations_foreign_stock: Option<Rate> = None::<Rate>;
        plain allocations_other: Option<Rate> = None::<Rate>;
        plain allocations_preferred: Option<Rate> = None::<Rate>;
        plain allocations_unknown: Option<Rate> = None::<Rate>;
        plain allocations_us_bond: Option<Rate> = None::<Rate>;
        plain allocations_us_stock: Option<Rate> = None::<Rate>;
        feed bond_coupon_rate: Option<Rate> = |_| None::<Rate>;
        feed bond_maturity_date: Option<Day> = |_| None::<Day>;
        feed cost_basis: Option<Money> = |facts| facts.cost_basis;
        plain cost_basis_updated_at: Option<Moment> = view.holding.cost_basis_updated_at.map(Moment);
        plain created_at: Moment = Moment(view.holding.created_at);
        feed currency_code: Option<&str> = |facts| facts.currency_code.as_deref();
        feed cusip: Option<&str> = |facts| facts.cusip.as_deref();
        feed daily_change: Option<Money> = |_| None::<Money>;
        plain deleted_at: Option<Moment> = None::<Moment>;
        feed description: Option<&str> = |facts| Some(facts.description.as_str());
        feed equity_classification: Option<i64> = |_| None::<i64>;
        plain external_guid: Option<&str> = None::<&str>;
        feed fixed_income_classification: Option<i64> = |_| None::<i64>;
        plain guid: &HoldingGuid = &view.holding.guid;
        feed holding_type: Option<Number<HoldingType>> = |_| None::<Number<HoldingType>>;
        plain holding_type_name: Option<Name<HoldingType>> = None::<Name<HoldingType>>;
        plain feed_holding_type_name: Option<Name<HoldingType>> = None::<Name<HoldingType>>;
        feed isin: Option<&str> = |_| None::<&str>;
        feed market_value: Option<Money> = |facts| facts.market_value;
        plain member_guid: &MemberGuid = &view.holding.member_guid;
        plain metadata: Option<&str> = view.holding.metadata.as_deref();
        feed purchase_price: Option<Quantity> = |_| None::<Quantity>;
        feed shares: Option<Quantity> = |facts| facts.shares;
        feed symbol: Option<&str> = |facts| facts.symbol.as_deref();
        plain updated_at: Moment = Moment(view.holding.updated_at);
        plain user_guid: &UserGuid = &view.holding.user_guid;
    }
}

/// A holding with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldingResponseBody)]
pub(super) struct HoldingBody {
    holding: Holding,
}

/// Holdings with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoldingsResponseBody)]
pub(super) struct HoldingsBody {
    holdings: Vec<Holding>,
}

impl From<holdings::HoldingView> for HoldingBody {
    fn from(view: holdings::HoldingView) -> Self {
        Self { holding: Holding(view) }
    }
}

impl From<Vec<holdings::HoldingView>> for HoldingsBody {
    fn from(views: Vec<holdings::HoldingView>) -> Self {
        Self { holdings: views.into_iter().map(Holding).collect() }
    }
}
