//! The catalogue as it was at one moment.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use riverbank_model::guid::InstitutionGuid;
use riverbank_store::institutions as table;
use riverbank_store::{StoreError, Tx};

use super::index::SearchIndex;
use super::institution::{Institution, InstitutionCredential};
use crate::Fault;
use crate::merchants::Merchants;

/// Every institution with its credential fields, most popular first. Reference data: it is read whole and shared.
#[derive(Debug, Default)]
pub struct Catalogue {
    version: i64,
    merchants: Merchants,
    institutions: Vec<Arc<Institution>>,
    by_guid: HashMap<InstitutionGuid, usize>,
    by_code: HashMap<String, usize>,
    /// Made when something is first looked for.
    index: OnceLock<SearchIndex>,
}

impl Catalogue {
    /// A snapshot of these institutions.
    pub(super) fn of(version: i64, mut institutions: Vec<Institution>, merchants: Merchants) -> Self {
        institutions.sort_unstable_by(|a, b| {
            let by_popularity = b.popularity.cmp(&a.popularity);
            by_popularity.then_with(|| a.name.cmp(&b.name)).then_with(|| a.guid.cmp(&b.guid))
        });
        let places = || institutions.iter().enumerate();
        Self {
            version,
            merchants,
            by_guid: places().map(|(place, institution)| (institution.guid.clone(), place)).collect(),
            by_code: places().map(|(place, institution)| (institution.code.clone(), place)).collect(),
            institutions: institutions.into_iter().map(Arc::new).collect(),
            index: OnceLock::new(),
        }
    }

    /// Reads the catalogue.
    pub(super) async fn read(tx: &Tx) -> Result<Self, Fault> {
        // The version first: what is changed in between makes the next comparison fail, and is read again.
        let version = table::version(tx).await?;
        let mut fields: HashMap<InstitutionGuid, Vec<InstitutionCredential>> = HashMap::new();
        for row in table::all_credentials(tx).await? {
            let fields = fields.entry(row.institution_guid.clone()).or_default();
            fields.push(InstitutionCredential::read(row)?);
        }
        let stopped = table::stopped(tx).await?;
        let rows = table::all(tx).await?.into_iter();
        let institutions = rows.map(|row| {
            let credentials = fields.remove(&row.guid).unwrap_or_default();
            let is_stopped = stopped.contains(&row.guid);
            Ok::<_, Fault>(Institution { is_stopped, ..Institution::read(row, credentials)? })
        });
        let institutions = institutions.collect::<Result<_, _>>()?;
        Ok(Self::of(version, institutions, Merchants::read(tx).await?))
    }

    /// Whether nothing was changed since this was read.
    pub(super) async fn is_current(&self, tx: &Tx) -> Result<bool, StoreError> {
        Ok(table::version(tx).await? == self.version)
    }

    /// The institution with this id.
    pub fn get(&self, guid: &InstitutionGuid) -> Option<&Arc<Institution>> {
        self.by_guid.get(guid).and_then(|&place| self.institutions.get(place))
    }

    /// The institution with this short code.
    pub fn by_code(&self, code: &str) -> Option<&Arc<Institution>> {
        self.by_code.get(code).and_then(|&place| self.institutions.get(place))
    }

    /// The institution with this code or id.
    pub fn by_name(&self, name: &str) -> Option<&Arc<Institution>> {
        self.by_code(name).or_else(|| self.get(&name.parse().ok()?))
    }

    /// Every institution, most popular first.
    pub fn institutions(&self) -> &[Arc<Institution>] {
        &self.institutions
    }

    /// Every merchant.
    pub fn merchants(&self) -> &Merchants {
        &self.merchants
    }

    /// What is looked for is found in this.
    pub(super) fn index(&self) -> &SearchIndex {
        self.index.get_or_init(|| SearchIndex::of(&self.institutions))
    }

    /// Whether the index stands already.
    pub(super) fn is_indexed(&self) -> bool {
        self.index.get().is_some()
    }
}
