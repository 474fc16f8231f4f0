//! Credentials: the form that an institution asks for, for a new connection and for one that needs them again.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::institutions::Institution;
use riverbank_engine::members::{GivenCredential, UpdateMember, UpdateMemberError};
use riverbank_model::SecretText;
use riverbank_model::credential::FieldType;
use riverbank_model::guid::MemberGuid;
use serde::Deserialize;
use serde_json::json;

use super::frame::Frame;
use super::gathering;
use super::speech::{Message, on_doing};
use super::visiting::{Asked, Visiting};
use super::words::Words;
use crate::error::ApiError;
use crate::form::Form;
use crate::words::Phrase;

/// Why what was typed was not taken, as the address of the page has it after it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Flaw {
    Incomplete,
    SameLogin,
    NotOffered,
    TooLate,
    Busy,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct FlawQuery {
    pub(super) flaw: Option<Flaw>,
}

impl Flaw {
    /// Its name in an address.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::SameLogin => "same_login",
            Self::NotOffered => "not_offered",
            Self::TooLate => "too_late",
            Self::Busy => "busy",
        }
    }

    pub(super) fn text(self, words: &Words) -> Phrase {
        match self {
            Self::Incomplete => words.failure.incomplete,
            Self::SameLogin => words.failure.same_login,
            Self::NotOffered => words.failure.not_offered,
            Self::TooLate => words.failure.too_late,
            Self::Busy => words.failure.busy,
        }
    }
}

/// Characters of a value where the institution sets no limit.
const LONGEST: i64 = 1024;

/// A field of the form.
pub(super) struct Field {
    name: String,
    label: String,
    kind: &'static str,
    autocomplete: &'static str,
    max_length: i64,
    is_optional: bool,
    /// What may be chosen, with its value before its label.
    choices: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "connect/credentials.html")]
pub(super) struct CredentialsPage {
    pub(super) frame: Frame,
    pub(super) title: String,
    pub(super) alert: Option<String>,
    pub(super) instructions: Option<String>,
    pub(super) action: String,
    pub(super) say: String,
    pub(super) fields: Vec<Field>,
    pub(super) button: Phrase,
    pub(super) links: Vec<(Phrase, String)>,
    pub(super) other: Option<String>,
    pub(super) back_say: String,
}

/// The fields that an institution asks for.
pub(super) fn fields(institution: &Institution) -> Vec<Field> {
    let fields = institution.credentials.iter().map(|credential| {
        let (kind, autocomplete) = match credential.field_type {
            FieldType::Password => ("password", "current-password"),
            FieldType::Login => ("text", "username"),
            FieldType::Token => ("text", "one-time-code"),
            _ => ("text", "off"),
        };
        Field {
            name: credential.guid.to_string(),
            label: credential.label.clone(),
            kind,
            autocomplete,
            max_length: credential.max_length.filter(|most| *most > 0).unwrap_or(LONGEST),
            is_optional: credential.is_optional,
            choices: credential
                .options
                .iter()
                .map(|choice| (choice.value.clone(), choice.label.clone()))
                .collect(),
        }
    });
    fields.collect()
}

/// Pages of the institution that may help.
pub(super) fn links(words: &Words, institution: &Institution) -> Vec<(Phrase, String)> {
    let links = [
        (words.sign_in.forgot_password, &institution.forgot_password_url),
        (words.sign_in.forgot_username, &institution.forgot_username_url),
        (words.sign_in.trouble, &institution.trouble_signing_in_url),
    ];
    let is_web = |address: &&String| address.starts_with("https://") || address.starts_with("http://");
    links
        .into_iter()
        .filter_map(|(label, address)| Some((label, address.as_ref().filter(is_web)?.clone())))
        .collect()
}

/// What was typed into the form; what is optional and empty is left out.
pub(super) fn given(institution: &Institution, form: &Form) -> Vec<GivenCredential> {
    let given = institution.credentials.iter().filter_map(|credential| {
        let guid = credential.guid.to_string();
        let value = form.0.get(&guid).unwrap_or_default();
        (!value.is_empty()).then(|| GivenCredential { value: SecretText::from(value), guid })
    });
    given.collect()
}

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

/// The form for a connection that is there.
pub(super) async fn page(
    visiting: &Visiting,
    guid: &MemberGuid,
    flaw: Option<Flaw>,
) -> Result<Response, ApiError> {
    let institution = of_member(visiting, guid).await?;
    let alert = flaw.map(|flaw| flaw.text(visiting.words).to_string());
    again(visiting, guid, &institution, alert, "enterCreds", Vec::new())
}

/// The form for a connection that needs them again.
pub(super) fn again(
    visiting: &Visiting,
    guid: &MemberGuid,
    institution: &Institution,
    alert: Option<String>,
    step: &'static str,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let words = visiting.words;
    let metadata = json!({
        "member_guid": guid,
        "institution": {"code": institution.code, "guid": institution.guid},
    });
    visiting.page(&CredentialsPage {
        frame: visiting.frame(step, messages),
        title: words.sign_in.update_title.with(&institution.name).to_string(),
        alert,
        instructions: institution.instructions.clone(),
        action: format!("{}/members/{guid}/credentials", visiting.base),
        say: on_doing(&visiting.visit, [Message::new("mx/connect/updateCredentials", metadata)]),
        fields: fields(institution),
        button: words.sign_in.save,
        links: links(words, institution),
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
    })
}

/// What going back to the search tells.
pub(super) fn back_to_search(visiting: &Visiting) -> String {
    on_doing(&visiting.visit, [Message::new("mx/connect/backToSearch", json!({"context": "credentials"}))])
}

pub(super) async fn update(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    form: Result<Form, ApiError>,
) -> Response {
    let answer = write(&visiting, &guid, form).await;
    visiting.answered(answer)
}

async fn write(visiting: &Visiting, guid: &str, form: Result<Form, ApiError>) -> Result<Response, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let institution = of_member(visiting, &guid).await?;
    let credentials = given(&institution, &form?);
    let flawed = |flaw: Flaw| visiting.go(&format!("/members/{guid}/credentials?flaw={}", flaw.name()));
    if credentials.is_empty() {
        return flawed(Flaw::Incomplete);
    }
    let starts_jobs = visiting.options().starts_jobs();
    let request = UpdateMember { credentials, skip_aggregation: starts_jobs, ..UpdateMember::default() };
    match visiting.app.engine.update_member(&visiting.visit.caller, &guid, request).await {
        Ok(_) if starts_jobs => {
            gathering::begin(visiting, &guid).await?;
            visiting.go(&format!("/members/{guid}"))
        }
        Ok(_) => visiting.go(&format!("/members/{guid}")),
        Err(UpdateMemberError::Fault(fault)) => Err(fault.into()),
        Err(UpdateMemberError::NoSuchMember) => Err(ApiError::not_found()),
        Err(UpdateMemberError::SameLogin) => flawed(Flaw::SameLogin),
        Err(UpdateMemberError::Answers(_) | UpdateMemberError::SkippedAnswer) => flawed(Flaw::Busy),
        Err(_) => flawed(Flaw::Incomplete),
    }
}

/// The institution of a member.
pub(super) async fn of_member(visiting: &Visiting, guid: &MemberGuid) -> Result<Arc<Institution>, ApiError> {
    let found = visiting.app.engine.member_institution(&visiting.visit.caller, guid).await?;
    found.ok_or_else(ApiError::not_found)
}
