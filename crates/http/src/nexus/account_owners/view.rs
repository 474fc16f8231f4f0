//! An account owner as answers show them.

use riverbank_engine::account_owners::AccountOwnerView;
use serde::Serialize;
use utoipa::ToSchema;

/// An owner of an account as the institution knows them.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountOwnerResponse)]
pub(super) struct AccountOwnerObject {
    account_guid: String,
    address: Option<String>,
    city: Option<String>,
    country: Option<String>,
    email: Option<String>,
    /// Null unless names are split for the client; may hold a middle name.
    first_name: Option<String>,
    guid: String,
    /// Null unless names are split for the client.
    last_name: Option<String>,
    member_guid: String,
    owner_name: Option<String>,
    phone: Option<String>,
    postal_code: Option<String>,
    state: Option<String>,
    user_guid: String,
}

/// Owners of accounts.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AccountOwnersResponseBody)]
pub(super) struct AccountOwnersBody {
    account_owners: Vec<AccountOwnerObject>,
}

impl From<Vec<AccountOwnerView>> for AccountOwnersBody {
    fn from(owners: Vec<AccountOwnerView>) -> Self {
        Self { account_owners: owners.into_iter().map(AccountOwnerObject::from).collect() }
    }
}

impl From<AccountOwnerView> for AccountOwnerObject {
    fn from(AccountOwnerView { row, told }: AccountOwnerView) -> Self {
        Self {
            account_guid: row.account_guid.to_string(),
            address: told.address,
            city: told.city,
            country: told.country,
            email: told.email,
            first_name: told.first_name,
            guid: row.guid.to_string(),
            last_name: told.last_name,
            member_guid: row.member_guid.to_string(),
            owner_name: told.owner_name,
            phone: told.phone,
            postal_code: told.postal_code,
            state: told.state,
            user_guid: row.user_guid.to_string(),
        }
    }
}
