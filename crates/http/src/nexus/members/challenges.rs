//! `GET /members/{member_guid}/challenges`.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use riverbank_engine::members::ChallengeView as Question;
use riverbank_model::challenge::ChallengeKind;
use riverbank_model::guid::MemberGuid;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Schema, Type};

use crate::answer::{Answer, NoContent};
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::session::Session;

/// A question that the institution asks. The extra fields are there only for their own type.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChallengeResponse)]
struct ChallengeView {
    field_name: String,
    /// Named again in the answer.
    guid: String,
    /// IMAGE_DATA only: the picture, base64; the answer is typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    image_data: Option<String>,
    /// IMAGE_OPTIONS only.
    #[serde(skip_serializing_if = "Option::is_none")]
    image_options: Option<Vec<ImageOption>>,
    /// The text to show.
    label: String,
    /// OPTIONS only.
    #[serde(skip_serializing_if = "Option::is_none")]
    options: Option<Vec<TextOption>>,
    #[serde(rename = "type")]
    #[schema(schema_with = kinds)]
    kind: &'static str,
}

/// One text to choose.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChallengeOption)]
struct TextOption {
    guid: String,
    label: String,
    value: String,
}

/// One picture to choose.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChallengeImageOption)]
struct ImageOption {
    data_uri: String,
    guid: String,
    label: String,
    value: String,
}

/// Questions with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChallengesResponseBody)]
pub(super) struct ChallengesBody {
    challenges: Vec<ChallengeView>,
}

/// List member challenges
///
/// The questions to put to the end user while the member is CHALLENGED; else 204 without a body.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/challenges",
    operation_id = "listMemberChallenges",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member.")),
    responses(
        (status = 200, description = "The open questions.", body = ChallengesBody),
        (status = 204, description = "The member is not CHALLENGED."),
    )
)]
pub(super) async fn list_member_challenges(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
) -> Result<Response, ApiError> {
    let found = app.engine.list_challenges(&session.caller, &guid).await?;
    let open = found.map_err(|_| ApiError::not_found())?;
    Ok(shown(open))
}

/// The answer with these open questions.
pub(super) fn shown(open: Option<Vec<Question>>) -> Response {
    match open {
        Some(questions) => {
            let challenges = questions.into_iter().map(ChallengeView::from).collect();
            Answer::ok(ChallengesBody { challenges }).into_response()
        }
        None => NoContent.into_response(),
    }
}

impl From<Question> for ChallengeView {
    fn from(question: Question) -> Self {
        let kind = question.challenge.kind;
        let text = |(index, option): (usize, &riverbank_model::challenge::ChallengeOption)| TextOption {
            guid: question.option_guid(index).to_string(),
            label: option.label.clone(),
            value: option.value.clone(),
        };
        let picture = |(index, option): (usize, &riverbank_model::challenge::ChallengeOption)| ImageOption {
            data_uri: option.data_uri.clone().unwrap_or_default(),
            guid: question.option_guid(index).to_string(),
            label: option.label.clone(),
            value: option.value.clone(),
        };
        let choices = || question.challenge.options.iter().enumerate();
        Self {
            options: (kind == ChallengeKind::Options).then(|| choices().map(text).collect()),
            image_options: (kind == ChallengeKind::ImageOptions).then(|| choices().map(picture).collect()),
            image_data: question.challenge.image_data.clone(),
            guid: question.guid.to_string(),
            field_name: question.challenge.field_name,
            label: question.challenge.label,
            kind: kind.name(),
        }
    }
}

fn kinds() -> Schema {
    let names = ChallengeKind::ALL.map(ChallengeKind::name);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names)).into()
}
