//! A user.

use jiff::civil::Date;
use riverbank_model::guid::UserGuid;
use riverbank_model::user::Gender;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::users::User;
use serde::Serialize;

use super::{resource, seconds};
use crate::Fault;
use crate::users::Verified;

#[derive(Serialize)]
struct UserObject<'a> {
    birthday: Option<Date>,
    credit_score: Option<i64>,
    email: Option<&'a str>,
    email_is_verified: bool,
    first_name: Option<&'a str>,
    gender: Option<i64>,
    guid: &'a UserGuid,
    id: &'a str,
    is_disabled: bool,
    last_name: Option<&'a str>,
    logged_in_at: Option<i64>,
    metadata: Option<&'a str>,
    phone: Option<&'a str>,
    phone_is_verified: bool,
    postal_code: Option<&'a str>,
    revision: i64,
}

/// What happened to a user.
pub(in crate::webhooks) fn user(action: Action, user: &User, verified: Verified) -> Result<String, Fault> {
    let object = UserObject {
        birthday: user.birthdate,
        credit_score: user.credit_score,
        email: user.email.as_deref(),
        email_is_verified: verified.email,
        first_name: user.first_name.as_deref(),
        gender: user.gender.map(Gender::id),
        guid: &user.guid,
        id: &user.partner_id,
        is_disabled: user.is_disabled,
        last_name: user.last_name.as_deref(),
        logged_in_at: user.logged_in_at.map(seconds),
        metadata: user.metadata.as_deref(),
        phone: user.phone.as_deref(),
        phone_is_verified: verified.phone,
        postal_code: user.zip_code.as_deref(),
        revision: user.revision,
    };
    resource(action, EventKind::User, &object)
}
