//! The institutions of a sandbox: `GET /control/institutions`.

use std::collections::HashMap;
use std::sync::Arc;

use riverbank_store::page::Page;
use riverbank_store::sandbox;

use super::built_in;
use crate::institutions::Institution;
use crate::{Engine, Fault};

/// An institution as a test author sees it.
#[derive(Clone, Debug)]
pub struct BankView {
    /// The institution.
    pub institution: Arc<Institution>,
    /// It comes with the program, and stays.
    pub is_built_in: bool,
    /// How many live members it has.
    pub members: i64,
}

/// A page of institutions.
#[derive(Clone, Debug)]
pub struct BankList {
    /// By code.
    pub banks: Vec<BankView>,
    /// How many there are in all.
    pub total: usize,
}

impl Engine {
    /// A page of the institutions, by code.
    pub async fn list_banks(&self, page: Page) -> Result<BankList, Fault> {
        let catalogue = self.catalogue().await?;
        let mut all = catalogue.institutions().to_vec();
        all.sort_unstable_by(|a, b| a.code.cmp(&b.code));
        let total = all.len();
        let place = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
        let shown = all.into_iter().skip(place(page.offset)).take(place(page.limit)).collect();
        Ok(BankList { banks: self.bank_views(shown).await?, total })
    }

    /// Institutions with what a test author wants to know of them.
    pub(super) async fn bank_views(
        &self,
        institutions: Vec<Arc<Institution>>,
    ) -> Result<Vec<BankView>, Fault> {
        let built_in = built_in()?;
        let guids: Vec<_> = institutions.iter().map(|institution| institution.guid.clone()).collect();
        let counted = sandbox::members_at(&*self.store().read().await?, &guids).await?;
        let counted: HashMap<String, i64> = counted.into_iter().collect();
        let view = |institution: Arc<Institution>| BankView {
            is_built_in: built_in.contains(&institution.guid),
            members: counted.get(institution.guid.as_str()).copied().unwrap_or(0),
            institution,
        };
        Ok(institutions.into_iter().map(view).collect())
    }
}
