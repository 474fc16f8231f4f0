//! `/control/webhooks` and what is done to one endpoint.

use std::time::Duration;

use axum::extract::State;
use riverbank_engine::webhooks::{Authorization, EndpointWithSecret, NewEndpoint};
use riverbank_model::guid::WebhookEndpointGuid;
use riverbank_model::limits;
use riverbank_model::webhook::EventKinds;
use riverbank_model::{ExposeSecret, SecretText};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder};
use utoipa::openapi::{Schema, Type};
use utoipa::{IntoParams, ToSchema};

use super::{WebhookView, kind_names};
use crate::answer::{Answer, NoContent};
use crate::app::App;
use crate::body::{Body, OptionalBody, RequestBody};
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Query;
use crate::values::{Hidden, Text};

/// Whose endpoints to list.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Whose {
    /// Only those of this client.
    client_id: Option<Text>,
}

/// Endpoints with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhooksResponseBody)]
pub(super) struct WebhooksBody {
    webhooks: Vec<WebhookView>,
}

/// List webhooks
///
/// The endpoints of all clients, or of one.
#[utoipa::path(
    get,
    path = "/control/webhooks",
    operation_id = "listWebhooks",
    tag = "webhooks",
    params(Whose),
    responses((status = 200, description = "The endpoints.", body = WebhooksBody))
)]
pub(super) async fn list(
    State(app): State<App>,
    Query(whose): Query<Whose>,
) -> Result<Answer<WebhooksBody>, ApiError> {
    let endpoints = app.engine.list_endpoints(whose.client_id.as_deref()).await?;
    Ok(Answer::ok(WebhooksBody { webhooks: endpoints.into_iter().map(WebhookView::from).collect() }))
}

/// How messages authenticate.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookAuthorizationKind)]
enum AuthorizationKind {
    None,
    Basic,
    Bearer,
    Oauth,
}

/// A new endpoint.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WebhookCreateRequest)]
pub(super) struct Add {
    /// The client whose users' events it is told of.
    #[schema(example = "acme")]
    client_id: Text,
    /// Where messages are sent: https, or http to this machine.
    #[schema(example = "http://127.0.0.1:8040/control/sink/mine")]
    url: Text,
    /// What it is told of; everything when absent.
    #[schema(schema_with = event_list)]
    events: Option<Vec<Text>>,
    authorization: Option<AuthorizationKind>,
    /// For `basic`: the name.
    name: Option<Text>,
    /// For `basic`, `bearer` and `oauth`: the password, the token, the client's secret.
    secret: Option<Hidden>,
    /// For `oauth`: where tokens are fetched.
    token_url: Option<Text>,
    /// For `oauth`: the client's id there.
    oauth_client_id: Option<Text>,
    /// For `oauth`: what is asked for.
    scope: Option<Text>,
    /// A certificate to show, those that lead to its root, and its private key, in PEM.
    certificate: Option<Text<{ limits::METADATA }>>,
}

impl RequestBody for Add {
    const ROOT: Option<&'static str> = Some("webhook");
}

type AddBody = Body<Add>;

/// An endpoint and the secret that its messages are signed with, which is shown only now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookWithSecret)]
struct WithSecret {
    #[serde(flatten)]
    webhook: WebhookView,
    #[schema(example = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=")]
    secret: String,
}

/// An endpoint with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookWithSecretResponseBody)]
pub(super) struct WithSecretBody {
    webhook: WithSecret,
}

impl From<EndpointWithSecret> for WithSecretBody {
    fn from(made: EndpointWithSecret) -> Self {
        let secret = made.secret.expose_secret().to_owned();
        Self { webhook: WithSecret { webhook: made.view.into(), secret } }
    }
}

/// Add webhook
///
/// Makes an endpoint of a client. The secret in the answer is shown only now.
#[utoipa::path(
    post,
    path = "/control/webhooks",
    operation_id = "addWebhook",
    tag = "webhooks",
    request_body = inline(AddBody),
    responses(
        (status = 200, description = "The endpoint, with its secret.", body = WithSecretBody),
        (status = 422, description = "There is no such client, or it has too many endpoints (4220)."),
    )
)]
pub(super) async fn add(
    State(app): State<App>,
    Body(body): AddBody,
) -> Result<Answer<WithSecretBody>, ApiError> {
    Ok(Answer::ok(app.engine.add_endpoint(new_endpoint(body)?).await?.into()))
}

