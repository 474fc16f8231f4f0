//! `POST /users/{user_guid}/widget_urls`.

use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Response};
use riverbank_engine::pages::Whose;
use riverbank_model::guid::UserGuid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basic::BasicClient;
use super::cross_origin::{Site, readable};
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::language::Spoken;
use crate::partner::page::{PageRequest, PageUrl};
use crate::path::Path;

/// Which pages to open, and how they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
pub(super) struct WidgetUrlRequest(PageRequest);

impl RequestBody for WidgetUrlRequest {
    const ROOT: Option<&'static str> = Some("widget_url");
}

type WidgetUrlRequestBody = Body<WidgetUrlRequest>;

/// An address of pages with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WidgetUrlResponseBody)]
pub(super) struct WidgetUrlBody {
    widget_url: PageUrl,
}

type Calling = (Result<BasicClient, ApiError>, Result<Path<UserGuid>, ApiError>, Spoken);

/// Create a widget address
///
/// An address that opens the pages in the name of the user. It works once, and dies after ten minutes. A page of a site
/// that is registered for the client may ask for it (CORS).
#[utoipa::path(
    post,
    path = "/users/{user_guid}/widget_urls",
    operation_id = "createWidgetUrl",
    tag = "widgets",
    params(("user_guid" = String, Path, description = "Id of the user.")),
    request_body = inline(WidgetUrlRequestBody),
    responses((status = 200, description = "The address.", body = WidgetUrlBody)),
    security(("basic" = []))
)]
pub(super) async fn create_widget_url(
    State(app): State<App>,
    Site(site): Site,
    calling: Calling,
    request: Request,
) -> Response {
    let (client, path, spoken) = calling;
    // Who shows no key is told so wherever it calls from, if anyone may call from there.
    let is_ours = match (&client, &site) {
        (_, None) => Ok(false),
        (Ok(BasicClient(partner)), Some(site)) => app.engine.is_origin_of(&partner.guid, site).await,
        (Err(_), Some(site)) => app.engine.is_origin_of_anyone(site).await,
    };
    let (answer, is_ours) = match is_ours {
        Ok(is_ours) => (create(app, client, path, spoken, request).await, is_ours),
        Err(fault) => (Err(fault.into()), false),
    };
    readable(answer.into_response(), site.filter(|_| is_ours).as_deref())
}

async fn create(
    app: App,
    client: Result<BasicClient, ApiError>,
    path: Result<Path<UserGuid>, ApiError>,
    Spoken(spoken): Spoken,
    request: Request,
) -> Result<Answer<WidgetUrlBody>, ApiError> {
    let BasicClient(partner) = client?;
    let Path(user_guid) = path?;
    let Body(WidgetUrlRequest(request)) = Body::from_request(request, &app).await?;
    let options = request.read(spoken)?;
    let kind = options.kind.name();
    let made = app.engine.create_page(&partner, Whose::Guid(user_guid), options).await?;
    Ok(Answer::ok(WidgetUrlBody { widget_url: PageUrl { kind, url: made.url, user_id: made.user_id } }))
}
