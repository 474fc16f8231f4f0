//! The reference: what a member is, in as few words as the rules allow. It knows nothing of databases, workers or HTTP.

mod member;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::MemberGuid;
use riverbank_model::limits::{PURGE_AFTER, THROTTLE};

use super::calls::{Bank, Call, Password, Uses};
use member::{Member, after, aggregate, answer, take, within};

/// How long [`Password::Slow`] lets wait, in seconds.
pub(super) const SLOW: i64 = 1_800;
/// A refresh that is due for longer was missed.
const LATE: Duration = Duration::from_mins(10);
const DAY: Duration = Duration::from_hours(24);
const MICROSECONDS_OF_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

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
    members: Members,
    /// When each is to be refreshed in the background.
    refresh_at: [Option<Timestamp>; 2],
    graves: [Option<Grave>; 2],
    /// How often a member was refreshed in the background.
    pub(super) refreshes: usize,
}

type Members = [Option<Member>; 2];

impl Model {
    pub(super) fn new(now: Timestamp) -> Self {
        Self { now, members: [None, None], refresh_at: [None, None], graves: [None, None], refreshes: 0 }
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

    /// The id of the member at a bank, which says at what time of the day it is refreshed.
    pub(super) fn learn(&mut self, bank: Bank, guid: Option<MemberGuid>) {
        let before = self.members.clone();
        if let Some(member) = self.members[bank as usize].as_mut() {
            member.guid = guid;
        }
        self.note_changes(&before);
    }

    pub(super) fn make(&mut self, call: Call) -> Answer {
        let before = self.members.clone();
        let answer = self.change(call);
        self.note_changes(&before);
        answer
    }

    /// Each change of a member says anew when it is to be refreshed.
    fn note_changes(&mut self, before: &Members) {
        for bank in Bank::ALL {
            let member = &self.members[bank as usize];
            if *member != before[bank as usize] {
                self.refresh_at[bank as usize] = member.as_ref().and_then(Member::next_refresh);
            }
        }
    }

    fn change(&mut self, call: Call) -> Answer {
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
                let end = after_minutes(now, minutes);
                self.settle();
                while let Some(next) = self.next_due().filter(|next| *next < end) {
                    self.now = next;
                    self.settle();
                }
                self.now = end;
                self.settle();
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

    /// The next moment at which something falls due.
    fn next_due(&self) -> Option<Timestamp> {
        let of_members = self.members.iter().flatten().flat_map(Member::due_times);
        let refreshes = self.refresh_at.into_iter().flatten();
        let of_graves = self.graves.iter().flatten().map(|grave| grave.until);
        of_members.chain(refreshes).chain(of_graves).filter(|at| *at > self.now).min()
    }

    /// Does what is due now, and what follows from it. What workers hold stays in their hands.
    fn settle(&mut self) {
        loop {
            let (before, refresh_at) = (self.members.clone(), self.refresh_at);
            self.expire();
            self.note_changes(&before);
            let expired = self.members.clone();
            self.refresh();
            self.run_due();
            self.note_changes(&expired);
            if self.members == before && self.refresh_at == refresh_at {
                return;
            }
        }
    }

    /// Members that are due are refreshed; those that were due long ago are due later than now by as much, within a day.
    fn refresh(&mut self) {
        let now = self.now;
        for bank in Bank::ALL {
            let refresh_at = &mut self.refresh_at[bank as usize];
            let (Some(member), Some(due)) = (&mut self.members[bank as usize], *refresh_at) else { continue };
            if due > now {
                continue;
            }
            if after(due, LATE) < now {
                let late = now.as_microsecond() - due.as_microsecond();
                *refresh_at = Some(now + SignedDuration::from_micros(late % MICROSECONDS_OF_A_DAY));
            } else if member.password.is_some() {
                member.start(now);
                self.refreshes += 1;
            } else {
                // It cannot sign in: tomorrow at the same time.
                *refresh_at = Some(after(due, DAY));
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

    /// Every job that is held or due is walked to where it stops, and those that follow.
    fn work(&mut self) {
        let now = self.now;
        for bank in Bank::ALL {
            if let Some(member) = self.members[bank as usize].as_mut() {
                member.run(bank, now);
            }
        }
        self.run_due();
    }

    /// The same for those that are due.
    fn run_due(&mut self) {
        let now = self.now;
        for bank in Bank::ALL {
            if let Some(member) = self.members[bank as usize].as_mut() {
                while take(member, now) {
                    member.run(bank, now);
                }
            }
        }
    }
}

pub(super) fn after_minutes(at: Timestamp, minutes: i64) -> Timestamp {
    at.checked_add(SignedDuration::from_mins(minutes)).expect("a time")
}
