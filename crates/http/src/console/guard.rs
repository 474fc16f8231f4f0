//! Who may see a page, and who may act.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Extension;
use axum::body::Body;
use axum::extract::{ConnectInfo, FromRequest, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use riverbank_engine::operators::{OperatorSession, Origin, form_token};
use riverbank_model::operator::Role;
use riverbank_model::{ExposeSecret, SecretText};
use subtle::ConstantTimeEq;

use super::frame::{saying, see_other, shown};
use super::words::Words;
use crate::app::App;
use crate::body::BodyLimits;
use crate::error::ApiError;
use crate::form::Form;
use crate::language::Spoken;
use crate::words::Phrase;

/// The longest form: far beyond what any of the console's holds.
const LONGEST_FORM: usize = 16 * 1024;
/// The field that carries the token of a session's forms.
const FORM_TOKEN: &str = "form_token";

/// An operator who is logged in.
#[derive(Clone)]
pub(super) struct Visitor {
    pub(super) session: OperatorSession,
    pub(super) token: SecretText,
    pub(super) form_token: String,
    pub(super) origin: Origin,
    /// The words of the language that its browser asks for.
    pub(super) words: &'static Words,
}

impl Visitor {
    pub(super) fn acts(&self) -> bool {
        self.session.role == Role::Operator
    }

    pub(super) fn name(&self) -> &str {
        &self.session.operator
    }

    pub(super) fn role(&self) -> Phrase {
        match self.session.role {
            Role::Reader => self.words.page.reader,
            Role::Operator => self.words.page.operator,
        }
    }

    /// Writes what is about to be done into the audit; what cannot be written is not done.
    pub(super) async fn record(
        &self,
        app: &App,
        action: &'static str,
        subject: &str,
    ) -> Result<(), ApiError> {
        Ok(app.engine.record_deed(self.name(), action, subject, self.origin).await?)
    }
}

/// Reads the form that a page of the console sent.
pub(super) async fn form_of(app: &App, mut request: Request) -> Result<Form, ApiError> {
    request.extensions_mut().insert(BodyLimits { size: LONGEST_FORM, ..BodyLimits::default() });
    Form::from_request(request, app).await
}

/// Lets pass who is logged in; of what changes something, only what a page of the same session sent.
pub(super) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    match admitted(&app, request).await {
        Ok(Ok(request)) => next.run(request).await,
        Ok(Err(refusal)) => refusal,
        Err(error) => error.into_response(),
    }
}

async fn admitted(app: &App, request: Request) -> Result<Result<Request, Response>, ApiError> {
    let at = app.engine.machine().wall();
    let token = cookie(request.headers(), cookie_name(&app.engine.settings().public_url));
    let session = match &token {
        Some(token) => app.engine.authenticate_operator(token, at).await?,
        None => None,
    };
    let (Some(session), Some(token)) = (session, token) else {
        return Ok(Err(see_other(app, "/console/login")?));
    };
    let (origin, form_token) = (origin(&request), form_token(&token));
    let words = spoken(request.headers());
    let visitor = Visitor { session, token, form_token, origin, words };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    let is_foreign = is_foreign(app, request.headers());
    let (parts, body) = request.into_parts();
    let form = if is_read {
        Form::default()
    } else {
        match form_of(app, Request::from_parts(parts.clone(), body)).await {
            Ok(form) => form,
            Err(error) => return Ok(Err(shown(app, &visitor, Err(error)))),
        }
    };
    let given = form.text(FORM_TOKEN).as_bytes();
    if !is_read && (is_foreign || !bool::from(given.ct_eq(visitor.form_token.as_bytes()))) {
        return Ok(Err(saying(
            app,
            &visitor,
            StatusCode::FORBIDDEN,
            words.page.not_done,
            words.page.foreign_form.text(),
        )));
    }
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(form);
    Ok(Ok(request))
}

/// Lets pass whose role it is to act.
pub(super) async fn demand_operator(
    State(app): State<App>,
    Extension(visitor): Extension<Visitor>,
    request: Request,
    next: Next,
) -> Response {
    if visitor.acts() {
        return next.run(request).await;
    }
    let words = &visitor.words.page;
    saying(&app, &visitor, StatusCode::FORBIDDEN, words.not_done, words.readers_see.text())
}

/// The words of the language that a browser asks for.
pub(super) fn spoken(headers: &HeaderMap) -> &'static Words {
    Words::of(Spoken::of(headers).or_english())
}

/// The name of the session's cookie. Browsers take one that begins with `__Host-` over https only.
pub(super) fn cookie_name(public_url: &str) -> &'static str {
    if is_https(public_url) { "__Host-riverbank-console" } else { "riverbank-console" }
}

/// A cookie that lasts as long as the browser is open; without a value, one that is gone.
pub(super) fn set_cookie(public_url: &str, token: Option<&SecretText>) -> String {
    let name = cookie_name(public_url);
    let secure = if is_https(public_url) { "; Secure" } else { "" };
    let (value, end) = token.map_or(("", "; Max-Age=0"), |token| (token.expose_secret(), ""));
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{end}")
}

fn is_https(public_url: &str) -> bool {
    public_url.starts_with("https:")
}

/// The cookie of this name.
fn cookie(headers: &HeaderMap, name: &str) -> Option<SecretText> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| SecretText::from(value))
}

/// Where a request came from. Without a socket, as in tests, from this machine.
pub(super) fn origin(request: &Request) -> Origin {
    Origin::Browser(address(request))
}

pub(super) fn address(request: &Request) -> IpAddr {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip().to_canonical())
}

/// Whether another site's page sent this. The pages of the console send no referrer, and browsers then send `null` as
/// the origin of their forms; `Sec-Fetch-Site`, where browsers send it, tells them from others that hide.
pub(super) fn is_foreign(app: &App, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    match text("sec-fetch-site") {
        Some("same-origin" | "none") => return false,
        Some(_) => return true,
        None => {}
    }
    match text("origin") {
        None | Some("null") => false,
        Some(given) => {
            let (_, host) = given.split_once("://").unwrap_or(("", ""));
            let public_url = &app.engine.settings().public_url;
            let own = public_url.strip_suffix(super::frame::base(public_url)).unwrap_or(public_url);
            given != own && Some(host) != text("host")
        }
    }
}
