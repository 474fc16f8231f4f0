//! The page of a test bank: the end user signs in, picks accounts and agrees, or does not.

use std::fmt::Write as _;

use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use riverbank_engine::banks::{Asked, Decided, Decision, Granted, Parameters, RequestRefusal, TestBank};
use riverbank_engine::pages::Language;
use riverbank_model::SecretText;

use super::bank::Bank;
use crate::app::App;
use crate::error::ApiError;
use crate::form::{Form, check};
use crate::pages::{Page, escaped, see_other};

/// What test banks speak: they play sites of others.
const BANK_LANGUAGE: Language = Language::English;

/// The parameters of a request that the form carries on; those of a pushed one are two of them.
const CARRIED: [&str; 9] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "request_uri",
];

/// The fields of the form that stand for what the end user types, by the credential that each is.
const FIELDS: [(&str, &str); 2] = [("LOGIN", "login"), ("PASSWORD", "password")];

/// What else may happen on the way, each behind a button.
const MISHAPS: [(&str, &str); 3] = [
    ("deny", "The bank cannot tell who you are"),
    ("impede", "You must accept new terms first"),
    ("fail", "The bank's server fails"),
];

/// Puts a request to the end user.
pub(super) async fn ask(
    State(app): State<App>,
    Bank(bank): Bank,
    RawQuery(query): RawQuery,
) -> Result<Response, ApiError> {
    let parameters = Parameters::read(query.unwrap_or_default().as_bytes());
    check(&parameters)?;
    match app.engine.asked(&bank, &parameters).await? {
        Ok(_) => Ok(page(&app, &bank, &parameters, None).into_response()),
        Err(refusal) => returned(&app, &bank, &refusal),
    }
}

/// Does what the end user decided. The request comes along and is judged again.
pub(super) async fn decide(
    State(app): State<App>,
    Bank(bank): Bank,
    Form(form): Form,
) -> Result<Response, ApiError> {
    let asked: Asked = match app.engine.asked(&bank, &form).await? {
        Ok(asked) => asked,
        Err(refusal) => return returned(&app, &bank, &refusal),
    };
    let Some(decision) = form.get("decision").and_then(Decision::of) else {
        return Ok(page(&app, &bank, &form, Some("Please choose what to do.")).into_response());
    };
    let typed = |(credential, field): (&str, &str)| {
        (credential.to_owned(), SecretText::from(form.get(field).unwrap_or_default()))
    };
    let granted = Granted {
        login: FIELDS.map(typed).into(),
        accounts: form.all("account").map(str::to_owned).collect(),
    };
    match app.engine.decide(&bank, asked, decision, granted).await? {
        Ok(Decided::Return(address)) => see_other(&address),
        Ok(Decided::Again(sentence)) => Ok(page(&app, &bank, &form, Some(sentence)).into_response()),
        Err(refusal) => returned(&app, &bank, &refusal),
    }
}

/// Back to the client, or a page where nobody knows where that is.
fn returned(app: &App, bank: &TestBank, refusal: &RequestRefusal) -> Result<Response, ApiError> {
    match (refusal, bank.addresses.with_refusal(refusal)) {
        (RequestRefusal::Page(why), _) => {
            let public_url = &app.engine.settings().public_url;
            let title = format!("{} cannot go on", bank.name);
            Ok(Page::saying(public_url, BANK_LANGUAGE, StatusCode::BAD_REQUEST, title, why).into_response())
        }
        (_, Some(address)) => see_other(address.as_str()),
        (_, None) => Err(ApiError::bad_request("redirect_uri is no address.")),
    }
}

fn page(app: &App, bank: &TestBank, parameters: &Parameters, alert: Option<&str>) -> Page {
    let (name, client) = (escaped(&bank.name), escaped(&bank.registration.client_id));
    let mut body = format!(
        "<p>The app <strong>{client}</strong> asks to read your accounts at {name}. This is a test bank: no real \
         money is here.</p>\n"
    );
    if let Some(alert) = alert {
        let _ = writeln!(body, "<p class=\"alert\" role=\"alert\">{}</p>", escaped(alert));
    }
    let _ = writeln!(body, "<form method=\"post\" action=\"{}/authorize\">", escaped(&bank.addresses.issuer));
    for field in CARRIED {
        if let Some(value) = parameters.get(field) {
            let _ = writeln!(body, "<input type=\"hidden\" name=\"{field}\" value=\"{}\">", escaped(value));
        }
    }
    let login = escaped(parameters.get("login").unwrap_or("mxuser"));
    let _ = writeln!(
        body,
        "<label>User name\n<input name=\"login\" value=\"{login}\" maxlength=\"1024\" autocomplete=\"off\" \
         autocapitalize=\"none\" spellcheck=\"false\"></label>\n\
         <label>Password\n<input name=\"password\" type=\"password\" maxlength=\"1024\" autocomplete=\"off\"></label>\n\
         <fieldset>\n<legend>Accounts to share</legend>"
    );
    let picked: Vec<&str> = parameters.all("account").collect();
    for account in bank.offered() {
        let is_picked = alert.is_none() || picked.contains(&account.id.as_str());
        let checked = if is_picked { " checked" } else { "" };
        let (id, name) = (escaped(&account.id), escaped(&account.name));
        let _ = writeln!(
            body,
            "<label><input type=\"checkbox\" name=\"account\" value=\"{id}\"{checked}>{name}</label>"
        );
    }
    body.push_str(
        "</fieldset>\n<p class=\"actions\">\n\
         <button class=\"main\" name=\"decision\" value=\"authorize\">Authorize</button>\n\
         <button name=\"decision\" value=\"cancel\">Cancel</button>\n</p>\n\
         <details>\n<summary>What else may happen here</summary>\n",
    );
    for (decision, label) in MISHAPS {
        let _ = writeln!(body, "<p><button name=\"decision\" value=\"{decision}\">{label}</button></p>");
    }
    body.push_str("</details>\n</form>\n");
    Page {
        status: StatusCode::OK,
        language: BANK_LANGUAGE,
        title: bank.name.clone(),
        body,
        public_url: app.engine.settings().public_url.clone(),
    }
}
