//! What changes of accounts make of the goals on them.

use riverbank_model::guid::AccountGuid;
use riverbank_model::money::Money;
use riverbank_model::webhook::{Action, EventKind};
use riverbank_store::Tx;
use riverbank_store::accounts::Account;
use riverbank_store::goals::{self, Goal};
use riverbank_store::members::Member;

use super::Outlook;
use super::outlook::complete;
use crate::accounts::in_force;
use crate::webhooks::News;
use crate::{Engine, Fault};

impl Engine {
    /// Completes the goals that an account has reached, if it holds something else than it `did`. Its member is held.
    pub(crate) async fn complete_goals(
        &self,
        tx: &Tx,
        (account, member): (&Account, &Member),
        did: Option<Money>,
        skip_webhook: bool,
    ) -> Result<(), Fault> {
        let balance = in_force(account)?.balance;
        if balance == did {
            return Ok(());
        }
        let now = self.now();
        let mut reached = goals::lock_on_account(tx, &account.user_guid, &account.guid).await?;
        reached.retain_mut(|goal| complete(goal, balance, now));
        self.write_changed_goals(tx, member, reached, skip_webhook).await
    }

    /// Has the goals on an account that is merged into another go over to that one, with those that it has reached complete.
    /// The members of both are held.
    pub(crate) async fn hand_over_goals(
        &self,
        tx: &Tx,
        goes: &AccountGuid,
        (stays, keeper): (&Account, &Member),
    ) -> Result<(), Fault> {
        let (balance, now) = (in_force(stays)?.balance, self.now());
        let mut moved = goals::lock_on_account(tx, &stays.user_guid, goes).await?;
        for goal in &mut moved {
            goal.account_guid = stays.guid.clone();
            complete(goal, balance, now);
        }
        self.write_changed_goals(tx, keeper, moved, false).await
    }

    /// Writes goals of a member's user that have changed, at the positions that they have, and tells of them.
    async fn write_changed_goals(
        &self,
        tx: &Tx,
        member: &Member,
        mut changed: Vec<Goal>,
        skip_webhook: bool,
    ) -> Result<(), Fault> {
        if changed.is_empty() {
            return Ok(());
        }
        let (user, now) = (&member.user_guid, self.now());
        for goal in &mut changed {
            goal.revision += 1;
            goal.updated_at = now;
        }
        goals::store(tx, &changed).await?;
        let mut news = News::beside_member(self, tx, member).await?;
        if skip_webhook || !news.hears(EventKind::Goal) {
            return Ok(());
        }
        let all = goals::of_user(tx, user).await?;
        let outlook = Outlook::read(tx, user, &all, now).await?;
        for view in outlook.views(all).iter().filter(|view| changed.contains(&view.goal)) {
            news.goal(view, Action::Updated)?;
        }
        news.write().await
    }
}
