//! `POST /scheduled_payments`.

use axum::extract::State;
use riverbank_engine::scheduled_payments::{
    CreateScheduledPayment, CreateScheduledPaymentError, FurtherTerms, InvalidPayment,
};
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
use crate::session::Session;
use crate::values::{Day, NotEmpty, Text};

/// A new scheduled payment.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct ScheduledPaymentCreateRequest {
    /// Not negative.
    amount: Amount,
    /// What it is for, not empty.
    #[schema(value_type = NotEmpty)]
    description: Text,
    /// The day on which it is expected.
    occurs_on: Day,
    /// 1 CREDIT, 2 DEBIT.
    #[schema(schema_with = transaction_types)]
    transaction_type: Number<TransactionType>,
    /// Whether it has been made; not of one that comes again.
    is_completed: Option<bool>,
    /// Whether it comes again.
    is_recurring: Option<bool>,
    /// The merchant; found from the description when absent.
    merchant_guid: Option<Text>,
    /// The day of the month, or of the week from Monday as 1; needed when `is_recurring` is true, an error when it is not.
    recurrence_day: Option<i64>,
    /// 1 `EVERY_WEEK`, 2 `EVERY_OTHER_WEEK`, 3 `EVERY_MONTH`; needed when `is_recurring` is true, an error when it is not.
    #[schema(schema_with = recurrence_types)]
    recurrence_type: Option<Number<RecurrenceType>>,
}

impl RequestBody for ScheduledPaymentCreateRequest {
    const ROOT: Option<&'static str> = Some("scheduled_payment");
}

type ScheduledPaymentCreateRequestBody = Body<ScheduledPaymentCreateRequest>;

/// Create scheduled payment
///
/// Makes a payment that the user expects. Of a merchant there is one that is not completed; one that was predicted becomes it.
#[utoipa::path(
    post,
    path = "/scheduled_payments",
    operation_id = "createScheduledPayment",
    tag = "scheduled payments",
    request_body = inline(ScheduledPaymentCreateRequestBody),
    responses(
        (status = 200, description = "The scheduled payment.", body = ScheduledPaymentBody),
        (status = 422, description = "The merchant already has a scheduled payment (4220)."),
    )
)]
pub(super) async fn create_scheduled_payment(
    State(app): State<App>,
    session: Session,
    Body(body): Body<ScheduledPaymentCreateRequest>,
) -> Result<Answer<ScheduledPaymentBody>, ApiError> {
    let request = CreateScheduledPayment {
        amount: body.amount.0,
        description: body.description.into_string(),
        occurs_on: body.occurs_on.0,
        transaction_type: body.transaction_type.0,
        further: FurtherTerms {
            is_completed: body.is_completed,
            is_recurring: body.is_recurring,
            merchant_guid: body.merchant_guid.map(Text::into_string),
            recurrence_type: body.recurrence_type.map(|number| number.0),
            recurrence_day: body.recurrence_day,
        },
    };
    Ok(Answer::ok(app.engine.create_scheduled_payment(&session.caller, request).await?.into()))
}

impl From<CreateScheduledPaymentError> for ApiError {
    fn from(error: CreateScheduledPaymentError) -> Self {
        match error {
            CreateScheduledPaymentError::Invalid(invalid) => invalid.into(),
            CreateScheduledPaymentError::MerchantTaken => {
                Self::new(ErrorCode::Unprocessable, error.to_string())
            }
            CreateScheduledPaymentError::NoUser => ErrorCode::Unauthorized.into(),
            CreateScheduledPaymentError::Fault(fault) => fault.into(),
        }
    }
}

impl From<InvalidPayment> for ApiError {
    fn from(error: InvalidPayment) -> Self {
        match &error {
            InvalidPayment::NoRecurrence(fields) => Self::missing(fields),
            _ => Self::bad_request(error.to_string()),
        }
    }
}
