//! The form for an account of a kind.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::accounts::{CreateAccount, CreateAccountError};
use riverbank_engine::banks::Parameters;
use riverbank_model::account::{AccountType, PropertyType};
use serde::Deserialize;

use super::STEP;
use super::typed::{self, Flaw};
use crate::connect::frame::Frame;
use crate::connect::visiting::{Asked, Visiting};
use crate::error::{ApiError, ErrorCode};
use crate::form::Form;
use crate::words::Phrase;

#[derive(Debug, Default, Deserialize)]
pub(in crate::connect) struct KindQuery {
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// A number of the form.
struct Field {
    name: &'static str,
    label: Phrase,
    value: String,
    is_required: bool,
}

#[derive(Template)]
#[template(path = "connect/accounts/new.html")]
struct NewPage {
    frame: Frame,
    title: Phrase,
    alert: Option<Phrase>,
    action: String,
    kind: &'static str,
    name: String,
    fields: Vec<Field>,
    /// Each with its number, its word and whether it is chosen; empty where the account is no property.
    property_types: Vec<(i64, Phrase, bool)>,
    is_business: bool,
    back: String,
}

pub(in crate::connect) async fn show(visiting: Visiting, Asked(query): Asked<KindQuery>) -> Response {
    let answer = match kind_of(query.kind.as_deref()) {
        Some(kind) => page(&visiting, kind, &Parameters::default(), None),
        None => visiting.go("/accounts"),
    };
    visiting.answered(answer)
}

/// A kind that an account kept by hand may have.
fn kind_of(name: Option<&str>) -> Option<AccountType> {
    let kinds = AccountType::ALL.iter().copied();
    kinds.filter(|kind| *kind != AccountType::Any).find(|kind| Some(kind.name()) == name)
}

/// The form; with a flaw, once more with what was typed.
fn page(
    visiting: &Visiting,
    kind: AccountType,
    typed: &Parameters,
    flaw: Option<Flaw>,
) -> Result<Response, ApiError> {
    let words = &visiting.words.accounts;
    let value = |name: &str| typed.get(name).unwrap_or_default().to_owned();
    let fields = typed::numbers(kind).iter().map(|asked| Field {
        name: asked.name(),
        label: asked.label(words),
        value: value(asked.name()),
        is_required: asked.is_required(),
    });
    let chosen = value("property_type");
    let properties = PropertyType::ALL.iter().filter(|_| kind == AccountType::Property);
    let property = |kind: &PropertyType| {
        (kind.id(), visiting.words.properties.of(*kind), kind.id().to_string() == chosen)
    };
    let status = if flaw.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = NewPage {
        frame: visiting.frame(STEP, Vec::new()),
        title: visiting.words.kinds.of(kind),
        alert: flaw.map(|flaw| match flaw {
            Flaw::NoName => words.no_name,
            Flaw::NoNumber => words.no_number,
        }),
        action: format!("{}/accounts/new", visiting.base),
        kind: kind.name(),
        name: value("name"),
        fields: fields.collect(),
        property_types: properties.map(property).collect(),
        is_business: typed.get("is_business") == Some("true"),
        back: format!("{}/accounts", visiting.base),
    };
    visiting.page_with(status, &page)
}

pub(in crate::connect) async fn create(visiting: Visiting, form: Result<Form, ApiError>) -> Response {
    let answer = add(&visiting, form).await;
    visiting.answered(answer)
}

async fn add(visiting: &Visiting, form: Result<Form, ApiError>) -> Result<Response, ApiError> {
    let form = form?.0;
    let Some(kind) = kind_of(form.get("type")) else { return visiting.go("/accounts") };
    let fields = match typed::read(kind, &form) {
        Ok(fields) => fields,
        Err(flaw) => return page(visiting, kind, &form, Some(flaw)),
    };
    let request = CreateAccount { fields, skip_webhook: false };
    match visiting.app.engine.create_account(&visiting.visit.caller, request).await {
        Ok(view) => visiting.go(&format!("/accounts/{}", view.account.guid)),
        Err(CreateAccountError::Fault(fault)) => Err(fault.into()),
        Err(CreateAccountError::NoUser) => Err(ErrorCode::Unauthorized.into()),
        Err(CreateAccountError::NoName | CreateAccountError::Currency(_)) => {
            page(visiting, kind, &form, Some(Flaw::NoName))
        }
    }
}
