//! The steps of a run: noted in memory as they are made, and written by the unit of work that takes the job out of our hands.
//!
//! So nothing is written twice, whatever happens to the answer of a commit, and no step waits for the database. What a run
//! did whose server died, or whose job was taken away, is not known.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use riverbank_connect::oauth::{OauthFailure, Tokens};
use riverbank_connect::{BankRefusal, RawAnswer, Step};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::feed::Feed;
use riverbank_model::job_step::{StepEnding, StepKind};
use riverbank_store::jobs::steps::{self, JobStep};
use riverbank_store::jobs::{Claim, Job};
use tokio::time::error::Elapsed;

use super::import::Imported;
use super::run::hold;
use crate::control::Call;
use crate::{Engine, Fault};

/// The steps of one run, in their order. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct Steps(Arc<Mutex<Vec<JobStep>>>);

impl Steps {
    fn lock(&self) -> MutexGuard<'_, Vec<JobStep>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All that was made; the last one is cut short as long as nothing else is known of it.
    pub(super) fn made(&self) -> Vec<JobStep> {
        self.lock().clone()
    }
}

/// What came of a step, and what a refusal amounts to.
type Ended = (StepEnding, Option<ConnectionStatus>);

/// What a step answers.
pub(super) trait Told {
    /// What came of it.
    fn ended(&self) -> Ended;
}

impl Told for Step {
    fn ended(&self) -> Ended {
        let ending = match self {
            Self::Open(_) => StepEnding::Well,
            Self::Challenge { .. } => StepEnding::Asked,
            Self::Wait { .. } => StepEnding::PutOff,
        };
        (ending, None)
    }
}

impl Told for RawAnswer {
    fn ended(&self) -> Ended {
        (StepEnding::Well, None)
    }
}

impl Told for Feed {
    fn ended(&self) -> Ended {
        (StepEnding::Well, None)
    }
}

impl<T: Told> Told for Result<T, BankRefusal> {
    fn ended(&self) -> Ended {
        self.as_ref().map_or_else(|refusal| (StepEnding::Refused, Some(refusal.status)), Told::ended)
    }
}

impl<T: Told> Told for Result<T, Elapsed> {
    fn ended(&self) -> Ended {
        self.as_ref().map_or((StepEnding::CutShort, None), Told::ended)
    }
}

impl Told for Result<Tokens, OauthFailure> {
    fn ended(&self) -> Ended {
        match self {
            Ok(_) => (StepEnding::Well, None),
            Err(failure) if failure.is_end_of_consent() => {
                (StepEnding::Refused, Some(ConnectionStatus::Impaired))
            }
            Err(_) => (StepEnding::Refused, Some(ConnectionStatus::Failed)),
        }
    }
}

impl Told for Result<Imported, Fault> {
    fn ended(&self) -> Ended {
        (if self.is_ok() { StepEnding::Well } else { StepEnding::Fault }, None)
    }
}

/// The step that a call of a connector is.
pub(super) fn kind_of(call: Call) -> StepKind {
    match call {
        Call::Open => StepKind::Open,
        Call::Resume => StepKind::Resume,
        Call::Fetch => StepKind::Fetch,
        // No job exchanges: it begins when that is done.
        Call::Refresh | Call::Exchange => StepKind::Refresh,
    }
}

impl Engine {
    /// Makes a step of a job, and notes how long it took and what came of it.
    pub(super) async fn note<T: Told>(
        &self,
        (job, steps): (&Job, &Steps),
        kind: StepKind,
        step: impl Future<Output = T>,
    ) -> T {
        steps.lock().push(JobStep {
            user_guid: job.user_guid.clone(),
            job_guid: job.guid.clone(),
            kind,
            began_at: self.now(),
            took: None,
            ending: StepEnding::CutShort,
            status: None,
        });
        let begun = self.parts.machine.elapsed();
        let told = step.await;
        let took = self.parts.machine.elapsed().saturating_sub(begun);
        if let Some(made) = steps.lock().last_mut() {
            made.took = i64::try_from(took.as_micros()).ok();
            (made.ending, made.status) = told.ended();
        }
        told
    }

    /// Writes the steps of a run that was broken off, where its job is still ours.
    pub(super) async fn write_steps(&self, claim: &Claim, owner: &str, steps: &Steps) -> Result<(), Fault> {
        let (claim, owner, made) = (claim.clone(), owner.to_owned(), steps.made());
        let write = self.parts.store.write(async move |tx| match hold(tx, &claim, &owner).await? {
            Some(_) => Ok::<_, Fault>(steps::add(tx, &made).await?),
            None => Ok(()),
        });
        write.await
    }
}
