//! Micro deposits: verifying an account by two small amounts that its holder reads off a statement.

mod ach;
mod complete;
mod create;
mod delete;
mod follow;
mod list;
mod read;
#[cfg(test)]
mod tests;
mod verify;

use jiff::Timestamp;
use riverbank_model::account::AccountType;
use riverbank_model::guid::ClientGuid;
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits as table;
use riverbank_store::{Tx, audit, users};

pub use ach::{AchDeposits, Folder};
pub use complete::CompleteMicroDepositError;
pub use create::{AccountToVerify, CreateMicroDeposit, CreateMicroDepositError, RoutingRefusal};
pub use riverbank_store::micro_deposits::MicroDeposit;
pub use verify::VerifyMicroDepositError;

use riverbank_connect::micro_deposits::Deposit;

use crate::webhooks::News;
use crate::{Engine, Fault};

/// Marks a change and writes it.
async fn save(tx: &Tx, deposit: &mut MicroDeposit, now: Timestamp) -> Result<(), Fault> {
    deposit.revision += 1;
    deposit.updated_at = now;
    Ok(table::save(tx, deposit).await?)
}

/// Tells of a verification that was made, or whose status has changed.
async fn tell(engine: &Engine, tx: &Tx, deposit: &MicroDeposit, action: Action) -> Result<(), Fault> {
    let Some(user) = users::find(tx, &deposit.user_guid).await? else { return Ok(()) };
    let mut news = News::of_user(engine, tx, &user).await?;
    news.micro_deposit(deposit, action)?;
    news.write().await
}

/// Writes what a partner's call did into the audit.
async fn record(tx: &Tx, deposit: &MicroDeposit, client: &ClientGuid, action: &str) -> Result<(), Fault> {
    let row = audit::AuditRow {
        at: deposit.updated_at,
        client_guid: client.clone(),
        user_guid: Some(deposit.user_guid.clone()),
        action: action.to_owned(),
        subject: deposit.guid.to_string(),
        detail: format!("{{\"status\":\"{}\"}}", deposit.status.name()),
    };
    Ok(audit::insert(tx, &row).await?)
}

/// What is to be sent; none before the account is known.
fn ordered<'a>(deposit: &'a MicroDeposit, holder: &'a str) -> Option<Deposit<'a>> {
    Some(Deposit {
        owner: &deposit.user_guid,
        id: &deposit.guid,
        holder,
        account_number: deposit.account_number.as_deref()?,
        routing_number: deposit.routing_number.as_deref()?,
        is_savings: deposit.account_type == Some(AccountType::Savings),
        amounts: [deposit.amount_1?, deposit.amount_2?],
    })
}

/// Whether two verifications are of the same account.
fn is_same_account(one: &MicroDeposit, account: &AccountToVerify) -> bool {
    one.account_number.as_deref() == Some(&account.account_number)
        && one.routing_number.as_deref() == Some(&account.routing_number)
}

/// Ends a verification badly.
fn fail(deposit: &mut MicroDeposit, status: MicroDepositStatus, code: &str, message: &str) {
    deposit.status = status;
    deposit.error_code = Some(code.to_owned());
    deposit.error_message = Some(message.to_owned());
    deposit.due_at = None;
}
