//! Where the account is: its routing number, which deposits must be able to be sent to.

use askama::Template;
use axum::response::Response;
use riverbank_engine::micro_deposits::{MicroDeposit, RoutingRefusal};
use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::micro_deposit::MicroDepositStatus;
use serde::Deserialize;
use serde_json::json;

use super::{STEP, are_sent, message};
use crate::connect::credentials::back_to_search;
use crate::connect::frame::Frame;
use crate::connect::speech::Message;
use crate::connect::visiting::{Asked, Visiting};
use crate::error::ApiError;
use crate::form::Form;
use crate::words::Phrase;

/// Characters of an account's number that are shown, and no more than half of them.
const SHOWN: usize = 4;

/// What the address of these pages holds.
#[derive(Debug, Default, Deserialize)]
pub(in crate::connect) struct RoutingQuery {
    pub(super) routing_number: Option<String>,
    /// The verification that waits for its account.
    pub(super) micro_deposit: Option<MicroDepositGuid>,
}

#[derive(Template)]
#[template(path = "connect/micro_deposits/routing.html")]
struct RoutingPage<'a> {
    frame: Frame,
    alert: Option<Phrase>,
    action: String,
    routing_number: &'a str,
    completes: Option<MicroDepositGuid>,
    /// Verifications that someone may come back to.
    open: Vec<(String, String)>,
    other: Option<String>,
    back_say: String,
}

pub(in crate::connect) async fn show(visiting: Visiting, Asked(query): Asked<RoutingQuery>) -> Response {
    let answer = page(&visiting, query.routing_number.as_deref(), query.micro_deposit).await;
    visiting.answered(answer)
}

/// The form; with a number that was typed before, why that was not taken.
pub(super) async fn page(
    visiting: &Visiting,
    typed: Option<&str>,
    completes: Option<MicroDepositGuid>,
) -> Result<Response, ApiError> {
    are_sent(visiting)?;
    let words = &visiting.words.deposits;
    let refusal = typed.and_then(|typed| visiting.app.engine.routing_refusal(typed));
    let (alert, told) = match refusal {
        None => (None, message("mx/connect/microdeposits/loaded", completes.as_ref())),
        Some(refusal) => {
            let (alert, reason) = match refusal {
                RoutingRefusal::Invalid => (words.routing_invalid, "INVALID"),
                RoutingRefusal::OutOfReach => (words.routing_blocked, "BLOCKED"),
            };
            let mut metadata = json!({"routing_number": typed, "reason": reason});
            if let Some(guid) = &completes {
                metadata["microdeposit_guid"] = json!(guid);
            }
            (Some(alert), Message::new("mx/connect/microdeposits/blockedRoutingNumber", metadata))
        }
    };
    let open = if completes.is_none() { open(visiting).await? } else { Vec::new() };
    visiting.page(&RoutingPage {
        open,
        frame: visiting.frame(STEP, vec![told]),
        alert,
        action: format!("{}/micro_deposits", visiting.base),
        routing_number: typed.unwrap_or_default(),
        completes,
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
    })
}

/// The verifications of the user that wait for deposits or for their amounts.
async fn open(visiting: &Visiting) -> Result<Vec<(String, String)>, ApiError> {
    let deposits = visiting.app.engine.list_micro_deposits(&visiting.visit.caller).await?;
    let waiting = deposits
        .into_iter()
        .filter(|deposit| deposit.status.holds_account() && deposit.status != MicroDepositStatus::Verified);
    let link = |deposit: MicroDeposit| {
        let label = visiting.words.deposits.go_on.with(called(&deposit)).to_string();
        (format!("{}/micro_deposits/{}", visiting.base, deposit.guid), label)
    };
    Ok(waiting.map(link).collect())
}

/// What an account is called: its name, or the end of its number.
fn called(deposit: &MicroDeposit) -> String {
    if let Some(name) = &deposit.account_name {
        return name.clone();
    }
    let number = deposit.account_number.as_deref().unwrap_or_default();
    let end = number.len().saturating_sub(SHOWN.min(number.len() / 2));
    format!("…{}", number.get(end..).unwrap_or_default())
}

pub(in crate::connect) async fn check(visiting: Visiting, form: Result<Form, ApiError>) -> Response {
    let answer = lead_on(&visiting, form);
    visiting.answered(answer)
}

fn lead_on(visiting: &Visiting, form: Result<Form, ApiError>) -> Result<Response, ApiError> {
    are_sent(visiting)?;
    let form = form?.0;
    let number: String = form.get("routing_number").unwrap_or_default().trim().chars().take(20).collect();
    let path = match visiting.app.engine.routing_refusal(&number) {
        Some(_) => "/micro_deposits",
        None => "/micro_deposits/account",
    };
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("routing_number", &number);
    if let Some(guid) = form.get("micro_deposit").filter(|guid| guid.parse::<MicroDepositGuid>().is_ok()) {
        query.append_pair("micro_deposit", guid);
    }
    visiting.go(&format!("{path}?{}", query.finish()))
}
