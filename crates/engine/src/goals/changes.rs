//! What is written of a goal.

use jiff::Timestamp;
use riverbank_model::goal::GoalTrackType;
use riverbank_model::money::Money;
use riverbank_store::goals::Goal;

use crate::clock::to_microseconds;

/// What may be said of a goal when it is made or changed; what is absent stays, or is nothing at first.
#[derive(Clone, Debug, Default)]
pub struct GoalChanges {
    /// When it was reached; then it is complete.
    pub completed_at: Option<Timestamp>,
    /// Whether what was saved is spent.
    pub has_been_spent: Option<bool>,
    /// Whether it is complete. False counts for more than a time.
    pub is_complete: Option<bool>,
    /// Free text of the partner.
    pub metadata: Option<String>,
    /// Its place among the goals, from 1; the last is as far as it goes.
    pub position: Option<i64>,
    /// Its track, instead of the one that follows from the rest.
    pub track_type: Option<GoalTrackType>,
}

/// What no goal can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGoal {
    /// Below nothing.
    #[error("amount must not be negative.")]
    NegativeAmount,
    /// Without a name.
    #[error("name must not be empty.")]
    NoName,
    /// Before the first.
    #[error("position must be 1 or more.")]
    PositionBelowOne,
}

/// Whether what is said of a goal can be.
pub(super) fn check(
    amount: Option<Money>,
    name: Option<&str>,
    position: Option<i64>,
) -> Result<(), InvalidGoal> {
    if amount.is_some_and(|amount| amount < Money::ZERO) {
        return Err(InvalidGoal::NegativeAmount);
    }
    if name.is_some_and(str::is_empty) {
        return Err(InvalidGoal::NoName);
    }
    if position.is_some_and(|position| position < 1) {
        return Err(InvalidGoal::PositionBelowOne);
    }
    Ok(())
}

impl GoalChanges {
    /// Writes them on a goal, but for its position.
    pub(super) fn write(self, goal: &mut Goal, now: Timestamp) {
        goal.completed_at = match (self.is_complete, self.completed_at) {
            (Some(false), _) => None,
            (_, Some(at)) => Some(to_microseconds(at)),
            (Some(true), None) => goal.completed_at.or(Some(now)),
            (None, None) => goal.completed_at,
        };
        goal.has_been_spent = self.has_been_spent.unwrap_or(goal.has_been_spent);
        goal.metadata = self.metadata.or_else(|| goal.metadata.take());
        goal.track_type = self.track_type.or(goal.track_type);
    }
}
