//! One member of the reference, and its job.

use jiff::{Span, Timestamp};
use riverbank_model::connection::{ConnectionStatus, Startable};
use riverbank_model::guid::MemberGuid;
use riverbank_model::job::JobStatus;
use riverbank_model::limits::{
    CHALLENGE_LIFE, DENIALS_UNTIL_PREVENTED, DISCONNECTED_AFTER, FAILURE_WINDOW, FAILURES_UNTIL_DEGRADED,
    REFRESH_GAP, THROTTLE,
};
use riverbank_model::refresh::next_time;

use super::{Answer, DONE, SLOW};
use crate::nexus::members::life::calls::{Bank, Password, Uses};

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Member {
    /// As the server made it.
    pub(super) guid: Option<MemberGuid>,
    pub(super) status: ConnectionStatus,
    pub(super) password: Option<Password>,
    pub(super) external: Option<u8>,
    pub(super) uses: Uses,
    created_at: Timestamp,
    pub(super) aggregated_at: Option<Timestamp>,
    pub(super) succeeded_at: Option<Timestamp>,
    pub(super) denials: i64,
    /// When the jobs were made that ended as FAILED.
    failures: Vec<Timestamp>,
    /// When its questions expire.
    pub(super) asked_until: Option<Timestamp>,
    /// The newest job.
    pub(super) job: Option<Job>,
    /// How often it was given credentials.
    logins: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Job {
    made_at: Timestamp,
    pub(super) status: JobStatus,
    stage: Stage,
    pub(super) is_authenticated: bool,
    /// Its result no longer counts.
    is_superseded: bool,
    has_follow_up: bool,
    /// Steps of the script that are behind it.
    step: usize,
    /// The answer that was given last.
    answer: Option<bool>,
    /// Follows from the answer to the question of a forced CHALLENGED.
    is_answer: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Ready(Timestamp),
    Running,
    Parked,
    Done,
}

/// What a bank does next.
enum Step {
    Open,
    Ask,
    Wait,
    End(ConnectionStatus),
}

impl Password {
    /// What the bank does after so many steps, given the answer to its question.
    fn step(self, step: usize, answer: Option<bool>) -> Step {
        if answer == Some(false) {
            return Step::End(ConnectionStatus::Rejected);
        }
        match (self, step) {
            (Self::Denied, _) => Step::End(ConnectionStatus::Denied),
            (Self::Locked, _) => Step::End(ConnectionStatus::Locked),
            (Self::Failing, _) => Step::End(ConnectionStatus::Failed),
            (Self::Asking | Self::Chaining, 0) | (Self::Chaining, 1) => Step::Ask,
            (Self::Slow, 0) => Step::Wait,
            _ => Step::Open,
        }
    }
}

impl Member {
    pub(super) fn new(now: Timestamp, status: ConnectionStatus) -> Self {
        Self {
            guid: None,
            status,
            password: None,
            external: None,
            uses: Uses::Pfm,
            created_at: now,
            aggregated_at: None,
            succeeded_at: None,
            denials: 0,
            failures: Vec::new(),
            asked_until: None,
            job: None,
            logins: 0,
        }
    }

    /// When it is to be refreshed in the background: at its time of the day, once twenty hours have passed.
    pub(super) fn next_refresh(&self) -> Option<Timestamp> {
        let is_well = matches!(
            self.status,
            ConnectionStatus::Created | ConnectionStatus::Connected | ConnectionStatus::Updated
        );
        let last = self.aggregated_at.unwrap_or(self.created_at);
        let guid = self.guid.as_ref().filter(|_| is_well && self.has_pfm() && !self.is_live())?;
        next_time(guid, after(last, REFRESH_GAP))
    }

    /// The moments at which something of it falls due, but for its refresh.
    pub(super) fn due_times(&self) -> impl Iterator<Item = Timestamp> + use<> {
        let waits_until = self.job.as_ref().and_then(|job| match job.stage {
            Stage::Ready(at) => Some(at),
            _ => None,
        });
        self.asked_until.into_iter().chain(waits_until)
    }

    fn live(&mut self) -> Option<&mut Job> {
        self.job.as_mut().filter(|job| job.stage != Stage::Done)
    }

    pub(super) fn is_live(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.stage != Stage::Done)
    }

    pub(super) fn start(&mut self, now: Timestamp) {
        self.job = Some(Job {
            made_at: now,
            status: JobStatus::Initiated,
            stage: Stage::Ready(now),
            is_authenticated: false,
            is_superseded: false,
            has_follow_up: false,
            step: 0,
            answer: None,
            is_answer: false,
        });
    }

    pub(super) fn halt(&mut self) {
        if let Some(job) = self.live() {
            job.stage = Stage::Done;
            job.status = JobStatus::Halted;
        }
        self.asked_until = None;
    }

    pub(super) fn ask(&mut self, now: Timestamp) {
        self.status = ConnectionStatus::Challenged;
        self.asked_until = Some(after(now, CHALLENGE_LIFE));
    }

    fn is_throttled(&self, bank: Bank, now: Timestamp) -> bool {
        bank == Bank::Plain && within(self.succeeded_at, THROTTLE, now)
    }

    pub(super) fn has_pfm(&self) -> bool {
        self.uses != Uses::MoneyMovement
    }

    /// Whether a session that opens, or an aggregate of all, starts a job.
    pub(super) fn starts_with_others(&self, bank: Bank, now: Timestamp) -> bool {
        self.status.startable() == Startable::ByAll
            && self.has_pfm()
            && self.password.is_some()
            && !self.is_live()
            && !self.is_throttled(bank, now)
    }

    /// A worker walks the running job to where it stops.
    pub(super) fn run(&mut self, bank: Bank, now: Timestamp) {
        let password = self.password;
        let Some(job) = self.job.as_mut().filter(|job| job.stage == Stage::Running) else { return };
        if job.status == JobStatus::Initiated {
            job.status = JobStatus::Requested;
            self.aggregated_at = Some(now);
        }
        let is_answer = std::mem::take(&mut job.is_answer);
        let step = match (is_answer, job.answer, password) {
            (true, Some(false), _) => Step::End(ConnectionStatus::Rejected),
            (true, _, None) => return self.finish(bank, ConnectionStatus::Connected, now),
            (_, _, None) => Step::End(ConnectionStatus::Impaired),
            (true, _, Some(password)) => password.step(0, None),
            (false, answer, Some(password)) => password.step(job.step, answer),
        };
        job.answer = None;
        match step {
            Step::Ask | Step::Wait if job.is_superseded => self.set_aside(now),
            Step::Ask => {
                job.step += 1;
                job.stage = Stage::Parked;
                job.status = JobStatus::Challenged;
                self.ask(now);
            }
            Step::Wait => {
                job.step += 1;
                job.stage = Stage::Ready(now.checked_add(Span::new().seconds(SLOW)).expect("a time"));
            }
            Step::Open => {
                job.is_authenticated = true;
                self.finish(bank, ConnectionStatus::Connected, now);
            }
            Step::End(status) => self.finish(bank, status, now),
        }
    }

    /// The end of a job by the bank's answer.
    fn finish(&mut self, bank: Bank, outcome: ConnectionStatus, now: Timestamp) {
        let Some(job) = self.job.as_mut() else { return };
        let earlier = self.failures.iter().filter(|made| after(**made, FAILURE_WINDOW) >= now).count();
        if outcome == ConnectionStatus::Failed {
            self.failures.push(job.made_at);
        }
        if job.is_superseded {
            return self.set_aside(now);
        }
        let status = match outcome {
            ConnectionStatus::Denied => {
                self.denials += 1;
                let is_prevented = self.denials >= DENIALS_UNTIL_PREVENTED;
                if is_prevented { ConnectionStatus::Prevented } else { outcome }
            }
            ConnectionStatus::Failed if bank == Bank::Plain => {
                let failures = i64::try_from(earlier + 1).expect("a count");
                let good = self.succeeded_at.unwrap_or(self.created_at);
                if failures < FAILURES_UNTIL_DEGRADED {
                    outcome
                } else if after(good, DISCONNECTED_AFTER) <= now {
                    ConnectionStatus::Disconnected
                } else {
                    ConnectionStatus::Degraded
                }
            }
            other => other,
        };
        self.status = status;
        if status == ConnectionStatus::Connected {
            self.succeeded_at = Some(now);
            self.denials = 0;
        }
        job.stage = Stage::Done;
        job.status = match status {
            ConnectionStatus::Connected => JobStatus::Completed,
            ConnectionStatus::Denied => JobStatus::Denied,
            ConnectionStatus::Prevented => JobStatus::Prevented,
            _ => JobStatus::Halted,
        };
    }

    /// The end of a job whose result no longer counts.
    fn set_aside(&mut self, now: Timestamp) {
        let Some(job) = self.job.as_mut() else { return };
        job.stage = Stage::Done;
        job.status = JobStatus::Halted;
        if job.has_follow_up {
            self.start(now);
        }
    }

    pub(super) fn set_credentials(&mut self, password: Password, skip: bool, now: Timestamp) {
        self.password = Some(password);
        self.logins += 1;
        self.denials = 0;
        self.status = ConnectionStatus::Updated;
        self.asked_until = None;
        let stage = self.live().map(|job| (job.stage, job.status == JobStatus::Initiated));
        match stage {
            // It will use the new ones.
            Some((Stage::Ready(_), true)) => return,
            Some((Stage::Running, _)) => {
                if let Some(job) = self.live() {
                    job.is_superseded = true;
                    job.has_follow_up = !skip;
                }
                return;
            }
            _ => self.halt(),
        }
        if !skip {
            self.start(now);
        }
    }
}

