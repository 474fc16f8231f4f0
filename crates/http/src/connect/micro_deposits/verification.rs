//! A verification: its status decides which page is shown.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::micro_deposits::{MicroDeposit, VerifyMicroDepositError};
use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::limits::MICRO_DEPOSIT_TRIES;
use riverbank_model::micro_deposit::MicroDepositStatus as Status;
use riverbank_model::money::Money;
use serde::Deserialize;

use super::{STEP, message, routing};
use crate::connect::frame::Frame;
use crate::connect::speech::Message;
use crate::connect::status::StatusPage;
use crate::connect::visiting::{Asked, Visiting};
use crate::error::ApiError;
use crate::form::Form;

/// What the address of a verification holds.
#[derive(Debug, Default, Deserialize)]
pub(in crate::connect) struct VerificationQuery {
    /// The deposits have just been ordered.
    sent: Option<String>,
    /// What was typed are no amounts.
    flaw: Option<String>,
}

#[derive(Template)]
#[template(path = "connect/micro_deposits/amounts.html")]
struct AmountsPage {
    frame: Frame,
    alert: Option<String>,
    action: String,
}

pub(in crate::connect) async fn show(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    Asked(query): Asked<VerificationQuery>,
) -> Response {
    let answer = page(&visiting, &guid, &query).await;
    visiting.answered(answer)
}

/// The page that a visit begins with when it is about this verification.
pub(in crate::connect) async fn begin(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    page(visiting, guid, &VerificationQuery::default()).await
}

async fn page(visiting: &Visiting, guid: &str, query: &VerificationQuery) -> Result<Response, ApiError> {
    let guid: MicroDepositGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let found = visiting.app.engine.read_micro_deposit(&visiting.visit.caller, &guid).await?;
    let deposit = found.ok_or_else(ApiError::not_found)?;
    let words = &visiting.words.deposits;
    let status = deposit.status;
    if status == Status::Preinitiated {
        return routing::page(visiting, None, Some(guid)).await;
    }
    let is_sent = query.sent.is_some();
    let mut messages: Vec<Message> = Vec::new();
    let mut tell = |name| messages.push(message(name, Some(&guid)));
    if visiting.is_first {
        tell("mx/connect/microdeposits/loaded");
    }
    if is_sent {
        tell("mx/connect/microdeposits/detailsSubmitted");
    }
    let (title, text) = match status {
        Status::Deposited | Status::Denied => return ask(visiting, &deposit, query, messages),
        Status::Verified => {
            tell("mx/connect/microdeposits/verified");
            (words.verified, words.verified_text)
        }
        Status::Errored | Status::Rejected | Status::Conflicted | Status::Prevented => {
            tell("mx/connect/microdeposits/error");
            return over(visiting, status, messages);
        }
        _ if is_sent => (words.sent, words.sent_text),
        _ => {
            tell("mx/connect/microdeposits/comeBack");
            (words.not_yet, words.not_yet_text)
        }
    };
    let again = (format!("{}/micro_deposits/{guid}", visiting.base), words.look_again);
    let looks = status != Status::Verified;
    visiting.page(&StatusPage {
        next: Some((format!("{}/members", visiting.base), visiting.words.page.done)),
        links: looks.then_some(again).into_iter().collect(),
        ..StatusPage::new(visiting.frame(STEP, messages), title, text)
    })
}

/// A verification that has come to a bad end.
fn over(visiting: &Visiting, status: Status, messages: Vec<Message>) -> Result<Response, ApiError> {
    let words = &visiting.words.deposits;
    let (title, text) = match status {
        Status::Errored => (words.errored, words.errored_text),
        Status::Rejected => (words.rejected, words.rejected_text),
        Status::Conflicted => (words.conflicted, words.conflicted_text),
        _ => (words.prevented, words.prevented_text),
    };
    let anew = (format!("{}/micro_deposits", visiting.base), visiting.words.page.start_again);
    visiting.page(&StatusPage {
        next: visiting.app.engine.sends_micro_deposits().then_some(anew),
        other: visiting.other_institution(),
        ..StatusPage::new(visiting.frame(STEP, messages), title, text)
    })
}

/// The form for the amounts.
fn ask(
    visiting: &Visiting,
    deposit: &MicroDeposit,
    query: &VerificationQuery,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let words = &visiting.words.deposits;
    let left = MICRO_DEPOSIT_TRIES.saturating_sub(deposit.wrong_tries);
    let alert = if query.flaw.is_some() {
        Some(words.not_cents.to_string())
    } else {
        (deposit.status == Status::Denied).then(|| words.wrong_amounts.with(left).to_string())
    };
    visiting.page(&AmountsPage {
        frame: visiting.frame(STEP, messages),
        alert,
        action: format!("{}/micro_deposits/{}/amounts", visiting.base, deposit.guid),
    })
}

pub(in crate::connect) async fn amounts(
    visiting: Visiting,
    Path((_, guid)): Path<(String, String)>,
    form: Result<Form, ApiError>,
) -> Response {
    let answer = hand_in(&visiting, &guid, form).await;
    visiting.answered(answer)
}

async fn hand_in(
    visiting: &Visiting,
    guid: &str,
    form: Result<Form, ApiError>,
) -> Result<Response, ApiError> {
    let guid: MicroDepositGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let form = form?.0;
    let amount = |name| form.get(name).and_then(cents);
    let path = format!("/micro_deposits/{guid}");
    let (Some(first), Some(second)) = (amount("deposit_amount_1"), amount("deposit_amount_2")) else {
        return visiting.go(&format!("{path}?flaw=cents"));
    };
    let engine = &visiting.app.engine;
    match engine.verify_micro_deposit(&visiting.visit.caller, &guid, [first, second]).await {
        // Handed in by another window, or too early: the page says what is so.
        Ok(_) | Err(VerifyMicroDepositError::NotNow) => visiting.go(&path),
        Err(VerifyMicroDepositError::Invalid(_)) => visiting.go(&format!("{path}?flaw=cents")),
        Err(VerifyMicroDepositError::NoSuchMicroDeposit) => Err(ApiError::not_found()),
        Err(VerifyMicroDepositError::Fault(fault)) => Err(fault.into()),
    }
}

/// An amount of so many cents, of which there are at most 99.
fn cents(text: &str) -> Option<Money> {
    let cents: i64 = text.trim().parse().ok().filter(|cents| (1..=99).contains(cents))?;
    Some(Money::from_units(cents * 100))
}
