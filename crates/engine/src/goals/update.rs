//! Changing a goal: `PUT /goals/{goal_guid}`.

use riverbank_model::goal::{GoalMetaType, GoalType};
use riverbank_model::guid::{AccountGuid, GoalGuid};
use riverbank_model::money::Money;
use riverbank_store::goals::{self, Goal};

use super::changes::check;
use super::order::arranged;
use super::{Change, GoalChanges, GoalView, InvalidGoal, Outlook, one};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// The changes to a goal; what is absent stays.
#[derive(Clone, Debug, Default)]
pub struct UpdateGoal {
    /// The account whose balance tells how far it has come, as sent.
    pub account_guid: Option<String>,
    /// What is to be saved or paid off.
    pub amount: Option<Money>,
    /// Whether it is saved or paid off.
    pub goal_type: Option<GoalType>,
    /// What it is for.
    pub meta_type: Option<GoalMetaType>,
    /// The name to show.
    pub name: Option<String>,
    /// What else is said of it.
    pub changes: GoalChanges,
    /// No webhook for this change.
    pub skip_webhook: bool,
}

/// Why a goal is not changed.
#[derive(Debug, thiserror::Error)]
pub enum UpdateGoalError {
    /// No goal can be so.
    #[error(transparent)]
    Invalid(#[from] InvalidGoal),
    /// There is none, or it is another user's.
    #[error("no such goal")]
    NoSuchGoal,
    /// The account that it is to go over to does not exist, or is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// Nothing is set aside for goals.
    #[error("Goals need a monthly contribution.")]
    NoContribution,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(UpdateGoalError);

impl Engine {
    /// Changes a goal of the caller. At another position, the others make room and close up. One whose account, amount or
    /// type changes, so that it is reached, is complete, unless it is said not to be.
    pub async fn update_goal(
        &self,
        caller: &Caller,
        guid: &GoalGuid,
        request: UpdateGoal,
    ) -> Result<GoalView, UpdateGoalError> {
        check(request.amount, request.name.as_deref(), request.changes.position)?;
        let account = request.account_guid.as_deref().map(str::parse::<AccountGuid>).transpose();
        let account = account.map_err(|_| UpdateGoalError::NoSuchAccount)?;
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let held = goals::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            let before = held.iter().find(|goal| goal.guid == guid).ok_or(UpdateGoalError::NoSuchGoal)?;
            let now = engine.now();
            let (position, is_complete) = (request.changes.position, request.changes.is_complete);
            let mut goal = Goal {
                account_guid: account.clone().unwrap_or_else(|| before.account_guid.clone()),
                amount: request.amount.unwrap_or(before.amount),
                goal_type: request.goal_type.unwrap_or(before.goal_type),
                meta_type: request.meta_type.unwrap_or(before.meta_type),
                name: request.name.unwrap_or_else(|| before.name.clone()),
                ..before.clone()
            };
            request.changes.write(&mut goal, now);
            let outlook = Outlook::read(tx, &caller.user, held.iter().chain([&goal]), now).await?;
            if account.is_some_and(|account| !outlook.knows(&account)) {
                return Err(UpdateGoalError::NoSuchAccount);
            }
            if !outlook.is_funded() {
                return Err(UpdateGoalError::NoContribution);
            }
            let means = |goal: &Goal| (goal.account_guid.clone(), goal.amount, goal.goal_type);
            if is_complete.is_none() && means(&goal) != means(before) {
                outlook.complete(&mut goal, now);
            }
            let all: Vec<_> =
                held.iter().map(|one| if one.guid == guid { &goal } else { one }).cloned().collect();
            let all = arranged(all, |goal| position.filter(|_| goal.guid == guid));
            let change = Change {
                caller: &caller,
                subject: Some((&guid, "goals.update")),
                skip_webhook: request.skip_webhook,
                before: held,
            };
            Ok(one(engine.write_goals(tx, change, all, &outlook).await?, &guid)?)
        });
        writing.await
    }
}
