//! Institutions: reference data, held in memory and shared by every operation.

mod catalogue;
mod entry;
mod index;
mod institution;
mod load;
mod search;
mod snapshot;
mod substrings;

/// The institution of what users make by hand (Nexus reference, accounts). It is in no catalogue file, and nothing serves it.
pub(crate) const MANUAL: &str = "INS-MANUAL-cb5c-1d48-741c-b30f4ddd1730";

pub use catalogue::CatalogueCache;
pub use institution::{Institution, InstitutionCredential};
pub use load::{LoadError, export, load};
pub(crate) use load::{export_one, shipped_banks, upload};
pub use search::{InstitutionList, SearchInstitutions};
pub use snapshot::Catalogue;
