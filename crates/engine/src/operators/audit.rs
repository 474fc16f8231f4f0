//! The audit of operators: what they did and tried.

use std::net::IpAddr;

use jiff::Timestamp;
use riverbank_store::operators::{self, OperatorDeed};
use riverbank_store::{StoreError, Tx};

use crate::{Engine, Fault};

pub use riverbank_store::operators::OperatorDeed as Deed;

/// Where an operator's call came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A command on the server's machine.
    Command,
    /// A browser at this address.
    Browser(IpAddr),
}

/// Writes what an operator did.
pub(super) async fn record(
    tx: &Tx,
    operator: Option<&str>,
    action: &str,
    subject: &str,
    origin: Origin,
    at: Timestamp,
) -> Result<(), StoreError> {
    let address = match origin {
        Origin::Command => None,
        Origin::Browser(address) => Some(address.to_string()),
    };
    let (operator, action, subject) = (operator.map(str::to_owned), action.to_owned(), subject.to_owned());
    operators::record(tx, &OperatorDeed { at, operator, action, subject, address }).await
}

impl Engine {
    /// What operators did at `until` or before, the newest first: `limit` rows after the first `skip`.
    pub async fn operator_deeds(&self, until: Timestamp, limit: i64, skip: i64) -> Result<Vec<Deed>, Fault> {
        Ok(operators::deeds(&*self.store().read().await?, until, limit, skip).await?)
    }

    /// Writes that an operator saw or did something in the console.
    pub async fn record_deed(
        &self,
        operator: &str,
        action: &'static str,
        subject: &str,
        origin: Origin,
    ) -> Result<(), Fault> {
        let (operator, subject, at) = (operator.to_owned(), subject.to_owned(), self.machine().wall());
        let written = self
            .store()
            .write(async move |tx| record(tx, Some(&operator), action, &subject, origin, at).await);
        Ok(written.await?)
    }
}
