//! Questions of an institution, of all five kinds.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::members::{ChallengeView, GivenAnswer, MemberView, ResumeError};
use riverbank_model::SecretText;
use riverbank_model::challenge::ChallengeKind;
use riverbank_model::guid::MemberGuid;

use super::credentials::Flaw;
use super::frame::Frame;
use super::member::{poll_address, state_of};
use super::speech::{Message, on_doing};
use super::visiting::Visiting;
use crate::error::ApiError;
use crate::form::Form;

/// A question.
struct Question {
    guid: String,
    label: String,
    picture: Option<String>,
    autocomplete: &'static str,
    choices: Vec<Choice>,
}

/// An answer that may be chosen.
struct Choice {
    guid: String,
    label: String,
    picture: Option<String>,
}

#[derive(Template)]
#[template(path = "connect/challenges.html")]
struct ChallengesPage {
    frame: Frame,
    title: String,
    alert: Option<String>,
    action: String,
    say: String,
    questions: Vec<Question>,
    poll: String,
    state: String,
}

/// The page of a member that is asked something.
pub(super) fn page(
    visiting: &Visiting,
    view: &MemberView,
    name: &str,
    questions: Vec<ChallengeView>,
    flaw: Option<Flaw>,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let guid = &view.member.guid;
    visiting.page(&ChallengesPage {
        frame: visiting.frame("mfa", messages),
        title: visiting.words.question.title.with(name).to_string(),
        alert: flaw.map(|flaw| flaw.text(visiting.words).to_string()),
        action: format!("{}/members/{guid}/answers", visiting.base),
        say: on_doing(&visiting.visit, [Message::of_member("mx/connect/submitMFA", guid)]),
        questions: questions.into_iter().map(Question::of).collect(),
        poll: poll_address(visiting, guid),
        state: state_of(view, None),
    })
}

impl Question {
    fn of(view: ChallengeView) -> Self {
        let choices = view.challenge.options.iter().enumerate().map(|(index, option)| Choice {
            guid: view.option_guid(index).to_string(),
            label: option.label.clone(),
            picture: option
                .data_uri
                .as_deref()
                .filter(|uri| uri.starts_with("data:image/"))
                .map(str::to_owned),
        });
        let choices = choices.collect();
        let is_code = view.challenge.kind == ChallengeKind::Token;
        Self {
            guid: view.guid.to_string(),
            choices,
            picture: view.challenge.image_data.as_deref().map(picture),
            autocomplete: if is_code { "one-time-code" } else { "off" },
            label: view.challenge.label,
        }
    }
}

/// A picture in base64 as an address. What it is of shows in its first bytes.
fn picture(data: &str) -> String {
    if data.starts_with("data:image/") {
        return data.to_owned();
    }
    let media = match data.get(..4) {
        Some("/9j/") => "image/jpeg",
        Some("R0lG") => "image/gif",
        Some("PHN2" | "PD94") => "image/svg+xml",
        _ => "image/png",
    };
    format!("data:{media};base64,{data}")
}

pub(super) async fn answer(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    form: Result<Form, ApiError>,
) -> Response {
    let answer = hand_in(&visiting, &guid, form).await;
    visiting.answered(answer)
}

async fn hand_in(
    visiting: &Visiting,
    guid: &str,
    form: Result<Form, ApiError>,
) -> Result<Response, ApiError> {
    let guid: MemberGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let given = form?.0.0.into_iter().filter(|(_, value)| !value.is_empty());
    let answers: Vec<GivenAnswer> =
        given.map(|(guid, value)| GivenAnswer { guid, value: SecretText::from(value) }).collect();
    let path = format!("/members/{guid}");
    match visiting.app.engine.resume_member(&visiting.visit.caller, &guid, answers).await {
        // A question that was answered in another window, or too late: the page says what became of it.
        Ok(_) | Err(ResumeError::NotChallenged | ResumeError::UnknownChallenge(_)) => visiting.go(&path),
        Err(ResumeError::NoSuchMember) => Err(ApiError::not_found()),
        Err(ResumeError::Fault(fault)) => Err(fault.into()),
        Err(_) => visiting.go(&format!("{path}?flaw={}", Flaw::Incomplete.name())),
    }
}
