//! Listing goals: `GET /goals`.

use riverbank_store::goals;

use super::{GoalView, Outlook};
use crate::{Caller, Engine, Fault};

impl Engine {
    /// The caller's goals, by position.
    pub async fn list_goals(&self, caller: &Caller) -> Result<Vec<GoalView>, Fault> {
        let reader = self.store().read().await?;
        let found = goals::of_user(&reader, &caller.user).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let outlook = Outlook::read(&reader, &caller.user, &found, self.now()).await?;
        Ok(outlook.views(found))
    }
}
