//! `GET /members/{member_guid}/oauth_window_uri`.

use axum::extract::State;
use riverbank_engine::oauth::WindowRequest;
use riverbank_model::guid::MemberGuid;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::answer::Answer;
use crate::app::App;
use crate::error::ApiError;
use crate::path::Path;
use crate::query::Query;
use crate::session::Session;
use crate::values::Text;

/// How the end user is to come back.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct WindowQuery {
    /// Where to, when started from an app: an address that is registered for the client.
    #[param(value_type = Option<String>, max_length = 1024)]
    client_redirect_url: Option<Text>,
    #[param(inline)]
    referral_source: Option<ReferralSource>,
    /// True: no aggregation after the return.
    skip_aggregation: Option<bool>,
    /// The URL scheme of the hosting app.
    #[param(value_type = Option<String>, max_length = 1024, pattern = "^[A-Za-z][A-Za-z0-9+.-]*$")]
    ui_message_webview_url_scheme: Option<Text>,
}

/// Where OAuth is started from.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum ReferralSource {
    Browser,
    App,
}

impl ReferralSource {
    fn name(self) -> &'static str {
        match self {
            Self::Browser => "BROWSER",
            Self::App => "APP",
        }
    }
}

/// Where to send the end user.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberOAuthWindow)]
struct WindowView {
    guid: String,
    /// Works once.
    oauth_window_uri: String,
}

/// An address with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MemberOAuthWindowResponseBody)]
pub(super) struct WindowBody {
    member: WindowView,
}

/// Generate OAuth window URI
///
/// Makes a new one-time address for an OAuth member; an earlier one no longer works.
#[utoipa::path(
    get,
    path = "/members/{member_guid}/oauth_window_uri",
    operation_id = "generateOAuthWindowUri",
    tag = "members",
    params(("member_guid" = String, Path, description = "Id of the member."), WindowQuery),
    responses((status = 200, description = "The address.", body = WindowBody))
)]
pub(super) async fn generate_oauth_window_uri(
    State(app): State<App>,
    session: Session,
    Path(guid): Path<MemberGuid>,
    Query(query): Query<WindowQuery>,
) -> Result<Answer<WindowBody>, ApiError> {
    let request = WindowRequest {
        client_redirect_url: query.client_redirect_url.map(Text::into_string),
        referral_source: query.referral_source.map(|source| source.name().to_owned()),
        ui_message_webview_url_scheme: query.ui_message_webview_url_scheme.map(Text::into_string),
    };
    let skip_aggregation = query.skip_aggregation.unwrap_or_default();
    let window = app.engine.oauth_window(&session.caller, &guid, request, skip_aggregation).await?;
    Ok(Answer::ok(WindowBody {
        member: WindowView { guid: window.guid.to_string(), oauth_window_uri: window.uri },
    }))
}
