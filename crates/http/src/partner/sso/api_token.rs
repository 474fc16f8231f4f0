//! `GET /sso/{client_id}/users/{user_id}/api_token`.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riverbank_engine::api_tokens::CreateApiTokenError;
use riverbank_model::secret::ExposeSecret;
use serde::Serialize;
use utoipa::ToSchema;

use super::form::{Form, Refusals, as_xml, element};
use crate::answer::Answer;
use crate::app::App;
use crate::error::{ApiError, ErrorCode};
use crate::media::SSO_XML;
use crate::partner::client::Client;
use crate::path::Paths;
use crate::values::Text;

/// A one-time token.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiTokenResponse)]
pub(super) struct ApiTokenView {
    /// Opens one session of the Nexus API.
    token: String,
    /// The partner's own id of the user.
    user_id: String,
}

/// A one-time token with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApiTokenResponseBody)]
pub(super) struct ApiTokenBody {
    api_token: ApiTokenView,
}

/// A one-time token in XML.
#[derive(ToSchema)]
#[schema(as = ApiTokenXml, xml(name = "api_token"))]
#[expect(dead_code, reason = "the document's description of the XML form")]
pub(super) struct ApiTokenXml {
    token: String,
}

type Calling = (Result<Client, ApiError>, Result<Paths<(Text, Text)>, ApiError>);

/// Read API token
///
/// A fresh token of the user. It works once, for `POST /sessions`, and dies after ten minutes. `Accept` decides
/// between JSON and XML.
#[utoipa::path(
    get,
    path = "/sso/{client_id}/users/{user_id}/api_token",
    operation_id = "readApiTokenJson",
    tag = "sso",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    responses(
        (status = 200, description = "The token.", content(
            (ApiTokenBody = "application/json"),
            (ApiTokenXml = "application/vnd.moneydesktop.sso.v3+xml"),
            (ApiTokenXml = "application/xml"),
        )),
        Refusals,
    )
)]
pub(super) async fn read_api_token(State(app): State<App>, form: Form, calling: Calling) -> Response {
    answer(app, form, calling).await
}

/// Read API token (XML)
///
/// The same in XML, whatever `Accept` prefers.
#[utoipa::path(
    get,
    path = "/sso/{client_id}/users/{user_id}/api_token.xml",
    operation_id = "readApiTokenXml",
    tag = "sso",
    params(
        ("client_id" = String, Path, description = "Id of the client."),
        ("user_id" = String, Path, description = "The partner's own id of the user."),
    ),
    responses(
        (status = 200, description = "The token.", content(
            (ApiTokenXml = "application/vnd.moneydesktop.sso.v3+xml"),
            (ApiTokenXml = "application/xml"),
        )),
        Refusals,
    )
)]
pub(super) async fn read_api_token_xml(State(app): State<App>, form: Form, calling: Calling) -> Response {
    let form = match form {
        Form::Json => Form::Xml(SSO_XML),
        xml @ Form::Xml(_) => xml,
    };
    answer(app, form, calling).await
}

async fn answer(app: App, form: Form, (client, path): Calling) -> Response {
    match (create(app, client, path).await, form) {
        (Ok(body), Form::Json) => Answer::ok(body).into_response(),
        (Ok(body), Form::Xml(media)) => {
            let token = element("token", &body.api_token.token);
            let root = format!("<api_token>{token}</api_token>");
            as_xml(StatusCode::OK.into_response(), media, &root)
        }
        (Err(error), form) => form.refuse(error),
    }
}

async fn create(
    app: App,
    client: Result<Client, ApiError>,
    path: Result<Paths<(Text, Text)>, ApiError>,
) -> Result<ApiTokenBody, ApiError> {
    let Client(partner) = client?;
    let Paths((_, user_id)) = path?;
    let token = app.engine.create_api_token(&partner, &user_id).await?;
    Ok(ApiTokenBody {
        api_token: ApiTokenView { token: token.expose_secret().to_owned(), user_id: user_id.into_string() },
    })
}

impl From<CreateApiTokenError> for ApiError {
    fn from(error: CreateApiTokenError) -> Self {
        match error {
            CreateApiTokenError::NoSuchUser => Self::new(ErrorCode::NotFound, error.to_string()),
            CreateApiTokenError::Fault(fault) => fault.into(),
        }
    }
}
