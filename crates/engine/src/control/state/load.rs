//! Bringing a snapshot from a file: `PUT /control/state/snapshots/{name}/file`.

use jiff::Timestamp;
use riverbank_store::snapshots::{self, Shelves, Snapshot};
use riverbank_store::{SnapshotKeys, StoreError};

use super::file::{Flaw, Head, Part, Reading};
use super::new_guid;
use super::view::{SnapshotView, UnlawfulName, check_name};
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::{Engine, Fault};

/// Why a file is not taken; no snapshot was made of it.
#[derive(Debug, thiserror::Error)]
pub enum LoadSnapshotError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// The name could not stand in an address.
    #[error(transparent)]
    Name(#[from] UnlawfulName),
    /// There is one of this name.
    #[error("There is a snapshot {0} already: remove it first, or give another name.")]
    Exists(String),
    /// It is no snapshot, or not a whole one.
    #[error(transparent)]
    Flawed(#[from] Flaw),
    /// It was made under another schema.
    #[error("{0}")]
    OtherSchema(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(LoadSnapshotError);

/// A snapshot whose file is coming in.
pub struct LoadingSnapshot {
    engine: Engine,
    name: String,
    reading: Reading,
    /// What is known once the head was read.
    begun: Option<Begun>,
    is_whole: bool,
}

struct Begun {
    snapshot: Snapshot,
    shelves: Shelves,
    /// What the head tells of pieces and rows.
    told: (i64, i64),
}

impl Engine {
    /// Begins a snapshot that is brought from a file. It is there under its name when it is finished, and not before.
    pub async fn load_snapshot(&self, name: &str) -> Result<LoadingSnapshot, LoadSnapshotError> {
        demand_sandbox(self)?;
        check_name(name)?;
        if snapshots::find(&*self.store().read().await?, name).await?.is_some() {
            return Err(LoadSnapshotError::Exists(name.to_owned()));
        }
        Ok(LoadingSnapshot {
            engine: self.clone(),
            name: name.to_owned(),
            reading: Reading::begin(),
            begun: None,
            is_whole: false,
        })
    }
}

impl LoadingSnapshot {
    /// Takes what has come of the file.
    pub async fn take(&mut self, bytes: &[u8]) -> Result<(), LoadSnapshotError> {
        self.reading.take(bytes);
        while let Some(part) = self.reading.next()? {
            match part {
                Part::Head(head) => self.begun = Some(self.begin(&head).await?),
                Part::Piece(content) => self.keep(content).await?,
                Part::End => self.is_whole = true,
            }
        }
        Ok(())
    }

    /// Gives the snapshot its name, if the file was whole.
    pub async fn finish(&mut self) -> Result<SnapshotView, LoadSnapshotError> {
        self.reading.finish()?;
        let Some(Begun { snapshot, told, .. }) = &mut self.begun else { return Err(Flaw::Cut.into()) };
        if !self.is_whole || (snapshot.piece_count, snapshot.row_count) != *told {
            return Err(Flaw::Damaged.into());
        }
        snapshot.name = Some(self.name.clone());
        let finished = snapshot.clone();
        let written = self.engine.store().write(async move |tx| snapshots::finish(tx, &finished).await).await;
        match written {
            Ok(true) => Ok(SnapshotView::try_from(snapshot.clone())?),
            // It took longer than anybody waits.
            Ok(false) => Err(Flaw::Cut.into()),
            Err(StoreError::Conflict { .. }) => Err(LoadSnapshotError::Exists(self.name.clone())),
            Err(other) => Err(other.into()),
        }
    }

    /// Leaves nothing of it.
    pub async fn abandon(self) -> Result<(), Fault> {
        let Some(Begun { snapshot, .. }) = self.begun else { return Ok(()) };
        Ok(self.engine.store().write(async move |tx| snapshots::abandon(tx, &snapshot.guid).await).await?)
    }

    async fn begin(&self, head: &Head) -> Result<Begun, LoadSnapshotError> {
        let parts = &self.engine.parts;
        snapshots::check_schema(&head.schema)
            .map_err(|error| LoadSnapshotError::OtherSchema(error.to_string()))?;
        let keys = head.keys().and_then(|keys| SnapshotKeys::from_bytes(&keys)).ok_or(Flaw::Damaged)?;
        let guid = new_guid(&*parts.secrets);
        let snapshot = Snapshot {
            keys: parts.vault.seal_keys(&guid, &keys, &*parts.secrets)?.into_bytes(),
            guid,
            name: None,
            schema_step: head.schema.clone(),
            taken_at: Timestamp::from_microsecond(head.taken_at).map_err(|_| Flaw::Damaged)?,
            pace: head.pace.clone(),
            piece_count: 0,
            row_count: 0,
            size: 0,
        };
        // The clock must be one.
        SnapshotView::try_from(snapshot.clone()).map_err(|_| Flaw::Damaged)?;
        let begun = snapshot.clone();
        self.engine.store().write(async move |tx| snapshots::begin(tx, &begun).await).await?;
        let shelves = Shelves::of(&*self.engine.store().read().await?).await?;
        Ok(Begun { snapshot, shelves, told: (head.pieces, head.rows) })
    }

    async fn keep(&mut self, content: Vec<u8>) -> Result<(), LoadSnapshotError> {
        let Some(Begun { snapshot, shelves, .. }) = &mut self.begun else {
            return Err(Flaw::NotASnapshot.into());
        };
        let rows = snapshots::check(&content, shelves).ok_or(Flaw::Damaged)?;
        let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        snapshot.piece_count += 1;
        snapshot.row_count += count(rows);
        snapshot.size += count(content.len());
        let (guid, number) = (snapshot.guid.clone(), snapshot.piece_count);
        let written = self
            .engine
            .store()
            .write(async move |tx| snapshots::put_piece(tx, &guid, number, &content).await)
            .await;
        match written {
            // Forgotten meanwhile, since it took too long.
            Err(StoreError::MissingReference) => Err(Flaw::Cut.into()),
            other => Ok(other?),
        }
    }
}
