//! Scripted banks, and others, that come and go while a sandbox runs: `/control/institutions`.

mod list;
mod read;
mod remove;
mod upload;

use std::collections::HashSet;

use riverbank_model::guid::InstitutionGuid;

pub use list::{BankList, BankView};
pub use read::BankFile;
pub use remove::RemoveBankError;
pub use upload::{UploadBanksError, Uploaded, WRITTEN_LIMIT};

use crate::Fault;
use crate::institutions::shipped_banks;

/// The ids of the banks that come with the program.
fn built_in() -> Result<HashSet<InstitutionGuid>, Fault> {
    Ok(shipped_banks()?.into_iter().map(|bank| bank.guid).collect())
}
