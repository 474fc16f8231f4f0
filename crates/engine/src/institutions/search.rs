//! Searching institutions: `POST /institutions/search`.

use std::sync::Arc;

use riverbank_store::page::Page;

use super::Institution;
use crate::{Engine, Fault};

/// Which institutions. What is none narrows nothing.
#[derive(Clone, Debug)]
pub struct SearchInstitutions {
    /// Occurs in the name or a keyword, whatever its case.
    pub name: Option<String>,
    /// Occurs in the address of the web site, whatever its case.
    pub url: Option<String>,
    /// Owners can be asked for.
    pub supports_account_identification: bool,
    /// Account and routing numbers can be asked for.
    pub supports_account_verification: bool,
    /// More than the first 90 days can be asked for.
    pub supports_transaction_history: bool,
    /// Serves one of these countries; ISO 3166 codes. Any when there are none.
    pub countries: Vec<String>,
    /// Which part of them.
    pub page: Page,
}

/// A page of institutions.
#[derive(Clone, Debug, Default)]
pub struct InstitutionList {
    /// The best match first, then the most popular.
    pub institutions: Vec<Arc<Institution>>,
    /// How many there are in all.
    pub total: i64,
}

impl Engine {
    /// A page of the institutions that are open to new members and match.
    pub async fn search_institutions(&self, request: SearchInstitutions) -> Result<InstitutionList, Fault> {
        let catalogue = self.catalogue().await?;
        if catalogue.is_indexed() {
            return Ok(catalogue.index().search(&request));
        }
        // The index of a large catalogue takes a moment, and is made once.
        let search = tokio::task::spawn_blocking(move || catalogue.index().search(&request));
        search.await.map_err(|error| Fault::Internal(Box::new(error)))
    }
}

#[cfg(test)]
mod tests;
