//! A connection: its status decides which page is shown.

use askama::Template;
use axum::Json;
use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use riverbank_engine::members::MemberView;
use riverbank_engine::oauth::OauthState;
use riverbank_engine::pages::PageMode;
use riverbank_model::connection::ConnectionStatus as Status;
use riverbank_model::guid::MemberGuid;
use riverbank_model::oauth::AuthStatus;
use serde::Deserialize;
use serde_json::json;

use super::credentials::{Flaw, back_to_search};
use super::frame::Frame;
use super::gathering::Gathered;
use super::speech::{Message, on_doing};
use super::status::StatusPage;
use super::visiting::{Asked, Visiting};
use super::words::Told;
use super::{accounts, challenges, connections, credentials, gathering, oauth_way};
use crate::error::{ApiError, ErrorCode};

#[derive(Debug, Default, Deserialize)]
pub(super) struct MemberQuery {
    flaw: Option<Flaw>,
    /// A fresh address was made for an OAuth member whose status says something else.
    sign_in: Option<String>,
}

#[derive(Template)]
#[template(path = "connect/progress.html")]
struct ProgressPage {
    frame: Frame,
    title: String,
    text: String,
    poll: String,
    state: String,
}

pub(super) async fn show(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    Asked(query): Asked<MemberQuery>,
) -> Response {
    let answer = match guid.parse() {
        Ok(guid) if query.sign_in.is_some() => sign_in(&visiting, &guid).await,
        Ok(guid) => page(&visiting, &guid, query.flaw).await,
        Err(_) => Err(ApiError::not_found()),
    };
    visiting.answered(answer)
}

/// The member that took the place of one that is gone: whoever signs in with another login is another member.
async fn successor(visiting: &Visiting, guid: &MemberGuid) -> Result<Response, ApiError> {
    let way = oauth_way::newest(visiting, guid).await?;
    let led_to = way.and_then(|way| way.inbound_member_guid).filter(|led_to| led_to != guid);
    visiting.go(&format!("/members/{}", led_to.ok_or_else(ApiError::not_found)?))
}

/// The page of a member.
pub(super) async fn page(
    visiting: &Visiting,
    guid: &MemberGuid,
    flaw: Option<Flaw>,
) -> Result<Response, ApiError> {
    let found = visiting.app.engine.read_member(&visiting.visit.caller, guid).await?;
    let Some(mut view) = found else { return successor(visiting, guid).await };
    let name = name_of(visiting, &view).await?;
    visiting.app.engine.come_to(&visiting.visit, guid).await?;
    let mut is_told = true;
    if view.member.live_job_guid.is_none() {
        match gathering::go_on(visiting, &view).await? {
            Gathered::All => {}
            Gathered::Started => view = read(visiting, guid).await?,
            Gathered::NotTold => is_told = false,
        }
    }
    let Some(status) = view.member.connection_status else { return connections::page(visiting, None).await };
    let is_running = view.member.live_job_guid.is_some();
    let mut messages = vec![Message::status(guid, status)];
    if !is_told {
        return gathering::not_told(visiting, &name, messages);
    }
    match status {
        Status::Pending => pending(visiting, &view, &name, messages).await,
        Status::Challenged => {
            let asked = visiting.app.engine.list_challenges(&visiting.visit.caller, guid).await?;
            let questions = asked.map_err(|_| ApiError::not_found())?.unwrap_or_default();
            if questions.is_empty() {
                return progress(
                    visiting,
                    &view,
                    &name,
                    visiting.words.status.told(Status::Resumed),
                    messages,
                );
            }
            challenges::page(visiting, &view, &name, questions, flaw, messages)
        }
        Status::Connected if is_running && waits(visiting) => {
            progress(visiting, &view, &name, visiting.words.progress.collecting(), messages)
        }
        Status::Connected => connected(visiting, &view, &name, messages).await,
        _ if is_running => progress(visiting, &view, &name, visiting.words.status.told(status), messages),
        Status::Prevented | Status::Denied | Status::Imported | Status::Impaired => {
            messages.push(Message::error(guid, status));
            if view.member.is_oauth {
                let way = oauth_way::newest(visiting, guid).await?;
                return oauth_way::page(visiting, &view, &name, way.as_ref(), messages);
            }
            let institution = credentials::of_member(visiting, guid).await?;
            let alert = Some(visiting.words.status.told(status).text.with(name).to_string());
            credentials::again(visiting, guid, &institution, alert, "loginError", messages)
        }
        _ => {
            messages.push(Message::error(guid, status));
            in_words(visiting, &view, &name, status, flaw, messages).await
        }
    }
}

