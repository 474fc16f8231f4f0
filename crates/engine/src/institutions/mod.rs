//! Institutions: reference data, held in memory and shared by every operation.

mod catalogue;
mod entry;
mod index;
mod institution;
mod load;
mod search;
mod snapshot;
mod substrings;

pub use catalogue::CatalogueCache;
pub use institution::{Institution, InstitutionCredential};
pub use load::{LoadError, Loaded, export, load};
pub(crate) use load::{export_one, shipped_banks, upload};
pub use search::{InstitutionList, SearchInstitutions};
pub use snapshot::Catalogue;
