//! One job, walked from where it stands to its next stop: a challenge, a wait, or its end.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use riverbank_connect::oauth::Tokens;
use riverbank_connect::{
    Answer, Bank, BankRefusal, Connector, CredentialValue, Login, RawAnswer, Session, Step, Visit, Wanted,
};
use riverbank_model::ExposeSecret;
use riverbank_model::challenge::Challenge;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::job::{JobKind, JobStatus};
use riverbank_model::job_step::StepKind;
use riverbank_model::limits::{EXTENDED_HISTORY_MONTHS, HISTORY_DAYS, JOB_INTERRUPTIONS};
use riverbank_model::use_case::UseCase;
use riverbank_store::Tx;
use riverbank_store::jobs::{self, Claim, Job, JobState, steps};
use riverbank_store::member_credentials::{self, StoredCredential};
use riverbank_store::members::{self, Member};
use std::sync::Arc;
use std::time::Duration;

use super::outcome::Outcome;
use super::progress::{Asker, Progress};
use super::steps::Steps;
use super::stops::CREDENTIALS_CHANGED;
use crate::control::Call;
use crate::institutions::Institution;
use crate::members::{FORCED_ANSWER, has_credentials, touch};
use crate::oauth::bank;
use crate::raw_answers::keep_raw_answer;
use crate::{Engine, Fault};

/// How often the end of a step is written while the database is away, and the pause between: together ten minutes. When
/// the database is back, the lease is renewed if it is still ours; if another has it, nothing is written.
const WRITE_TRIES: u32 = 600;
const WRITE_PAUSE: Duration = Duration::from_secs(1);

/// A job in our hands, with what it needs.
pub(super) struct Work {
    pub(super) job: Job,
    pub(super) member: Member,
    pub(super) institution: Arc<Institution>,
    bank: Bank,
    pub(super) login: Login,
    /// OAuth members: what the end user consented to.
    pub(super) consent: Option<Tokens>,
    progress: Option<Progress>,
    can_sign_in: bool,
    pub(super) steps: Steps,
}

/// Where a walk came to a stop.
#[derive(Clone)]
pub(super) enum Stop {
    Asked {
        challenges: Vec<Challenge>,
        state: Vec<u8>,
    },
    Waiting {
        until: Timestamp,
        state: Vec<u8>,
    },
    Ended(Outcome),
    /// The job is no longer ours.
    Lost,
}

impl Engine {
    /// Walks a job that `owner` holds, and notes its steps. An error is an interruption: the job goes back into the queue.
    pub(crate) async fn run_job(&self, claim: &Claim, owner: &str, steps: &Steps) -> Result<(), Fault> {
        let (stop, is_test) = match self.take_up(claim, owner, steps).await {
            Ok(None) => return Ok(()),
            Ok(Some(mut work)) => {
                let stop = self.walk_with_consent(&mut work, (claim, owner)).await?;
                (stop, work.institution.is_test)
            }
            Err(Fault::Damaged(error)) => {
                tracing::error!(job = %claim.guid, %error, "the progress of a job is lost");
                let reason = "what the job remembered cannot be read";
                (Stop::Ended(Outcome::of_ours(ConnectionStatus::Failed, reason)), false)
            }
            Err(other) => return Err(other),
        };
        // The bank has answered: that is not asked for again because the database could not take it at once.
        let mut tries = Tries::default();
        loop {
            let written = self.write_stop((claim, owner), steps, &stop, is_test).await;
            if !tries.go_on(&written).await {
                return written;
            }
        }
    }

