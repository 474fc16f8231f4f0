//! Reading a goal: `GET /goals/{goal_guid}`.

use riverbank_model::guid::GoalGuid;

use super::GoalView;
use crate::{Caller, Engine, Fault};

impl Engine {
    /// A goal of the caller.
    pub async fn read_goal(&self, caller: &Caller, guid: &GoalGuid) -> Result<Option<GoalView>, Fault> {
        // When it is reached depends on those before it.
        let all = self.list_goals(caller).await?;
        Ok(all.into_iter().find(|view| view.goal.guid == *guid))
    }
}
