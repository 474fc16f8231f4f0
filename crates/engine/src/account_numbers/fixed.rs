//! The numbers of the accounts of each member of the static test endpoints, but for the one that has none.

use riverbank_model::feed::FeedNumbers;
use riverbank_model::guid::AccountGuid;
use riverbank_store::account_numbers::AccountNumber;

use super::AccountNumberView;
use crate::accounts::AccountView;
use crate::fixed::{AT, FixedMember, caller};
use crate::{Engine, Fault};

/// The member of which no numbers are known.
const UNVERIFIED: &str = "unverified";

impl Engine {
    /// The numbers of the accounts of a member.
    pub async fn fixed_account_numbers(&self, fixed: FixedMember) -> Result<Vec<AccountNumberView>, Fault> {
        if fixed.name() == UNVERIFIED {
            return Ok(Vec::new());
        }
        let accounts = self.fixed_accounts(fixed).await?;
        let view = |view: &AccountView| {
            let row = AccountNumber {
                user_guid: caller().user,
                guid: fixed.own(&view.account.feed_id),
                member_guid: fixed.guid(),
                account_guid: view.account.guid.clone(),
                position: 1,
                told: Vec::new(),
                created_at: AT,
            };
            AccountNumberView::of(row, FeedNumbers::of(&view.facts))
        };
        Ok(accounts.iter().filter_map(view).collect())
    }

    /// The numbers of the account with this id; none when there is none.
    pub async fn fixed_numbers_of_account(
        &self,
        account: &AccountGuid,
    ) -> Result<Option<Vec<AccountNumberView>>, Fault> {
        let Some(fixed) = FixedMember::of_account(account) else { return Ok(None) };
        let mut numbers = self.fixed_account_numbers(fixed).await?;
        numbers.retain(|one| one.account_guid == *account);
        Ok(Some(numbers))
    }
}
