//! `POST /members/{member_guid}/identify`.

use axum::extract::State;
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::MemberBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{OptionalBody, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// What to bring in besides.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PremiumJobOptions)]
pub(super) struct Switches {
    /// True brings in transactions as well. Default false.
    include_transactions: Option<bool>,
}

impl RequestBody for Switches {
    const ROOT: Option<&'static str> = None;
}

impl Switches {
    pub(super) fn include_transactions(&self) -> bool {
        self.include_transactions.unwrap_or(false)
    }
}

/// Identify member
///
/// Starts a job that finds out who owns the member's accounts. Poll the member, answer its challenges, and read the owners.
#[utoipa::path(
    post,
    path = "/members/{member_guid}/identify",
    operation_id = "identifyMember",
    tag = "identity",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    request_body = inline(Option<Switches>),
    responses(
        (status = 200, description = "A job was started.", body = MemberBody),
        (status = 202, description = "No job was started: one of this kind runs, or the member's status forbids it.", body = MemberBody),
        (status = 400, description = "The member's institution does not tell owners."),
        (status = 403, description = "The feature is not on for the client."),
        (status = 409, description = "A job of another kind is running."),
    )
)]
pub(super) async fn identify_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    OptionalBody(switches): OptionalBody<Switches>,
) -> Result<Answer<MemberBody>, ApiError> {
    Ok(app.engine.identify_member(&session.caller, &guid, switches.include_transactions()).await?.into())
}
