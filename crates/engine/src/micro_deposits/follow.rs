//! What becomes of deposits: ordered, on their way, in the account, or returned.

use jiff::{SignedDuration, Timestamp};
use riverbank_connect::micro_deposits::{NotMade, Returned, Step};
use riverbank_model::guid::{MicroDepositGuid, UserGuid};
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::webhook::Action;
use riverbank_store::micro_deposits as table;

use super::create::end_of_life;
use super::{MicroDeposit, fail, ordered, save, tell};
use crate::{Engine, Fault};

/// What is next for a verification that is due.
enum Next {
    Asked(Step),
    Returned(Returned),
    /// Nobody brought it to an end in time.
    GivenUp,
}

impl Engine {
    /// Brings a verification to where it stands now: its provider is asked for each step that is due, outside of units of
    /// work.
    pub(crate) async fn follow_micro_deposit(
        &self,
        user: &UserGuid,
        guid: &MicroDepositGuid,
    ) -> Result<Option<MicroDeposit>, Fault> {
        loop {
            let found = table::find(&*self.store().read().await?, user, guid).await?;
            let Some(deposit) = found else { return Ok(None) };
            let now = self.now();
            if deposit.due_at.is_none_or(|due| due > now) {
                return Ok(Some(deposit));
            }
            let next = self.next_of(&deposit, now).await?;
            self.write_next(deposit, next, now).await?;
        }
    }

    async fn next_of(&self, deposit: &MicroDeposit, now: Timestamp) -> Result<Next, Fault> {
        if deposit.status.is_under_way() && end_of_life(deposit) <= now {
            return Ok(Next::GivenUp);
        }
        let holder = format!("{} {}", deposit.first_name, deposit.last_name);
        let order =
            ordered(deposit, &holder).ok_or_else(|| Fault::internal("a due micro deposit has no account"))?;
        let Some(provider) = &self.parts.micro_deposits else {
            return Err(Fault::internal("nobody sends micro deposits any more"));
        };
        let asked = match deposit.status {
            MicroDepositStatus::Initiated => provider.order(&order, now).await,
            _ => provider.follow(&order, now).await,
        };
        match asked {
            Ok(step) => Ok(Next::Asked(step)),
            Err(NotMade::Returned(returned)) => Ok(Next::Returned(returned)),
            Err(NotMade::Setback(setback)) => Err(Fault::of_setback(setback)),
        }
    }

    /// Writes a step, unless another process has written it meanwhile.
    async fn write_next(&self, seen: MicroDeposit, next: Next, now: Timestamp) -> Result<(), Fault> {
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            let locked = table::lock(tx, &seen.user_guid, &seen.guid).await?;
            let Some(mut deposit) = locked.filter(|deposit| deposit.revision == seen.revision) else {
                return Ok(());
            };
            let end = end_of_life(&deposit);
            match next {
                // Never at once again, whatever the provider says.
                Next::Asked(Step::NotYet(until)) => deposit.due_at = Some(until.max(soon(now)).min(end)),
                Next::Asked(Step::Done(until)) if seen.status == MicroDepositStatus::Initiated => {
                    deposit.status = MicroDepositStatus::Requested;
                    deposit.due_at = Some(until.min(end));
                }
                // Looked at again since something may have come back, and nothing has.
                Next::Asked(Step::Done(_)) if seen.status == MicroDepositStatus::Denied => {
                    deposit.due_at = None;
                }
                Next::Asked(Step::Done(_)) => {
                    deposit.status = MicroDepositStatus::Deposited;
                    deposit.due_at = Some(end);
                }
                Next::Returned(Returned { is_refused, code, message }) => {
                    let status =
                        if is_refused { MicroDepositStatus::Rejected } else { MicroDepositStatus::Errored };
                    fail(&mut deposit, status, &code, &message);
                }
                Next::GivenUp => {
                    deposit.deleted_at = Some(now);
                    deposit.due_at = None;
                }
            }
            save(tx, &mut deposit, now).await?;
            if deposit.status == seen.status {
                return Ok(());
            }
            tell(&engine, tx, &deposit, Action::Updated).await
        });
        writing.await
    }
}

fn soon(now: Timestamp) -> Timestamp {
    now.checked_add(SignedDuration::from_secs(1)).unwrap_or(now)
}