    async fn write_stop(
        &self,
        (claim, owner): (&Claim, &str),
        steps: &Steps,
        stop: &Stop,
        is_test: bool,
    ) -> Result<(), Fault> {
        let (engine, claim, owner, stop) = (self.clone(), claim.clone(), owner.to_owned(), stop.clone());
        let made = steps.made();
        let write = self.parts.store.write(async move |tx| {
            let Some((mut member, mut job)) = hold(tx, &claim, &owner).await? else { return Ok(()) };
            steps::add(tx, &made).await?;
            match stop {
                Stop::Lost => Ok(()),
                Stop::Asked { challenges, state } => {
                    engine.park(tx, &mut member, &mut job, &challenges, state).await
                }
                Stop::Waiting { until, state } => engine.wait(tx, &mut member, &mut job, until, state).await,
                Stop::Ended(outcome) => engine.end(tx, &mut member, &mut job, &outcome, is_test).await,
            }
        });
        write.await
    }

    /// Puts a job back that was interrupted by us. One interruption too many ends it when it is taken up next.
    pub(crate) async fn interrupt_job(&self, claim: &Claim, owner: &str, steps: &Steps) -> Result<(), Fault> {
        let (claim, owner, now) = (claim.clone(), owner.to_owned(), self.now());
        let made = steps.made();
        self.parts
            .store
            .write(async move |tx| {
                let Some((_, mut job)) = hold(tx, &claim, &owner).await? else { return Ok(()) };
                steps::add(tx, &made).await?;
                job.interruptions += 1;
                job.state = JobState::Ready;
                job.lease_owner = None;
                job.lease_until = None;
                job.updated_at = now;
                jobs::save(tx, &job).await?;
                tx.wake_workers();
                Ok(())
            })
            .await
    }

    /// Marks the start of a job and gathers what it needs; none when it is no longer ours, or was interrupted too
    /// often and has ended.
    async fn take_up(&self, claim: &Claim, owner: &str, steps: &Steps) -> Result<Option<Work>, Fault> {
        let (engine, claim, owner, now) = (self.clone(), claim.clone(), owner.to_owned(), self.now());
        let write = self.parts.store.write(async move |tx| {
            let Some((mut member, mut job)) = hold(tx, &claim, &owner).await? else { return Ok(None) };
            if job.interruptions > JOB_INTERRUPTIONS {
                let outcome = Outcome::of_ours(ConnectionStatus::Failed, "the job was interrupted too often");
                engine.end(tx, &mut member, &mut job, &outcome, false).await?;
                return Ok(None);
            }
            if job.started_at.is_none() {
                job.started_at = Some(now);
                job.status = JobStatus::Requested;
                job.updated_at = now;
                jobs::save(tx, &job).await?;
                member.aggregated_at = Some(now);
                touch(&mut member, now);
                members::save(tx, &member).await?;
            }
            let stored = member_credentials::of_member(tx, &claim.user_guid, &claim.member_guid).await?;
            Ok::<_, Fault>(Some((member, job, stored)))
        });
        let Some((member, job, stored)) = write.await? else { return Ok(None) };
        self.catalogue().await?;
        let institution = self.institution_of(&member)?;
        Ok(Some(self.work((member, job), &stored, institution, steps)?))
    }

    fn work(
        &self,
        (member, job): (Member, Job),
        stored: &[StoredCredential],
        institution: Arc<Institution>,
        steps: &Steps,
    ) -> Result<Work, Fault> {
        let values = self.open_credentials(stored)?;
        let keys: Vec<_> = values.iter().map(|(guid, _)| guid.clone()).collect();
        let in_order = institution.credentials.iter().filter_map(|field| {
            let value = values.iter().find(|(guid, _)| *guid == field.guid)?;
            Some(CredentialValue { field_name: field.field_name.clone(), value: value.1.clone() })
        });
        Ok(Work {
            login: Login { values: in_order.collect(), authorization: None },
            consent: if member.is_oauth { self.open_consent(&member, stored)? } else { None },
            can_sign_in: has_credentials(&member, &institution, &keys),
            bank: bank(&institution),
            progress: self.open_progress(&job)?,
            job,
            member,
            institution,
            steps: steps.clone(),
        })
    }

