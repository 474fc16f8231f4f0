//! `GET /user`.

use axum::extract::State;
use riverbank_engine::users::{User, Verified};
use riverbank_model::user::Gender;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType};
use utoipa::openapi::{Schema, Type};

use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::session::Session;
use crate::values::{Day, Moment};

/// The end user that the session belongs to. Written through the partner's calls.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserResponse)]
#[expect(clippy::struct_excessive_bools, reason = "the object of the reference")]
pub(in crate::nexus) struct UserView {
    /// Terms are not kept here: never.
    accepted_terms_and_conditions_at: Option<Moment>,
    birthday: Option<Day>,
    credit_score: Option<i64>,
    email: Option<String>,
    /// Whether it is known to be the user's own.
    email_is_verified: bool,
    /// The partner's own id of the user.
    #[schema(example = "U-201709221210")]
    external_guid: Option<String>,
    /// Tokens that are refused are nobody's, so none is counted.
    failed_token_login_attempts_count: i64,
    first_name: Option<String>,
    /// 0 male, 1 female.
    #[schema(schema_with = gender_schema)]
    gender: Option<i64>,
    guid: String,
    has_accepted_terms_and_conditions: bool,
    has_updated_terms_and_conditions: bool,
    /// A disabled user's members are not aggregated in the background.
    is_disabled: bool,
    is_restricted: bool,
    last_name: Option<String>,
    logged_in_at: Option<Moment>,
    metadata: Option<String>,
    phone: Option<String>,
    /// Whether it is known to be the user's own.
    phone_is_verified: bool,
    postal_code: Option<String>,
    /// Grows by one with every change.
    revision: i64,
}

/// A user with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UserResponseBody)]
pub(super) struct UserBody {
    user: UserView,
}

/// Read user
///
/// The user of the session.
#[utoipa::path(
    get,
    path = "/user",
    operation_id = "readUser",
    tag = "user",
    responses((status = 200, description = "The user.", body = UserBody))
)]
pub(super) async fn read_user(
    State(app): State<App>,
    session: Session,
) -> Result<Answer<UserBody>, ApiError> {
    let user = app.engine.own_user(&session.caller).await?;
    // Deleted since the session was looked up: the session went with it.
    let user = user.ok_or(ErrorCode::Unauthorized)?;
    let verified = app.engine.verified(&user);
    Ok(Answer::ok(UserBody::of(user, verified)))
}

impl UserBody {
    pub(super) fn of(user: User, verified: Verified) -> Self {
        Self { user: UserView::of(user, verified) }
    }
}

impl UserView {
    pub(in crate::nexus) fn of(user: User, verified: Verified) -> Self {
        Self {
            accepted_terms_and_conditions_at: None,
            birthday: user.birthdate.map(Day),
            credit_score: user.credit_score,
            email: user.email,
            email_is_verified: verified.email,
            external_guid: Some(user.partner_id),
            failed_token_login_attempts_count: 0,
            first_name: user.first_name,
            gender: user.gender.map(Gender::id),
            guid: user.guid.to_string(),
            has_accepted_terms_and_conditions: false,
            has_updated_terms_and_conditions: false,
            is_disabled: user.is_disabled,
            is_restricted: false,
            last_name: user.last_name,
            logged_in_at: user.logged_in_at.map(Moment::from),
            metadata: user.metadata,
            phone: user.phone,
            phone_is_verified: verified.phone,
            postal_code: user.zip_code,
            revision: user.revision,
        }
    }
}

fn gender_schema() -> Schema {
    let numbers = [Some(Gender::Male.id()), Some(Gender::Female.id()), None];
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Integer, Type::Null]))
        .enum_values(Some(numbers))
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::Server;

    #[tokio::test]
    async fn the_user_is_shown_as_the_partner_made_it() {
        let server = Server::start().await;
        let acme = server.client("acme").await;
        let fields = json!({
            "id": "U-1", "birthdate": "1959-07-17", "credit_score": 718, "email": "a@b.de", "first_name": "Jane",
            "gender": "FEMALE", "last_name": "Doe", "metadata": "note", "phone": "5055551234", "zip_code": "87101",
        });
        let made = acme.post("/mdx/acme/users", fields).await.root("user");
        acme.put("/mdx/acme/users/U-1", json!({"user": {"is_disabled": true}})).await.root("user");
        let session = server.session("acme", "U-1").await;
        let expected = json!({
            "accepted_terms_and_conditions_at": null, "birthday": "1959-07-17", "credit_score": 718,
            "email": "a@b.de", "email_is_verified": false, "external_guid": "U-1",
            "failed_token_login_attempts_count": 0, "first_name": "Jane", "gender": 1, "guid": made["guid"],
            "has_accepted_terms_and_conditions": false, "has_updated_terms_and_conditions": false,
            "is_disabled": true, "is_restricted": false, "last_name": "Doe",
            "logged_in_at": "2026-01-15T12:00:00.000Z", "metadata": "note", "phone": "(505) 555-1234",
            "phone_is_verified": false, "postal_code": "87101", "revision": 1,
        });
        assert_eq!(session.get("/user.json").await.root("user"), expected);
    }

    #[tokio::test]
    async fn what_is_not_known_is_null() {
        let server = Server::start().await;
        let user = server.session("acme", "U-1").await.get("/user").await.root("user");
        for field in ["birthday", "credit_score", "email", "gender", "metadata", "phone", "postal_code"] {
            assert_eq!(user[field], Value::Null, "{field}");
        }
    }
}
