//! `GET /micro_deposits`.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::view::MicroDepositBody;
use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::session::Session;

/// All of a user's micro deposits, each with a root of its own.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MicroDepositsResponseBody)]
pub(super) struct MicroDepositsBody {
    micro_deposits: Vec<MicroDepositBody>,
}

/// List microdeposits
///
/// All micro deposits of the user, in the order in which they were made. Not paged.
#[utoipa::path(
    get,
    path = "/micro_deposits",
    operation_id = "listMicroDeposits",
    tag = "microdeposits",
    responses((status = 200, description = "The micro deposits.", body = MicroDepositsBody))
)]
pub(super) async fn list_micro_deposits(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<MicroDepositsBody>, ApiError> {
    let deposits = app.engine.list_micro_deposits(&session.caller).await?;
    Ok(Answer::ok(MicroDepositsBody { micro_deposits: deposits.into_iter().map(Into::into).collect() }))
}
