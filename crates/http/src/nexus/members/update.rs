//! `PUT /members/{member_guid}`.

use axum::extract::State;
use riverbank_engine::members::{UpdateMember, UpdateMemberError};
use riverbank_model::guid::MemberGuid;
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::MemberBody;
use super::values::{CredentialValue, UseCase, credentials, filled, use_cases};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::callback_payload::CallbackPayload;
use crate::error::{ApiError, ErrorCode};
use crate::path::Path;
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// The changes to a member; what is absent stays.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MemberUpdateRequest {
    /// True keeps the member out of background aggregation.
    background_aggregation_is_disabled: Option<bool>,
    /// Members of test institutions only; ignored when credentials are sent.
    connection_status: Option<Text>,
    /// New values, or the answers to open challenges.
    credentials: Option<Vec<CredentialValue>>,
    /// The partner's own id, unique over all members of all users of the client; empty is the same as absent.
    external_guid: Option<Text>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The name to show; empty is the same as absent.
    name: Option<Text>,
    /// True keeps new credentials from starting an aggregation.
    skip_aggregation: Option<bool>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    /// What the member is for; at least one.
    #[schema(min_items = 1)]
    use_cases: Option<Vec<UseCase>>,
}

impl RequestBody for MemberUpdateRequest {
    const ROOT: Option<&'static str> = Some("member");
}

type MemberUpdateRequestBody = Body<MemberUpdateRequest>;

/// Update member
///
/// Changes a member. New credentials move it to UPDATED and start an aggregation, unless `skip_aggregation` is true
/// or one is running; while it is CHALLENGED they may be the answers.
#[utoipa::path(
    put,
    path = "/members/{member_guid}",
    operation_id = "updateMember",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member."), SkipWebhook, CallbackPayload),
    request_body = inline(MemberUpdateRequestBody),
    responses(
        (status = 200, description = "The member.", body = MemberBody),
        (status = 422, description = "The login or `external_guid` is taken (4220)."),
    )
)]
pub(super) async fn update_member(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<MemberUpdateRequest>,
) -> Result<Answer<MemberBody>, ApiError> {
    let view = app.engine.update_member(&session.caller, &guid, body.read(skip_webhook)?).await?;
    Ok(Answer::ok(view.into()))
}

impl MemberUpdateRequest {
    /// What it asks for.
    pub(super) fn read(self, skip_webhook: bool) -> Result<UpdateMember, ApiError> {
        Ok(UpdateMember {
            credentials: credentials(self.credentials)?,
            connection_status: self.connection_status.map(Text::into_string),
            external_guid: filled(self.external_guid),
            name: filled(self.name),
            metadata: self.metadata.map(Text::into_string),
            use_cases: use_cases(self.use_cases),
            background_aggregation_is_disabled: self.background_aggregation_is_disabled,
            skip_aggregation: self.skip_aggregation.unwrap_or_default(),
            skip_webhook: skip_webhook || self.skip_webhook.unwrap_or_default(),
        })
    }
}

impl From<UpdateMemberError> for ApiError {
    fn from(error: UpdateMemberError) -> Self {
        let code = match error {
            UpdateMemberError::NoSuchMember => return Self::not_found(),
            UpdateMemberError::Credentials(error) => return error.into(),
            UpdateMemberError::Status(error) => return error.into(),
            UpdateMemberError::Answers(error) => return error.into(),
            UpdateMemberError::Fault(fault) => return fault.into(),
            UpdateMemberError::SkippedAnswer | UpdateMemberError::NoUseCases => ErrorCode::BadRequest,
            UpdateMemberError::SameLogin | UpdateMemberError::ExternalGuidTaken => ErrorCode::Unprocessable,
        };
        Self::new(code, error.to_string())
    }
}
