//! An account as answers show it.

use riverbank_model::account::SetBy;
use riverbank_model::feed::AccountFacts;
use riverbank_model::given::GivenFacts;
use riverbank_model::guid::InstitutionGuid;
use riverbank_store::accounts::{Account, Origin};
use riverbank_store::members::Member;

use super::Origins;
use crate::institutions::Catalogue;
use crate::provenance::Provenance;
use crate::{Engine, Fault};

/// An account with what its answers need besides.
#[derive(Clone, Debug)]
pub struct AccountView {
    /// The account.
    pub account: Account,
    /// What is in force of it.
    pub facts: AccountFacts,
    /// What the feed told of it; none of a manual account.
    pub told: Option<AccountFacts>,
    /// What its user wrote of it.
    pub given: GivenFacts,
    /// The institution of its member.
    pub institution_guid: Option<InstitutionGuid>,
    /// That institution's code.
    pub institution_code: Option<String>,
    /// Whether the user manages its member.
    pub member_is_managed_by_user: bool,
}

/// What of its member shows in an account.
struct Source<'a> {
    institution: Option<&'a InstitutionGuid>,
    is_managed_by_user: bool,
    is_manual: bool,
}

impl<'a> From<&'a Origin> for Source<'a> {
    fn from(origin: &'a Origin) -> Self {
        let Origin { institution_guid, is_managed_by_user, is_manual, .. } = origin;
        Self {
            institution: Some(institution_guid),
            is_managed_by_user: *is_managed_by_user,
            is_manual: *is_manual,
        }
    }
}

impl<'a> From<&'a Member> for Source<'a> {
    fn from(member: &'a Member) -> Self {
        Self {
            institution: Some(&member.institution_guid),
            is_managed_by_user: member.is_managed_by_user,
            is_manual: member.is_manual(),
        }
    }
}

impl AccountView {
    fn of(account: Account, origins: &Origins, catalogue: &Catalogue) -> Result<Self, Fault> {
        // A member that went since the account was read leaves nothing to show of it.
        let gone = Source { institution: None, is_managed_by_user: true, is_manual: false };
        let source = origins.get(&account.member_guid).map_or(gone, Source::from);
        Self::from_source(account, &source, catalogue)
    }

    /// An account of this member.
    pub(crate) fn of_member(account: Account, member: &Member, catalogue: &Catalogue) -> Result<Self, Fault> {
        Self::from_source(account, &member.into(), catalogue)
    }

    fn from_source(account: Account, source: &Source<'_>, catalogue: &Catalogue) -> Result<Self, Fault> {
        let institution = source.institution.and_then(|guid| catalogue.get(guid));
        let (told, given) = (read_facts(&account)?, read_given(&account)?);
        Ok(Self {
            facts: given.over(told.clone()),
            told: (!source.is_manual).then_some(told),
            given,
            institution_code: institution.map(|institution| institution.code.clone()),
            institution_guid: source.institution.cloned(),
            member_is_managed_by_user: source.is_managed_by_user,
            account,
        })
    }

    /// Whether its user made it by hand.
    pub fn is_manual(&self) -> bool {
        self.told.is_none()
    }
}

impl Provenance for AccountView {
    type Facts = AccountFacts;

    fn in_force(&self) -> &AccountFacts {
        &self.facts
    }

    fn told(&self) -> Option<&AccountFacts> {
        self.told.as_ref()
    }

    fn set_by(&self, name: &str, usually: SetBy) -> SetBy {
        if self.is_manual() || self.given.has(name) { SetBy::User } else { usually }
    }
}

/// What the feed told of an account.
pub(crate) fn read_facts(account: &Account) -> Result<AccountFacts, Fault> {
    serde_json::from_str(&account.feed).map_err(|error| Fault::Internal(Box::new(error)))
}

/// What its user wrote of an account.
pub(crate) fn read_given(account: &Account) -> Result<GivenFacts, Fault> {
    serde_json::from_str(&account.given).map_err(|error| Fault::Internal(Box::new(error)))
}

/// What is in force of an account.
pub(crate) fn in_force(account: &Account) -> Result<AccountFacts, Fault> {
    Ok(read_given(account)?.over(read_facts(account)?))
}

/// The `given` of an account of which its user wrote nothing.
pub(crate) const NOTHING_GIVEN: &str = "{}";

impl Engine {
    /// Accounts as answers show them.
    pub(crate) async fn account_views(
        &self,
        accounts: Vec<Account>,
        origins: &Origins,
    ) -> Result<Vec<AccountView>, Fault> {
        let catalogue = self.catalogue().await?;
        accounts.into_iter().map(|account| AccountView::of(account, origins, &catalogue)).collect()
    }
}