pub(super) fn take(member: &mut Member, now: Timestamp) -> bool {
    match member.live() {
        Some(job) if matches!(job.stage, Stage::Ready(at) if at <= now) => {
            job.stage = Stage::Running;
            true
        }
        _ => false,
    }
}

pub(super) fn aggregate(member: &mut Member, bank: Bank, now: Timestamp) -> Answer {
    if !member.has_pfm() {
        return Some((403, Some(4031)));
    }
    let may_start = member.status.startable() != Startable::No;
    if !may_start || member.is_live() || member.is_throttled(bank, now) {
        return Some((202, None));
    }
    match member.password {
        Some(_) => member.start(now),
        None => member.status = ConnectionStatus::Impaired,
    }
    DONE
}

pub(super) fn answer(member: &mut Member, right: bool, now: Timestamp) -> Answer {
    if member.status != ConnectionStatus::Challenged {
        return Some((405, Some(4051)));
    }
    member.status = ConnectionStatus::Resumed;
    member.asked_until = None;
    let is_forced = !member.is_live();
    if is_forced {
        member.start(now);
    }
    if let Some(job) = member.live() {
        job.answer = Some(right);
        job.is_answer = is_forced;
        if !is_forced {
            job.stage = Stage::Ready(now);
            job.status = JobStatus::Requested;
        }
    }
    DONE
}

pub(super) fn after(at: Timestamp, by: std::time::Duration) -> Timestamp {
    at.checked_add(by).expect("a time")
}

pub(super) fn within(at: Option<Timestamp>, window: std::time::Duration, now: Timestamp) -> bool {
    at.is_some_and(|at| now < after(at, window))
}
