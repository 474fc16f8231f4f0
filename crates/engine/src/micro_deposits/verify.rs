//! Handing in the amounts: `PUT /micro_deposits/{micro_deposit_guid}`.

use riverbank_model::guid::MicroDepositGuid;
use riverbank_model::limits::MICRO_DEPOSIT_TRIES;
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::money::Money;
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits as table;

use super::{MicroDeposit, record, save, tell};
use crate::fault::faults;
use crate::users::InvalidField;
use crate::{Caller, Engine, Fault};

/// A cent, and what is less than a dollar by one: no deposit is outside of these.
const LAWFUL: std::ops::RangeInclusive<Money> = Money::from_units(100)..=Money::from_units(9_900);

/// Why amounts are not looked at.
#[derive(Debug, thiserror::Error)]
pub enum VerifyMicroDepositError {
    /// There is none, or it is another user's.
    #[error("no such micro deposit")]
    NoSuchMicroDeposit,
    /// An amount that no deposit has.
    #[error(transparent)]
    Invalid(#[from] InvalidField),
    /// Not there yet, or at its end.
    #[error("The status allows no verification: not DEPOSITED and not DENIED.")]
    NotNow,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(VerifyMicroDepositError);

impl Engine {
    /// Holds two amounts, in whichever order, against those that were sent: VERIFIED if they are these, else DENIED, and
    /// PREVENTED the third time.
    pub async fn verify_micro_deposit(
        &self,
        caller: &Caller,
        guid: &MicroDepositGuid,
        amounts: [Money; 2],
    ) -> Result<MicroDeposit, VerifyMicroDepositError> {
        for (field, amount) in ["deposit_amount_1", "deposit_amount_2"].into_iter().zip(&amounts) {
            if !LAWFUL.contains(amount) {
                return Err(InvalidField { field, rule: "must be between 0.01 and 0.99" }.into());
            }
        }
        // It may have come further since it was last looked at.
        let known = self.follow_micro_deposit(&caller.user, guid).await?;
        known.ok_or(VerifyMicroDepositError::NoSuchMicroDeposit)?;
        let (engine, caller, guid, now) = (self.clone(), caller.clone(), guid.clone(), self.now());
        let writing = self.store().write(async move |tx| {
            let locked = table::lock(tx, &caller.user, &guid).await?;
            let mut deposit = locked.ok_or(VerifyMicroDepositError::NoSuchMicroDeposit)?;
            if !deposit.status.takes_amounts() {
                return Err(VerifyMicroDepositError::NotNow);
            }
            judge(&mut deposit, amounts);
            if deposit.status == MicroDepositStatus::Verified {
                deposit.verified_at = Some(now);
            }
            save(tx, &mut deposit, now).await?;
            record(tx, &deposit, &caller.client, "micro_deposits.verify").await?;
            tell(&engine, tx, &deposit, Action::Updated).await?;
            Ok(deposit)
        });
        writing.await
    }
}

fn judge(deposit: &mut MicroDeposit, [first, second]: [Money; 2]) {
    let sent = (deposit.amount_1, deposit.amount_2);
    deposit.due_at = None;
    if sent == (Some(first), Some(second)) || sent == (Some(second), Some(first)) {
        deposit.status = MicroDepositStatus::Verified;
        return;
    }
    deposit.wrong_tries += 1;
    let is_last = deposit.wrong_tries >= MICRO_DEPOSIT_TRIES;
    deposit.status = if is_last { MicroDepositStatus::Prevented } else { MicroDepositStatus::Denied };
}
