//! A goal as answers show it.

use jiff::Timestamp;
use riverbank_model::goal::GoalTrackType;
use riverbank_model::money::Money;
use riverbank_store::goals::Goal;

/// A goal with how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoalView {
    /// The goal.
    pub goal: Goal,
    /// What of the amount is saved or paid off, by what its account holds.
    pub current_amount: Money,
    /// When it will be reached: noon in UTC of that day. None of a goal that is complete, or is never reached.
    pub projected_to_complete_at: Option<Timestamp>,
}

impl GoalView {
    /// Its track: as sent, or as follows from the rest.
    pub fn track_type(&self) -> GoalTrackType {
        self.goal.track_type.unwrap_or(GoalTrackType::of(self.goal.goal_type, self.goal.meta_type))
    }

    /// Whether it was reached.
    pub fn is_complete(&self) -> bool {
        self.goal.completed_at.is_some()
    }
}
