//! The request limit of each client.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use riverbank_model::MachineClock;

use crate::error::ApiError;

/// A token bucket for each client, in machine time.
///
/// It is asked once the caller is known, so there are no more buckets than clients. A bucket is one time: the
/// moment at which it would be full again.
pub struct RequestLimit {
    /// Time that refills one request.
    refill: Duration,
    /// Time that refills a whole bucket.
    capacity: Duration,
    clock: Arc<dyn MachineClock>,
    full_at: Mutex<HashMap<String, Duration>>,
}

impl RequestLimit {
    /// At most `per_second` requests in the long run, and `burst` at once.
    pub fn new(per_second: NonZeroU32, burst: NonZeroU32, clock: Arc<dyn MachineClock>) -> Self {
        let refill = Duration::from_secs(1) / per_second.get();
        Self { refill, capacity: refill.saturating_mul(burst.get()), clock, full_at: Mutex::default() }
    }

    /// Takes one request out of the client's bucket, or says with 4291 when there will be one.
    pub fn admit(&self, client: &str) -> Result<(), ApiError> {
        let now = self.clock.elapsed();
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = buckets.get(client).copied().unwrap_or(now).max(now) + self.refill;
        let wait = full_at.saturating_sub(now + self.capacity);
        if !wait.is_zero() {
            return Err(ApiError::too_many_requests(wait));
        }
        match buckets.get_mut(client) {
            Some(bucket) => *bucket = full_at,
            None => _ = buckets.insert(client.to_owned(), full_at),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manners::tests::HandClock;

    fn limit(per_second: u32, burst: u32) -> (Arc<HandClock>, RequestLimit) {
        let clock = Arc::new(HandClock::default());
        let number = |number| NonZeroU32::new(number).unwrap();
        (clock.clone(), RequestLimit::new(number(per_second), number(burst), clock))
    }

    #[test]
    fn a_burst_passes_and_the_next_request_waits_for_a_refill() {
        let (clock, limit) = limit(10, 3);
        for _ in 0..3 {
            limit.admit("acme").unwrap();
        }
        assert_eq!(limit.admit("acme").unwrap_err().code().number(), 4291);
        clock.advance(Duration::from_millis(99));
        assert!(limit.admit("acme").is_err());
        clock.advance(Duration::from_millis(1));
        limit.admit("acme").unwrap();
        assert!(limit.admit("acme").is_err());
    }

    #[test]
    fn a_client_does_not_spend_the_requests_of_another() {
        let (_, limit) = limit(1, 1);
        limit.admit("acme").unwrap();
        assert!(limit.admit("acme").is_err());
        limit.admit("other").unwrap();
    }

    #[test]
    fn a_bucket_never_holds_more_than_its_burst() {
        let (clock, limit) = limit(1, 2);
        clock.advance(Duration::from_hours(1));
        assert_eq!((0..5).filter(|_| limit.admit("acme").is_ok()).count(), 2);
    }
}
