//! The ledger of a user as one JSON document: the objects of the answers, each on a line of its own.

use std::io::{self, Write};

use jiff::Timestamp;
use riverbank_engine::export::Ledger;
use riverbank_engine::transactions::TransactionView;
use serde::Serialize;

use super::accounts::Account;
use super::budgets::Budget;
use super::categories::Category;
use super::goals::Goal;
use super::holdings::Holding;
use super::members::MemberView;
use super::monthly_cash_flow_profile::MonthlyCashFlowProfile;
use super::notifications::Notification;
use super::scheduled_payments::ScheduledPayment;
use super::spending_plans::{Iteration, IterationItem, PlanAccount, SpendingPlan};
use super::taggings::Tagging;
use super::tags::Tag;
use super::transaction_rules::TransactionRule;
use super::transactions::Transaction;
use super::user::UserView;
use crate::values::Moment;

/// The document, written as it comes.
pub struct LedgerDocument<W> {
    output: W,
    is_first: bool,
}

impl<W: Write> LedgerDocument<W> {
    /// Writes all but the transactions.
    pub fn begin(output: W, ledger: Ledger, exported_at: Timestamp) -> io::Result<Self> {
        let mut document = Self { output, is_first: true };
        let Ledger {
            user,
            verified,
            members,
            accounts,
            holdings,
            categories,
            tags,
            taggings,
            budgets,
            goals,
            monthly_cash_flow_profile,
            scheduled_payments,
            spending_plan,
            notifications,
            rules,
        } = ledger;
        let (owner, client) = (user.guid.clone(), user.client_guid.clone());
        write!(document.output, "{{\n\"exported_at\": ")?;
        document.value(&Moment(exported_at))?;
        write!(document.output, ",\n\"user\": ")?;
        document.value(&UserView::of(user, verified))?;
        document.list("members", members.into_iter().map(MemberView::from))?;
        document.list("accounts", accounts.into_iter().map(Account))?;
        document.list("holdings", holdings.into_iter().map(Holding))?;
        document.list("categories", categories.into_iter().map(Category::from))?;
        document.list("tags", tags.into_iter().map(Tag::from))?;
        document.list("taggings", taggings.iter().map(|view| Tagging::of(view, &owner)))?;
        document.list("budgets", budgets.into_iter().map(Budget))?;
        document.list("goals", goals.into_iter().map(Goal))?;
        write!(document.output, ",\n\"monthly_cash_flow_profile\": ")?;
        document.value(&monthly_cash_flow_profile.map(MonthlyCashFlowProfile))?;
        document.list("scheduled_payments", scheduled_payments.into_iter().map(ScheduledPayment))?;
        document.list("notifications", notifications.into_iter().map(Notification))?;
        write!(document.output, ",\n\"spending_plan\": ")?;
        document.value(&spending_plan.plan.map(SpendingPlan))?;
        let of_client = |account| PlanAccount((account, client.clone()));
        document.list("spending_plan_accounts", spending_plan.accounts.into_iter().map(of_client))?;
        document.list("iterations", spending_plan.iterations.into_iter().map(Iteration))?;
        document.list("iteration_items", spending_plan.items.into_iter().map(IterationItem))?;
        document.list("transaction_rules", rules.into_iter().map(TransactionRule::from))?;
        document.open("transactions")?;
        Ok(document)
    }

    /// Writes the transactions of one account.
    pub fn transactions(&mut self, transactions: Vec<TransactionView>) -> io::Result<()> {
        transactions.into_iter().try_for_each(|transaction| self.item(&Transaction(transaction)))
    }

    /// Closes the document.
    pub fn end(mut self) -> io::Result<()> {
        self.close()?;
        self.output.write_all(b"\n}\n")
    }

    fn list<T: Serialize>(&mut self, name: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
        self.open(name)?;
        for item in items {
            self.item(&item)?;
        }
        self.close()
    }

    fn open(&mut self, name: &str) -> io::Result<()> {
        self.is_first = true;
        write!(self.output, ",\n\"{name}\": [")
    }

    fn item(&mut self, item: &impl Serialize) -> io::Result<()> {
        self.output.write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        self.value(item)
    }

    fn close(&mut self) -> io::Result<()> {
        self.output.write_all(if self.is_first { b"]" } else { b"\n]" })
    }

    fn value(&mut self, value: &impl Serialize) -> io::Result<()> {
        Ok(serde_json::to_writer(&mut self.output, value)?)
    }
}
