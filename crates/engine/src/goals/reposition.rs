//! Putting goals into another order: `PUT /goals/reposition`.

use std::collections::{HashMap, HashSet};

use riverbank_model::guid::GoalGuid;
use riverbank_store::goals;

use super::order::arranged;
use super::{Change, GoalView, InvalidGoal, Outlook};
use crate::fault::faults;
use crate::{Caller, Engine, Fault};

/// Why goals stay in their order.
#[derive(Debug, thiserror::Error)]
pub enum RepositionGoalsError {
    /// One would come before the first.
    #[error(transparent)]
    Invalid(#[from] InvalidGoal),
    /// One goal to two positions, or two to one.
    #[error("goals must not hold a guid or a position twice.")]
    Twice,
    /// One of them does not exist, or is another user's.
    #[error("One of the goals does not exist.")]
    NoSuchGoal,
    /// Nothing is set aside for goals.
    #[error("Goals need a monthly contribution.")]
    NoContribution,
    /// Not the caller's doing.
    #[error(transparent)]
    Fault(Fault),
}

faults!(RepositionGoalsError);

impl Engine {
    /// Puts goals of the caller, as sent, at positions from 1, of which the last is as far as it goes; the others fill up in
    /// their order. All goals, by position.
    pub async fn reposition_goals(
        &self,
        caller: &Caller,
        moves: Vec<(String, i64)>,
    ) -> Result<Vec<GoalView>, RepositionGoalsError> {
        if moves.iter().any(|(_, position)| *position < 1) {
            return Err(InvalidGoal::PositionBelowOne.into());
        }
        let count = moves.len();
        let places: HashSet<_> = moves.iter().map(|(_, position)| *position).collect();
        let moves: HashMap<_, _> = moves.into_iter().collect();
        if places.len() < count || moves.len() < count {
            return Err(RepositionGoalsError::Twice);
        }
        let (engine, caller) = (self.clone(), caller.clone());
        let writing = self.store().write(async move |tx| {
            let before = goals::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            let position = |guid: &GoalGuid| moves.get(guid.as_str()).copied();
            if before.iter().filter(|goal| position(&goal.guid).is_some()).count() < moves.len() {
                return Err(RepositionGoalsError::NoSuchGoal);
            }
            let outlook = Outlook::read(tx, &caller.user, &before, engine.now()).await?;
            if !outlook.is_funded() {
                return Err(RepositionGoalsError::NoContribution);
            }
            let all = arranged(before.clone(), |goal| position(&goal.guid));
            let change = Change { caller: &caller, subject: None, skip_webhook: false, before };
            Ok(engine.write_goals(tx, change, all, &outlook).await?)
        });
        writing.await
    }
}
