//! The way to an institution's own page and back, as the pages see it.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::members::MemberView;
use riverbank_engine::oauth::{ListOauthStates, OauthState};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::oauth::AuthStatus;
use serde_json::json;

use super::credentials::back_to_search;
use super::frame::Frame;
use super::member::{poll_address, state_of};
use super::speech::{Message, on_doing};
use super::visiting::Visiting;
use crate::error::ApiError;

#[derive(Template)]
#[template(path = "connect/oauth.html")]
pub(super) struct OauthPage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) alert: Option<String>,
    pub(super) text: String,
    pub(super) link: String,
    /// The address that starts the way; without it there is a form that makes one.
    pub(super) window: Option<String>,
    /// The app that shows the page opens the address.
    pub(super) stays: bool,
    pub(super) say: String,
    pub(super) action: String,
    pub(super) is_waiting: bool,
    pub(super) other: Option<String>,
    pub(super) back_say: String,
    pub(super) poll: String,
    pub(super) state: Option<String>,
}

/// The newest way that began with a member.
pub(super) async fn newest(visiting: &Visiting, member: &MemberGuid) -> Result<Option<OauthState>, ApiError> {
    let request = ListOauthStates { outbound_member_guid: Some(member.clone()), auth_status: None };
    let states = visiting.app.engine.list_oauth_states(&visiting.visit.caller, request).await?;
    Ok(states.into_iter().next())
}

/// The page of a member that waits for its end user to sign in at the institution.
pub(super) fn page(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    way: Option<&OauthState>,
    mut messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let (words, member) = (visiting.words, &view.member);
    let engine = &visiting.app.engine;
    let is_dead = member.pending_expires_at.is_some_and(|end| engine.now() >= end);
    let window = if is_dead { None } else { engine.window_uri(member)? };
    let is_on_the_way = way.is_some_and(|way| way.auth_status == AuthStatus::Pending);
    let failed = way.filter(|way| way.auth_status == AuthStatus::Errored && window.is_none());
    let mut alert = None;
    if let Some(reason) = failed.and_then(|way| way.error_reason) {
        let metadata = json!({"member_guid": member.guid, "error_reason": reason.name()});
        messages.push(Message::new("mx/connect/oauthError", metadata));
        alert = Some(words.oauth.failure(reason).to_string());
    } else if let Some(status) = member.connection_status.filter(|now| *now != ConnectionStatus::Pending) {
        alert = Some(words.status.told(status).text.with(name).to_string());
    }
    let requested = window.as_ref().map(|url| {
        Message::new("mx/connect/oauthRequested", json!({"url": url, "member_guid": member.guid}))
    });
    let link = if window.is_some() {
        words.oauth.continue_to.with(name).to_string()
    } else {
        words.page.start_again.to_string()
    };
    visiting.page(&OauthPage {
        frame: visiting.frame("enterCreds", messages),
        title: words.oauth.title.with(name).to_string(),
        alert,
        text: words.oauth.text.with(name).to_string(),
        link,
        window,
        stays: visiting.options().is_mobile_webview,
        say: on_doing(&visiting.visit, requested),
        action: format!("{}/members/{}/oauth", visiting.base, member.guid),
        is_waiting: is_on_the_way,
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
        poll: poll_address(visiting, &member.guid),
        state: Some(state_of(view, way)),
    })
}

/// Makes a fresh address for a way that is to begin again.
pub(super) async fn again(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    let answer = make(&visiting, &guid).await;
    visiting.answered(answer)
}

async fn make(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let (window, skips) = (visiting.options().window(), visiting.options().starts_jobs());
    visiting.app.engine.oauth_window(&visiting.visit.caller, &guid, window, skips).await?;
    visiting.go(&format!("/members/{guid}?sign_in=again"))
}
