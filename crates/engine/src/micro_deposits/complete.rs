//! Entering the account of a verification that was begun without one (PREINITIATED): what its holder does on the pages.

use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits as table;

use super::create::is_full;
use super::{AccountToVerify, CreateMicroDepositError, MicroDeposit, record, save, tell};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// Why no account is entered.
#[derive(Debug, thiserror::Error)]
pub enum CompleteMicroDepositError {
    /// There is none, or it is another user's.
    #[error("no such micro deposit")]
    NoSuchMicroDeposit,
    /// It has an account already.
    #[error("The status allows no account: not PREINITIATED.")]
    HasAccount,
    /// The account cannot be verified.
    #[error(transparent)]
    Refused(#[from] CreateMicroDepositError),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CompleteMicroDepositError);

impl Engine {
    /// Enters the account of a verification that waits for it: INITIATED, or CONFLICTED where one of the account is there.
    pub async fn complete_micro_deposit(
        &self,
        caller: &Caller,
        guid: &MicroDepositGuid,
        account: AccountToVerify,
    ) -> Result<MicroDeposit, CompleteMicroDepositError> {
        let provider = self.parts.micro_deposits.clone().ok_or(CreateMicroDepositError::NotEnabled)?;
        account.check(&*provider).map_err(CreateMicroDepositError::from)?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let locked = table::lock(tx, &caller.user, &guid).await?;
            let mut deposit = locked.ok_or(CompleteMicroDepositError::NoSuchMicroDeposit)?;
            if deposit.status != MicroDepositStatus::Preinitiated {
                return Err(CompleteMicroDepositError::HasAccount);
            }
            let others = table::list(tx, &caller.user).await?;
            if is_full(&others, &deposit.email, &account) {
                return Err(CreateMicroDepositError::TooManyAccounts.into());
            }
            engine.enter_account(&mut deposit, &account, &others, &provider);
            table::enter_account(tx, &deposit).await?;
            save(tx, &mut deposit, engine.now()).await?;
            record(tx, &deposit, &caller.client, "micro_deposits.complete").await?;
            tell(&engine, tx, &deposit, Action::Updated).await?;
            Ok(deposit)
        });
        writing.await
    }
}
