//! Which account it is, and whose; then the deposits are ordered.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use riverbank_engine::micro_deposits::{
    AccountToVerify, CompleteMicroDepositError, CreateMicroDeposit, CreateMicroDepositError, MicroDeposit,
};
use riverbank_model::account::AccountType;
use riverbank_model::guid::MicroDepositGuid;

use super::routing::RoutingQuery;
use super::{STEP, are_sent};
use crate::connect::frame::Frame;
use crate::connect::visiting::{Asked, Visiting};
use crate::connect::words::DepositWords;
use crate::error::ApiError;
use crate::form::Form;
use crate::words::Phrase;

/// What was typed so far; never the number of the account.
#[derive(Default)]
struct Typed {
    routing_number: String,
    /// The verification that waits for its account.
    completes: Option<MicroDepositGuid>,
    is_savings: bool,
    account_name: String,
    first_name: String,
    last_name: String,
    email: String,
}

#[derive(Template)]
#[template(path = "connect/micro_deposits/account.html")]
struct AccountPage<'a> {
    frame: Frame,
    alert: Option<Phrase>,
    action: String,
    typed: &'a Typed,
    back: String,
}

pub(in crate::connect) async fn show(visiting: Visiting, Asked(query): Asked<RoutingQuery>) -> Response {
    let routing_number = query.routing_number.unwrap_or_default();
    let answer = if visiting.app.engine.routing_refusal(&routing_number).is_some() {
        visiting.go("/micro_deposits")
    } else {
        let typed = Typed { routing_number, completes: query.micro_deposit, ..Typed::default() };
        page(&visiting, &typed, None)
    };
    visiting.answered(answer)
}

/// The form; with a flaw, once more with what was typed.
fn page(visiting: &Visiting, typed: &Typed, flaw: Option<Phrase>) -> Result<Response, ApiError> {
    are_sent(visiting)?;
    let completes = typed.completes.as_ref().map(|guid| format!("/{guid}")).unwrap_or_default();
    let status = if flaw.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = AccountPage {
        frame: visiting.frame(STEP, Vec::new()),
        alert: flaw,
        action: format!("{}/micro_deposits/account", visiting.base),
        typed,
        back: format!("{}/micro_deposits{completes}", visiting.base),
    };
    visiting.page_with(status, &page)
}

pub(in crate::connect) async fn order(visiting: Visiting, form: Result<Form, ApiError>) -> Response {
    let answer = begin(&visiting, form).await;
    visiting.answered(answer)
}

async fn begin(visiting: &Visiting, form: Result<Form, ApiError>) -> Result<Response, ApiError> {
    let form = form?.0;
    let field = |name: &str| form.get(name).unwrap_or_default().trim().to_owned();
    let typed = Typed {
        routing_number: field("routing_number"),
        completes: field("micro_deposit").parse().ok(),
        is_savings: field("account_type") == AccountType::Savings.id().to_string(),
        account_name: field("account_name"),
        first_name: field("first_name"),
        last_name: field("last_name"),
        email: field("email"),
    };
    let words = &visiting.words.deposits;
    let account_number = field("account_number");
    if account_number != field("account_number_again") {
        return page(visiting, &typed, Some(words.numbers_differ));
    }
    let account = AccountToVerify {
        account_name: Some(typed.account_name.clone()).filter(|name| !name.is_empty()),
        account_number,
        routing_number: typed.routing_number.clone(),
        is_savings: typed.is_savings,
    };
    match write(visiting, &typed, account).await {
        Ok(deposit) => visiting.go(&format!("/micro_deposits/{}?sent=1", deposit.guid)),
        Err(CreateMicroDepositError::Fault(fault)) => Err(fault.into()),
        Err(CreateMicroDepositError::NotEnabled | CreateMicroDepositError::NoUser) => {
            Err(ApiError::not_found())
        }
        Err(error) => page(visiting, &typed, Some(flaw(words, &error))),
    }
}

async fn write(
    visiting: &Visiting,
    typed: &Typed,
    account: AccountToVerify,
) -> Result<MicroDeposit, CreateMicroDepositError> {
    let (engine, caller) = (&visiting.app.engine, &visiting.visit.caller);
    if let Some(guid) = &typed.completes {
        match engine.complete_micro_deposit(caller, guid, account.clone()).await {
            Ok(deposit) => return Ok(deposit),
            Err(CompleteMicroDepositError::Refused(error)) => return Err(error),
            Err(CompleteMicroDepositError::Fault(fault)) => return Err(fault.into()),
            // Another window was faster: what came of it stands on its page.
            Err(CompleteMicroDepositError::HasAccount | CompleteMicroDepositError::NoSuchMicroDeposit) => {
                let known = engine.read_micro_deposit(caller, guid).await?;
                return known.ok_or(CreateMicroDepositError::NoUser);
            }
        }
    }
    let request = CreateMicroDeposit {
        email: typed.email.clone(),
        first_name: typed.first_name.clone(),
        last_name: typed.last_name.clone(),
        account: Some(account),
    };
    engine.create_micro_deposit(caller, request).await
}

/// What is wrong with what was typed.
fn flaw(words: &DepositWords, error: &CreateMicroDepositError) -> Phrase {
    match error {
        CreateMicroDepositError::TooManyAccounts => words.too_many,
        CreateMicroDepositError::Invalid(invalid) => match invalid.field {
            "email" => words.wrong_email,
            "routing_number" => words.routing_invalid,
            "account_number" => words.wrong_number,
            _ => words.wrong_name,
        },
        _ => words.wrong_number,
    }
}
