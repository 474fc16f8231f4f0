//! Listing the owners of a member's accounts: `GET /members/{member_guid}/account_owners`.

use riverbank_model::feature::Feature;
use riverbank_model::guid::MemberGuid;
use riverbank_store::{account_owners, members};

use super::AccountOwnerView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The owners of the accounts of a member of the caller, in the order of the accounts; none when there is no such
    /// member.
    pub async fn list_account_owners(
        &self,
        caller: &Caller,
        member: &MemberGuid,
    ) -> Result<Option<Vec<AccountOwnerView>>, Fault> {
        let reader = self.store().read().await?;
        if members::find(&reader, &caller.user, member).await?.is_none() {
            return Ok(None);
        }
        let splits_names = self.has_feature(&reader, &caller.client, Feature::NameSplitting).await?;
        let rows = account_owners::of_member(&reader, &caller.user, member).await?;
        drop(reader);
        let view = |row: account_owners::AccountOwner| {
            let told = serde_json::from_str(&row.told).map_err(Fault::internal)?;
            Ok(AccountOwnerView::of(row, told, splits_names))
        };
        rows.into_iter().map(view).collect::<Result<_, _>>().map(Some)
    }
}
