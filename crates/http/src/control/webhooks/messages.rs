//! What endpoints were told, and telling it once more.

use axum::extract::State;
use jiff::Timestamp;
use riverbank_engine::webhooks::{AttemptView, MessageView};
use riverbank_model::guid::{WebhookEndpointGuid, WebhookMessageGuid};
use riverbank_model::webhook::{Action, EventKind};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::ObjectBuilder;
use utoipa::openapi::{Schema, Type};
use utoipa::{IntoParams, ToSchema};

use super::kind_names;
use crate::answer::{Answer, NoContent};
use crate::app::App;
use crate::body::{Body, OptionalBody, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Query;
use crate::values::{Moment, Text};

/// Messages of a list when no number is asked for, and at most.
const LIMITS: (u32, u32) = (25, 1000);

/// A message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookMessage)]
struct Message {
    /// Its tries, in order; in a list, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    attempts: Option<Vec<Attempt>>,
    attempts_count: i64,
    /// What is echoed of the call that caused it.
    callback_payload: Option<String>,
    created_at: Moment,
    /// When it is to be sent next; null once it has ended.
    due_at: Option<Moment>,
    ended_at: Option<Moment>,
    #[schema(schema_with = kinds)]
    event: &'static str,
    /// The `webhook-id`, the same at every try.
    #[schema(example = "msg_7c6f361b-e582-15b6-60c0-358f12466b4b")]
    guid: String,
    /// The body, as it is sent.
    payload: String,
    /// READY to be sent, SENDING, DELIVERED or FAILED.
    state: &'static str,
    webhook_guid: String,
}

/// A try of a message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookAttempt)]
struct Attempt {
    /// The beginning of the answer.
    answer: Option<String>,
    at: Moment,
    /// Why there was no answer.
    failure: Option<String>,
    latency_milliseconds: i64,
    number: i64,
    /// The HTTP status of the answer.
    status: Option<i64>,
}

/// A message with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookMessageResponseBody)]
pub(super) struct MessageBody {
    message: Message,
}

/// Messages with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookMessagesResponseBody)]
pub(super) struct MessagesBody {
    messages: Vec<Message>,
}

impl Message {
    fn of(view: MessageView) -> Self {
        let attempts = view.attempts.into_iter().map(Attempt::from).collect();
        Self { attempts: Some(attempts), ..Self::without_attempts(view.message) }
    }

    fn without_attempts(message: riverbank_engine::webhooks::Message) -> Self {
        Self {
            attempts: None,
            attempts_count: message.attempts,
            callback_payload: message.callback_payload,
            created_at: message.created_at.into(),
            due_at: message.ended_at.is_none().then_some(message.due_at).map(Moment),
            ended_at: message.ended_at.map(Moment),
            event: message.kind.name(),
            guid: message.guid.to_string(),
            payload: message.payload,
            state: message.state.name(),
            webhook_guid: message.endpoint_guid.to_string(),
        }
    }
}

impl From<AttemptView> for Attempt {
    fn from(attempt: AttemptView) -> Self {
        Self {
            answer: attempt.answer,
            at: attempt.at.into(),
            failure: attempt.failure,
            latency_milliseconds: attempt.latency / 1000,
            number: attempt.number,
            status: attempt.status,
        }
    }
}

/// Which sample to send.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WebhookTestRequest)]
pub(super) struct Sample {
    /// What it is about; `member` when absent.
    #[schema(schema_with = kinds)]
    event: Option<Text>,
    /// What happened to it; `updated` when absent.
    action: Option<SampleAction>,
}

/// What a sample says has happened.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookAction)]
enum SampleAction {
    Created,
    Updated,
    Deleted,
}

impl RequestBody for Sample {
    const ROOT: Option<&'static str> = Some("webhook");
}

type SampleBody = Body<Sample>;

/// Test webhook
///
/// Sends a sample of an event to an endpoint, once, and answers when that has been tried.
#[utoipa::path(
    post,
    path = "/control/webhooks/{webhook_guid}/test",
    operation_id = "testWebhook",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    request_body = inline(Option<SampleBody>),
    responses((status = 200, description = "The message, with its one try.", body = MessageBody))
)]
pub(super) async fn test(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
    OptionalBody(body): OptionalBody<Sample>,
) -> Result<Answer<MessageBody>, ApiError> {
    let kind = match body.event.as_deref() {
        None => EventKind::Member,
        Some(name) => EventKind::from_name(name).ok_or_else(|| {
            let names = kind_names().collect::<Vec<_>>().join(", ");
            ApiError::bad_request(format!("event: must be one of {names}."))
        })?,
    };
    let action = match body.action {
        Some(SampleAction::Created) => Action::Created,
        Some(SampleAction::Updated) | None => Action::Updated,
        Some(SampleAction::Deleted) => Action::Deleted,
    };
    let sent = app.engine.send_sample(&guid, kind, action).await?;
    Ok(Answer::ok(MessageBody { message: Message::of(sent) }))
}

