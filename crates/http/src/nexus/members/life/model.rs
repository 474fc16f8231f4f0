//! The reference: what a member is, in as few words as the rules allow. It knows nothing of databases, workers or HTTP.

use jiff::{Span, Timestamp};
use riverbank_model::connection::{ConnectionStatus, Startable};
use riverbank_model::job::JobStatus;
use riverbank_model::limits::{
    CHALLENGE_LIFE, DENIALS_UNTIL_PREVENTED, DISCONNECTED_AFTER, FAILURE_WINDOW, FAILURES_UNTIL_DEGRADED,
    PURGE_AFTER, THROTTLE,
};

use super::calls::{Bank, Call, Password, Uses};

/// How long [`Password::Slow`] lets wait, in seconds.
pub(super) const SLOW: i64 = 1_800;

/// The answer to a call: the status, and the code of a refusal; nothing for what has no answer.
pub(super) type Answer = Option<(u16, Option<i64>)>;

const DONE: Answer = Some((200, None));
const NOT_FOUND: Answer = Some((404, Some(4041)));
const BAD_REQUEST: Answer = Some((400, Some(4002)));
const TAKEN: Answer = Some((422, Some(4220)));

/// What answers show of a member.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shown {
    pub(super) status: &'static str,
    pub(super) is_being_aggregated: bool,
    pub(super) aggregated_at: Option<Timestamp>,
    pub(super) successfully_aggregated_at: Option<Timestamp>,
    pub(super) external: Option<u8>,
    pub(super) uses: Uses,
    pub(super) questions: usize,
    /// Of its newest job: the status, and whether the bank let us in.
    pub(super) job: Option<(&'static str, bool)>,
}

#[derive(Clone, Debug)]
struct Member {
    status: ConnectionStatus,
    password: Option<Password>,
    external: Option<u8>,
    uses: Uses,
    created_at: Timestamp,
    aggregated_at: Option<Timestamp>,
    succeeded_at: Option<Timestamp>,
    denials: i64,
    /// When the jobs were made that ended as FAILED.
    failures: Vec<Timestamp>,
    /// When its questions expire.
    asked_until: Option<Timestamp>,
    /// The newest job.
    job: Option<Job>,
}

#[derive(Clone, Debug)]
struct Job {
    made_at: Timestamp,
    status: JobStatus,
    stage: Stage,
    is_authenticated: bool,
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

/// What is left of a deleted member that had a login.
#[derive(Clone, Debug)]
struct Grave {
    aggregated_at: Option<Timestamp>,
    succeeded_at: Option<Timestamp>,
    until: Timestamp,
}

/// The members of one user.
pub(super) struct Model {
    now: Timestamp,
    members: [Option<Member>; 2],
    graves: [Option<Grave>; 2],
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
    fn new(now: Timestamp, status: ConnectionStatus) -> Self {
        Self {
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
        }
    }

    fn live(&mut self) -> Option<&mut Job> {
        self.job.as_mut().filter(|job| job.stage != Stage::Done)
    }

    fn is_live(&self) -> bool {
        self.job.as_ref().is_some_and(|job| job.stage != Stage::Done)
    }

