//! Calls of a connector, and what a test author has planned to go wrong with them.

use riverbank_connect::BankRefusal;
use riverbank_store::faults;
use riverbank_store::jobs::Claim;

use super::run::{Work, hold};
use super::steps::{Told, kind_of};
use crate::control::{Call, Effect, Struck, befall, too_slow};
use crate::{Engine, Fault, Mode};

impl Engine {
    /// Waits for a call of a connector as long as one may take. In a sandbox, what is planned happens to it.
    pub(super) async fn call<T: Told>(
        &self,
        work: &Work,
        held: (&Claim, &str),
        call: Call,
        answer: impl Future<Output = Result<T, BankRefusal>>,
    ) -> Result<Result<T, BankRefusal>, Fault> {
        let planned = match self.mode() {
            Mode::Sandbox => self.struck_by(work, held, call).await?,
            Mode::Production => Vec::new(),
        };
        let limited = tokio::time::timeout(self.settings().step_limit, befall(planned, answer));
        let told = self.note((&work.job, &work.steps), kind_of(call), limited).await;
        Ok(told.unwrap_or_else(|_| Err(too_slow())))
    }

    /// What happens to this call. It is counted with the job, once.
    async fn struck_by(
        &self,
        work: &Work,
        (claim, owner): (&Claim, &str),
        call: Call,
    ) -> Result<Vec<Effect>, Fault> {
        let institution = work.institution.guid.clone();
        let possible =
            faults::of_visit(&*self.store().read().await?, &institution, &claim.member_guid).await?;
        if possible.is_empty() {
            return Ok(Vec::new());
        }
        let (engine, claim, owner, attempt) =
            (self.clone(), claim.clone(), owner.to_owned(), work.job.attempt);
        let write = self.store().write(async move |tx| {
            if hold(tx, &claim, &owner).await?.is_none() {
                return Ok(Vec::new());
            }
            let whose = Struck::Attempt(&claim, attempt);
            engine.strike(tx, &institution, &claim.member_guid, call, &whose).await
        });
        write.await
    }
}
