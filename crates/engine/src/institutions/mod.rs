//! Institutions: reference data, held in memory and shared by every operation.

mod catalogue;
mod institution;
mod snapshot;

pub use catalogue::CatalogueCache;
pub use institution::{FieldOption, Institution, InstitutionCredential};
pub use snapshot::Catalogue;
