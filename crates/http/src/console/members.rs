//! A member: how it stands, what it went through, and what an operator may do to it. What is told of its end user is hidden
//! until somebody asks for it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::Mode;
use riverbank_engine::accounts::AccountView;
use riverbank_engine::members::Aggregated;
use riverbank_engine::oversight::{DisableMemberError, Happening, MemberPage, Moment, Pause};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{Guid, MemberGuid};

use super::act::act;
use super::figures;
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::place::{Place, ROWS};
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;

#[derive(Template)]
#[template(path = "console/member.html")]
struct MemberDocument {
    frame: Frame,
    page: MemberPage,
    moments: Vec<Moment>,
    next: Option<String>,
    /// Whether what is hidden was asked for.
    is_shown: bool,
    is_sandbox: bool,
}

impl MemberDocument {
    fn guid(&self) -> &MemberGuid {
        &self.page.view.member.guid
    }

    fn status(&self) -> &'static str {
        self.frame.words.status(self.page.view.member.connection_status)
    }

    /// A change of its status.
    fn change(&self, happening: &Happening) -> String {
        let Happening::Status { was, became } = happening else { return String::new() };
        let words = self.frame.words;
        format!("{} → {}", words.status(*was), words.status(*became))
    }

    fn is_disabled(&self) -> bool {
        self.page.view.member.connection_status == Some(ConnectionStatus::Disabled)
    }

    /// The statuses that a sandbox may put it in.
    fn statuses() -> &'static [ConnectionStatus] {
        ConnectionStatus::ALL
    }

    fn balance(account: &AccountView) -> String {
        account.facts.balance.map_or_else(String::new, |balance| balance.to_string())
    }
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, query.as_deref(), false).await)
}

/// The page, once, with what is hidden on it.
pub(super) async fn reveal(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    shown(&app, &visitor, document(&app, &visitor, &guid, None, true).await)
}

async fn document(
    app: &App,
    visitor: &Visitor,
    guid: &str,
    query: Option<&str>,
    is_shown: bool,
) -> Result<Response, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let place = Place::of(&Form::of_query(query)?);
    let page = app.engine.member_page(&guid).await?.ok_or_else(ApiError::not_found)?;
    let moments = app.engine.timeline(&guid, place.until, ROWS, place.skip).await?;
    let moments = moments.ok_or_else(ApiError::not_found)?;
    if is_shown {
        visitor.record(app, "members.show_hidden", guid.as_str()).await?;
    }
    let times: Vec<Timestamp> = moments.iter().map(|moment| moment.at).collect();
    let next = place.next(&times).map(Place::query);
    let is_sandbox = app.engine.mode() == Mode::Sandbox;
    let frame = Frame::new(app, visitor, "");
    rendered(StatusCode::OK, &MemberDocument { frame, page, moments, next, is_shown, is_sandbox })
}

pub(super) async fn aggregate(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let change = Box::pin(async {
        match app.engine.aggregate_for(&read(&guid)?).await? {
            Aggregated::Changed(_) => Ok(()),
            Aggregated::Unchanged(_) => {
                Err(ApiError::new(ErrorCode::Conflict, visitor.words.member.nothing_started.text()))
            }
        }
    });
    act(&app, &visitor, ("members.aggregate", &guid), change, &path(&guid)).await
}

pub(super) async fn disable(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let change = Box::pin(async { pause(&app, &visitor, &guid, Pause::Begins).await });
    act(&app, &visitor, ("members.disable", &guid), change, &path(&guid)).await
}

pub(super) async fn enable(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(guid): Path<String>,
) -> Response {
    let change = Box::pin(async { pause(&app, &visitor, &guid, Pause::Ends).await });
    act(&app, &visitor, ("members.enable", &guid), change, &path(&guid)).await
}

/// Sandboxes only: the engine refuses it elsewhere.
pub(super) async fn set_status(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(guid): Path<String>,
) -> Response {
    let change = Box::pin(async {
        let status = ConnectionStatus::from_name(form.text("connection_status"));
        let status =
            status.ok_or_else(|| ApiError::bad_request(visitor.words.member.no_such_status.text()))?;
        Ok(app.engine.force_status(&read(&guid)?, status).await?)
    });
    act(&app, &visitor, ("members.force", &guid), change, &path(&guid)).await
}

fn read<G: Guid + std::str::FromStr>(guid: &str) -> Result<G, ApiError> {
    guid.parse().map_err(|_| ApiError::not_found())
}

fn path(guid: &str) -> String {
    format!("/console/members/{guid}")
}

async fn pause(app: &App, visitor: &Visitor, guid: &str, pause: Pause) -> Result<(), ApiError> {
    let words = &visitor.words.member;
    app.engine.disable_member(&read(guid)?, pause).await.map_err(|error| {
        let why = match error {
            DisableMemberError::NoSuchMember => return ApiError::not_found(),
            DisableMemberError::Fault(fault) => return fault.into(),
            DisableMemberError::Manual => words.manual,
            DisableMemberError::Pending => words.pending,
            DisableMemberError::NotDisabled => words.not_disabled,
        };
        ApiError::new(ErrorCode::Conflict, why.text())
    })
}
