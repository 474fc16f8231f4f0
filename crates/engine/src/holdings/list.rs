//! Listing holdings: `GET /holdings`, and those of an account or a member.

use riverbank_model::guid::{AccountGuid, MemberGuid};
use riverbank_store::holdings::{self, HoldingFilter};
use riverbank_store::{accounts, members};

use super::HoldingView;
use crate::{Caller, Engine, Fault};

/// Whose holdings.
#[derive(Clone, Debug)]
pub enum HoldingsOf {
    /// All of the user's.
    User,
    /// Those of an account.
    Account(AccountGuid),
    /// Those of a member.
    Member(MemberGuid),
}

impl Engine {
    /// The caller's holdings, in the order in which they were first brought in; none when there is no such account or
    /// member.
    pub async fn list_holdings(
        &self,
        caller: &Caller,
        of: &HoldingsOf,
    ) -> Result<Option<Vec<HoldingView>>, Fault> {
        let reader = self.store().read().await?;
        let (filter, is_there) = match of {
            HoldingsOf::User => (HoldingFilter::default(), true),
            HoldingsOf::Account(guid) => (
                HoldingFilter { account: Some(guid), ..HoldingFilter::default() },
                accounts::find(&reader, &caller.user, guid).await?.is_some(),
            ),
            HoldingsOf::Member(guid) => (
                HoldingFilter { member: Some(guid), ..HoldingFilter::default() },
                members::find(&reader, &caller.user, guid).await?.is_some(),
            ),
        };
        if !is_there {
            return Ok(None);
        }
        let found = holdings::list(&reader, &caller.user, &filter).await?;
        found.into_iter().map(HoldingView::of).collect::<Result<_, _>>().map(Some)
    }
}
