//! The clients of this server, and what they may do. Their keys are hashes and are shown nowhere.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::Mode;
use riverbank_engine::clients::{AddRedirectUrlError, Client, ClientError, InvalidRedirectUrl};
use riverbank_engine::webhooks::EndpointView;
use riverbank_model::feature::Feature;
use riverbank_model::limits::TEXT;

use super::act::act;
use super::figures;
use super::frame::{Frame, rendered, shown};
use super::guard::Visitor;
use super::words::ClientWords;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;

const PART: &str = "/console/clients";
/// Clients of a page.
const ROWS: i64 = 100;
/// Webhook endpoints of a page.
const ENDPOINTS: i64 = 20;

#[derive(Template)]
#[template(path = "console/clients.html")]
struct ClientsPage {
    frame: Frame,
    clients: Vec<Client>,
    /// The query of the page after this one.
    next: Option<String>,
}

#[derive(Template)]
#[template(path = "console/client.html")]
struct ClientPage {
    frame: Frame,
    client: Client,
    features: Vec<(Feature, bool)>,
    redirect_urls: Vec<String>,
    endpoints: Vec<EndpointView>,
    /// The query of the page with the endpoints after these.
    next: Option<String>,
}

pub(super) async fn list(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    RawQuery(query): RawQuery,
) -> Response {
    let answer = async {
        let query = Form::of_query(query.as_deref())?;
        let clients = app.engine.clients().page(query.text("after"), ROWS).await?;
        let is_full = i64::try_from(clients.len()).is_ok_and(|count| count == ROWS);
        // An id has letters, digits, dashes and underscores: it stands in an address as it is.
        let next = clients.last().filter(|_| is_full).map(|last| format!("after={}", last.client_id));
        let frame = Frame::new(&app, &visitor, PART);
        rendered(StatusCode::OK, &ClientsPage { frame, clients, next })
    };
    shown(&app, &visitor, answer.await)
}

pub(super) async fn show(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(client_id): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    shown(&app, &visitor, page(&app, &visitor, &client_id, query.as_deref()).await)
}

async fn page(
    app: &App,
    visitor: &Visitor,
    client_id: &str,
    query: Option<&str>,
) -> Result<Response, ApiError> {
    let after = Form::of_query(query)?.text("after").parse().unwrap_or(0);
    let clients = app.engine.clients();
    let client = clients.find(client_id).await?.ok_or_else(ApiError::not_found)?;
    let endpoints = app.engine.endpoints_after(&client, after, ENDPOINTS).await?;
    let is_full = i64::try_from(endpoints.len()).is_ok_and(|count| count == ENDPOINTS);
    let next = endpoints.last().filter(|_| is_full).map(|last| format!("after={}", last.endpoint.number));
    let mode: Mode = app.engine.mode();
    let page = ClientPage {
        frame: Frame::new(app, visitor, PART),
        features: clients.features(client_id, mode).await.map_err(refused)?,
        redirect_urls: clients.redirect_urls(client_id).await.map_err(refused)?,
        endpoints,
        next,
        client,
    };
    rendered(StatusCode::OK, &page)
}

pub(super) async fn disable(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Path(client_id): Path<String>,
) -> Response {
    let change = async { app.engine.clients().disable(&client_id).await.map_err(refused) };
    act(&app, &visitor, ("clients.disable", &client_id), change, &path(&client_id)).await
}

pub(super) async fn set_feature(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(client_id): Path<String>,
) -> Response {
    let change = async {
        let feature = Feature::from_name(form.text("feature"));
        let feature =
            feature.ok_or_else(|| ApiError::bad_request(visitor.words.clients.no_such_feature.text()))?;
        let is_on = form.text("state") == "on";
        app.engine.clients().set_feature(&client_id, feature, is_on).await.map_err(refused)
    };
    act(&app, &visitor, ("clients.set_feature", &client_id), change, &path(&client_id)).await
}

pub(super) async fn add_redirect_url(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(client_id): Path<String>,
) -> Response {
    let change = async {
        let added = app.engine.clients().add_redirect_url(&client_id, form.text("url").trim()).await;
        added.map_err(|error| match error {
            AddRedirectUrlError::Invalid(why) => ApiError::bad_request(said(why, &visitor.words.clients)),
            AddRedirectUrlError::Client(error) => refused(error),
        })
    };
    act(&app, &visitor, ("clients.add_redirect_url", &client_id), change, &path(&client_id)).await
}

pub(super) async fn remove_redirect_url(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    Extension(form): Extension<Form>,
    Path(client_id): Path<String>,
) -> Response {
    let change = async {
        app.engine.clients().remove_redirect_url(&client_id, form.text("url")).await.map_err(refused)
    };
    act(&app, &visitor, ("clients.remove_redirect_url", &client_id), change, &path(&client_id)).await
}

fn said(why: InvalidRedirectUrl, words: &ClientWords) -> String {
    match why {
        InvalidRedirectUrl::NotAbsolute => words.not_absolute.to_string(),
        InvalidRedirectUrl::Fragment => words.fragment.to_string(),
        InvalidRedirectUrl::UserInfo => words.user_info.to_string(),
        InvalidRedirectUrl::Scheme => words.unsafe_scheme.to_string(),
        InvalidRedirectUrl::TooLong => words.too_long.with(TEXT).to_string(),
    }
}

fn refused(error: ClientError) -> ApiError {
    match error {
        ClientError::NoSuchClient(_) => ErrorCode::NotFound.into(),
        ClientError::Fault(fault) => fault.into(),
    }
}

fn path(client_id: &str) -> String {
    format!("{PART}/{client_id}")
}
