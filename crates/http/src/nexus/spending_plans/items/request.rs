//! What is written of an item.

use riverbank_engine::spending_plans::{ItemChanges, ItemError};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::ApiError;
use crate::nexus::spending_plans::item_type::ToldItemType;
use crate::values::Text;

/// What is planned.
#[derive(Debug, Deserialize, ToSchema)]
pub(in crate::nexus::spending_plans) struct IterationItemRequest {
    /// Not negative.
    planned_amount: Amount,
    /// The category that it is for.
    category_guid: Option<Text>,
    /// 0 `RECURRING_EXPENSE`, 1 `PLANNED_EXPENSE`, 2 `OTHER_EXPENSE`, 3 `INCOME`, as a number or as text.
    item_type: Option<ToldItemType>,
    /// The payment that it is for.
    scheduled_payment_guid: Option<Text>,
    /// The category above `category_guid`, found when absent; alone, the category at the top that it is for.
    top_level_category_guid: Option<Text>,
}

impl RequestBody for IterationItemRequest {
    const ROOT: Option<&'static str> = Some("iteration_item");
}

pub(super) type IterationItemRequestBody = Body<IterationItemRequest>;

impl From<IterationItemRequest> for ItemChanges {
    fn from(body: IterationItemRequest) -> Self {
        Self {
            planned_amount: body.planned_amount.0,
            item_type: body.item_type.map(|told| told.0),
            category_guid: body.category_guid.map(Text::into_string),
            top_level_category_guid: body.top_level_category_guid.map(Text::into_string),
            scheduled_payment_guid: body.scheduled_payment_guid.map(Text::into_string),
        }
    }
}

impl From<ItemError> for ApiError {
    fn from(error: ItemError) -> Self {
        match error {
            ItemError::NotFound => Self::not_found(),
            ItemError::Invalid(invalid) => Self::bad_request(invalid.to_string()),
            ItemError::Fault(fault) => fault.into(),
        }
    }
}
