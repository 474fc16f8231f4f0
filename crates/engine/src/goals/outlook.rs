//! What goals are held against: what their accounts hold, and what is set aside each month.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_model::goal::GoalType;
use riverbank_model::guid::{AccountGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_store::goals::Goal;
use riverbank_store::{Tx, accounts};

use super::GoalView;
use super::projection::days;
use crate::accounts::in_force;
use crate::{Fault, calendar, monthly_cash_flow_profile};

/// What goals of a user are held against.
#[derive(Debug)]
pub(super) struct Outlook {
    today: Date,
    contribution: Money,
    /// What is told of the balances of the accounts that are there.
    balances: HashMap<AccountGuid, Option<Money>>,
}

impl Outlook {
    /// For goals of a user, as it is now.
    pub(super) async fn read(
        tx: &Tx,
        user: &UserGuid,
        goals: impl IntoIterator<Item = &Goal>,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let mut guids: Vec<_> = goals.into_iter().map(|goal| goal.account_guid.clone()).collect();
        guids.sort();
        guids.dedup();
        let mut balances = HashMap::new();
        for account in accounts::some(tx, user, &guids).await? {
            let balance = in_force(&account)?.balance;
            balances.insert(account.guid, balance);
        }
        let today = calendar::today(tx, user, now).await?;
        let contribution = monthly_cash_flow_profile::contribution(tx, user).await?;
        Ok(Self { today, contribution, balances })
    }

    /// Whether anything is set aside: else nobody may write goals (Nexus reference, goals, rules).
    pub(super) fn is_funded(&self) -> bool {
        self.contribution > Money::ZERO
    }

    /// Whether an account is there.
    pub(super) fn knows(&self, account: &AccountGuid) -> bool {
        self.balances.contains_key(account)
    }

    /// Completes a goal that its account has reached.
    pub(super) fn complete(&self, goal: &mut Goal, now: Timestamp) {
        complete(goal, self.balance(goal), now);
    }

    /// The goals of a user, all of them by position, with how far they have come.
    pub(super) fn views(&self, goals: Vec<Goal>) -> Vec<GoalView> {
        let left: Vec<_> = goals.iter().map(|goal| left(goal, self.balance(goal))).collect();
        let days = days(self.today, self.contribution, &left);
        let view = |(goal, day): (Goal, Option<Date>)| GoalView {
            current_amount: current(&goal, self.balance(&goal)),
            projected_to_complete_at: day.filter(|_| goal.completed_at.is_none()).and_then(noon),
            goal,
        };
        goals.into_iter().zip(days).map(view).collect()
    }

    fn balance(&self, goal: &Goal) -> Option<Money> {
        self.balances.get(&goal.account_guid).copied().flatten()
    }
}

/// Completes a goal if what its account holds is told and comes to its amount; whether it did.
pub(super) fn complete(goal: &mut Goal, balance: Option<Money>, now: Timestamp) -> bool {
    let is_told = balance.is_some();
    let completes = goal.completed_at.is_none() && is_told && current(goal, balance) >= goal.amount;
    if completes {
        goal.completed_at = Some(now);
    }
    completes
}

/// What of the amount of a goal is saved or paid off: nothing while no balance is told, of a debt neither.
fn current(goal: &Goal, balance: Option<Money>) -> Money {
    let Some(balance) = balance else { return Money::ZERO };
    match goal.goal_type {
        GoalType::SaveAmount => balance,
        GoalType::Payoff => (goal.amount - balance).max(Money::ZERO),
    }
}

/// What is still to be set aside for a goal.
fn left(goal: &Goal, balance: Option<Money>) -> Money {
    if goal.completed_at.is_some() {
        return Money::ZERO;
    }
    (goal.amount - current(goal, balance)).max(Money::ZERO)
}

/// The moment that stands for a day: noon in UTC, which is within it nearly everywhere.
fn noon(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.at(12, 0, 0, 0)).ok()
}
