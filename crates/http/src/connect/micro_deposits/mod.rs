//! Verifying an account by two small deposits: where it is, which it is, and what the amounts were.

mod account;
mod routing;
mod verification;

pub(super) use account::{order, show as show_account};
pub(super) use routing::{check, show as show_routing};
pub(super) use verification::{amounts, begin, show};

use riverbank_model::guid::MicroDepositGuid;
use serde_json::json;

use super::speech::Message;
use super::visiting::Visiting;
use crate::error::ApiError;
use crate::words::Phrase;

/// The step of the way that these pages are.
const STEP: &str = "microdeposits";

/// A message about a verification; about none yet, when it has not begun.
fn message(name: &'static str, guid: Option<&MicroDepositGuid>) -> Message {
    match guid {
        Some(guid) => Message::new(name, json!({"microdeposit_guid": guid})),
        None => Message::bare(name),
    }
}

/// The way to these pages, where someone sends deposits and the pages are to verify accounts.
pub(super) fn way(visiting: &Visiting) -> Option<(String, Phrase)> {
    let is_offered = visiting.options().mode == riverbank_engine::pages::PageMode::Verification
        && visiting.app.engine.sends_micro_deposits();
    is_offered.then(|| (format!("{}/micro_deposits", visiting.base), visiting.words.deposits.way))
}

/// These pages are there only where someone sends deposits.
fn are_sent(visiting: &Visiting) -> Result<(), ApiError> {
    if visiting.app.engine.sends_micro_deposits() { Ok(()) } else { Err(ApiError::not_found()) }
}
