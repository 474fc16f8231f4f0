//! An account as answers show it.

use riverbank_model::feed::AccountFacts;
use riverbank_model::guid::InstitutionGuid;
use riverbank_store::accounts::Account;
use riverbank_store::members::Member;

use super::Origins;
use crate::institutions::Catalogue;
use crate::{Engine, Fault};

/// An account with what its answers need besides.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// The account.
    pub account: Account,
    /// What the feed told of it.
    pub facts: AccountFacts,
    /// The institution of its member.
    pub institution_guid: Option<InstitutionGuid>,
    /// That institution's code.
    pub institution_code: Option<String>,
    /// Whether the user manages its member.
    pub member_is_managed_by_user: bool,
}

impl AccountView {
    fn of(account: Account, origins: &Origins, catalogue: &Catalogue) -> Result<Self, Fault> {
        let origin = origins.get(&account.member_guid);
        let institution_guid = origin.map(|origin| origin.institution_guid.clone());
        let institution = institution_guid.as_ref().and_then(|guid| catalogue.get(guid));
        Ok(Self {
            facts: read_facts(&account)?,
            institution_code: institution.map(|institution| institution.code.clone()),
            institution_guid,
            member_is_managed_by_user: origin.is_none_or(|origin| origin.is_managed_by_user),
            account,
        })
    }
}

impl AccountView {
    /// An account of this member.
    pub(crate) fn of_member(account: Account, member: &Member, catalogue: &Catalogue) -> Result<Self, Fault> {
        let institution = catalogue.get(&member.institution_guid);
        Ok(Self {
            facts: read_facts(&account)?,
            institution_code: institution.map(|institution| institution.code.clone()),
            institution_guid: Some(member.institution_guid.clone()),
            member_is_managed_by_user: member.is_managed_by_user,
            account,
        })
    }
}

/// What the feed told of an account.
pub(crate) fn read_facts(account: &Account) -> Result<AccountFacts, Fault> {
    serde_json::from_str(&account.feed).map_err(|error| Fault::Internal(Box::new(error)))
}

impl Engine {
    /// Accounts as answers show them.
    pub(super) async fn account_views(
        &self,
        accounts: Vec<Account>,
        origins: &Origins,
    ) -> Result<Vec<AccountView>, Fault> {
        let catalogue = self.catalogue().await?;
        accounts.into_iter().map(|account| AccountView::of(account, origins, &catalogue)).collect()
    }
}