    pub(super) async fn walk(&self, work: &Work, holder: (&Claim, &str)) -> Result<Stop, Fault> {
        let Some(connector) = self.parts.connectors.get(&work.institution.connector) else {
            let reason = "this server has no connector for the institution";
            return Ok(Stop::Ended(Outcome::of_ours(ConnectionStatus::Failed, reason)));
        };
        if work.institution.is_stopped {
            let reason = "connections to the institution are stopped by an operator";
            return Ok(Stop::Ended(Outcome::of_ours(ConnectionStatus::Degraded, reason)));
        }
        let answers: &[Answer] = work.progress.as_ref().map_or(&[], |progress| &progress.answers);
        let state = match work.progress.as_ref().map(|progress| &progress.asker) {
            Some(Asker::Connector(state)) => Some(state.as_slice()),
            Some(Asker::Caller)
                if !answers.iter().any(|answer| answer.value.expose_secret() == FORCED_ANSWER) =>
            {
                return Ok(Stop::Ended(Outcome::of(ConnectionStatus::Rejected, "the answer is wrong")));
            }
            Some(Asker::Caller) if !work.can_sign_in => return Ok(Stop::Ended(Outcome::connected())),
            Some(Asker::Caller) | None => None,
        };
        if !work.can_sign_in {
            return Ok(Stop::Ended(Outcome::of(ConnectionStatus::Impaired, "credentials are missing")));
        }
        match self.step(&**connector, work, holder, state, answers).await? {
            Ok(Step::Challenge { challenges, state }) => Ok(Stop::Asked { challenges, state }),
            Ok(Step::Wait { until, state }) => Ok(Stop::Waiting { until, state }),
            Ok(Step::Open(session)) => self.bring_in(&**connector, work, &session, holder).await,
            Err(refusal) => Ok(Stop::Ended(refusal.into())),
        }
    }

    async fn step(
        &self,
        connector: &dyn Connector,
        work: &Work,
        held: (&Claim, &str),
        state: Option<&[u8]>,
        answers: &[Answer],
    ) -> Result<Result<Step, BankRefusal>, Fault> {
        let visit = self.visit(work);
        match state {
            Some(state) => {
                let step = connector.resume(&visit, &work.login, state, answers);
                self.call(work, held, Call::Resume, step).await
            }
            None => self.call(work, held, Call::Open, connector.open(&visit, &work.login)).await,
        }
    }

    /// Signed in: the member is CONNECTED while its data arrives.
    async fn bring_in(
        &self,
        connector: &dyn Connector,
        work: &Work,
        session: &Session,
        (claim, owner): (&Claim, &str),
    ) -> Result<Stop, Fault> {
        let Some((member, is_superseded)) = self.authenticated(claim, owner).await? else {
            return Ok(Stop::Lost);
        };
        if is_superseded {
            // What the old credentials lead to is not brought into a member that has new ones.
            return Ok(Stop::Ended(Outcome::of_ours(ConnectionStatus::Connected, CREDENTIALS_CHANGED)));
        }
        let (visit, notes) = (self.visit(work), (&work.job, &work.steps));
        let fetch = connector.fetch(&visit, &work.login, session, self.wanted(work));
        let told = match self.call(work, (claim, owner), Call::Fetch, fetch).await? {
            Ok(answer) => {
                self.keep(work, (claim, owner), &answer).await?;
                self.note(notes, StepKind::Read, async { connector.read(&answer) }).await
            }
            Err(refusal) => Err(refusal),
        };
        match told {
            Ok(feed) => {
                let importing = Box::pin(self.import(&member, &work.job, feed));
                self.note(notes, StepKind::Import, importing).await?;
                Ok(Stop::Ended(Outcome::connected()))
            }
            Err(refusal) => Ok(Stop::Ended(refusal.into())),
        }
    }

