//! `POST /notifications/{notification_guid}/deliverables`.

use std::fmt;

use axum::extract::State;
use riverbank_engine::deliverables::CreateDeliverableError;
use riverbank_model::guid::NotificationGuid;
use riverbank_model::limits;
use riverbank_model::notification::Channel;
use serde::{Deserialize, Deserializer, de};
use utoipa::ToSchema;

use super::view::DeliverableBody;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::{ApiError, ErrorCode};
use crate::nexus::object::channels;
use crate::path::Path;
use crate::session::Session;
use crate::values::{NotEmpty, Text};

/// What the user is to be told over a channel.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct DeliverableNotificationRequest {
    /// 1 EMAIL, 2 SMS, 3 PUSH, 4 `IN_APP`; their names are taken as well.
    #[serde(deserialize_with = "numbered_or_named")]
    #[schema(schema_with = channels)]
    channel: Channel,
    /// HTML for EMAIL, plain text for the others; not empty.
    #[schema(value_type = NotEmpty<{ limits::METADATA }>)]
    content: Text<{ limits::METADATA }>,
}

impl RequestBody for DeliverableNotificationRequest {
    const ROOT: Option<&'static str> = Some("deliverable");
}

type DeliverableCreateRequestBody = Body<DeliverableNotificationRequest>;

fn numbered_or_named<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Channel, D::Error> {
    struct Either;
    impl de::Visitor<'_> for Either {
        type Value = Channel;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number from 1 to 4")
        }

        fn visit_u64<E: de::Error>(self, number: u64) -> Result<Channel, E> {
            let known = i64::try_from(number).ok().and_then(Channel::from_id);
            known.ok_or_else(|| de::Error::custom("must be a number from 1 to 4"))
        }

        fn visit_str<E: de::Error>(self, name: &str) -> Result<Channel, E> {
            Channel::from_name(name).ok_or_else(|| de::Error::custom("must be EMAIL, SMS, PUSH or IN_APP"))
        }
    }
    deserializer.deserialize_any(Either)
}

/// Create deliverable
///
/// Adds what the user is to be told over a channel, of which a notification has one at most. `IN_APP` is at hand at once; the
/// others are queued, and delivered if the user has what it takes, such as an address.
#[utoipa::path(
    post,
    path = "/notifications/{notification_guid}/deliverables",
    operation_id = "createDeliverable",
    tag = "notifications",
    params(("notification_guid" = String, Path, description = "Id of the notification.")),
    request_body = inline(DeliverableCreateRequestBody),
    responses(
        (status = 200, description = "The deliverable.", body = DeliverableBody),
        (status = 422, description = "The notification already has a deliverable for the channel (4220)."),
    )
)]
pub(super) async fn create_deliverable(
    State(app): State<App>,
    session: Session,
    Path(notification): Path<NotificationGuid>,
    Body(body): Body<DeliverableNotificationRequest>,
) -> Result<Answer<DeliverableBody>, ApiError> {
    let content = body.content.into_string();
    let made = app.engine.create_deliverable(&session.caller, &notification, body.channel, content).await?;
    Ok(Answer::ok(made.into()))
}

impl From<CreateDeliverableError> for ApiError {
    fn from(error: CreateDeliverableError) -> Self {
        match error {
            CreateDeliverableError::NoSuchNotification => Self::not_found(),
            CreateDeliverableError::Empty => Self::bad_request(error.to_string()),
            CreateDeliverableError::ChannelTaken => Self::new(ErrorCode::Unprocessable, error.to_string()),
            CreateDeliverableError::Fault(fault) => fault.into(),
        }
    }
}
