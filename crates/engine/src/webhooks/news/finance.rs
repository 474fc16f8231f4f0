//! What users plan, and what they are told.

use riverbank_model::notification::Channel;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::notifications::Notification;
use riverbank_store::spending_plans::SpendingPlan;
use riverbank_store::users::User;

use super::{News, payload};
use crate::Fault;
use crate::budgets::BudgetView;
use crate::goals::GoalView;
use crate::insights::InsightView;
use crate::notifications::About;

impl News<'_> {
    /// What happened to a budget of the caller.
    pub(crate) fn budget(&mut self, view: &BudgetView, client_id: &str, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::Budget, action.name(), view.budget.guid.as_str(), view.budget.revision);
        self.add(subject, |user_id| payload::budget(action, view, client_id, user_id))
    }

    /// What happened to a goal of the user.
    pub(crate) fn goal(&mut self, view: &GoalView, action: Action) -> Result<(), Fault> {
        let subject = (EventKind::Goal, action.name(), view.goal.guid.as_str(), view.goal.revision);
        self.add(subject, |user_id| payload::goal(action, view, user_id))
    }

    /// What happened to an insight of the user, which is told as the beat that it once was as well.
    pub(crate) fn insight(&mut self, view: &InsightView, action: Action) -> Result<(), Fault> {
        let of = (action.name(), view.insight.guid.as_str(), view.insight.revision);
        self.add((EventKind::Insight, of.0, of.1, of.2), |_| payload::insight(action, view))?;
        self.add((EventKind::Beat, of.0, of.1, of.2), |_| payload::beat(action, view))
    }

    /// That the caller was notified of something, over these channels.
    pub(crate) fn notification(
        &mut self,
        notification: &Notification,
        channels: &[Channel],
        user: &User,
        about: Option<&About>,
    ) -> Result<(), Fault> {
        let name = notification.notification_type.name();
        let subject = (EventKind::Notification, name, notification.guid.as_str(), 0);
        self.add(subject, |_| payload::notification(notification, channels, user, about))
    }

    /// What happened to the spending plan of the caller.
    pub(crate) fn spending_plan(&mut self, plan: &SpendingPlan, action: Action) -> Result<(), Fault> {
        let number = plan.current_iteration_number;
        let subject = (EventKind::SpendingPlan, action.name(), plan.guid.as_str(), number);
        self.add(subject, |user_id| payload::spending_plan(action, plan, user_id))
    }
}
