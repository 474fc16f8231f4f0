//! When a message is tried again, and when an endpoint is left in peace. All of it in business time.

use std::time::Duration;

use jiff::Timestamp;
use riverbank_model::limits::{WEBHOOK_FIRST_GAP, WEBHOOK_TRIES};
use sha2::{Digest, Sha256};

/// Those behind a message in its lane wait for it until it has been tried so often: two and a half minutes. After that
/// they go before it.
pub(super) const IN_ORDER_TRIES: i64 = 4;
/// Twelve gaps with all of their jitter, and a little.
pub(crate) const EXPIRES_AFTER: Duration = Duration::from_hours(27);
/// A gap is longer or shorter by up to so many thousandths, so that what failed together does not come back together.
const JITTER: i64 = 100;
/// Tries in a row that come to nothing until an endpoint counts as dead.
const DEAD_AFTER: i64 = 5;
/// How long a dead endpoint is left in peace, at first and at most. Then one message is tried.
const PAUSES: (Duration, Duration) = (Duration::from_secs(10), Duration::from_mins(5));

/// The gap before the next try of a message that has `tries_left`. The longer the more were before.
pub(crate) fn gap(guid: &impl AsRef<str>, tries_left: i64) -> Duration {
    let before = (WEBHOOK_TRIES - 1 - tries_left).clamp(0, WEBHOOK_TRIES);
    let gap = WEBHOOK_FIRST_GAP * 2_u32.pow(u32::try_from(before).unwrap_or(0));
    let per_thousand = 1000 - JITTER + jitter(guid, tries_left);
    gap * u32::try_from(per_thousand).unwrap_or(1000) / 1000
}

/// A number up to twice [`JITTER`], the same for the same try of the same message.
fn jitter(guid: &impl AsRef<str>, tries_left: i64) -> i64 {
    let digest = Sha256::digest(format!("{}/{tries_left}", guid.as_ref()));
    let number = i64::from(u16::from_be_bytes([digest[0], digest[1]]));
    number % (2 * JITTER + 1)
}

/// Until when an endpoint is left in peace that has failed so often in a row; none while it is not dead.
pub(super) fn pause(failures: i64, now: Timestamp) -> Option<Timestamp> {
    let more = failures.checked_sub(DEAD_AFTER).filter(|more| *more >= 0)?;
    let (first, longest) = PAUSES;
    let doubled = u32::try_from(more.min(16)).unwrap_or(0);
    now.checked_add((first * 2_u32.pow(doubled)).min(longest)).ok()
}

#[cfg(test)]
mod tests {
    use riverbank_model::guid::{Guid, WebhookMessageGuid};

    use super::*;

    fn message(number: usize) -> WebhookMessageGuid {
        WebhookMessageGuid::trusted(format!("msg_{number}"))
    }

    #[test]
    fn twelve_gaps_grow_and_make_about_a_day() {
        for number in 0..100 {
            let gaps: Vec<Duration> =
                (1..WEBHOOK_TRIES).rev().map(|left| gap(&message(number), left)).collect();
            assert_eq!(gaps.len(), 12);
            assert!(gaps.is_sorted_by(|one, next| one < next), "{gaps:?}");
            let sum: Duration = gaps.iter().sum();
            assert!((Duration::from_hours(21)..EXPIRES_AFTER).contains(&sum), "{sum:?}");
        }
    }

    #[test]
    fn messages_that_failed_together_come_back_apart_and_each_at_its_own_time() {
        let mut gaps: Vec<Duration> = (0..100).map(|number| gap(&message(number), 12)).collect();
        assert_eq!(gaps[7], gap(&message(7), 12));
        gaps.sort();
        gaps.dedup();
        assert!(gaps.len() > 50, "{}", gaps.len());
    }

    #[test]
    fn a_dead_endpoint_is_left_in_peace_for_longer_and_longer_up_to_five_minutes() {
        let now = Timestamp::UNIX_EPOCH;
        let seconds = |failures| pause(failures, now).map(Timestamp::as_second);
        assert_eq!((0..5).filter_map(seconds).count(), 0);
        let pauses: Vec<_> = (5..12).filter_map(seconds).collect();
        assert_eq!(pauses, [10, 20, 40, 80, 160, 300, 300]);
        assert_eq!(seconds(i64::MAX), Some(300));
    }
}