/// The page that leads an OAuth member to its institution, whatever its status.
async fn sign_in(visiting: &Visiting, guid: &MemberGuid) -> Result<Response, ApiError> {
    let view = read(visiting, guid).await?;
    if !view.member.is_oauth || view.member.live_job_guid.is_some() {
        return page(visiting, guid, None).await;
    }
    let way = oauth_way::newest(visiting, guid).await?;
    // The fresh address was used, and led to a consent: from then on the status says what is so.
    if view.member.oauth_token.is_none()
        && way.as_ref().is_some_and(|way| way.auth_status == AuthStatus::Success)
    {
        return page(visiting, guid, None).await;
    }
    let name = name_of(visiting, &view).await?;
    oauth_way::page(visiting, &view, &name, way.as_ref(), Vec::new())
}

async fn pending(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let way = oauth_way::newest(visiting, &view.member.guid).await?;
    // Who signed in with another login is another member.
    let led_to = way.as_ref().and_then(|way| way.inbound_member_guid.as_ref());
    if let Some(other) = led_to.filter(|led_to| **led_to != view.member.guid) {
        return visiting.go(&format!("/members/{other}"));
    }
    oauth_way::page(visiting, view, name, way.as_ref(), messages)
}

fn progress(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    told: Told,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let guid = &view.member.guid;
    visiting.page(&ProgressPage {
        frame: visiting.frame("connecting", messages),
        title: told.title.with(name).to_string(),
        text: told.text.with(name).to_string(),
        poll: poll_address(visiting, guid),
        state: state_of(view, None),
    })
}

/// Whether a connection counts as made only when a job has ended.
fn waits(visiting: &Visiting) -> bool {
    let options = visiting.options();
    options.wait_for_full_aggregation || !options.gathers().is_empty()
}

async fn connected(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    mut messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let (guid, words) = (&view.member.guid, visiting.words);
    let is_running = view.member.live_job_guid.is_some();
    let is_verification = visiting.options().mode == PageMode::Verification;
    if is_verification && !gathering::has_eligible_account(visiting, guid).await? {
        return gathering::no_eligible_account(visiting, guid, name, messages);
    }
    if !is_running {
        messages.push(Message::of_member("mx/connect/initialDataReady", guid));
    }
    messages.push(Message::of_member("mx/connect/memberConnected", guid));
    let title = words.progress.connected.with(name);
    let text = match visiting.options().mode {
        _ if is_running => words.progress.still_collecting,
        PageMode::Aggregation => words.progress.connected_text,
        PageMode::Verification => words.progress.verified_text,
        PageMode::Identity => words.progress.identified_text,
    };
    visiting.page(&StatusPage {
        next: Some((format!("{}/members", visiting.base), words.page.done)),
        say: on_doing(
            &visiting.visit,
            ["mx/connect/connected/primaryAction", "mx/connect/memberConnected/primaryAction"]
                .map(Message::bare),
        ),
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
        poll: poll_address(visiting, guid),
        state: is_running.then(|| state_of(view, None)),
        ..StatusPage::new(visiting.frame("connected", messages), title, text)
    })
}

