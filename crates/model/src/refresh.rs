//! When members are refreshed in the background: about once a day, each at a time of the day of its own.
//!
//! The time of the day is a hash of the member's id. So the members of a server, however many, make a flat line over
//! the day, and a member keeps its time whatever else happens.

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

use crate::connection::ConnectionStatus;
use crate::guid::MemberGuid;
use crate::limits::REFRESH_GAP;
use crate::use_case::{UseCase, UseCases};

/// The statuses in which a member is refreshed (aggregation rules). RECONNECTED is none of them: it would make
/// institutions send one-time codes.
pub const REFRESHED: [ConnectionStatus; 3] =
    [ConnectionStatus::Created, ConnectionStatus::Connected, ConnectionStatus::Updated];

const SECONDS_OF_A_DAY: i64 = 24 * 60 * 60;

/// What decides when a member is refreshed.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Its id.
    pub guid: &'a MemberGuid,
    /// Where its connection stands.
    pub status: Option<ConnectionStatus>,
    /// What it is for; only what has PFM is aggregated without being asked.
    pub use_cases: UseCases,
    /// It is deleted, being aggregated, or left out by its owner.
    pub is_out: bool,
    /// When it was last aggregated; when it was made if it never was.
    pub last: Timestamp,
    /// What time it is. A `last` that lies ahead of it was on a clock that has been set back since, and says nothing.
    pub now: Timestamp,
}

impl Standing<'_> {
    /// When it is refreshed next, which may be in the past: its time of the day, once [`REFRESH_GAP`] has passed. None
    /// as long as it stands so.
    pub fn next(&self) -> Option<Timestamp> {
        let is_in = self.status.is_some_and(|status| REFRESHED.contains(&status))
            && self.use_cases.has(UseCase::Pfm)
            && !self.is_out;
        let from = if self.last > self.now { self.now } else { self.last.checked_add(REFRESH_GAP).ok()? };
        next_time(self.guid, from).filter(|_| is_in)
    }
}

/// The first moment from `from` on that is at the member's time of the day, in whole seconds.
pub fn next_time(member: &MemberGuid, from: Timestamp) -> Option<Timestamp> {
    // Rounded up, so that nothing is refreshed a fraction of a second too early.
    let from = -from.as_microsecond().checked_neg()?.div_euclid(1_000_000);
    let passed = (from - time_of_day(member)).rem_euclid(SECONDS_OF_A_DAY);
    let wait = if passed == 0 { 0 } else { SECONDS_OF_A_DAY - passed };
    Timestamp::from_second(from).ok()?.checked_add(SignedDuration::from_secs(wait)).ok()
}

/// Seconds from midnight, UTC.
fn time_of_day(member: &MemberGuid) -> i64 {
    let digest = Sha256::digest(member.as_str());
    let number = digest.iter().take(7).fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    number % SECONDS_OF_A_DAY
}

#[cfg(test)]
mod tests;
