//! Merchants and their places as answers show them.

use riverbank_engine::merchants::{LocationView, MerchantView, Merchants};
use riverbank_model::guid::MerchantGuid;
use serde::Serialize;
use utoipa::ToSchema;

use crate::answer::Pagination;
use crate::query::Paging;
use crate::values::Moment;

/// A merchant of the catalogue. Its id is the same in every installation.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantResponse)]
struct Merchant {
    created_at: Moment,
    guid: String,
    /// Null: the catalogue has no pictures.
    logo_updated_at: Option<Moment>,
    /// Null: the catalogue has no pictures.
    logo_url: Option<String>,
    name: String,
    updated_at: Moment,
    website_url: Option<String>,
}

/// A merchant with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantResponseBody)]
pub(super) struct MerchantBody {
    merchant: Merchant,
}

/// Merchants with their root and their page.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantsResponseBody)]
pub(in crate::nexus) struct MerchantsBody {
    merchants: Vec<Merchant>,
    pagination: Pagination,
}

/// A place where a merchant does business.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantLocationResponse)]
struct MerchantLocation {
    city: Option<String>,
    country: Option<String>,
    created_at: Moment,
    guid: String,
    /// Degrees north.
    latitude: Option<f64>,
    /// Degrees east.
    longitude: Option<f64>,
    merchant_guid: String,
    phone_number: Option<String>,
    postal_code: Option<String>,
    /// State or province.
    region_code: Option<String>,
    street_address: Option<String>,
    updated_at: Moment,
}

/// A merchant location with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MerchantLocationResponseBody)]
pub(super) struct MerchantLocationBody {
    merchant_location: MerchantLocation,
}

impl From<MerchantView<'_>> for Merchant {
    fn from(view: MerchantView) -> Self {
        Self {
            created_at: Moment(view.created_at),
            guid: view.merchant.guid.to_string(),
            logo_updated_at: None,
            logo_url: None,
            name: view.merchant.name.to_string(),
            updated_at: Moment(view.updated_at),
            website_url: view.merchant.website.as_ref().map(|host| format!("https://{host}")),
        }
    }
}

impl From<MerchantView<'_>> for MerchantBody {
    fn from(view: MerchantView) -> Self {
        Self { merchant: view.into() }
    }
}

impl MerchantsBody {
    pub(super) fn of(merchants: &Merchants, paging: Paging) -> Self {
        let offset = usize::try_from(paging.offset()).unwrap_or(usize::MAX);
        let page = merchants.page(offset, paging.per_page as usize);
        Self {
            merchants: page.map(Merchant::from).collect(),
            pagination: Pagination::of(paging, merchants.count() as u64),
        }
    }

    /// Those of these that there are.
    pub(in crate::nexus) fn some(
        merchants: &Merchants,
        guids: &[MerchantGuid],
        pagination: Pagination,
    ) -> Self {
        let found = guids.iter().filter_map(|guid| merchants.merchant(guid));
        Self { merchants: found.map(Merchant::from).collect(), pagination }
    }
}

impl From<LocationView<'_>> for MerchantLocationBody {
    fn from(LocationView { of, location }: LocationView) -> Self {
        let merchant_location = MerchantLocation {
            city: Some(location.city.clone()),
            country: location.country.clone(),
            created_at: Moment(of.created_at),
            guid: location.guid.to_string(),
            latitude: location.latitude,
            longitude: location.longitude,
            merchant_guid: of.merchant.guid.to_string(),
            phone_number: location.phone_number.clone(),
            postal_code: location.postal_code.clone(),
            region_code: location.region_code.clone(),
            street_address: location.street_address.clone(),
            updated_at: Moment(of.updated_at),
        };
        Self { merchant_location }
    }
}
