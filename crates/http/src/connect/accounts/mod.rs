//! Accounts that are kept by hand: of which kind, what is known of them, and that they are there.

mod new;
mod typed;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use riverbank_engine::pages::PageMode;
use riverbank_model::account::AccountType;
use riverbank_model::guid::AccountGuid;
use serde_json::json;

pub(super) use new::{create, show as show_new};

use super::credentials::back_to_search;
use super::frame::Frame;
use super::speech::Message;
use super::status::StatusPage;
use super::visiting::Visiting;
use crate::error::ApiError;
use crate::words::Phrase;

/// The step of the way that these pages are.
const STEP: &str = "manualAccount";

#[derive(Template)]
#[template(path = "connect/accounts/kinds.html")]
struct KindsPage {
    frame: Frame,
    kinds: Vec<(String, Phrase)>,
    other: Option<String>,
    back_say: String,
}

/// The way to these pages, where the pages do not ask for what only an institution can tell.
pub(super) fn way(visiting: &Visiting) -> Option<(String, Phrase)> {
    let options = visiting.options();
    let is_offered = options.mode == PageMode::Aggregation && !options.include_identity;
    is_offered.then(|| (format!("{}/accounts", visiting.base), visiting.words.accounts.way))
}

/// The kinds of accounts to choose from.
pub(super) async fn kinds(visiting: Visiting) -> Response {
    let words = &visiting.words.kinds;
    let kinds = AccountType::ALL.iter().filter(|kind| **kind != AccountType::Any);
    let link = |kind: &AccountType| {
        (format!("{}/accounts/new?type={}", visiting.base, kind.name()), words.of(*kind))
    };
    let page = KindsPage {
        frame: visiting.frame(STEP, Vec::new()),
        kinds: kinds.map(link).collect(),
        other: visiting.other_institution(),
        back_say: back_to_search(&visiting),
    };
    visiting.answered(visiting.page(&page))
}

pub(super) async fn show(visiting: Visiting, Path((_, guid)): Path<(String, String)>) -> Response {
    let answer = added(&visiting, &guid).await;
    visiting.answered(answer)
}

/// The page of an account that was added.
async fn added(visiting: &Visiting, guid: &str) -> Result<Response, ApiError> {
    let guid: AccountGuid = guid.parse().map_err(|_| ApiError::not_found())?;
    let found = visiting.app.engine.read_account(&visiting.visit.caller, &guid).await?;
    // What the feed of an institution tells was not added here.
    let account = found.filter(|view| view.told.is_none()).ok_or_else(ApiError::not_found)?;
    let words = &visiting.words.accounts;
    let message = Message::new("mx/account/created", json!({"guid": guid}));
    visiting.page(&StatusPage {
        next: Some((format!("{}/members", visiting.base), visiting.words.page.done)),
        links: vec![(format!("{}/accounts", visiting.base), words.add_another)],
        other: visiting.other_institution(),
        ..StatusPage::new(
            visiting.frame(STEP, vec![message]),
            words.added_title.with(account.facts.name),
            words.added_text,
        )
    })
}
