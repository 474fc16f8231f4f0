//! Making a goal: `POST /goals`.

use riverbank_model::goal::{GoalMetaType, GoalType};
use riverbank_model::guid::{AccountGuid, GoalGuid};
use riverbank_model::money::Money;
use riverbank_store::goals::{self, Goal};
use riverbank_store::members;

use super::changes::check;
use super::order::arranged;
use super::{Change, GoalChanges, GoalView, InvalidGoal, Outlook, one};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// What a goal is made of.
#[derive(Clone, Debug)]
pub struct CreateGoal {
    /// The account whose balance tells how far it has come, as sent.
    pub account_guid: String,
    /// What is to be saved or paid off.
    pub amount: Money,
    /// Whether it is saved or paid off.
    pub goal_type: GoalType,
    /// What it is for.
    pub meta_type: GoalMetaType,
    /// The name to show.
    pub name: String,
    /// What else is said of it.
    pub changes: GoalChanges,
    /// No webhook for this creation.
    pub skip_webhook: bool,
}

/// Why a goal cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum CreateGoalError {
    /// No goal can be so.
    #[error(transparent)]
    Invalid(#[from] InvalidGoal),
    /// Its account does not exist, or is another user's.
    #[error("no such account")]
    NoSuchAccount,
    /// Nothing is set aside for goals.
    #[error("Goals need a monthly contribution.")]
    NoContribution,
    /// The user has gone in the meantime.
    #[error("The user does not exist.")]
    NoUser,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(CreateGoalError);

impl Engine {
    /// Makes a goal of the caller: the last one, or at the position that is said, behind which the others make room. One that
    /// its account has reached is complete, unless it is said not to be.
    pub async fn create_goal(
        &self,
        caller: &Caller,
        request: CreateGoal,
    ) -> Result<GoalView, CreateGoalError> {
        check(Some(request.amount), Some(&request.name), request.changes.position)?;
        let account = request.account_guid.parse::<AccountGuid>().ok();
        let account = account.ok_or(CreateGoalError::NoSuchAccount)?;
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let held = goals::lock_of_user(tx, &caller.user).await?.ok_or(CreateGoalError::NoUser)?;
            let number = members::next_number(tx, &caller.user).await?.ok_or(CreateGoalError::NoUser)?;
            let now = engine.now();
            let guid: GoalGuid = engine.guid_of(&caller.user, number);
            let mut goal = Goal {
                user_guid: caller.user.clone(),
                guid: guid.clone(),
                account_guid: account,
                amount: request.amount,
                goal_type: request.goal_type,
                meta_type: request.meta_type,
                track_type: None,
                name: request.name,
                metadata: None,
                position: 0,
                has_been_spent: false,
                completed_at: None,
                revision: 1,
                created_at: now,
                updated_at: now,
            };
            let (position, is_complete) = (request.changes.position, request.changes.is_complete);
            request.changes.write(&mut goal, now);
            let outlook = Outlook::read(tx, &caller.user, held.iter().chain([&goal]), now).await?;
            if !outlook.knows(&goal.account_guid) {
                return Err(CreateGoalError::NoSuchAccount);
            }
            if !outlook.is_funded() {
                return Err(CreateGoalError::NoContribution);
            }
            if is_complete.is_none() {
                outlook.complete(&mut goal, now);
            }
            let all: Vec<_> = held.iter().cloned().chain([goal]).collect();
            let all = arranged(all, |goal| position.filter(|_| goal.guid == guid));
            let change = Change {
                caller: &caller,
                subject: Some((&guid, "goals.create")),
                skip_webhook: request.skip_webhook,
                before: held,
            };
            Ok(one(engine.write_goals(tx, change, all, &outlook).await?, &guid)?)
        });
        writing.await
    }
}
