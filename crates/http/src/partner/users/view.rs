//! A user as its partner sees it.

use riverbank_engine::users::User;
use serde::Serialize;
use utoipa::ToSchema;

use super::fields::GenderName;
use crate::values::{Day, Moment};

/// A user.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PartnerUserResponse)]
pub(super) struct UserView {
    birthdate: Option<Day>,
    credit_score: Option<i64>,
    email: Option<String>,
    first_name: Option<String>,
    gender: Option<GenderName>,
    guid: String,
    /// The partner's id.
    #[schema(example = "U-201709221210")]
    id: String,
    is_disabled: bool,
    is_excluded_from_analytics: bool,
    last_name: Option<String>,
    /// When a session was last opened.
    logged_in_at: Option<Moment>,
    metadata: Option<String>,
    #[schema(example = "(505) 555-1234")]
    phone: Option<String>,
    zip_code: Option<String>,
}

/// A user with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PartnerUserResponseBody)]
pub(super) struct UserBody {
    user: UserView,
}

impl From<User> for UserBody {
    fn from(user: User) -> Self {
        Self {
            user: UserView {
                birthdate: user.birthdate.map(Day),
                credit_score: user.credit_score,
                email: user.email,
                first_name: user.first_name,
                gender: user.gender.map(GenderName::from),
                guid: user.guid.to_string(),
                id: user.partner_id,
                is_disabled: user.is_disabled,
                is_excluded_from_analytics: user.is_excluded_from_analytics,
                last_name: user.last_name,
                logged_in_at: user.logged_in_at.map(Moment::from),
                metadata: user.metadata,
                phone: user.phone,
                zip_code: user.zip_code,
            },
        }
    }
}
