//! An institution that was chosen: its form, or the way to its own page, and the connection that comes of it.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::Page;
use riverbank_engine::institutions::Institution;
use riverbank_engine::members::{CreateMember, CreateMemberError, ListMembers};
use riverbank_engine::oauth::{OauthError, WindowRequest};
use riverbank_model::guid::{InstitutionGuid, MemberGuid};
use serde_json::json;

use super::credentials::{CredentialsPage, Flaw, FlawQuery, back_to_search, fields, given, links};
use super::gathering;
use super::oauth_way::OauthPage;
use super::speech::{Message, on_doing};
use super::visiting::{Asked, Visiting};
use crate::error::ApiError;
use crate::form::Form;

pub(super) async fn show(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    Asked(query): Asked<FlawQuery>,
) -> Response {
    let answer = match guid.parse() {
        Ok(guid) => page(&visiting, &guid, query.flaw).await,
        Err(_) => Err(ApiError::not_found()),
    };
    visiting.answered(answer)
}

/// The page of an institution.
pub(super) async fn page(
    visiting: &Visiting,
    guid: &InstitutionGuid,
    flaw: Option<Flaw>,
) -> Result<Response, ApiError> {
    let institution = known(visiting, guid).await?;
    let words = visiting.words;
    if !gathering::tells(&institution, visiting.options()) {
        let messages = vec![Message::selected(&institution)];
        return gathering::not_told(visiting, &institution.name, messages);
    }
    let ids = json!({"institution_guid": institution.guid, "institution_code": institution.code});
    let messages = if flaw.is_some() {
        vec![Message::new("mx/connect/createMemberError", ids)]
    } else {
        vec![Message::selected(&institution)]
    };
    let alert = flaw.map(|flaw| flaw.text(words).to_string());
    let action = format!("{}/institutions/{guid}", visiting.base);
    if visiting.app.engine.offers_oauth(&institution) {
        return visiting.page(&OauthPage {
            frame: visiting.frame("enterCreds", messages),
            title: words.oauth.title.with(&institution.name).to_string(),
            alert,
            text: words.oauth.text.with(&institution.name).to_string(),
            link: words.oauth.continue_to.with(&institution.name).to_string(),
            window: None,
            stays: false,
            say: String::new(),
            action,
            is_waiting: false,
            other: visiting.other_institution(),
            back_say: back_to_search(visiting),
            poll: String::new(),
            state: None,
        });
    }
    let chosen = json!({"institution": {"code": institution.code, "guid": institution.guid}});
    visiting.page(&CredentialsPage {
        frame: visiting.frame("enterCreds", messages),
        title: words.sign_in.title.with(&institution.name).to_string(),
        alert,
        instructions: institution.instructions.clone(),
        action,
        say: on_doing(&visiting.visit, [Message::new("mx/connect/enterCredentials", chosen)]),
        fields: fields(&institution),
        button: words.sign_in.connect,
        links: links(words, &institution),
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
    })
}

pub(super) async fn connect(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    form: Result<Form, ApiError>,
) -> Response {
    let answer = make(&visiting, &guid, form).await;
    visiting.answered(answer)
}

async fn make(visiting: &Visiting, guid: &str, form: Result<Form, ApiError>) -> Result<Response, ApiError> {
    let guid: InstitutionGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let institution = known(visiting, &guid).await?;
    let (engine, caller, options) = (&visiting.app.engine, &visiting.visit.caller, visiting.options());
    let is_oauth = engine.offers_oauth(&institution);
    if is_oauth && let Some(member) = oauth_member_at(visiting, &guid).await? {
        engine.oauth_window(caller, &member, options.window(), options.starts_jobs()).await?;
        return visiting.go(&format!("/members/{member}"));
    }
    let flawed = |flaw: Flaw| visiting.go(&format!("/institutions/{guid}?flaw={}", flaw.name()));
    if !gathering::tells(&institution, options) {
        return flawed(Flaw::NotOffered);
    }
    let request = CreateMember {
        institution_guid: guid.to_string(),
        credentials: if is_oauth { Vec::new() } else { given(&institution, &form?) },
        is_oauth,
        use_cases: options.use_cases(),
        background_aggregation_is_disabled: options.disable_background_agg,
        skip_aggregation: options.starts_jobs(),
        window: if is_oauth { options.window() } else { WindowRequest::default() },
        ..CreateMember::default()
    };
    let member = match engine.create_member(caller, request).await {
        Ok(made) => made.member.guid,
        Err(CreateMemberError::Fault(fault) | CreateMemberError::Oauth(OauthError::Fault(fault))) => {
            return Err(fault.into());
        }
        Err(CreateMemberError::SameLogin) => return flawed(Flaw::SameLogin),
        Err(CreateMemberError::Credentials(_) | CreateMemberError::CredentialsMissing) => {
            return flawed(Flaw::Incomplete);
        }
        Err(_) => return flawed(Flaw::NotOffered),
    };
    if options.starts_jobs() && !is_oauth {
        gathering::begin(visiting, &member).await?;
    }
    visiting.go(&format!("/members/{member}"))
}

/// The user's member at an institution that signs in through OAuth: there is but one that can.
async fn oauth_member_at(
    visiting: &Visiting,
    institution: &InstitutionGuid,
) -> Result<Option<MemberGuid>, ApiError> {
    let all = ListMembers { use_case: None, is_managed_by_user: Some(true), page: Page::ALL };
    let list = visiting.app.engine.list_members(&visiting.visit.caller, all).await?;
    let mut members = list.members.into_iter().map(|view| view.member);
    let found = members.find(|member| member.is_oauth && member.institution_guid == *institution);
    Ok(found.map(|member| member.guid))
}

/// An institution that is open to new connections, or the one that the pages begin with.
async fn known(visiting: &Visiting, guid: &InstitutionGuid) -> Result<Arc<Institution>, ApiError> {
    let catalogue = visiting.app.engine.catalogue().await?;
    catalogue.get(guid).cloned().ok_or_else(ApiError::not_found)
}
