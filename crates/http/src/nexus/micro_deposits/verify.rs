//! `PUT /micro_deposits/{micro_deposit_guid}`.

use axum::extract::State;
use riverbank_engine::micro_deposits::VerifyMicroDepositError;
use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::money::Money;
use serde::Deserialize;
use utoipa::ToSchema;

use super::view::MicroDepositBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;

/// The two amounts that the account's holder has read off, in either order.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MicroDepositVerifyRequest {
    #[schema(value_type = f64, minimum = 0.01, maximum = 0.99, multiple_of = 0.01)]
    deposit_amount_1: Money,
    #[schema(value_type = f64, minimum = 0.01, maximum = 0.99, multiple_of = 0.01)]
    deposit_amount_2: Money,
}

impl RequestBody for MicroDepositVerifyRequest {
    const ROOT: Option<&'static str> = Some("micro_deposit");
}

type MicroDepositVerifyRequestBody = Body<MicroDepositVerifyRequest>;

/// Verify microdeposit
///
/// Hands in the two amounts. Right ones lead to VERIFIED, wrong ones to DENIED, the third time to PREVENTED.
#[utoipa::path(
    put,
    path = "/micro_deposits/{micro_deposit_guid}",
    operation_id = "verifyMicroDeposit",
    tag = "microdeposits",
    params(("micro_deposit_guid" = String, Path, description = "Id of the micro deposit.")),
    request_body = inline(MicroDepositVerifyRequestBody),
    responses(
        (status = 200, description = "The micro deposit.", body = MicroDepositBody),
        (status = 405, description = "The status allows no verification: not DEPOSITED and not DENIED (4051)."),
    )
)]
pub(super) async fn verify_micro_deposit(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MicroDepositGuid>,
    Body(body): Body<MicroDepositVerifyRequest>,
) -> Result<Answer<MicroDepositBody>, ApiError> {
    let amounts = [body.deposit_amount_1, body.deposit_amount_2];
    let deposit = app.engine.verify_micro_deposit(&session.caller, &guid, amounts).await?;
    Ok(Answer::ok(deposit.into()))
}

impl From<VerifyMicroDepositError> for ApiError {
    fn from(error: VerifyMicroDepositError) -> Self {
        match error {
            VerifyMicroDepositError::NoSuchMicroDeposit => Self::not_found(),
            VerifyMicroDepositError::NotNow => Self::new(ErrorCode::NotAllowed, error.to_string()),
            VerifyMicroDepositError::Invalid(invalid) => Self::bad_request(invalid.to_string()),
            VerifyMicroDepositError::Fault(fault) => fault.into(),
        }
    }
}
