//! Changing a holding: `PUT /holdings/{holding_guid}`.

use riverbank_model::guid::HoldingGuid;
use riverbank_model::money::Money;
use riverbank_model::webhook::Action;
use riverbank_store::{holdings, members};

use super::HoldingView;
use super::view::read_given;
use crate::accounts::{InvalidCurrency, check_currency};
use crate::audit::record;
use crate::fault::faults;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// The changes to a holding; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateHolding {
    /// What was paid for it.
    pub cost_basis: Option<Money>,
    /// ISO 4217.
    pub currency_code: Option<String>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a holding is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateHoldingError {
    /// There is none, or it is another user's.
    #[error("no such holding")]
    NoSuchHolding,
    /// Its currency would be none.
    #[error(transparent)]
    Currency(#[from] InvalidCurrency),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateHoldingError);

impl Engine {
    /// Changes a holding of the caller. What is written stays whatever a feed tells.
    pub async fn update_holding(
        &self,
        caller: &Caller,
        guid: &HoldingGuid,
        request: UpdateHolding,
    ) -> Result<HoldingView, UpdateHoldingError> {
        check_currency(request.currency_code.as_deref())?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            let found = holdings::find(tx, user, &guid).await?.ok_or(UpdateHoldingError::NoSuchHolding)?;
            // An import holds the member while it changes its holdings.
            let member = members::lock(tx, user, &found.member_guid).await?;
            let member = member.ok_or(UpdateHoldingError::NoSuchHolding)?;
            let found = holdings::find(tx, user, &guid).await?;
            let mut holding = found.ok_or(UpdateHoldingError::NoSuchHolding)?;
            let before = holding.clone();
            let now = engine.now();
            let mut given = read_given(&holding)?;
            if request.cost_basis.is_some() && request.cost_basis != given.cost_basis {
                given.cost_basis = request.cost_basis;
                holding.cost_basis_updated_at = Some(now);
            }
            given.currency_code = request.currency_code.or(given.currency_code);
            holding.given =
                serde_json::to_string(&given).map_err(|error| Fault::Internal(Box::new(error)))?;
            holding.metadata = request.metadata.or(holding.metadata);
            if holding != before {
                holding.revision += 1;
                holding.updated_at = now;
                holdings::store(tx, &holding).await?;
                record(tx, &caller, "holdings.update", &guid, request.skip_webhook, now).await?;
                if !request.skip_webhook {
                    let mut news = News::of_member(&engine, tx, &member).await?;
                    news.holding(&holding, &member, Action::Updated)?;
                    news.write().await?;
                }
            }
            Ok::<_, UpdateHoldingError>(holding)
        });
        Ok(HoldingView::of(writing.await?)?)
    }
}
