//! `/members` of the static test endpoints. Requests are read and refused as they are elsewhere; nothing is stored.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post, put};
use riverbank_engine::fixed::FixedMember;
use riverbank_engine::members::{Aggregated, MemberView};
use riverbank_engine::oauth::OauthError;

use super::aggregate::Switches;
use super::challenges::shown;
use super::create::MemberCreateRequest;
use super::create_credential::MemberCredentialBody;
use super::resume::MemberResumeRequest;
use super::update::MemberUpdateRequest;
use super::values::{CredentialValue, credential};
use super::{MemberBody, MembersBody, identify};
use crate::answer::{Answer, Empty, Pagination};
use crate::app::App;
use crate::body::{Body, OptionalBody};
use crate::error::ApiError;
use crate::nexus::credential::CredentialsBody;
use crate::nexus::fixed::{Named, page};
use crate::path::Path;
use crate::query::{Paging, Query};
use crate::skip_webhook::SkipWebhook;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/members", get(list).post(create))
        .route("/members/aggregate", get(aggregate_all))
        .route("/members/refresh", get(aggregate_all))
        .route("/members/{member_guid}", get(read).put(update).delete(delete))
        .route("/members/{member_guid}/aggregate", get(aggregate))
        .route("/members/{member_guid}/refresh", get(aggregate))
        .route("/members/{member_guid}/identify", post(gather_with))
        .route("/members/{member_guid}/verify", post(gather_with))
        .route("/members/{member_guid}/extend_history", post(gather))
        .route("/members/{member_guid}/check_balance", post(gather))
        .route("/members/{member_guid}/challenges", get(challenges))
        .route("/members/{member_guid}/resume", put(resume))
        .route("/member/{member_guid}/credentials", get(credentials))
        .route("/members/{member_guid}/credentials", get(credentials).post(create_credential))
        .route("/members/{member_guid}/oauth_window_uri", get(oauth_window))
}

type MemberAnswer = Result<Answer<MemberBody>, ApiError>;

fn one(view: MemberView) -> Answer<MemberBody> {
    Answer::ok(view.into())
}

async fn list(State(app): State<App>, paging: Paging) -> Result<Answer<MembersBody>, ApiError> {
    let (members, pagination) = page(vec![app.engine.fixed_member(FixedMember::TEST_MEMBER).await?], paging);
    Ok(Answer::ok(MembersBody::new(members, pagination)))
}

async fn create(
    State(app): State<App>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<MemberCreateRequest>,
) -> MemberAnswer {
    Ok(one(app.engine.create_fixed_member(body.read(skip_webhook)?).await?))
}

async fn read(State(app): State<App>, Path(Named(member)): Path<Named>) -> MemberAnswer {
    Ok(one(app.engine.fixed_member(member).await?))
}

async fn update(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
    SkipWebhook(skip_webhook): SkipWebhook,
    Body(body): Body<MemberUpdateRequest>,
) -> MemberAnswer {
    Ok(one(app.engine.update_fixed_member(member, body.read(skip_webhook)?).await?))
}

async fn delete(Path(Named(_)): Path<Named>) -> Answer<Empty> {
    Answer::ok(Empty {})
}

async fn aggregate(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
    Query(_): Query<Switches>,
    OptionalBody(_): OptionalBody<Switches>,
) -> MemberAnswer {
    Ok(app.engine.aggregate_fixed_member(member).await?.into())
}

async fn gather(State(app): State<App>, Path(Named(member)): Path<Named>) -> MemberAnswer {
    Ok(app.engine.aggregate_fixed_member(member).await?.into())
}

async fn gather_with(
    app: State<App>,
    member: Path<Named>,
    OptionalBody(_): OptionalBody<identify::Switches>,
) -> MemberAnswer {
    gather(app, member).await
}

async fn aggregate_all(
    State(app): State<App>,
    Query(_): Query<Switches>,
    OptionalBody(_): OptionalBody<Switches>,
) -> Result<Answer<MembersBody>, ApiError> {
    let (Aggregated::Changed(member) | Aggregated::Unchanged(member)) =
        app.engine.aggregate_fixed_member(FixedMember::TEST_MEMBER).await?;
    Ok(Answer::ok(MembersBody::new(vec![member], Pagination::whole(1))))
}

async fn challenges(Path(Named(member)): Path<Named>) -> Response {
    shown(member.challenges())
}

async fn resume(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
    Body(body): Body<MemberResumeRequest>,
) -> MemberAnswer {
    Ok(one(app.engine.resume_fixed_member(member, &body.read()?).await?))
}

async fn credentials(
    State(app): State<App>,
    Path(Named(_)): Path<Named>,
) -> Result<Answer<CredentialsBody>, ApiError> {
    Ok(Answer::ok(CredentialsBody::of_institution(&*app.engine.fixed_institution().await?)))
}

async fn create_credential(
    State(app): State<App>,
    Path(Named(member)): Path<Named>,
    Body(body): Body<CredentialValue>,
) -> Result<Answer<MemberCredentialBody>, ApiError> {
    let stored = app.engine.create_fixed_credential(member, &credential(body, "")?).await?;
    Ok(Answer::ok(stored.into()))
}

/// None of the members signs in through OAuth.
async fn oauth_window(Path(Named(_)): Path<Named>) -> ApiError {
    OauthError::NotSupported.into()
}
