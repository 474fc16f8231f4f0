//! `PUT /mdx/{client_id}/users/{user_id}`.

use axum::extract::State;
use riverbank_engine::users::{Profile, UpdateUser, UpdateUserError};
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
use crate::path::Paths;
use crate::skip_webhook::SkipWebhook;
use crate::values::{Day, Text};

/// Changes to a user.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PartnerUserUpdateRequest)]
pub(super) struct UserUpdateRequest {
    birthdate: Option<Day>,
    credit_score: Option<CreditScore>,
    /// Of the form `name@domain.tld`.
    email: Option<Text<100>>,
    first_name: Option<Text<50>>,
    gender: Option<GenderName>,
    is_disabled: Option<bool>,
    last_name: Option<Text<50>>,
    metadata: Option<Text<{ limits::METADATA }>>,
    /// Ten digits come back as `(505) 555-1234`.
    phone: Option<Text<15>>,
    /// Postal code of Canada, Indonesia, Japan, Malaysia, the Philippines, South Korea, Thailand, the United States
    /// or Vietnam.
    zip_code: Option<Text>,
}

impl RequestBody for UserUpdateRequest {
    const ROOT: Option<&'static str> = Some("user");
}

type UserUpdateRequestBody = Body<UserUpdateRequest>;

/// Update user
///
/// Changes a user; absent fields stay, and so do fields that are null. Empty text empties a field. A disabled user
/// is not aggregated in the background.
#[utoipa::path(
    put,
    path = "/mdx/{client_id}/users/{user_id}",
    operation_id = "updateUser",
    tag = "users",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
        SkipWebhook,
    ),
    request_body = inline(UserUpdateRequestBody),
    responses((status = 200, description = "The user.", body = UserBody))
)]
pub(super) async fn update_user(
    State(app): State<App>,
    Client(partner): Client,
    Paths((_, id)): Paths<(Text, Text)>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(fields): UserUpdateRequestBody,
) -> Result<Answer<UserBody>, ApiError> {
    let profile = Profile {
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
    };
    let request = UpdateUser { profile, skip_webhook };
    let user = app.engine.update_user(&partner, &id, request).await?;
    Ok(Answer::ok(user.into()))
}

impl From<UpdateUserError> for ApiError {
    fn from(error: UpdateUserError) -> Self {
        match error {
            UpdateUserError::NoSuchUser => Self::new(ErrorCode::NotFound, error.to_string()),
            UpdateUserError::Invalid(invalid) => invalid.into(),
            UpdateUserError::Fault(fault) => fault.into(),
        }
    }
}
