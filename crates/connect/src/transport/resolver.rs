//! Names become addresses here, and here they are checked: what is connected to is what was checked, so a name that
//! answers differently the second time gains nothing.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::Policy;

/// All addresses of a name are closed to us.
#[derive(Debug, thiserror::Error)]
#[error("{name} leads to {address}, an address that is {kind}")]
pub(super) struct ClosedAddress {
    pub(super) name: String,
    pub(super) address: std::net::IpAddr,
    pub(super) kind: &'static str,
}

/// What a look-up gives.
pub(super) type Found = Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>;

/// Looks names up.
pub(super) trait Lookup: Send + Sync {
    fn look_up(&self, name: String) -> Found;
}

/// The system's resolver.
pub(super) struct System;

impl Lookup for System {
    fn look_up(&self, name: String) -> Found {
        Box::pin(async move { Ok(tokio::net::lookup_host((name, 0)).await?.collect()) })
    }
}

/// A resolver with the closed addresses left out.
pub(super) struct CheckedResolver {
    pub(super) policy: Arc<Policy>,
    pub(super) lookup: Arc<dyn Lookup>,
}

impl Resolve for CheckedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let policy = Arc::clone(&self.policy);
        let name = name.as_str().to_owned();
        let found = self.lookup.look_up(name.clone());
        Box::pin(async move {
            let found = found.await?;
            Ok(Box::new(open_addresses(&policy, &name, found)?.into_iter()) as Addrs)
        })
    }
}

/// Those of the addresses that are open; an error when there are only closed ones.
pub(super) fn open_addresses(
    policy: &Policy,
    name: &str,
    found: Vec<SocketAddr>,
) -> Result<Vec<SocketAddr>, ClosedAddress> {
    let mut refused = None;
    let mut open = Vec::new();
    for address in found {
        let ip = address.ip();
        // `localhost` is what http is allowed for, so it must be what it says.
        let kind = if super::is_localhost(name) && !ip.is_loopback() {
            Some("not loopback")
        } else {
            policy.closed(ip)
        };
        match kind {
            Some(kind) => {
                refused = Some(ClosedAddress { name: name.to_owned(), address: ip, kind });
            }
            None => open.push(address),
        }
    }
    match refused {
        Some(refused) if open.is_empty() => Err(refused),
        _ => Ok(open),
    }
}
