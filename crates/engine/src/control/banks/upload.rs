//! Taking a catalogue file: `POST /control/institutions`, and its check alone.

use riverbank_connect::catalogue::{CatalogueEntry, CatalogueError, ConnectorKind, parse};
use riverbank_connect::script::Script;
use riverbank_model::guid::InstitutionGuid;

use crate::Loaded;
use crate::control::{NotASandbox, demand_sandbox};
use crate::fault::faults;
use crate::institutions::{LoadError, shipped_banks, upload};
use crate::{Engine, Fault};

/// Institutions of one file. A file of a whole catalogue is loaded by command.
const BANKS_LIMIT: usize = 100;
/// Transactions, positions and changes that are written out in one file: each aggregation reads them all.
pub const WRITTEN_LIMIT: usize = 10_000;

/// What a file has brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uploaded {
    /// How much of it was new.
    pub loaded: Loaded,
    /// The institutions of the file, in its order.
    pub institutions: Vec<InstitutionGuid>,
}

/// Why a file is not taken; nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum UploadBanksError {
    /// Sandboxes only.
    #[error(transparent)]
    NotASandbox(#[from] NotASandbox),
    /// It is no catalogue.
    #[error("{0}")]
    Flawed(#[from] CatalogueError),
    /// It has no institution.
    #[error("The file has no institution.")]
    Empty,
    /// It has too many institutions.
    #[error("The file has {0} institutions; {BANKS_LIMIT} are taken at once.")]
    TooManyBanks(usize),
    /// It has too many transactions.
    #[error(
        "The file writes out {0} transactions, positions and changes; {WRITTEN_LIMIT} are taken at once."
    )]
    TooMuchWritten(usize),
    /// A bank that comes with the program is not changed.
    #[error("{0} comes with the server and is not changed.")]
    BuiltIn(String),
    /// A code belongs to another institution.
    #[error("The code {0} belongs to another institution.")]
    CodeTaken(String),
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UploadBanksError);

impl Engine {
    /// Reads a file and tells what is wrong with it, without loading anything.
    pub async fn check_banks(&self, text: &str) -> Result<Vec<CatalogueEntry>, UploadBanksError> {
        demand_sandbox(self)?;
        let entries = read(text)?;
        let catalogue = self.catalogue().await?;
        for entry in &entries {
            let holder = catalogue.by_code(&entry.code);
            if holder.is_some_and(|holder| holder.guid != entry.guid) {
                return Err(UploadBanksError::CodeTaken(entry.code.clone()));
            }
        }
        Ok(entries)
    }

    /// Loads the institutions of a file, all or none, over those with the same ids. Every node knows them at once.
    pub async fn upload_banks(&self, text: &str) -> Result<Uploaded, UploadBanksError> {
        let entries = self.check_banks(text).await?;
        let loaded = upload(self.store(), &entries, self.now()).await.map_err(|error| match error {
            LoadError::CodeTaken { code, .. } => UploadBanksError::CodeTaken(code),
            LoadError::Fault(fault) => fault.into(),
        })?;
        self.catalogue().await?;
        Ok(Uploaded { loaded, institutions: entries.into_iter().map(|entry| entry.guid).collect() })
    }
}

fn read(text: &str) -> Result<Vec<CatalogueEntry>, UploadBanksError> {
    let entries = parse(text)?;
    match entries.len() {
        0 => return Err(UploadBanksError::Empty),
        many if many > BANKS_LIMIT => return Err(UploadBanksError::TooManyBanks(many)),
        _ => {}
    }
    let written = entries.iter().map(written).sum::<Result<usize, Fault>>()?;
    if written > WRITTEN_LIMIT {
        return Err(UploadBanksError::TooMuchWritten(written));
    }
    let shipped = shipped_banks()?;
    let is_shipped = |entry: &&CatalogueEntry| {
        shipped.iter().any(|bank| bank.guid == entry.guid || bank.code == entry.code)
    };
    match entries.iter().find(is_shipped) {
        Some(entry) => Err(UploadBanksError::BuiltIn(entry.code.clone())),
        None => Ok(entries),
    }
}

fn written(entry: &CatalogueEntry) -> Result<usize, Fault> {
    match entry.connector {
        ConnectorKind::Script => {
            let script: Script = toml::from_str(&entry.settings).map_err(Fault::internal)?;
            Ok(script.data.written())
        }
        ConnectorKind::Ofx => Ok(0),
    }
}
