//! The owner of the accounts of each member of the static test endpoints, but for the one that has none.

use riverbank_model::feed::FeedOwner;
use riverbank_store::account_owners::AccountOwner;

use super::AccountOwnerView;
use crate::Fault;
use crate::accounts::FEED_IDS;
use crate::fixed::{AT, FixedMember, caller};

/// The member of which no owners are known.
const UNIDENTIFIED: &str = "unidentified";

impl FixedMember {
    /// The owners of its accounts: the person of the sample in the reference.
    pub fn account_owners(self) -> Result<Vec<AccountOwnerView>, Fault> {
        if self.name() == UNIDENTIFIED {
            return Ok(Vec::new());
        }
        let text = |text: &str| Some(text.to_owned());
        let told = FeedOwner {
            owner_name: text("MX Test"),
            address: text("3401 N Thanksgiving Way"),
            city: text("Lehi"),
            state: text("Utah"),
            postal_code: text("84034"),
            country: text("United States"),
            email: text("mxuser.mx.com"),
            phone: text("555-555-5555"),
            ..FeedOwner::default()
        };
        let view = |feed_id| {
            let row = AccountOwner {
                user_guid: caller().user,
                guid: self.own(feed_id),
                member_guid: self.guid(),
                account_guid: self.account_guid(feed_id),
                position: 1,
                told: serde_json::to_string(&told).map_err(Fault::internal)?,
                created_at: AT,
            };
            Ok(AccountOwnerView::of(row, told.clone(), false))
        };
        FEED_IDS.into_iter().map(view).collect()
    }
}
