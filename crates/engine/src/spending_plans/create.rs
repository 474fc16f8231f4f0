//! Making a spending plan: `POST /spending_plans`.

use riverbank_model::webhook::Action;
use riverbank_store::accounts::{self, AccountFilter};
use riverbank_store::page::Page;
use riverbank_store::spending_plans::{self, SpendingPlan};
use riverbank_store::{members, users};

use crate::audit::record;
use crate::fault::faults;
use crate::{Caller, Engine, Fault, calendar};

/// Why a plan cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateSpendingPlanError {
    /// There is one already.
    #[error("The user already has a spending plan.")]
    OneAlready,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateSpendingPlanError);

impl Engine {
    /// Makes the plan of the caller with its first month, the one that it is, and with the accounts that money is spent from.
    pub async fn create_spending_plan(
        &self,
        caller: &Caller,
    ) -> Result<SpendingPlan, CreateSpendingPlanError> {
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let user = &caller.user;
            if !users::hold(tx, user).await? {
                return Err(CreateSpendingPlanError::NoUser);
            }
            if spending_plans::of_user(tx, user).await?.is_some() {
                return Err(CreateSpendingPlanError::OneAlready);
            }
            let number = members::next_number(tx, user).await?.ok_or(CreateSpendingPlanError::NoUser)?;
            let now = engine.now();
            let today = calendar::today(tx, user, now).await?;
            let mut plan = SpendingPlan {
                user_guid: user.clone(),
                guid: engine.guid_of(user, number),
                current_iteration_number: 0,
                next_turn_at: now,
                created_at: now,
                updated_at: now,
            };
            let month = engine.begin_month(tx, &mut plan, today, now).await?;
            spending_plans::store(tx, &plan).await?;
            spending_plans::insert_iteration(tx, &month).await?;
            let (known, _) = accounts::list(tx, user, AccountFilter::default(), Page::ALL).await?;
            for account in known {
                engine.join_plan(tx, &plan, &account).await?;
            }
            record(tx, &caller, "spending_plans.create", &plan.guid, false, now).await?;
            engine.tell_of_plan(tx, &caller, &plan, Action::Created).await?;
            Ok(plan)
        });
        writing.await
    }
}
