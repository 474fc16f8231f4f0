//! What the pages find out of a connection beside what an aggregation brings: the numbers of its accounts, and who owns
//! them. Each is a job of its own, and they follow one another.

use axum::response::Response;
use riverbank_engine::Page;
use riverbank_engine::institutions::Institution;
use riverbank_engine::members::{AggregationOptions, MemberView, StartJobError};
use riverbank_engine::pages::{PageMode, PageOptions};
use riverbank_model::account::AccountType;
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobKind;
use serde_json::json;

use super::credentials::back_to_search;
use super::micro_deposits;
use super::speech::{Message, on_doing};
use super::status::StatusPage;
use super::visiting::Visiting;
use crate::error::ApiError;

/// No account can be verified, as MX's own pages number it.
const NO_ELIGIBLE_ACCOUNT: i64 = 1000;

/// What became of the wish to find out more.
pub(super) enum Gathered {
    /// There is nothing more to find out.
    All,
    /// A job was started.
    Started,
    /// The institution does not tell.
    NotTold,
}

/// Whether the pages can find out of an institution's accounts what they are to find out.
pub(super) fn tells(institution: &Institution, options: &PageOptions) -> bool {
    options.gathers().into_iter().all(|kind| match kind {
        JobKind::Verification => institution.supports_account_verification,
        JobKind::Identification => institution.supports_account_identification,
        _ => true,
    })
}

/// Starts what is wanted next of a member without a job.
pub(super) async fn go_on(visiting: &Visiting, view: &MemberView) -> Result<Gathered, ApiError> {
    let engine = &visiting.app.engine;
    let next = engine.next_page_job(&view.member, visiting.options()).await?;
    let Some(kind) = next else { return Ok(Gathered::All) };
    match start(visiting, &view.member.guid, kind).await {
        // Another window was faster, if anything runs.
        Ok(()) | Err(StartJobError::AnotherKindRuns) => Ok(Gathered::Started),
        Err(StartJobError::NotSupported(_)) => Ok(Gathered::NotTold),
        Err(error) => Err(error.into()),
    }
}

/// Starts the first job of a member that was made, or has new credentials, without one. Where one runs, the page of the
/// member starts it later.
pub(super) async fn begin(visiting: &Visiting, member: &MemberGuid) -> Result<(), ApiError> {
    match start(visiting, member, visiting.options().first_job()).await {
        Ok(()) | Err(StartJobError::AnotherKindRuns | StartJobError::NotSupported(_)) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

/// Tries once more what did not go well.
pub(super) async fn again(visiting: &Visiting, member: &MemberGuid) -> Result<(), ApiError> {
    let (engine, caller, options) = (&visiting.app.engine, &visiting.visit.caller, visiting.options());
    let lacking = match options.mode {
        PageMode::Aggregation => None,
        _ => engine.lacking(caller, member, options).await?,
    };
    Ok(start(visiting, member, lacking.unwrap_or_else(|| options.first_job())).await?)
}

async fn start(visiting: &Visiting, member: &MemberGuid, kind: JobKind) -> Result<(), StartJobError> {
    let (engine, caller) = (&visiting.app.engine, &visiting.visit.caller);
    let transactions = visiting.options().include_transactions;
    let started = match kind {
        JobKind::Verification => engine.verify_member(caller, member, transactions == Some(true)).await,
        JobKind::Identification => engine.identify_member(caller, member, transactions == Some(true)).await,
        _ => {
            let include_transactions = transactions.unwrap_or(true);
            let options = AggregationOptions { include_holdings: true, include_transactions };
            engine.aggregate_member(caller, member, options).await
        }
    };
    started.map(drop)
}

/// Whether a member has an account that money can be moved to and from.
pub(super) async fn has_eligible_account(visiting: &Visiting, member: &MemberGuid) -> Result<bool, ApiError> {
    let (engine, caller) = (&visiting.app.engine, &visiting.visit.caller);
    let list = engine.list_member_accounts(caller, member, Page::ALL).await?;
    let accounts = list.ok_or_else(ApiError::not_found)?.accounts;
    let is_eligible = |kind| matches!(kind, AccountType::Checking | AccountType::Savings);
    Ok(accounts.iter().any(|view| is_eligible(view.account.account_type)))
}

/// The page of a member without such an account.
pub(super) fn no_eligible_account(
    visiting: &Visiting,
    member: &MemberGuid,
    name: &str,
    mut messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let words = visiting.words;
    let metadata = json!({"member_guid": member, "code": NO_ELIGIBLE_ACCOUNT});
    messages.push(Message::new("mx/connect/invalidData", metadata));
    let next = match visiting.other_institution() {
        Some(other) => (other, words.page.other_institution),
        None => (format!("{}/members", visiting.base), words.page.done),
    };
    let text = words.progress.no_eligible_text.with(name);
    visiting.page(&StatusPage {
        next: Some(next),
        links: micro_deposits::way(visiting).into_iter().collect(),
        say: on_doing(&visiting.visit, [Message::bare("mx/connect/invalidData/primaryAction")]),
        ..StatusPage::new(visiting.frame("loginError", messages), words.progress.no_eligible, text)
    })
}

/// The page of an institution that does not tell what the pages are to find out.
pub(super) fn not_told(
    visiting: &Visiting,
    name: &str,
    messages: Vec<Message>,
) -> Result<Response, ApiError> {
    let words = visiting.words;
    let title = match visiting.options().mode {
        PageMode::Verification => words.progress.not_verifiable,
        _ => words.progress.not_identifiable,
    };
    let (title, text) = (title.with(name), words.status.choose_another);
    visiting.page(&StatusPage {
        links: micro_deposits::way(visiting).into_iter().collect(),
        other: visiting.other_institution(),
        back_say: back_to_search(visiting),
        ..StatusPage::new(visiting.frame("loginError", messages), title, text)
    })
}
