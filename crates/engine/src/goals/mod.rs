//! Goals: what users save for and debts that they pay off, one after the other.

mod account;
mod changes;
mod create;
mod delete;
mod list;
mod order;
mod outlook;
mod projection;
mod read;
mod reposition;
mod update;
mod view;

use std::collections::{HashMap, HashSet};

use riverbank_model::guid::GoalGuid;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::Tx;
use riverbank_store::goals::{self, Goal};

pub use changes::{GoalChanges, InvalidGoal};
pub use create::{CreateGoal, CreateGoalError};
pub use reposition::RepositionGoalsError;
pub use update::{UpdateGoal, UpdateGoalError};
pub use view::GoalView;

use outlook::Outlook;

use crate::audit::record;
use crate::webhooks::News;
use crate::{Caller, Engine, Fault};

/// A change to the goals of a caller.
struct Change<'a> {
    caller: &'a Caller,
    /// The goal that it is about, and its name in the audit; none when goals are only moved, as those beside the subject are.
    subject: Option<(&'a GoalGuid, &'a str)>,
    /// No webhook for it.
    skip_webhook: bool,
    /// All goals of the caller before it, by position; nobody else changes them.
    before: Vec<Goal>,
}

/// The goal with this id, of those that were written.
fn one(views: Vec<GoalView>, guid: &GoalGuid) -> Result<GoalView, Fault> {
    let found = views.into_iter().find(|view| view.goal.guid == *guid);
    found.ok_or_else(|| Fault::internal("a goal that was written is not there"))
}

impl Engine {
    /// Makes what is left and new the goals of a caller, in this order, and tells of what changed; all of them, as they are
    /// then.
    async fn write_goals(
        &self,
        tx: &Tx,
        change: Change<'_>,
        mut goals: Vec<Goal>,
        outlook: &Outlook,
    ) -> Result<Vec<GoalView>, Fault> {
        let Change { caller, subject, skip_webhook, before } = change;
        let now = self.now();
        let known: HashMap<_, _> = before.iter().map(|goal| (&goal.guid, goal)).collect();
        let left: HashSet<_> = goals.iter().map(|goal| &goal.guid).collect();
        let gone: Vec<_> = before.iter().filter(|goal| !left.contains(&goal.guid)).cloned().collect();
        let mut written = Vec::new();
        for (goal, position) in goals.iter_mut().zip(1..) {
            goal.position = position;
            let was = known.get(&goal.guid);
            if was == Some(&&*goal) {
                continue;
            }
            if was.is_some() {
                goal.revision += 1;
                goal.updated_at = now;
            }
            written.push(goal.clone());
        }
        for goal in &gone {
            goals::delete(tx, goal).await?;
        }
        goals::store(tx, &written).await?;
        for goal in gone.iter().chain(&written) {
            let action = match subject {
                Some((guid, action)) if *guid == goal.guid => action,
                _ => "goals.reposition",
            };
            record(tx, caller, action, &goal.guid, skip_webhook, now).await?;
        }
        let views = outlook.views(goals);
        let mut news = News::of_caller(self, tx, caller).await?;
        if skip_webhook || !news.hears(EventKind::Goal) {
            return Ok(views);
        }
        if !gone.is_empty() {
            let was = outlook.views(before.clone());
            for view in was.iter().filter(|view| gone.contains(&view.goal)) {
                news.goal(view, Action::Deleted)?;
            }
        }
        for view in &views {
            match known.get(&view.goal.guid) {
                None => news.goal(view, Action::Created)?,
                Some(was) if **was != view.goal => news.goal(view, Action::Updated)?,
                Some(_) => {}
            }
        }
        news.write().await?;
        Ok(views)
    }
}

#[cfg(test)]
mod tests;
