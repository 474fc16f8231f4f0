//! Deleting a goal: `DELETE /goals/{goal_guid}`.

use riverbank_model::guid::GoalGuid;
use riverbank_store::goals;

use super::{Change, Outlook};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// Deletes a goal of the caller; those behind it move up. False when there is no such goal.
    pub async fn delete_goal(
        &self,
        caller: &Caller,
        guid: &GoalGuid,
        skip_webhook: bool,
    ) -> Result<bool, Fault> {
        let (engine, caller, guid) = (self.clone(), caller.clone(), guid.clone());
        let writing = self.store().write(async move |tx| {
            let before = goals::lock_of_user(tx, &caller.user).await?.unwrap_or_default();
            let left: Vec<_> = before.iter().filter(|goal| goal.guid != guid).cloned().collect();
            if left.len() == before.len() {
                return Ok(false);
            }
            let outlook = Outlook::read(tx, &caller.user, &before, engine.now()).await?;
            let subject = Some((&guid, "goals.delete"));
            let change = Change { caller: &caller, subject, skip_webhook, before };
            engine.write_goals(tx, change, left, &outlook).await?;
            Ok::<_, Fault>(true)
        });
        writing.await
    }
}
