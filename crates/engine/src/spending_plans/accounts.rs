//! The accounts that feed a plan.

use riverbank_model::account::AccountType;
use riverbank_model::guid::{SpendingPlanAccountGuid, SpendingPlanGuid};
use riverbank_store::accounts::Account;
use riverbank_store::spending_plans::{self, SpendingPlan, SpendingPlanAccount};
use riverbank_store::{Tx, users};

use super::read::plan_of;
use crate::accounts::in_force;
use crate::audit::record;
use crate::{Caller, Engine, Fault};

/// What money is spent from: savings, loans and what is invested are not.
const SPENDING: [AccountType; 5] = [
    AccountType::Checking,
    AccountType::CreditCard,
    AccountType::Cash,
    AccountType::Prepaid,
    AccountType::CheckingLineOfCredit,
];

impl Engine {
    /// Has an account feed a plan of its user, if money is spent from it: it is open, neither hidden nor blocked, and of a type
    /// for that.
    pub(super) async fn join_plan(
        &self,
        tx: &Tx,
        plan: &SpendingPlan,
        account: &Account,
    ) -> Result<(), Fault> {
        let is_left_out = account.is_hidden || account.is_blocked || account.deleted_at.is_some();
        if is_left_out
            || !SPENDING.contains(&account.account_type)
            || in_force(account)?.is_closed == Some(true)
        {
            return Ok(());
        }
        let now = self.now();
        let joined = SpendingPlanAccount {
            user_guid: plan.user_guid.clone(),
            guid: self.guid_within(&plan.user_guid, &format!("{} {}", plan.guid, account.guid), 1),
            spending_plan_guid: plan.guid.clone(),
            account_guid: account.guid.clone(),
            created_at: now,
            updated_at: now,
        };
        Ok(spending_plans::add_account(tx, &joined).await?)
    }

    /// Has a new account feed the plan of its user, if there is one.
    pub(crate) async fn join_plan_of_user(&self, tx: &Tx, account: &Account) -> Result<(), Fault> {
        // Who imports does not hold the user, as who deletes a plan does.
        match spending_plans::keep_of_user(tx, &account.user_guid).await? {
            Some(plan) => self.join_plan(tx, &plan, account).await,
            None => Ok(()),
        }
    }

    /// The accounts of a plan of the caller, in the order in which they came to it; none when there is no such plan.
    pub async fn list_spending_plan_accounts(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
    ) -> Result<Option<Vec<SpendingPlanAccount>>, Fault> {
        let reader = self.store().read().await?;
        let Some(plan) = plan_of(&reader, caller, plan).await? else { return Ok(None) };
        Ok(Some(spending_plans::accounts(&reader, &plan).await?))
    }

    /// An account of a plan of the caller.
    pub async fn read_spending_plan_account(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        guid: &SpendingPlanAccountGuid,
    ) -> Result<Option<SpendingPlanAccount>, Fault> {
        let accounts = self.list_spending_plan_accounts(caller, plan).await?.unwrap_or_default();
        Ok(accounts.into_iter().find(|account| account.guid == *guid))
    }

    /// Takes an account out of a plan of the caller; the account itself stays. False when it is not in it.
    pub async fn delete_spending_plan_account(
        &self,
        caller: &Caller,
        plan: &SpendingPlanGuid,
        guid: &SpendingPlanAccountGuid,
    ) -> Result<bool, Fault> {
        let (engine, caller, plan, guid) = (self.clone(), caller.clone(), plan.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            users::hold(tx, &caller.user).await?;
            let Some(plan) = plan_of(tx, &caller, &plan).await? else { return Ok(false) };
            let accounts = spending_plans::accounts(tx, &plan).await?;
            let Some(account) = accounts.into_iter().find(|account| account.guid == guid) else {
                return Ok(false);
            };
            spending_plans::remove_account(tx, &account).await?;
            record(tx, &caller, "spending_plan_accounts.delete", &guid, false, engine.now()).await?;
            Ok(true)
        });
        writing.await
    }
}
