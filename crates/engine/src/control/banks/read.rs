//! An institution with its file: `GET /control/institutions/{institution}`.

use riverbank_connect::catalogue::to_toml;
use riverbank_model::guid::InstitutionGuid;

use super::BankView;
use crate::institutions::export_one;
use crate::{Engine, Fault};

/// An institution and the file that it was loaded from.
#[derive(Clone, Debug)]
pub struct BankFile {
    /// The institution.
    pub bank: BankView,
    /// The file, as it would be written anew.
    pub toml: String,
}

impl Engine {
    /// The institution of this code or id; none when there is none.
    pub async fn read_bank(&self, name: &str) -> Result<Option<BankFile>, Fault> {
        let catalogue = self.catalogue().await?;
        let Some(institution) = catalogue.by_name(name) else { return Ok(None) };
        let Some(entry) = export_one(self.store(), &institution.guid).await? else { return Ok(None) };
        let toml = to_toml(&[entry]).map_err(Fault::internal)?;
        let bank = self.bank_views(vec![institution.clone()]).await?.pop();
        Ok(bank.map(|bank| BankFile { bank, toml }))
    }

    /// These institutions of the catalogue, in this order.
    pub async fn banks(&self, guids: &[InstitutionGuid]) -> Result<Vec<BankView>, Fault> {
        let catalogue = self.catalogue().await?;
        self.bank_views(guids.iter().filter_map(|guid| catalogue.get(guid).cloned()).collect()).await
    }
}
