//! The numbers of accounts, as the last verification of their member found them.

mod fixed;
mod list;

use riverbank_model::feed::FeedNumbers;
use riverbank_model::guid::{AccountGuid, AccountNumberGuid, MemberGuid, UserGuid};
use riverbank_store::account_numbers::AccountNumber;

/// The numbers of an account with what answers show of them.
#[derive(Clone)]
pub struct AccountNumberView {
    /// The id.
    pub guid: AccountNumberGuid,
    /// Whose the account is.
    pub user_guid: UserGuid,
    /// The member that brought it in.
    pub member_guid: MemberGuid,
    /// The account.
    pub account_guid: AccountGuid,
    /// The account's number.
    pub account_number: String,
    /// The routing number, as told, or as it follows from what was told.
    pub routing_number: String,
    /// Whether they can be those of an account.
    pub passed_validation: bool,
    /// All that the institution told.
    pub told: FeedNumbers,
}

impl AccountNumberView {
    /// None where not both numbers are known: such an account is not listed.
    fn of(row: AccountNumber, told: FeedNumbers) -> Option<Self> {
        let (account_number, routing_number) = told.both()?;
        Some(Self {
            guid: row.guid,
            user_guid: row.user_guid,
            member_guid: row.member_guid,
            account_guid: row.account_guid,
            account_number: account_number.to_owned(),
            routing_number: routing_number.into_owned(),
            passed_validation: told.pass_validation(),
            told,
        })
    }
}
