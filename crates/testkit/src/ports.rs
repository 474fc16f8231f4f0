//! Ports for servers that must be told which to take.
//!
//! A port that the system gave and that was given back may be anybody's by the time a server takes it. These lie below
//! those that systems give by themselves (from 32,768 on), and processes of tests begin at different ones.

use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

/// The first, and how many there are.
const FIRST: u32 = 10_000;
const COUNT: u32 = 20_000;
/// More than a process needs as a rule; it then goes on with those of the next.
const EACH: u32 = 8;

/// An address of this machine on which nobody listens, and which no test is given by chance. A process is given none twice.
pub fn spare() -> io::Result<SocketAddr> {
    static GIVEN: AtomicU32 = AtomicU32::new(0);
    for _ in 0..COUNT {
        let place = process::id().wrapping_mul(EACH).wrapping_add(GIVEN.fetch_add(1, Ordering::Relaxed));
        let port = u16::try_from(FIRST + place % COUNT).map_err(io::Error::other)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return Ok(address);
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_port_is_given_twice_and_none_is_one_that_systems_give() {
        let given: BTreeSet<_> = (0..2 * EACH).map(|_| spare().unwrap().port()).collect();
        assert_eq!(given.len(), 2 * EACH as usize);
        assert!(given.iter().all(|port| (10_000..32_768).contains(port)), "{given:?}");
    }
}
