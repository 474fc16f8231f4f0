//! Writing a snapshot to a file: `GET /control/state/snapshots/{name}/file`.

use riverbank_store::snapshots::{self, Snapshot};

use super::file::{Head, Writing};
use crate::{Engine, Fault};

/// The file of a snapshot, which is made as it is read.
pub struct SnapshotFile {
    engine: Engine,
    snapshot: Snapshot,
    /// The next piece.
    next: i64,
    /// None once the end was given.
    writing: Option<Writing>,
    /// What comes before the first piece, as long as it was not given.
    begin: Option<Vec<u8>>,
}

impl Engine {
    /// The file of a snapshot; none when there is none of this name. The keys of what it holds sealed are in it.
    pub async fn export_snapshot(&self, name: &str) -> Result<Option<SnapshotFile>, Fault> {
        let found = snapshots::find(&*self.store().read().await?, name).await?;
        let Some(snapshot) = found else { return Ok(None) };
        let keys = self.parts.vault.open_keys(&snapshot.guid, &snapshot.keys.clone().into())?;
        let head = Head::new(
            (snapshot.schema_step.clone(), snapshot.taken_at.as_microsecond(), snapshot.pace.clone()),
            (snapshot.piece_count, snapshot.row_count),
            &keys.to_bytes(),
        );
        let (writing, begin) = Writing::begin(&head).map_err(Fault::internal)?;
        let engine = self.clone();
        Ok(Some(SnapshotFile { engine, snapshot, next: 1, writing: Some(writing), begin: Some(begin) }))
    }
}

impl SnapshotFile {
    /// The next part of the file; none at its end. Fails when the snapshot was removed meanwhile.
    pub async fn part(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        if let Some(begin) = self.begin.take() {
            return Ok(Some(begin));
        }
        let Some(writing) = &mut self.writing else { return Ok(None) };
        if self.next > self.snapshot.piece_count {
            return Ok(self.writing.take().map(Writing::end));
        }
        let reader = self.engine.store().read().await?;
        let found = snapshots::piece(&reader, &self.snapshot.guid, self.next).await?;
        let content = found.ok_or_else(|| Fault::internal("the snapshot was removed while it was read"))?;
        self.next += 1;
        Ok(Some(writing.piece(&content)))
    }
}
