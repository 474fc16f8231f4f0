//! The two accounts of each member of the static test endpoints.

use riverbank_model::account::AccountType;
use riverbank_model::feed::AccountFacts;
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::AccountGuid;
use riverbank_model::money::Money;
use riverbank_store::accounts::Account;

use super::{AccountView, NOTHING_GIVEN};
use crate::fixed::{AT, FixedMember, caller};
use crate::{Engine, Fault};

/// An account of the table.
struct Row {
    feed_id: &'static str,
    kind: AccountType,
    name: &'static str,
    account_number: &'static str,
    balance: Money,
}

const ROUTING_NUMBER: &str = "316713272";
pub(crate) const CHECKING: &str = "checking";
/// Names, and the figures of the checking account, as seen of MX Bank (Nexus reference, test institutions).
const ACCOUNTS: [Row; 2] = [
    Row {
        feed_id: CHECKING,
        kind: AccountType::Checking,
        name: "MX Bank Checking",
        account_number: "4684406678",
        balance: Money::from_units(10_020_000),
    },
    Row {
        feed_id: "savings",
        kind: AccountType::Savings,
        name: "MX Bank Savings",
        account_number: "4684406679",
        balance: Money::from_units(25_000_000),
    },
];

/// What the feed calls the accounts of a member.
pub(crate) const FEED_IDS: [&str; 2] = [ACCOUNTS[0].feed_id, ACCOUNTS[1].feed_id];

impl FixedMember {
    /// The member with this account.
    pub(crate) fn of_account(guid: &AccountGuid) -> Option<Self> {
        Self::all().find(|fixed| FEED_IDS.iter().any(|feed_id| fixed.account_guid(feed_id) == *guid))
    }

    /// The id of its account that the feed calls so.
    pub(crate) fn account_guid(self, feed_id: &str) -> AccountGuid {
        self.own(feed_id)
    }
}

impl Engine {
    /// The accounts of a member.
    pub async fn fixed_accounts(&self, fixed: FixedMember) -> Result<Vec<AccountView>, Fault> {
        let institution = self.fixed_institution().await?;
        let view = |(number, row): (i64, Row)| {
            let facts = facts(&row);
            Ok(AccountView {
                account: Account {
                    user_guid: caller().user,
                    guid: fixed.account_guid(row.feed_id),
                    member_guid: fixed.guid(),
                    number,
                    feed_id: row.feed_id.to_owned(),
                    account_type: row.kind,
                    feed: serde_json::to_string(&facts).map_err(Fault::internal)?,
                    given: NOTHING_GIVEN.to_owned(),
                    metadata: None,
                    is_hidden: false,
                    is_blocked: false,
                    revision: 1,
                    children_made: 0,
                    created_at: AT,
                    updated_at: AT,
                    deleted_at: None,
                },
                told: Some(facts.clone()),
                given: GivenFacts::default(),
                facts,
                institution_guid: Some(institution.guid.clone()),
                institution_code: Some(institution.code.clone()),
                member_is_managed_by_user: true,
            })
        };
        (1..).zip(ACCOUNTS).map(view).collect()
    }

    /// The account with this id, of whichever member.
    pub async fn fixed_account(&self, guid: &AccountGuid) -> Result<Option<AccountView>, Fault> {
        let Some(fixed) = FixedMember::of_account(guid) else { return Ok(None) };
        let mut accounts = self.fixed_accounts(fixed).await?.into_iter();
        Ok(accounts.find(|view| view.account.guid == *guid))
    }
}

fn facts(row: &Row) -> AccountFacts {
    AccountFacts {
        account_number: Some(row.account_number.to_owned()),
        routing_number: Some(ROUTING_NUMBER.to_owned()),
        currency_code: Some("USD".to_owned()),
        balance: Some(row.balance),
        available_balance: Some(row.balance),
        ..AccountFacts::new(row.kind, row.name.to_owned())
    }
}