fn new_endpoint(body: Add) -> Result<NewEndpoint, ApiError> {
    let events = body.events.map_or(Ok(EventKinds::EVERY), |names| events(&names))?;
    let needed = |name: &'static str, value: Option<Text>| {
        value.map(Text::into_string).ok_or_else(|| ApiError::missing(&[name]))
    };
    let secret = |secret: Option<Hidden>| -> Result<SecretText, ApiError> {
        secret.map(Hidden::into_secret).ok_or_else(|| ApiError::missing(&["secret"]))
    };
    let authorization = match body.authorization.unwrap_or(AuthorizationKind::None) {
        AuthorizationKind::None => Authorization::None,
        AuthorizationKind::Basic => {
            Authorization::Basic { name: needed("name", body.name)?, password: secret(body.secret)? }
        }
        AuthorizationKind::Bearer => Authorization::Bearer { token: secret(body.secret)? },
        AuthorizationKind::Oauth => Authorization::Oauth {
            token_url: needed("token_url", body.token_url)?,
            client_id: needed("oauth_client_id", body.oauth_client_id)?,
            client_secret: secret(body.secret)?,
            scope: body.scope.map(Text::into_string),
        },
    };
    Ok(NewEndpoint {
        client_id: body.client_id.into_string(),
        url: body.url.into_string(),
        events,
        authorization,
        certificate: body.certificate.map(|pem| pem.into_string().into()),
    })
}

fn events(names: &[Text]) -> Result<EventKinds, ApiError> {
    let mut bits = 0;
    for name in names {
        let kinds: Result<EventKinds, _> = name.parse();
        bits |= kinds.map_err(|error| ApiError::bad_request(format!("events: {error}.")))?.bits();
    }
    Ok(EventKinds::from_bits(bits))
}

/// Names of kinds, or the one that stands for all of them.
fn event_list() -> Schema {
    let names = kind_names().map(str::to_owned).chain([EventKinds::EVERY.to_string()]);
    let items = ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names));
    ArrayBuilder::new().items(items).min_items(Some(1)).into()
}

/// Remove webhook
///
/// Removes an endpoint with the log of its messages.
#[utoipa::path(
    delete,
    path = "/control/webhooks/{webhook_guid}",
    operation_id = "removeWebhook",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    responses((status = 204, description = "It is gone."))
)]
pub(super) async fn remove(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
) -> Result<NoContent, ApiError> {
    app.engine.remove_endpoint(&guid).await?;
    Ok(NoContent)
}

/// Disable webhook
///
/// Sends nothing more to an endpoint. What waits for it is given up, and can be replayed.
#[utoipa::path(
    post,
    path = "/control/webhooks/{webhook_guid}/disable",
    operation_id = "disableWebhook",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    responses((status = 204, description = "It is disabled."))
)]
pub(super) async fn disable(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
) -> Result<NoContent, ApiError> {
    app.engine.disable_endpoint(&guid).await?;
    Ok(NoContent)
}

/// Enable webhook
///
/// Sends to an endpoint again what happens from now on.
#[utoipa::path(
    post,
    path = "/control/webhooks/{webhook_guid}/enable",
    operation_id = "enableWebhook",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    responses((status = 204, description = "It is enabled."))
)]
pub(super) async fn enable(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
) -> Result<NoContent, ApiError> {
    app.engine.enable_endpoint(&guid).await?;
    Ok(NoContent)
}

/// How a secret is rotated.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = WebhookRotateSecretRequest)]
pub(super) struct Rotate {
    /// How long the old secret signs beside the new one; a day when absent.
    #[schema(minimum = 0, maximum = 4_294_967_295_i64)]
    overlap_seconds: Option<u32>,
}

impl RequestBody for Rotate {
    const ROOT: Option<&'static str> = Some("webhook");
}

type RotateBody = Body<Rotate>;

/// Rotate webhook secret
///
/// Signs with another secret from now on, and for a while with the old one beside it.
#[utoipa::path(
    post,
    path = "/control/webhooks/{webhook_guid}/rotate_secret",
    operation_id = "rotateWebhookSecret",
    tag = "webhooks",
    params(("webhook_guid" = String, Path, description = "Id of the endpoint.")),
    request_body = inline(Option<RotateBody>),
    responses((status = 200, description = "The endpoint, with its new secret.", body = WithSecretBody))
)]
pub(super) async fn rotate_secret(
    State(app): State<App>,
    Path(guid): Path<WebhookEndpointGuid>,
    OptionalBody(body): OptionalBody<Rotate>,
) -> Result<Answer<WithSecretBody>, ApiError> {
    let seconds = body.overlap_seconds.map(|seconds| Duration::from_secs(seconds.into()));
    let overlap = seconds.unwrap_or(limits::WEBHOOK_SECRET_OVERLAP);
    Ok(Answer::ok(app.engine.rotate_endpoint_secret(&guid, overlap).await?.into()))
}