/// How many messages to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct HowMany {
    /// At most so many, 1 to 1000; 25 when absent.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List webhook messages
///
/// The newest messages to an endpoint, newest first.
#[utoipa::path(
    get,
    path = "/control/webhooks/{webhook_guid}/messages",
    operation_id = "listWebhookMessages",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint."), HowMany),
    responses((status = 200, description = "The messages.", body = MessagesBody))
)]
pub(super) async fn list(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
    Query(many): Query<HowMany>,
) -> Result<Answer<MessagesBody>, ApiError> {
    let (usual, most) = LIMITS;
    let limit = many.limit.unwrap_or(usual);
    if !(1..=most).contains(&limit) {
        return Err(ApiError::bad_request(format!("limit: must be a whole number from 1 to {most}.")));
    }
    let log = app.engine.webhook_log(&guid, limit.into()).await?;
    Ok(Answer::ok(MessagesBody { messages: log.into_iter().map(Message::without_attempts).collect() }))
}

/// Read webhook message
///
/// A message with its tries.
#[utoipa::path(
    get,
    path = "/control/webhook_messages/{message_guid}",
    operation_id = "readWebhookMessage",
    tag = "webhooks",
    params(("message_guid" = String, Path, description = "Id of the message.")),
    responses((status = 200, description = "The message.", body = MessageBody))
)]
pub(super) async fn read(
    State(app): State<App>,
    Path(guid): Path<WebhookMessageGuid>,
) -> Result<Answer<MessageBody>, ApiError> {
    Ok(Answer::ok(MessageBody { message: Message::of(app.engine.webhook_message(&guid).await?) }))
}

/// Replay webhook message
///
/// Sends a message once more that was delivered or given up, under its id.
#[utoipa::path(
    post,
    path = "/control/webhook_messages/{message_guid}/replay",
    operation_id = "replayWebhookMessage",
    tag = "webhooks",
    params(("message_guid" = String, Path, description = "Id of the message.")),
    responses(
        (status = 204, description = "It is sent once more."),
        (status = 409, description = "It is still to be sent (4091)."),
    )
)]
pub(super) async fn replay(
    State(app): State<App>,
    Path(guid): Path<WebhookMessageGuid>,
) -> Result<NoContent, ApiError> {
    app.engine.replay_message(&guid).await?;
    Ok(NoContent)
}

/// Since when to replay.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WebhookReplayRequest)]
pub(super) struct Since {
    /// A time in RFC 3339, such as `2026-01-31T09:00:00Z`.
    #[schema(value_type = String, format = DateTime)]
    since: Text,
}

impl RequestBody for Since {
    const ROOT: Option<&'static str> = Some("webhook");
}

type SinceBody = Body<Since>;

/// How many messages are sent once more.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookReplayResponseBody)]
pub(super) struct Replayed {
    replayed: u64,
}

/// Replay webhook
///
/// Sends all messages to an endpoint once more that are not older than a time and were delivered or given up.
#[utoipa::path(
    post,
    path = "/control/webhooks/{webhook_guid}/replay",
    operation_id = "replayWebhook",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    request_body = inline(SinceBody),
    responses((status = 200, description = "How many they are.", body = Replayed))
)]
pub(super) async fn replay_since(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
    Body(body): SinceBody,
) -> Result<Answer<Replayed>, ApiError> {
    let since: Result<Timestamp, _> = body.since.parse();
    let since =
        since.map_err(|_| ApiError::bad_request("since: must be a time such as 2026-01-31T09:00:00Z."))?;
    Ok(Answer::ok(Replayed { replayed: app.engine.replay_since(&guid, since).await? }))
}

fn kinds() -> Schema {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(kind_names())).into()
}