    /// Keeps what the institution answered, unless the job is no longer ours.
    async fn keep(
        &self,
        work: &Work,
        (claim, owner): (&Claim, &str),
        answer: &RawAnswer,
    ) -> Result<(), Fault> {
        let Some(row) = self.raw_answer_of(&work.job, answer)? else { return Ok(()) };
        let (claim, owner) = (claim.clone(), owner.to_owned());
        let write = self.parts.store.write(async move |tx| match hold(tx, &claim, &owner).await? {
            Some(_) => keep_raw_answer(tx, &row).await,
            None => Ok(()),
        });
        write.await
    }

    /// Writes that the institution let us in; the member, and whether the job's result no longer counts. None when the
    /// job is no longer ours.
    async fn authenticated(&self, claim: &Claim, owner: &str) -> Result<Option<(Member, bool)>, Fault> {
        let (claim, owner, now) = (claim.clone(), owner.to_owned(), self.now());
        self.parts
            .store
            .write(async move |tx| {
                let Some((mut member, mut job)) = hold(tx, &claim, &owner).await? else { return Ok(None) };
                job.is_authenticated = true;
                job.status = JobStatus::Received;
                job.updated_at = now;
                jobs::save(tx, &job).await?;
                if !job.is_superseded {
                    member.connection_status = Some(ConnectionStatus::Connected);
                    member.denials = 0;
                    touch(&mut member, now);
                    members::save(tx, &member).await?;
                }
                Ok(Some((member, job.is_superseded)))
            })
            .await
    }

    fn wanted(&self, work: &Work) -> Wanted {
        let today: Date = jiff::tz::Offset::UTC.to_datetime(self.now()).date();
        let kind = work.job.kind;
        let back = match kind {
            JobKind::History => EXTENDED_HISTORY_MONTHS.months(),
            _ => HISTORY_DAYS.days(),
        };
        let wants_transactions = work.job.include_transactions && work.member.use_cases.has(UseCase::Pfm);
        Wanted {
            transactions_from: wants_transactions.then(|| today.saturating_sub(back)),
            holdings: work.job.include_holdings,
            owners: kind == JobKind::Identification,
            numbers: kind == JobKind::Verification,
        }
    }

    fn visit<'a>(&'a self, work: &'a Work) -> Visit<'a> {
        Visit {
            bank: &work.bank,
            seed: &self.parts.seed,
            user: work.member.user_guid.as_str(),
            attempt: work.job.attempt,
            now: self.now(),
            since: work.member.created_at,
        }
    }
}

/// The tries of a write that is made again while the database is away. What was written before the answer of its commit
/// was lost is not written again: the job is then no longer held.
#[derive(Default)]
pub(super) struct Tries(u32);

impl Tries {
    /// Whether to try again, after a pause.
    pub(super) async fn go_on(&mut self, written: &Result<(), Fault>) -> bool {
        self.0 += 1;
        match written {
            Err(fault @ Fault::Unavailable(_)) if self.0 < WRITE_TRIES => {
                fault.log("a job could not be put down yet");
                tokio::time::sleep(WRITE_PAUSE).await;
                true
            }
            _ => false,
        }
    }
}

/// Locks a job that `owner` holds by this claim, and its member; none when it has been taken from us, be it by another
/// task of the same process, or the member is gone. Every taking away raises the number of interruptions; where a sandbox
/// was put back since, the job with this id is another one.
pub(super) async fn hold(tx: &Tx, claim: &Claim, owner: &str) -> Result<Option<(Member, Job)>, Fault> {
    let Some(member) = members::lock(tx, &claim.user_guid, &claim.member_guid).await? else {
        return Ok(None);
    };
    let job = jobs::lock(tx, &claim.user_guid, &claim.guid).await?;
    let ours = |job: &Job| {
        job.state == JobState::Running
            && job.lease_owner.as_deref() == Some(owner)
            && job.interruptions == claim.interruptions
            && job.epoch == claim.epoch
    };
    Ok(job.filter(ours).map(|job| (member, job)))
}
