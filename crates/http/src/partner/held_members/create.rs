//! `POST /mdx/{client_id}/users/{user_id}/members`.

use axum::extract::State;
use riverbank_engine::held_members::{CreateHeldMember, CreateHeldMemberError};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::callback_payload::CallbackPayload;
use crate::error::{ApiError, ErrorCode};
use crate::nexus::members::{CredentialValue, MemberBody, credentials, filled};
use crate::partner::client::Client;
use crate::path::Paths;
use crate::skip_webhook::SkipWebhook;
use crate::values::Text;

/// What a held member is made of.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct HeldMemberCreateRequest {
    /// The partner's own id, unique within the user; letters, digits, dash and underscore.
    #[schema(value_type = String, pattern = "^[A-Za-z0-9_-]+$", max_length = 1024)]
    id: Text,
    /// The institution's guid or code.
    institution_id: Text,
    /// One value for each credential of the institution.
    credentials: Option<Vec<CredentialValue>>,
    /// Free text of the partner.
    metadata: Option<Text<{ limits::METADATA }>>,
    /// The institution's name when absent or empty.
    name: Option<Text>,
}

impl RequestBody for HeldMemberCreateRequest {
    const ROOT: Option<&'static str> = Some("member");
}

type HeldMemberCreateRequestBody = Body<HeldMemberCreateRequest>;

/// Create held member
///
/// Connects the user to an institution with credentials that the partner holds; an aggregation starts.
#[utoipa::path(
    post,
    path = "/mdx/{client_id}/users/{user_id}/members",
    operation_id = "createHeldMember",
    tag = "held members",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        SkipWebhook,
        CallbackPayload,
    ),
    request_body = inline(HeldMemberCreateRequestBody),
    responses(
        (status = 200, description = "The member.", body = MemberBody),
        (status = 409, description = "The user has a held member with this `id` (4091)."),
        (status = 422, description = "The login is taken, or `institution_id` does not exist (4220)."),
    )
)]
pub(super) async fn create_held_member(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, user_id)): Paths<(Text, Text)>,
    SkipWebhook(skip_webhook): SkipWebhook,
    CallbackPayload(callback_payload): CallbackPayload,
    Body(body): Body<HeldMemberCreateRequest>,
) -> Result<Answer<MemberBody>, ApiError> {
    let request = CreateHeldMember {
        id: body.id.into_string(),
        institution_id: body.institution_id.into_string(),
        credentials: credentials(body.credentials)?,
        metadata: body.metadata.map(Text::into_string),
        name: filled(body.name),
        skip_webhook,
        callback_payload,
    };
    let view = app.engine.create_held_member(&partner, &user_id, request).await?;
    Ok(Answer::ok(view.into()))
}

impl From<CreateHeldMemberError> for ApiError {
    fn from(error: CreateHeldMemberError) -> Self {
        let code = match error {
            CreateHeldMemberError::Invalid(invalid) => return invalid.into(),
            CreateHeldMemberError::Member(error) => return error.into(),
            CreateHeldMemberError::Fault(fault) => return fault.into(),
            CreateHeldMemberError::NoSuchUser => ErrorCode::NotFound,
            CreateHeldMemberError::UnknownInstitution => ErrorCode::Unprocessable,
        };
        Self::new(code, error.to_string())
    }
}
