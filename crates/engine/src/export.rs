//! The ledger of a user as a whole, for its operator: `riverbank export`.

use jiff::civil::Date;
use riverbank_model::guid::UserGuid;
use riverbank_store::page::Page;
use riverbank_store::{transactions, users};

use crate::accounts::{AccountView, ListAccounts, Origins};
use crate::budgets::BudgetView;
use crate::categories::{CategoryView, OwnCategories};
use crate::goals::GoalView;
use crate::holdings::{HoldingView, HoldingsOf};
use crate::members::{ListMembers, MemberView};
use crate::monthly_cash_flow_profile::MonthlyCashFlowProfileView;
use crate::notifications::Notification;
use crate::scheduled_payments::ScheduledPayment;
use crate::spending_plans::PlanExport;
use crate::taggings::TaggingView;
use crate::tags::Tag;
use crate::transaction_rules::TransactionRule;
use crate::transactions::TransactionView;
use crate::users::{User, Verified};
use crate::{Caller, Engine, Fault};

/// What a user has, apart from the transactions: of them there are many, and they are read account by account.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// The user.
    pub user: User,
    /// What of its contacts is verified.
    pub verified: Verified,
    /// Its members, in the order in which they were made.
    pub members: Vec<MemberView>,
    /// Their accounts, in the order in which they were made.
    pub accounts: Vec<AccountView>,
    /// The positions of the accounts, in the order in which they were first brought in.
    pub holdings: Vec<HoldingView>,
    /// The categories that it has made itself.
    pub categories: Vec<CategoryView>,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Which transactions bear them.
    pub taggings: Vec<TaggingView>,
    /// Its budgets.
    pub budgets: Vec<BudgetView>,
    /// Its goals, by position.
    pub goals: Vec<GoalView>,
    /// What it sets aside each month, once that was read or set.
    pub monthly_cash_flow_profile: Option<MonthlyCashFlowProfileView>,
    /// The payments that it expects.
    pub scheduled_payments: Vec<ScheduledPayment>,
    /// What it was notified of, the newest first.
    pub notifications: Vec<Notification>,
    /// What it means to spend.
    pub spending_plan: PlanExport,
    /// Its rules.
    pub rules: Vec<TransactionRule>,
}

impl Engine {
    /// The ledger of a user; none when there is no such user.
    pub async fn export_ledger(&self, user: &UserGuid) -> Result<Option<Ledger>, Fault> {
        let Some(user) = users::find(&*self.store().read().await?, user).await? else { return Ok(None) };
        let caller =
            Caller { client: user.client_guid.clone(), user: user.guid.clone(), callback_payload: None };
        let members = ListMembers { use_case: None, is_managed_by_user: None, page: Page::ALL };
        let mut members = self.list_members(&caller, members).await?.members;
        for member in &mut members {
            // Whoever holds it may give the consent.
            member.oauth_window_uri = None;
        }
        let accounts = ListAccounts {
            use_case: None,
            member_is_managed_by_user: None,
            is_manual: None,
            page: Page::ALL,
        };
        let mut categories = self.list_categories(&caller).await?;
        categories.retain(|category| !category.is_default);
        Ok(Some(Ledger {
            verified: self.verified(&user),
            members,
            accounts: self.list_accounts(&caller, accounts).await?.accounts,
            holdings: self.list_holdings(&caller, &HoldingsOf::User).await?.unwrap_or_default(),
            categories,
            tags: self.list_tags(&caller).await?,
            taggings: self.list_taggings(&caller, Page::ALL).await?.taggings,
            budgets: self.list_budgets(&caller).await?,
            goals: self.list_goals(&caller).await?,
            monthly_cash_flow_profile: self.known_profile(&caller).await?,
            scheduled_payments: self.list_scheduled_payments(&caller, Page::ALL).await?.payments,
            notifications: self.list_notifications(&caller, Some(Date::MIN), Some(Date::MAX)).await?,
            spending_plan: self.export_plan(&caller).await?,
            rules: self.list_rules(&caller, Page::ALL).await?.rules,
            user,
        }))
    }

    /// All transactions of an account, newest first: those that were split and their parts among them.
    pub async fn export_transactions(&self, account: &AccountView) -> Result<Vec<TransactionView>, Fault> {
        let (user, guid) = (&account.account.user_guid, &account.account.guid);
        let reader = self.store().read().await?;
        let found = transactions::of_account(&reader, user, guid).await?;
        let origins = Origins::read(&reader, user).await?;
        let own = OwnCategories::behind(&reader, user, &found).await?;
        drop(reader);
        Ok(found.into_iter().map(|found| TransactionView::of(found, &origins, &own)).collect())
    }
}
