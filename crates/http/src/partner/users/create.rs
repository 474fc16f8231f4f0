//! `POST /mdx/{client_id}/users`.

use axum::extract::State;
use riverbank_engine::users::{CreateUser, CreateUserError, InvalidField, Profile};
use riverbank_model::limits;
use serde::Deserialize;
use utoipa::ToSchema;

use super::fields::{CreditScore, GenderName};
use super::view::UserBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::partner::client::Client;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Day, Text};

/// Fields of a new user.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PartnerUserCreateRequest)]
pub(super) struct UserCreateRequest {
    /// Unique within the client; letters, digits, dash and underscore.
    #[schema(value_type = String, example = "U-201709221210", pattern = "^[A-Za-z0-9_-]+$", max_length = 1024)]
    id: Text,
    birthdate: Option<Day>,
    credit_score: Option<CreditScore>,
    /// Of the form `name@domain.tld`.
    email: Option<Text<100>>,
    first_name: Option<Text<50>>,
    gender: Option<GenderName>,
    is_disabled: Option<bool>,
    is_excluded_from_analytics: Option<bool>,
    last_name: Option<Text<50>>,
    metadata: Option<Text<{ limits::METADATA }>>,
    /// Ten digits come back as `(505) 555-1234`.
    phone: Option<Text<15>>,
    /// Postal code of Canada, Indonesia, Japan, Malaysia, the Philippines, South Korea, Thailand, the United States
    /// or Vietnam.
    zip_code: Option<Text>,
}

impl RequestBody for UserCreateRequest {
    const ROOT: Option<&'static str> = Some("user");
}

type UserCreateRequestBody = Body<UserCreateRequest>;

/// Create user
///
/// Makes a user; only `id` is needed. Empty text is the same as none.
#[utoipa::path(
    post,
    path = "/mdx/{client_id}/users",
    operation_id = "createUser",
    tag = "users",
    params(("client_id" = String, Path, description = "Id of the client."), SkipWebhook),
    request_body = inline(UserCreateRequestBody),
    responses(
        (status = 200, description = "The user.", body = UserBody),
        (status = 409, description = "The client has a user with this `id` (4091)."),
    )
)]
pub(super) async fn create_user(
    State(app): State<App>,
    Client(partner): Client,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(fields): UserCreateRequestBody,
) -> Result<Answer<UserBody>, ApiError> {
    let request = CreateUser {
        id: fields.id.into_string(),
        is_excluded_from_analytics: fields.is_excluded_from_analytics.unwrap_or_default(),
        skip_webhook,
        profile: Profile {
            birthdate: fields.birthdate.map(|Day(date)| date),
            credit_score: fields.credit_score.map(|CreditScore(score)| score),
            email: fields.email.map(Text::into_string),
            first_name: fields.first_name.map(Text::into_string),
            gender: fields.gender.map(Into::into),
            is_disabled: fields.is_disabled,
            last_name: fields.last_name.map(Text::into_string),
            metadata: fields.metadata.map(Text::into_string),
            phone: fields.phone.map(Text::into_string),
            zip_code: fields.zip_code.map(Text::into_string),
        },
    };
    let user = app.engine.create_user(&partner, request).await?;
    Ok(Answer::ok(user.into()))
}

impl From<InvalidField> for ApiError {
    fn from(invalid: InvalidField) -> Self {
        Self::bad_request(invalid.to_string())
    }
}

impl From<CreateUserError> for ApiError {
    fn from(error: CreateUserError) -> Self {
        match error {
            CreateUserError::Invalid(invalid) => invalid.into(),
            CreateUserError::Exists => Self::new(ErrorCode::Conflict, error.to_string()),
            CreateUserError::Fault(fault) => fault.into(),
        }
    }
}
