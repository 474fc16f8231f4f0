//! `/control/webhooks`: the endpoints that are told what happens, and what they were told.

mod endpoints;
mod messages;
#[cfg(test)]
mod tests;

use riverbank_engine::webhooks::{AddEndpointError, EndpointError, EndpointView, MessageError};
use riverbank_model::webhook::EventKind;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::values::Moment;

pub(super) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(endpoints::list, endpoints::add))
        .routes(routes!(endpoints::remove))
        .routes(routes!(endpoints::disable))
        .routes(routes!(endpoints::enable))
        .routes(routes!(endpoints::rotate_secret))
        .routes(routes!(messages::test))
        .routes(routes!(messages::list))
        .routes(routes!(messages::replay_since))
        .routes(routes!(messages::read))
        .routes(routes!(messages::replay))
}

/// An endpoint.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
struct WebhookView {
    /// What its messages authenticate with: `none`, `basic`, `bearer` or `oauth`; null when its secrets cannot be read.
    authorization: Option<&'static str>,
    client_id: String,
    created_at: Moment,
    disabled_because: Option<String>,
    /// What it is told of: names of kinds, or `every`.
    #[schema(example = json!(["member", "aggregation"]))]
    events: Vec<String>,
    /// Tries in a row that came to nothing.
    failures: i64,
    #[schema(example = "WHE-7c6f361b-e582-15b6-60c0-358f12466b4b")]
    guid: String,
    /// Whether it is shown a certificate.
    has_certificate: bool,
    is_disabled: bool,
    /// Until when the secret before signs beside the current one.
    old_secret_until: Option<Moment>,
    /// When it is tried again, while it is found to be dead.
    paused_until: Option<Moment>,
    updated_at: Moment,
    url: String,
}

impl From<EndpointView> for WebhookView {
    fn from(view: EndpointView) -> Self {
        let endpoint = view.endpoint;
        Self {
            authorization: view.authorization,
            client_id: view.client_id,
            created_at: endpoint.created_at.into(),
            disabled_because: endpoint.disabled_because,
            events: endpoint.events.to_string().split(',').map(str::to_owned).collect(),
            failures: endpoint.failures,
            guid: endpoint.guid.to_string(),
            has_certificate: view.has_certificate,
            is_disabled: endpoint.disabled_at.is_some(),
            old_secret_until: view.old_secret_until.map(Moment),
            paused_until: endpoint.paused_until.map(Moment),
            updated_at: endpoint.updated_at.into(),
            url: endpoint.url,
        }
    }
}

/// The names of all kinds of events.
fn kind_names() -> impl Iterator<Item = &'static str> {
    EventKind::ALL.iter().map(|kind| kind.name())
}

impl From<AddEndpointError> for ApiError {
    fn from(error: AddEndpointError) -> Self {
        match error {
            AddEndpointError::Fault(fault) => fault.into(),
            AddEndpointError::NoSuchClient(_) | AddEndpointError::TooMany => {
                Self::new(ErrorCode::Unprocessable, format!("{error}."))
            }
            other => Self::bad_request(format!("{other}.")),
        }
    }
}

impl From<EndpointError> for ApiError {
    fn from(error: EndpointError) -> Self {
        match error {
            EndpointError::Fault(fault) => fault.into(),
            EndpointError::NoSuchEndpoint(_) => Self::not_found(),
        }
    }
}

impl From<MessageError> for ApiError {
    fn from(error: MessageError) -> Self {
        match error {
            MessageError::Fault(fault) => fault.into(),
            MessageError::NoSuchMessage(_) => Self::not_found(),
            MessageError::NotEnded(_) => Self::new(ErrorCode::Conflict, format!("{error}.")),
        }
    }
}