    fn start(&mut self, now: Timestamp) {
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

    fn halt(&mut self) {
        if let Some(job) = self.live() {
            job.stage = Stage::Done;
            job.status = JobStatus::Halted;
        }
        self.asked_until = None;
    }

    fn ask(&mut self, now: Timestamp) {
        self.status = ConnectionStatus::Challenged;
        self.asked_until = Some(after(now, CHALLENGE_LIFE));
    }

    fn is_throttled(&self, bank: Bank, now: Timestamp) -> bool {
        bank == Bank::Plain && within(self.succeeded_at, THROTTLE, now)
    }

    fn has_pfm(&self) -> bool {
        self.uses != Uses::MoneyMovement
    }

    /// Whether a session that opens, or an aggregate of all, starts a job.
    fn starts_with_others(&self, bank: Bank, now: Timestamp) -> bool {
        self.status.startable() == Startable::ByAll
            && self.has_pfm()
            && self.password.is_some()
            && !self.is_live()
            && !self.is_throttled(bank, now)
    }

    /// A worker walks the running job to where it stops.
    fn run(&mut self, bank: Bank, now: Timestamp) {
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

    fn set_credentials(&mut self, password: Password, skip: bool, now: Timestamp) {
        self.password = Some(password);
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

impl Model {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { now, members: [None, None], graves: [None, None] }
    }

    pub(super) fn show(&self, bank: Bank) -> Option<Shown> {
        let member = self.members[bank as usize].as_ref()?;
        Some(Shown {
            status: member.status.name(),
            is_being_aggregated: member.is_live(),
            aggregated_at: member.aggregated_at,
            successfully_aggregated_at: member.succeeded_at,
            external: member.external,
            uses: member.uses,
            questions: usize::from(member.asked_until.is_some()),
            job: member.job.as_ref().map(|job| (job.status.name(), job.is_authenticated)),
        })
    }

    pub(super) fn make(&mut self, call: Call) -> Answer {
        let now = self.now;
        match call {
            Call::Create { bank, password, external, skip } => self.create(bank, password, external, skip),
            Call::CreateInStatus { bank, status } => self.create_in_status(bank, status),
            Call::SetCredentials { bank, password, skip } => self.with(bank, |member| {
                member.set_credentials(password, skip, now);
                DONE
            }),
            Call::SetStatus { bank, status } => self.with(bank, |member| {
                if bank == Bank::Plain || status == ConnectionStatus::Pending {
                    return BAD_REQUEST;
                }
                member.halt();
                member.status = status;
                member.denials = 0;
                if status == ConnectionStatus::Challenged {
                    member.ask(now);
                }
                DONE
            }),
            Call::SetUses { bank, uses } => self.with(bank, |member| {
                member.uses = uses;
                DONE
            }),
            Call::SetExternal { bank, external } => {
                let is_taken = self.is_taken(bank, external);
                self.with(bank, |member| {
                    if is_taken {
                        return TAKEN;
                    }
                    member.external = Some(external);
                    DONE
                })
            }
            Call::Aggregate { bank } => self.with(bank, |member| aggregate(member, bank, now)),
            Call::AggregateAll => {
                let mut live = self.members.iter().flatten().peekable();
                if live.peek().is_some() && !live.any(Member::has_pfm) {
                    return Some((403, Some(4031)));
                }
                self.start_all();
                DONE
            }
            Call::OpenSession { skip } => {
                if !skip {
                    self.start_all();
                }
                DONE
            }
            Call::Answer { bank, right } => self.with(bank, |member| answer(member, right, now)),
            Call::Delete { bank } => self.delete(bank),
            Call::Take => {
                for member in self.members.iter_mut().flatten() {
                    take(member, now);
                }
                None
            }
            Call::Work => {
                self.work();
                None
            }
            Call::Pass { minutes } => {
                self.now = now.checked_add(Span::new().minutes(minutes)).expect("a time");
                self.expire();
                self.work();
                None
            }
        }
    }

    /// Does something to a member, if it is there.
    fn with(&mut self, bank: Bank, change: impl FnOnce(&mut Member) -> Answer) -> Answer {
        self.members[bank as usize].as_mut().map_or(NOT_FOUND, change)
    }

    /// Whether the member at the other bank has this external id.
    fn is_taken(&self, bank: Bank, external: u8) -> bool {
        let others = Bank::ALL.into_iter().filter(|other| *other != bank);
        others
            .filter_map(|other| self.members[other as usize].as_ref())
            .any(|other| other.external == Some(external))
    }

    fn create(&mut self, bank: Bank, password: Password, external: Option<u8>, skip: bool) -> Answer {
        match &self.members[bank as usize] {
            // A member without a login leaves room for another; the lives here have one at each bank.
            Some(member) if member.password.is_none() => return None,
            Some(_) => return TAKEN,
            None => {}
        }
        if external.is_some_and(|external| self.is_taken(bank, external)) {
            return TAKEN;
        }
        let now = self.now;
        let mut member = Member::new(now, ConnectionStatus::Created);
        member.password = Some(password);
        member.external = external;
        if let Some(grave) = &mut self.graves[bank as usize] {
            if skip || (bank == Bank::Plain && within(grave.succeeded_at, THROTTLE, now)) {
                member.aggregated_at = grave.aggregated_at;
            }
            grave.until = now;
        }
        if !skip {
            member.start(now);
        }
        self.members[bank as usize] = Some(member);
        DONE
    }

    fn create_in_status(&mut self, bank: Bank, status: ConnectionStatus) -> Answer {
        if self.members[bank as usize].is_some() {
            return None;
        }
        if bank == Bank::Plain || status == ConnectionStatus::Pending {
            return BAD_REQUEST;
        }
        let mut member = Member::new(self.now, status);
        if status == ConnectionStatus::Challenged {
            member.ask(self.now);
        }
        self.members[bank as usize] = Some(member);
        DONE
    }

    fn delete(&mut self, bank: Bank) -> Answer {
        let Some(member) = self.members[bank as usize].take() else { return NOT_FOUND };
        if member.password.is_some() {
            self.graves[bank as usize] = Some(Grave {
                aggregated_at: member.aggregated_at,
                succeeded_at: member.succeeded_at,
                until: after(self.now, PURGE_AFTER),
            });
        }
        DONE
    }

    fn start_all(&mut self) {
        let now = self.now;
        for bank in Bank::ALL {
            if let Some(member) = self.members[bank as usize].as_mut()
                && member.starts_with_others(bank, now)
            {
                member.start(now);
            }
        }
    }

    fn expire(&mut self) {
        let now = self.now;
        for member in self.members.iter_mut().flatten() {
            if member.asked_until.is_some_and(|until| until <= now) {
                member.halt();
                member.status = ConnectionStatus::Expired;
            }
        }
        for grave in &mut self.graves {
            *grave = grave.take().filter(|grave| now < grave.until);
        }
    }

    /// Every job that is due is walked to where it stops, and those that follow.
    fn work(&mut self) {
        let now = self.now;
        for bank in Bank::ALL {
            if let Some(member) = self.members[bank as usize].as_mut() {
                member.run(bank, now);
                while take(member, now) {
                    member.run(bank, now);
                }
            }
        }
    }
}

fn take(member: &mut Member, now: Timestamp) -> bool {
    match member.live() {
        Some(job) if matches!(job.stage, Stage::Ready(at) if at <= now) => {
            job.stage = Stage::Running;
            true
        }
        _ => false,
    }
}

fn aggregate(member: &mut Member, bank: Bank, now: Timestamp) -> Answer {
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

fn answer(member: &mut Member, right: bool, now: Timestamp) -> Answer {
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

fn after(at: Timestamp, by: std::time::Duration) -> Timestamp {
    at.checked_add(by).expect("a time")
}

fn within(at: Option<Timestamp>, window: std::time::Duration, now: Timestamp) -> bool {
    at.is_some_and(|at| now < after(at, window))
}
