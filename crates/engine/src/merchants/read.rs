//! What there is to read of merchants and their places.

use jiff::Timestamp;
use riverbank_enrich::{Location, Merchant};
use riverbank_model::guid::{MerchantGuid, MerchantLocationGuid};

use super::Merchants;

/// A merchant, and when it was made and changed.
#[derive(Clone, Copy, Debug)]
pub struct MerchantView<'a> {
    /// The merchant.
    pub merchant: &'a Merchant,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// A place, and the merchant whose it is.
#[derive(Clone, Copy, Debug)]
pub struct LocationView<'a> {
    /// The merchant.
    pub of: MerchantView<'a>,
    /// The place.
    pub location: &'a Location,
}

impl Merchants {
    fn view<'a>(&self, merchant: &'a Merchant) -> MerchantView<'a> {
        let (created_at, updated_at) = self.times(&merchant.guid);
        MerchantView { merchant, created_at, updated_at }
    }

    /// Some merchants in the order of the list: those that were added first.
    pub fn page(&self, offset: usize, count: usize) -> impl Iterator<Item = MerchantView<'_>> {
        let merchants = self.catalogue().merchants().iter().skip(offset).take(count);
        merchants.map(|merchant| self.view(merchant))
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.catalogue().merchants().len()
    }

    /// The merchant with this id.
    pub fn merchant(&self, guid: &MerchantGuid) -> Option<MerchantView<'_>> {
        self.catalogue().merchant(guid).map(|merchant| self.view(merchant))
    }

    /// The place with this id.
    pub fn location(&self, guid: &MerchantLocationGuid) -> Option<LocationView<'_>> {
        let (merchant, location) = self.catalogue().location(guid)?;
        Some(LocationView { of: self.view(merchant), location })
    }
}
