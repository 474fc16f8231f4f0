//! `GET /members`.

use axum::extract::State;
use riverbank_engine::members::ListMembers;
use serde::Deserialize;
use utoipa::IntoParams;

use super::MembersBody;
use super::values::{UseCase, only_use_case};
use crate::answer::{Answer, Pagination};
use crate::app::App;
use crate::error::ApiError;
use crate::query::{Paging, Query};
use crate::session::Session;

/// Which members.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MemberQuery {
    /// Only members with this use case.
    #[serde(default)]
    #[param(inline, value_type = Option<UseCase>)]
    use_case: Vec<UseCase>,
}

/// List members
///
/// All members of the user, in the order in which they were made.
#[utoipa::path(
    get,
    path = "/members",
    operation_id = "listMembers",
    tag = "members",
    params(MemberQuery, Paging),
    responses((status = 200, description = "The members.", body = MembersBody))
)]
pub(super) async fn list_members(
    State(app): State<App>,
    session: Session,
    Query(query): Query<MemberQuery>,
    paging: Paging,
) -> Result<Answer<MembersBody>, ApiError> {
    let request = ListMembers {
        use_case: only_use_case(&query.use_case)?,
        is_managed_by_user: None,
        page: paging.into(),
    };
    let list = app.engine.list_members(&session.caller, request).await?;
    let pagination = Pagination::of(paging, list.total.unsigned_abs());
    Ok(Answer::ok(MembersBody::new(list.members, pagination)))
}
