//! `PUT /scheduled_payments/{guid}`.

use axum::extract::State;
use riverbank_engine::scheduled_payments::{
    FurtherTerms, UpdateScheduledPayment, UpdateScheduledPaymentError,
};
use riverbank_model::guid::ScheduledPaymentGuid;
use riverbank_model::recurrence::RecurrenceType;
use riverbank_model::transaction::TransactionType;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::ScheduledPaymentBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::decimals::Amount;
use crate::error::{ApiError, ErrorCode};
use crate::nexus::object::{Number, recurrence_types, transaction_types};
use crate::path::Path;
use crate::session::Session;
use crate::values::{Day, NotEmpty, Text};

/// The changes to a scheduled payment; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ScheduledPaymentUpdateRequest {
    /// Not negative.
    amount: Option<Amount>,
    /// What it is for, not empty. The merchant is found from it anew, unless one is told.
    #[schema(value_type = Option<NotEmpty>)]
    description: Option<Text>,
    /// The day on which it is expected.
    occurs_on: Option<Day>,
    /// 1 CREDIT, 2 DEBIT.
    #[schema(schema_with = transaction_types)]
    transaction_type: Option<Number<TransactionType>>,
    /// Whether it has been made; not of one that comes again.
    is_completed: Option<bool>,
    /// Whether it comes again; false takes the recurrence off.
    is_recurring: Option<bool>,
    /// The merchant.
    merchant_guid: Option<Text>,
    /// The day of the month, or of the week from Monday as 1; of a payment that comes again.
    recurrence_day: Option<i64>,
    /// 1 `EVERY_WEEK`, 2 `EVERY_OTHER_WEEK`, 3 `EVERY_MONTH`; of a payment that comes again.
    #[schema(schema_with = recurrence_types)]
    recurrence_type: Option<Number<RecurrenceType>>,
}

impl RequestBody for ScheduledPaymentUpdateRequest {
    const ROOT: Option<&'static str> = Some("scheduled_payment");
}

type ScheduledPaymentUpdateRequestBody = Body<ScheduledPaymentUpdateRequest>;

/// Update scheduled payment
///
/// Changes a scheduled payment. One that was predicted is the user's own from then on, and follows no prediction.
#[utoipa::path(
    put,
    path = "/scheduled_payments/{guid}",
    operation_id = "updateScheduledPayment",
    tag = "scheduled payments",
    params(("guid" = String, Path, description = "Id of the scheduled payment.")),
    request_body = inline(ScheduledPaymentUpdateRequestBody),
    responses(
        (status = 200, description = "The scheduled payment.", body = ScheduledPaymentBody),
        (status = 422, description = "The merchant already has a scheduled payment (4220)."),
    )
)]
pub(super) async fn update_scheduled_payment(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<ScheduledPaymentGuid>,
    Body(body): Body<ScheduledPaymentUpdateRequest>,
) -> Result<Answer<ScheduledPaymentBody>, ApiError> {
    let request = UpdateScheduledPayment {
        amount: body.amount.map(|amount| amount.0),
        description: body.description.map(Text::into_string),
        occurs_on: body.occurs_on.map(|day| day.0),
        transaction_type: body.transaction_type.map(|number| number.0),
        further: FurtherTerms {
            is_completed: body.is_completed,
            is_recurring: body.is_recurring,
            merchant_guid: body.merchant_guid.map(Text::into_string),
            recurrence_type: body.recurrence_type.map(|number| number.0),
            recurrence_day: body.recurrence_day,
        },
    };
    let updated = app.engine.update_scheduled_payment(&session.caller, &guid, request).await?;
    Ok(Answer::ok(updated.into()))
}

impl From<UpdateScheduledPaymentError> for ApiError {
    fn from(error: UpdateScheduledPaymentError) -> Self {
        match error {
            UpdateScheduledPaymentError::NoSuchPayment => Self::not_found(),
            UpdateScheduledPaymentError::Invalid(invalid) => invalid.into(),
            UpdateScheduledPaymentError::MerchantTaken => {
                Self::new(ErrorCode::Unprocessable, error.to_string())
            }
            UpdateScheduledPaymentError::Fault(fault) => fault.into(),
        }
    }
}
