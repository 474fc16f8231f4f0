//! A goal as answers show it.

use riverbank_engine::goals;
use riverbank_model::goal::{GoalMetaType, GoalTrackType, GoalType};
use riverbank_model::guid::{AccountGuid, GoalGuid, UserGuid};
use riverbank_model::money::Money;
use serde::Serialize;
use utoipa::ToSchema;

use crate::nexus::object::{Name, object};
use crate::values::Moment;

object! {
    /// What a user saves for, or a debt that it pays off, and when that will be reached.
    pub(in crate::nexus) Goal(goals::GoalView) as "GoalResponse";
    |view| {
        plain account_guid: &AccountGuid = &view.goal.account_guid;
        plain amount: Money = view.goal.amount;
        plain completed_at: Option<Moment> = view.goal.completed_at.map(Moment);
        plain current_amount: Money = view.current_amount;
        plain goal_type_name: Name<GoalType> = Name(view.goal.goal_type);
        plain guid: &GoalGuid = &view.goal.guid;
        plain has_been_spent: bool = view.goal.has_been_spent;
        plain is_complete: bool = view.is_complete();
        plain meta_type_name: Name<GoalMetaType> = Name(view.goal.meta_type);
        plain metadata: Option<&str> = view.goal.metadata.as_deref();
        plain name: &str = view.goal.name.as_str();
        plain position: i64 = view.goal.position;
        plain projected_to_complete_at: Option<Moment> = view.projected_to_complete_at.map(Moment);
        plain targeted_to_complete_at: Option<Moment> = None::<Moment>;
        plain track_type_name: Name<GoalTrackType> = Name(view.track_type());
        plain user_guid: &UserGuid = &view.goal.user_guid;
    }
}

/// A goal with its root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GoalResponseBody)]
pub(super) struct GoalBody {
    goal: Goal,
}

/// Goals with their root.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GoalsResponseBody)]
pub(super) struct GoalsBody {
    goals: Vec<Goal>,
}

impl From<goals::GoalView> for GoalBody {
    fn from(view: goals::GoalView) -> Self {
        Self { goal: Goal(view) }
    }
}

impl From<Vec<goals::GoalView>> for GoalsBody {
    fn from(views: Vec<goals::GoalView>) -> Self {
        Self { goals: views.into_iter().map(Goal).collect() }
    }
}
