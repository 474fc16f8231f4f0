//! How often one address may try to log in.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use riverbank_model::MachineClock;

/// Tries at once.
const BURST: u32 = 10;
/// Time that gives one more.
const REFILL: Duration = Duration::from_secs(6);
/// Addresses that are remembered. When there are more, those that may try as often as anybody are forgotten; if none may,
/// strangers wait.
const REMEMBERED: usize = 10_000;

/// A token bucket for each address, in machine time.
pub(super) struct Doors {
    clock: Arc<dyn MachineClock>,
    full_at: Mutex<HashMap<IpAddr, Duration>>,
}

impl Doors {
    pub(super) fn new(clock: Arc<dyn MachineClock>) -> Self {
        Self { clock, full_at: Mutex::default() }
    }

    /// Takes one try of an address; false when it has none.
    pub(super) fn admit(&self, address: IpAddr) -> bool {
        let (now, who) = (self.clock.elapsed(), network(address));
        let mut buckets = self.full_at.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED && !buckets.contains_key(&who) {
            buckets.retain(|_, full_at| *full_at > now);
            if buckets.len() >= REMEMBERED {
                return false;
            }
        }
        let full_at = buckets.get(&who).copied().unwrap_or(now).max(now) + REFILL;
        if full_at > now + REFILL * BURST {
            return false;
        }
        buckets.insert(who, full_at);
        true
    }
}

/// Whoever has one address of IPv6 has the 64 bits after the network's, too.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manners::tests::HandClock;

    #[test]
    fn an_address_has_ten_tries_and_one_more_every_six_seconds() {
        let clock = Arc::new(HandClock::default());
        let doors = Doors::new(clock.clone());
        let address = "192.0.2.1".parse().unwrap();
        assert_eq!((0..20).filter(|_| doors.admit(address)).count(), 10);
        assert!(doors.admit("192.0.2.2".parse().unwrap()));
        clock.advance(REFILL);
        assert_eq!((0..5).filter(|_| doors.admit(address)).count(), 1);
    }

    #[test]
    fn the_addresses_of_one_network_of_ipv6_are_one() {
        let doors = Doors::new(Arc::new(HandClock::default()));
        let tries = (0..20).filter(|n| doors.admit(format!("2001:db8::{n}").parse().unwrap())).count();
        assert_eq!(tries, 10);
        assert!(doors.admit("2001:db8:0:1::1".parse().unwrap()));
    }

    #[test]
    fn a_crowd_of_addresses_does_not_fill_the_memory() {
        let clock = Arc::new(HandClock::default());
        let doors = Doors::new(clock.clone());
        let crowd = |n: u32| IpAddr::from(n.to_be_bytes());
        let count = u32::try_from(REMEMBERED).unwrap();
        assert!((0..count).all(|n| doors.admit(crowd(n))));
        assert!(!doors.admit(crowd(count)));
        clock.advance(REFILL);
        assert!(doors.admit(crowd(count)));
    }
}