/// A status in its own words, with what there is to do.
async fn in_words(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    status: Status,
    flaw: Option<Flaw>,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let (guid, words) = (&view.member.guid, visiting.words);
    let told = words.status.told(status);
    let is_over = matches!(status, Status::Discontinued | Status::Closed | Status::Disabled);
    let site = match status {
        Status::Locked | Status::Impeded => credentials::of_member(visiting, guid).await?.url.clone(),
        _ => None,
    };
    let site = site.filter(|site| site.starts_with("https://") || site.starts_with("http://"));
    let may_enter =
        matches!(status, Status::Locked | Status::Rejected | Status::Failed) && !view.member.is_oauth;
    let enter = may_enter
        .then(|| (format!("{}/members/{guid}/credentials", visiting.base), words.sign_in.enter_again));
    let by_hand =
        matches!(status, Status::Discontinued | Status::Closed).then(|| accounts::way(visiting)).flatten();
    let (title, text) = (told.title.with(name), told.text.with(name));
    visiting.page(&StatusPage {
        alert: flaw.map(|flaw| flaw.text(words).to_string()),
        site: site.map(|site| (site, words.page.visit.with(name).to_string())),
        retry: (!is_over).then(|| format!("{}/members/{guid}/retry", visiting.base)),
        links: enter.into_iter().chain(by_hand).collect(),
        say: on_doing(&visiting.visit, [Message::bare("mx/connect/memberError/primaryAction")]),
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
        ..StatusPage::new(visiting.frame("loginError", messages), title, text)
    })
}

/// What a page asks, again and again, to learn whether there is news.
pub(super) async fn state(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    match state_now(&visiting, &guid).await {
        Ok(state) => (visiting.headers(), Json(json!({"state": state}))).into_response(),
        Err(error) => (visiting.headers(), error).into_response(),
    }
}

async fn state_now(visiting: &Visiting, guid: &str) -> Result<String, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let view = read(visiting, &guid).await?;
    let way = if view.member.is_oauth { oauth_way::newest(visiting, &guid).await? } else { None };
    Ok(state_of(&view, way.as_ref()))
}

/// The statuses in which a way to the institution's own page is looked at.
const ON_THE_WAY: [Status; 5] =
    [Status::Pending, Status::Prevented, Status::Denied, Status::Imported, Status::Impaired];

/// What would make another page of a member's: a text that differs whenever it does.
pub(super) fn state_of(view: &MemberView, way: Option<&OauthState>) -> String {
    let member = &view.member;
    let status = member.connection_status.map_or(-1, Status::id);
    let asked = member.challenge_expires_at.map_or(0, Timestamp::as_microsecond);
    let way = way.filter(|_| member.connection_status.is_some_and(|status| ON_THE_WAY.contains(&status)));
    let way = way.map_or_else(String::new, |way| {
        format!("{}.{}", way.auth_status.id(), way.updated_at.as_microsecond())
    });
    format!("{status}-{}-{asked}-{way}", u8::from(member.live_job_guid.is_some()))
}

/// Where a page learns of it.
pub(super) fn poll_address(visiting: &Visiting, guid: &MemberGuid) -> String {
    format!("{}/members/{guid}/state", visiting.base)
}

/// Tries once more.
pub(super) async fn retry(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    let answer = start(&visiting, &guid).await;
    visiting.answered(answer)
}

async fn start(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let started = gathering::again(visiting, &guid).await;
    let path = format!("/members/{guid}");
    match started {
        Ok(()) => visiting.go(&path),
        Err(error) if [ErrorCode::Conflict, ErrorCode::Forbidden].contains(&error.code()) => {
            visiting.go(&format!("{path}?flaw={}", Flaw::Busy.name()))
        }
        Err(error) => Err(error),
    }
}

async fn read(visiting: &Visiting, guid: &MemberGuid) -> Result<MemberView, ApiError> {
    let found = visiting.app.engine.read_member(&visiting.visit.caller, guid).await?;
    found.ok_or_else(ApiError::not_found)
}

/// What a member is called on its pages: as its institution is.
async fn name_of(visiting: &Visiting, view: &MemberView) -> Result<String, ApiError> {
    let catalogue = visiting.app.engine.catalogue().await?;
    let institution = catalogue.get(&view.member.institution_guid);
    Ok(institution.map_or_else(|| view.member.name.clone(), |institution| institution.name.clone()))
}
