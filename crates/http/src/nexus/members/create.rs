//! `POST /members`.

use axum::extract::State;
use riverbank_engine::members::{CreateMember, CreateMemberError};
use riverbank_engine::oauth::WindowRequest;
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
use crate::session::Session;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// What a member is made of.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MemberCreateRequest {
    /// True keeps the member out of background aggregation.
    background_aggregation_is_disabled: Option<bool>,
    /// One value for each credential of the institution; required unless `is_oauth` is true.
    credentials: Option<Vec<CredentialValue>>,
    /// Where the end user lands after OAuth.
    client_redirect_url: Option<Text>,
    /// Members of test institutions only; ignored when credentials are sent.
    connection_status: Option<Text>,
    /// The partner's own id, unique over all members of all users of the client; empty is the same as absent.
    external_guid: Option<Text>,
    /// The institution to connect.
    institution_guid: Text,
    /// True for a member that signs in through OAuth.
    is_oauth: Option<bool>,
    /// The institution's name when absent or empty.
    name: Option<Text>,
    /// Where OAuth is started from: BROWSER or APP.
    referral_source: Option<Text>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// True keeps an aggregation from starting.
    skip_aggregation: Option<bool>,
    /// True keeps the webhook from being sent.
    skip_webhook: Option<bool>,
    /// The URL scheme of the hosting app.
    ui_message_webview_url_scheme: Option<Text>,
    /// What the member is for; PFM when absent.
    #[schema(min_items = 1)]
    use_cases: Option<Vec<UseCase>>,
}

impl RequestBody for MemberCreateRequest {
    const ROOT: Option<&'static str> = Some("member");
}

type MemberCreateRequestBody = Body<MemberCreateRequest>;

/// Create member
///
/// Connects the user to an institution. The credentials are checked at once and an aggregation starts, unless
/// `skip_aggregation` is true. An OAuth member starts as PENDING with a one-time address for the end user.
#[utoipa::path(
    post,
    path = "/members",
    operation_id = "createMember",
    tag = "members",
    params(SkipWebhook, CallbackPayload),
    request_body = inline(MemberCreateRequestBody),
    responses(
        (status = 200, description = "The member.", body = MemberBody),
        (status = 422, description = "The login or `external_guid` is taken, or `institution_guid` does not exist (4220)."),
    )
)]
pub(super) async fn create_member(
    State(app): State<App>,
    session: Session,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<MemberCreateRequest>,
) -> Result<Answer<MemberBody>, ApiError> {
    let view = app.engine.create_member(&session.caller, body.read(skip_webhook)?).await?;
    Ok(Answer::ok(view.into()))
}

impl MemberCreateRequest {
    /// What it asks for.
    pub(super) fn read(self, skip_webhook: bool) -> Result<CreateMember, ApiError> {
        Ok(CreateMember {
            institution_guid: self.institution_guid.into_string(),
            credentials: credentials(self.credentials)?,
            is_oauth: self.is_oauth.unwrap_or_default(),
            connection_status: self.connection_status.map(Text::into_string),
            external_guid: filled(self.external_guid),
            name: filled(self.name),
            metadata: self.metadata.map(Text::into_string),
            use_cases: use_cases(self.use_cases),
            background_aggregation_is_disabled: self.background_aggregation_is_disabled.unwrap_or_default(),
            skip_aggregation: self.skip_aggregation.unwrap_or_default(),
            skip_webhook: skip_webhook || self.skip_webhook.unwrap_or_default(),
            window: WindowRequest {
                client_redirect_url: self.client_redirect_url.map(Text::into_string),
                referral_source: self.referral_source.map(Text::into_string),
                ui_message_webview_url_scheme: self.ui_message_webview_url_scheme.map(Text::into_string),
            },
            held_as: None,
        })
    }
}

impl From<CreateMemberError> for ApiError {
    fn from(error: CreateMemberError) -> Self {
        let code = match error {
            CreateMemberError::Credentials(error) => return error.into(),
            CreateMemberError::Status(error) => return error.into(),
            CreateMemberError::Oauth(error) => return error.into(),
            CreateMemberError::Fault(fault) => return fault.into(),
            CreateMemberError::CredentialsMissing => ErrorCode::ParameterMissing,
            CreateMemberError::NoUseCases => ErrorCode::BadRequest,
            CreateMemberError::UnknownInstitution
            | CreateMemberError::Stopped
            | CreateMemberError::SameLogin
            | CreateMemberError::ExternalGuidTaken => ErrorCode::Unprocessable,
            CreateMemberError::IdTaken => ErrorCode::Conflict,
            // Deleted since the session was looked up: the session went with it.
            CreateMemberError::NoUser => return ErrorCode::Unauthorized.into(),
        };
        Self::new(code, error.to_string())
    }
}
