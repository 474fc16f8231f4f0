//! The webhooks of an endpoint, newest first, and sending one once more. Their bodies tell of end users and are not shown.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use riverbank_engine::webhooks::{EndpointError, Message, MessageError};
use riverbank_model::guid::WebhookEndpointGuid;

use super::act::act;
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::place::{Place, ROWS};
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;

#[derive(Template)]
#[template(path = "console/webhooks.html")]
struct WebhooksPage {
    frame: Frame,
    endpoint: WebhookEndpointGuid,
    messages: Vec<Message>,
    next: Option<String>,
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(endpoint): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = async {
        let place = Place::of(&Form::of_query(query.as_deref())?);
        let endpoint: WebhookEndpointGuid = endpoint.parse().map_err(|_| ApiError::not_found())?;
        let messages = app.engine.webhook_log_until(&endpoint, place.until, ROWS, place.skip).await;
        let messages = messages.map_err(|error| match error {
            EndpointError::NoSuchEndpoint(_) => ErrorCode::NotFound.into(),
            EndpointError::Fault(fault) => ApiError::from(fault),
        })?;
        let times: Vec<Timestamp> = messages.iter().map(|message| message.created_at).collect();
        let next = place.next(&times).map(Place::query);
        let frame = Frame::new(&app, &visitor, "/console/clients");
        rendered(StatusCode::OK, &WebhooksPage { frame, endpoint, messages, next })
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn replay(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(endpoint): Path<String>,
) -> Response {
    let change = async {
        let message = form.text("message").parse().map_err(|_| ApiError::not_found())?;
        app.engine.replay_message(&message).await.map_err(|error| match error {
            MessageError::NoSuchMessage(_) => ErrorCode::NotFound.into(),
            MessageError::NotEnded(_) => {
                ApiError::new(ErrorCode::Conflict, visitor.words.webhooks.not_ended.text())
            }
            MessageError::Fault(fault) => fault.into(),
        })
    };
    let deed = ("webhooks.replay", form.text("message"));
    act(&app, &visitor, deed, change, &format!("/console/webhooks/{endpoint}")).await
}
