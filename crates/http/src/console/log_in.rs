//! `/console/login` and `/console/logout`.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::operators::{LogIn, LogInError};

use super::doors::Doors;
use super::frame::{Frame, rendered, see_other, shown};
use super::guard::{Visitor, address, form_of, is_foreign, origin, set_cookie, spoken};
use super::words::Words;
use crate::app::App;
use crate::error::ApiError;
use crate::words::Phrase;

#[derive(Template)]
#[template(path = "console/login.html")]
struct LogInPage {
    frame: Frame,
    problem: Option<Phrase>,
}

fn page(
    app: &App,
    words: &'static Words,
    status: StatusCode,
    problem: Option<Phrase>,
) -> Result<Response, ApiError> {
    rendered(status, &LogInPage { frame: Frame::of_nobody(app, words), problem })
}

pub(super) async fn show(State(app): State<App>, headers: HeaderMap) -> Result<Response, ApiError> {
    page(&app, spoken(&headers), StatusCode::OK, None)
}

pub(super) async fn log_in(
    State(app): State<App>,
    Extension(doors): Extension<Arc<Doors>>,
    request: Request,
) -> Result<Response, ApiError> {
    let words = spoken(request.headers());
    let refused = |status| page(&app, words, status, Some(words.log_in.refused));
    if is_foreign(&app, request.headers()) {
        return page(&app, words, StatusCode::FORBIDDEN, Some(words.log_in.foreign));
    }
    if !doors.admit(address(&request)) {
        return page(&app, words, StatusCode::TOO_MANY_REQUESTS, Some(words.log_in.too_often));
    }
    let origin = origin(&request);
    let form = match form_of(&app, request).await {
        Ok(form) => form,
        Err(error) => return refused(error.code().status()),
    };
    let log_in = LogIn {
        name: form.text("name").trim().to_owned(),
        password: form.text("password").into(),
        code: form.text("code").into(),
    };
    match app.engine.log_in_operator(&log_in, origin, app.engine.machine().wall()).await {
        Ok(opened) => with_cookie(&app, see_other(&app, "/console")?, Some(&opened.token)),
        Err(LogInError::Refused) => refused(StatusCode::FORBIDDEN),
        Err(LogInError::Fault(fault)) => Err(fault.into()),
    }
}

pub(super) async fn log_out(State(app): State<App>, Extension(visitor): Extension<Visitor>) -> Response {
    let answer = async {
        let at = app.engine.machine().wall();
        app.engine.log_out_operator(&visitor.token, &visitor.session, visitor.origin, at).await?;
        with_cookie(&app, see_other(&app, "/console/login")?, None)
    };
    shown(&app, &visitor, answer.await)
}

fn with_cookie(
    app: &App,
    mut response: Response,
    token: Option<&riverbank_model::SecretText>,
) -> Result<Response, ApiError> {
    let cookie = set_cookie(&app.engine.settings().public_url, token);
    let mut cookie = HeaderValue::try_from(cookie).map_err(ApiError::internal)?;
    cookie.set_sensitive(true);
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    Ok(response.into_response())
}
