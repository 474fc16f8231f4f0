//! `POST /sso/{client_id}/users/{user_id}/urls`.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riverbank_engine::pages::Whose;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::form::{BodyRefusals, Form, as_xml, element};
use super::xml::read;
use crate::answer::Answer;
use crate::app::App;
use crate::body::{Body, RequestBody};
use crate::error::ApiError;
use crate::language::Spoken;
use crate::media::SSO_XML;
use crate::partner::client::Client;
use crate::partner::page::{PageRequest, PageUrl};
use crate::path::Paths;
use crate::values::Text;

/// Which pages to open, and how they are to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(transparent)]
pub(super) struct UrlRequest(PageRequest);

impl RequestBody for UrlRequest {
    const ROOT: Option<&'static str> = Some("url");
}

type UrlRequestBody = Body<UrlRequest>;

/// An address of pages with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = UrlResponseBody)]
pub(super) struct UrlBody {
    url: PageUrl,
}

/// An address of pages in XML.
#[derive(ToSchema)]
#[schema(as = UrlXml, xml(name = "url"))]
#[expect(dead_code, reason = "the document's description of the XML form")]
pub(super) struct UrlXml {
    url: String,
    r#type: String,
    user_id: String,
}

type Calling = (Result<Client, ApiError>, Result<Paths<(Text, Text)>, ApiError>, Spoken);

/// Create an address of pages
///
/// An address that opens the pages in the name of the user. It works once, and dies after ten minutes. `Accept` decides
/// between JSON and XML. The request is JSON, or by its `Content-Type` XML: `<url><type>connect_widget</type></url>`.
#[utoipa::path(
    post,
    path = "/sso/{client_id}/users/{user_id}/urls",
    operation_id = "createUrlJson",
    tag = "sso",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    request_body = inline(UrlRequestBody),
    responses(
        (status = 200, description = "The address.", content(
            (UrlBody = "application/json"),
            (UrlXml = "application/vnd.moneydesktop.sso.v3+xml"),
            (UrlXml = "application/xml"),
        )),
        BodyRefusals,
    )
)]
pub(super) async fn create_url(
    State(app): State<App>,
    form: Form,
    calling: Calling,
    request: Request,
) -> Response {
    answer(app, form, calling, request).await
}

/// Create an address of pages (XML)
///
/// The same in XML, whatever `Accept` prefers.
#[utoipa::path(
    post,
    path = "/sso/{client_id}/users/{user_id}/urls.xml",
    operation_id = "createUrlXml",
    tag = "sso",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    request_body = inline(UrlRequestBody),
    responses(
        (status = 200, description = "The address.", content(
            (UrlXml = "application/vnd.moneydesktop.sso.v3+xml"),
            (UrlXml = "application/xml"),
        )),
        BodyRefusals,
    )
)]
pub(super) async fn create_url_xml(
    State(app): State<App>,
    form: Form,
    calling: Calling,
    request: Request,
) -> Response {
    let form = match form {
        Form::Json => Form::Xml(SSO_XML),
        xml @ Form::Xml(_) => xml,
    };
    answer(app, form, calling, request).await
}

async fn answer(app: App, form: Form, calling: Calling, request: Request) -> Response {
    match (create(app, calling, request).await, form) {
        (Ok(url), Form::Json) => Answer::ok(UrlBody { url }).into_response(),
        (Ok(url), Form::Xml(media)) => {
            let parts = [("url", &*url.url), ("type", url.kind), ("user_id", &url.user_id)];
            let parts: String = parts.into_iter().map(|(name, text)| element(name, text)).collect();
            as_xml(StatusCode::OK.into_response(), media, &format!("<url>{parts}</url>"))
        }
        (Err(error), form) => form.refuse(error),
    }
}

async fn create(
    app: App,
    (client, path, Spoken(spoken)): Calling,
    request: Request,
) -> Result<PageUrl, ApiError> {
    let Client(partner) = client?;
    let Paths((_, user_id)) = path?;
    let UrlRequest(request) = read(request).await?;
    let options = request.read(spoken)?;
    let kind = options.kind.name();
    let made = app.engine.create_page(&partner, Whose::Id(user_id.into_string()), options).await?;
    Ok(PageUrl { kind, url: made.url, user_id: made.user_id })
}
