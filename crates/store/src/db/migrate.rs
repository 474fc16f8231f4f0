//! The schema's history: numbered files, run in order, once.

use sha2::{Digest, Sha256};
use thiserror::Error;

use super::error::StoreError;
use super::statement::Engine;
use super::store::Store;
use super::tx::{Session, Tx};
use super::{params, row, statements};
use crate::migrations::MIGRATIONS;

/// One step of the schema: a SQL file for both engines.
///
/// `{blob}` stands for the type of bytes. A line that begins with `--sqlite:` or `--postgres:` is for that engine
/// alone. A file that was released is never edited; the next step corrects it.
///
/// While servers are replaced one by one, the version before runs on the new schema. So a step drops, renames and
/// retypes nothing that version uses; a column that it adds to a table may be null or has a default; and a unique
/// index or a foreign key that it adds holds for whatever that version writes. A step must also run on tables that
/// hold rows: its file in `tests/upgrades/` holds some, for what it adds.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its number, from 1 without gaps.
    pub version: i64,
    /// The rest of its file's name.
    pub name: &'static str,
    /// The file.
    pub text: &'static str,
}

/// Why the schema cannot be brought up to date; each says what to do.
#[derive(Clone, Debug, Error)]
pub enum MigrateError {
    /// A newer version ran here.
    #[error(
        "the database has migration {version} ({name}), which this version of riverbank does not know: \
         run the version that made it, or a newer one"
    )]
    Unknown {
        /// Its number.
        version: i64,
        /// Its name.
        name: String,
    },
    /// The file is not what it was when it ran.
    #[error(
        "migration {version} ({name}) is not the one that this database was made with: \
         run an official build, or restore the file; applied migrations are never edited"
    )]
    Altered {
        /// Its number.
        version: i64,
        /// Its name.
        name: String,
    },
    /// The database failed, or the migration did.
    #[error(transparent)]
    Store(#[from] StoreError),
}

row! {
    struct Applied {
        version: i64,
        name: String,
        checksum: String,
    }
}

statements! {
    APPLIED: Applied = "select {columns} from schema_migrations order by version";
    RECORD = "insert into schema_migrations (version, name, checksum, applied_at) values ($1, $2, $3, {machine_now})";
}

const TABLE: &str = "create table if not exists schema_migrations (version bigint primary key, name text not null, \
                     checksum text not null, applied_at bigint not null)";

/// The advisory lock under which nodes take turns: "riverban" in ASCII. A step, and the wait for another node's, take
/// as long as they take.
const LOCK: &str = "set local statement_timeout = 0; select pg_advisory_xact_lock(8244250770961228142)";

impl Store {
    /// Brings the schema up to date, all or nothing; gives the steps that were missing. Nodes that start together take
    /// turns.
    pub async fn migrate(&self) -> Result<Vec<&'static Migration>, MigrateError> {
        self.migrate_by(MIGRATIONS).await
    }

    /// The steps that [`Store::migrate`] would take, for a check that changes nothing.
    pub async fn missing_migrations(&self) -> Result<Vec<&'static Migration>, MigrateError> {
        missing(&*self.read().await?, MIGRATIONS).await
    }

    pub(super) async fn migrate_by(
        &self,
        steps: &'static [Migration],
    ) -> Result<Vec<&'static Migration>, MigrateError> {
        self.write(async move |tx| {
            take_turn(tx).await?;
            run(tx, steps).await
        })
        .await
    }
}

/// Waits for other nodes that change the schema; they wait until this unit of work ends.
pub(super) async fn take_turn(tx: &Tx) -> Result<(), StoreError> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.batch(LOCK).await,
    }
}

/// Takes the steps that are missing.
pub(super) async fn run(
    tx: &Tx,
    steps: &'static [Migration],
) -> Result<Vec<&'static Migration>, MigrateError> {
    tx.batch(TABLE).await?;
    let missing = missing(tx, steps).await?;
    for step in &missing {
        tx.batch(&for_engine(step.text, tx.engine())).await?;
        tx.execute(&RECORD, params![step.version, step.name, checksum(step.text)]).await?;
    }
    Ok(missing)
}

/// The steps that have not run, after a look at those that have.
pub(super) async fn missing(
    tx: &Tx,
    steps: &'static [Migration],
) -> Result<Vec<&'static Migration>, MigrateError> {
    let applied = tx.query(&APPLIED, &[]).await?;
    for Applied { version, name, checksum: known } in &applied {
        match steps.iter().find(|step| step.version == *version) {
            None => {
                return Err(MigrateError::Unknown { version: *version, name: name.clone() });
            }
            Some(step) if checksum(step.text) != *known => {
                return Err(MigrateError::Altered { version: *version, name: name.clone() });
            }
            Some(_) => {}
        }
    }
    Ok(steps.iter().filter(|step| applied.iter().all(|applied| applied.version != step.version)).collect())
}

pub(super) fn checksum(text: &str) -> String {
    let digits = Sha256::digest(text).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

fn for_engine(text: &str, engine: Engine) -> String {
    let (blob, ours, theirs) = match engine {
        Engine::Sqlite => ("blob", "--sqlite:", "--postgres:"),
        Engine::Postgres => ("bytea", "--postgres:", "--sqlite:"),
    };
    let lines = text.lines().filter(|line| !line.starts_with(theirs));
    let lines: Vec<&str> = lines.map(|line| line.strip_prefix(ours).unwrap_or(line)).collect();
    lines.join("\n").replace("{blob}", blob)
}

impl Tx {
    /// Runs statements without parameters or answers: schema changes.
    pub(super) async fn batch(&self, sql: &str) -> Result<(), StoreError> {
        match &self.session {
            Session::Sqlite(session) => Ok(session.connection().execute_batch(sql)?),
            Session::Postgres(session) => session.batch(sql).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_lines_are_for_one_engine_and_blob_is_translated() {
        let text = "create table a (b {blob});\n--sqlite:only here;\n--postgres:only there;\n-- a remark";
        assert_eq!(for_engine(text, Engine::Sqlite), "create table a (b blob);\nonly here;\n-- a remark");
        assert_eq!(for_engine(text, Engine::Postgres), "create table a (b bytea);\nonly there;\n-- a remark");
    }
}
