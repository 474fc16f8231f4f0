//! Back to the beginning: `POST /control/state/reset`.

use riverbank_store::db::AloneError;
use riverbank_store::{clients, institutions, state};

use crate::clock::Pace;
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// What a reset has done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reset {
    /// Clients that were reset.
    pub clients: usize,
    /// Users that are gone.
    pub users: u64,
}

/// Why nothing is reset.
#[derive(Debug, thiserror::Error)]
pub enum ResetError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// No client has this id.
    #[error("There is no such client.")]
    NoSuchClient,
    /// The database is never free of others who write.
    #[error("Others write all the time, and nothing was reset: try again when there is less to do.")]
    Busy,
    /// The clock goes through what falls due.
    #[error("The clock is being moved, and nothing was reset: try again when it has arrived.")]
    ClockMoves,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(ResetError);

impl From<AloneError> for ResetError {
    fn from(error: AloneError) -> Self {
        match error {
            AloneError::Busy => Self::Busy,
            AloneError::Store(error) => error.into(),
        }
    }
}

impl Engine {
    /// Takes away all users of a client, or of every client, with what they own, and counts from the beginning again: the
    /// same calls then give the same ids. Clients stay, with their keys, addresses and endpoints.
    ///
    /// Of everything, faults, uploaded institutions and what test banks have handed out go as well, and the clock runs
    /// with the wall clock, as in a new database.
    pub async fn reset_state(&self, client_id: Option<&str>) -> Result<Reset, ResetError> {
        demand_sandbox(self)?;
        let _clock = match client_id {
            None => Some(self.hold_clock().await.ok_or(ResetError::ClockMoves)?),
            Some(_) => None,
        };
        let before = self.parts.clock.pace();
        let tries = self.patiently(
            |error| matches!(error, ResetError::Busy),
            || self.reset_at_once(client_id.map(str::to_owned)),
        );
        let reset = tries.await;
        if reset.is_err() && client_id.is_none() {
            self.parts.clock.set_pace(before);
        }
        // Members that are made anew have the ids of those that are gone.
        self.requests.take();
        reset
    }

    async fn reset_at_once(&self, client_id: Option<String>) -> Result<Reset, ResetError> {
        let engine = self.clone();
        let writing = self.store().write(async move |tx| {
            tx.stand_alone().await?;
            let clients = match &client_id {
                Some(id) => vec![clients::find_by_id(tx, id).await?.ok_or(ResetError::NoSuchClient)?],
                None => clients::list(tx).await?,
            };
            let mut users = 0;
            for client in &clients {
                users += state::reset_client(tx, &client.guid).await?;
            }
            if client_id.is_none() {
                state::reset_banks(tx).await?;
                institutions::raise_version(tx).await?;
                engine.put_pace(tx, Pace::AT_FIRST).await?;
            }
            state::begin_epoch(tx).await?;
            tx.wake_workers();
            Ok(Reset { clients: clients.len(), users })
        });
        writing.await
    }
}

#[cfg(test)]
mod tests;
