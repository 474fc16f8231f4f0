//! `/console/login` and `/console/logout`.

use std::sync::Arc;

use askama::Template;
use axum::Extension;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use riverbank_engine::operators::{LogIn, LogInError};

use super::doors::Doors;
use super::frame::{Frame, rendered, see_other, shown};
use super::guard::{Visitor, address, form_of, is_foreign, origin, set_cookie};
use crate::app::App;
use crate::error::ApiError;

/// One answer for whatever is wrong.
const REFUSED: &str = "Name, password or code are wrong, or there were too many tries. A code works once; after five \
                       wrong tries, wait a minute.";
const TOO_OFTEN: &str = "There were too many tries from your address. Wait a minute.";
const FOREIGN: &str = "Another site sent you here. Log in on this page.";

#[derive(Template)]
#[template(path = "console/login.html")]
struct LogInPage {
    frame: Frame,
    problem: Option<&'static str>,
}

fn page(app: &App, status: StatusCode, problem: Option<&'static str>) -> Result<Response, ApiError> {
    rendered(status, &LogInPage { frame: Frame::new(app, None, ""), problem })
}

pub(super) async fn show(State(app): State<App>) -> Result<Response, ApiError> {
    page(&app, StatusCode::OK, None)
}

pub(super) async fn log_in(
    State(app): State<App>,
    Extension(doors): Extension<Arc<Doors>>,
    request: Request,
) -> Result<Response, ApiError> {
    if is_foreign(&app, request.headers()) {
        return page(&app, StatusCode::FORBIDDEN, Some(FOREIGN));
    }
    if !doors.admit(address(&request)) {
        return page(&app, StatusCode::TOO_MANY_REQUESTS, Some(TOO_OFTEN));
    }
    let origin = origin(&request);
    let form = match form_of(&app, request).await {
        Ok(form) => form,
        Err(error) => return page(&app, error.code().status(), Some(REFUSED)),
    };
    let log_in = LogIn {
        name: form.text("name").trim().to_owned(),
        password: form.text("password").into(),
        code: form.text("code").into(),
    };
    match app.engine.log_in_operator(&log_in, origin, app.engine.machine().wall()).await {
        Ok(opened) => with_cookie(&app, see_other(&app, "/console")?, Some(&opened.token)),
        Err(LogInError::Refused) => page(&app, StatusCode::FORBIDDEN, Some(REFUSED)),
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
