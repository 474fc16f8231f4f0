//! All connections of the user: repaired, and removed after a second question.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::Page;
use riverbank_engine::members::{DeleteMember, ListMembers, MemberView};
use riverbank_model::connection::{ConnectionStatus, Group};
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;

use super::frame::Frame;
use super::search::initial;
use super::speech::Message;
use super::visiting::{Asked, Visiting};
use crate::error::ApiError;

#[derive(Debug, Default, Deserialize)]
pub(super) struct ListQuery {
    /// The member that was removed just now.
    removed: Option<String>,
    /// Its name.
    name: Option<String>,
}

/// A connection.
struct Connection {
    guid: String,
    name: String,
    initial: String,
    status: String,
    is_broken: bool,
    can_go: bool,
}

#[derive(Template)]
#[template(path = "connect/connections.html")]
struct ConnectionsPage<'a> {
    frame: Frame,
    base: &'a str,
    notice: Option<String>,
    members: Vec<Connection>,
    add: Option<String>,
}

#[derive(Template)]
#[template(path = "connect/remove.html")]
struct RemovePage {
    frame: Frame,
    title: String,
    text: String,
    action: String,
    back: String,
}

pub(super) async fn list(visiting: Visiting, Asked(query): Asked<ListQuery>) -> Response {
    let removed = query.removed.and_then(|guid| guid.parse().ok()).zip(query.name);
    let answer = page(&visiting, removed).await;
    visiting.answered(answer)
}

/// The list, after the removal of one.
pub(super) async fn page(
    visiting: &Visiting,
    removed: Option<(MemberGuid, String)>,
) -> Result<Response, ApiError> {
    let all = ListMembers { use_case: None, is_managed_by_user: None, page: Page::ALL };
    let list = visiting.app.engine.list_members(&visiting.visit.caller, all).await?;
    // A member that is still there was not removed, whatever the address says.
    let removed = removed.filter(|(guid, _)| list.members.iter().all(|view| view.member.guid != *guid));
    let messages = removed.iter().map(|(guid, _)| Message::of_member("mx/connect/memberDeleted", guid));
    let shown = list.members.iter().filter(|view| visiting.options().lists(view.member.use_cases));
    visiting.page(&ConnectionsPage {
        frame: visiting.frame("selectMember", messages.collect()),
        base: &visiting.base,
        notice: removed.as_ref().map(|(_, name)| visiting.words.connections.removed.with(name).to_string()),
        members: shown.map(|view| Connection::of(visiting, view)).collect(),
        add: visiting.other_institution(),
    })
}

impl Connection {
    fn of(visiting: &Visiting, view: &MemberView) -> Self {
        let (member, words) = (&view.member, visiting.words);
        let is_broken = member.connection_status.is_some_and(|status| {
            status != ConnectionStatus::Connected
                && (status.group() != Group::Processing || member.live_job_guid.is_none())
        });
        let title = member
            .connection_status
            .map_or(words.connections.by_hand, |status| words.status.told(status).title);
        Self {
            guid: member.guid.to_string(),
            initial: initial(&member.name),
            name: member.name.clone(),
            status: title.with(&member.name).to_string(),
            is_broken,
            can_go: member.is_managed_by_user,
        }
    }
}

pub(super) async fn ask(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    let answer = question(&visiting, &guid).await;
    visiting.answered(answer)
}

async fn question(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    let (guid, name) = removable(visiting, guid).await?;
    visiting.page(&RemovePage {
        // It holds whoever is asked until it is answered.
        frame: visiting.frame("deleteMember", vec![Message::bare("mx/focusTrap")]),
        title: visiting.words.connections.remove_title.with(&name).to_string(),
        text: visiting.words.connections.remove_text.with(&name).to_string(),
        action: format!("{}/members/{guid}/remove", visiting.base),
        back: format!("{}/members", visiting.base),
    })
}

pub(super) async fn remove(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    let answer = delete(&visiting, &guid).await;
    visiting.answered(answer)
}

async fn delete(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    let (guid, name) = removable(visiting, guid).await?;
    visiting.app.engine.delete_member(&visiting.visit.caller, &guid, DeleteMember::default()).await?;
    let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
    visiting.go(&format!("/members?removed={guid}&name={name}"))
}

/// A member that its user may remove, and its name. Those that a partner holds are the partner's.
async fn removable(visiting: &Visiting, guid: &str) -> Result<(MemberGuid, String), ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let found = visiting.app.engine.read_member(&visiting.visit.caller, &guid).await?;
    let member = found.map(|view| view.member).filter(|member| member.is_managed_by_user);
    let member = member.ok_or_else(ApiError::not_found)?;
    Ok((guid, member.name))
}
