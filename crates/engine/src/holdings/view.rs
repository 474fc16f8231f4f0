//! A holding as answers show it.

use riverbank_model::account::SetBy;
use riverbank_model::feed::FeedHolding;
use riverbank_model::given::GivenHolding;
use riverbank_store::holdings::Holding;

use crate::Fault;
use crate::provenance::Provenance;

/// A holding with what it says.
#[derive(Clone, Debug)]
pub struct HoldingView {
    /// The holding.
    pub holding: Holding,
    /// What is in force of it.
    pub facts: FeedHolding,
    /// What the feed told of it.
    pub told: FeedHolding,
    given: GivenHolding,
}

impl HoldingView {
    /// Reads what is stored.
    pub(crate) fn of(holding: Holding) -> Result<Self, Fault> {
        let (told, given) = (read_told(&holding)?, read_given(&holding)?);
        let mut facts = told.clone();
        facts.cost_basis = given.cost_basis.or(facts.cost_basis);
        facts.currency_code = given.currency_code.clone().or(facts.currency_code);
        Ok(Self { holding, facts, told, given })
    }
}

impl Provenance for HoldingView {
    type Facts = FeedHolding;

    fn in_force(&self) -> &FeedHolding {
        &self.facts
    }

    fn told(&self) -> Option<&FeedHolding> {
        Some(&self.told)
    }

    fn set_by(&self, name: &str, usually: SetBy) -> SetBy {
        let is_given = match name {
            "cost_basis" => self.given.cost_basis.is_some(),
            "currency_code" => self.given.currency_code.is_some(),
            _ => false,
        };
        if is_given { SetBy::User } else { usually }
    }
}

pub(super) fn read_told(holding: &Holding) -> Result<FeedHolding, Fault> {
    serde_json::from_str(&holding.feed).map_err(|error| Fault::Internal(Box::new(error)))
}

pub(crate) fn read_given(holding: &Holding) -> Result<GivenHolding, Fault> {
    serde_json::from_str(&holding.given).map_err(|error| Fault::Internal(Box::new(error)))
}
