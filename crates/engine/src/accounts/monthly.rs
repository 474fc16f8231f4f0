//! The balances of an account by month: `GET /accounts/{account_guid}/monthly_account_balance`.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};
use riverbank_model::account::AccountType;
use riverbank_model::guid::AccountGuid;
use riverbank_model::limits::WINDOW_DAYS;
use riverbank_model::money::Money;
use riverbank_store::{accounts, transaction_totals};

use super::in_force;
use crate::{Caller, Engine, Fault, calendar};

/// An account at the end of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthlyBalance {
    /// The first day of the month.
    pub month: Date,
    /// The balance at its end; of the month that is under way, now.
    pub balance: Money,
    /// By how much the posted transactions dated in the month have moved the balance.
    pub transaction_total: Money,
}

/// The most months that are told in one answer: a hundred years.
const MONTHS: usize = 1200;

impl Engine {
    /// The balances of an account of the caller from the month of one day to that of another, oldest first; without them,
    /// from 120 days ago to now. Counted back from the balance now, so that a balance and the next one differ by what
    /// happened in between. None when there is no such account.
    pub async fn monthly_balances(
        &self,
        caller: &Caller,
        guid: &AccountGuid,
        (from, to): (Option<Date>, Option<Date>),
    ) -> Result<Option<Vec<MonthlyBalance>>, Fault> {
        let reader = self.store().read().await?;
        let today = calendar::today(&reader, &caller.user, self.now()).await?;
        let from = from.unwrap_or_else(|| today.saturating_sub(Span::new().days(WINDOW_DAYS.0)));
        let from = from.first_of_month();
        let to = to.unwrap_or(today).min(today).first_of_month();
        let Some(account) = accounts::find(&reader, &caller.user, guid).await? else { return Ok(None) };
        let days = transaction_totals::daily_totals(&reader, &caller.user, guid, from).await?;
        drop(reader);
        let facts = in_force(&account)?;
        let sign = if is_owed(facts.account_type) { -1 } else { 1 };
        let mut balance = facts.balance.unwrap_or(Money::ZERO);
        let mut months = Vec::new();
        let mut month = today.first_of_month();
        let mut days = days.into_iter().rev().peekable();
        while month >= from && months.len() < MONTHS {
            let mut total = Money::ZERO;
            while let Some((_, came_in)) = days.next_if(|(day, _)| *day >= month) {
                total = total + Money::from_units(came_in.units().saturating_mul(sign));
            }
            if month <= to {
                months.push(MonthlyBalance { month, balance, transaction_total: total });
            }
            balance = balance - total;
            let Ok(before) = month.checked_sub(1.month()) else { break };
            month = before;
        }
        months.reverse();
        Ok(Some(months))
    }
}

/// Whether the balance is what is owed: money out makes it grow.
fn is_owed(kind: AccountType) -> bool {
    matches!(
        kind,
        AccountType::CreditCard
            | AccountType::Loan
            | AccountType::LineOfCredit
            | AccountType::Mortgage
            | AccountType::CheckingLineOfCredit
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use riverbank_model::given::GivenFacts;
    use riverbank_model::transaction::TransactionType;

    use super::*;
    use crate::accounts::{AccountChanges, CreateAccount};
    use crate::testing::{Bench, nobodys, on_both_engines};
    use crate::transactions::CreateTransaction;

    async fn account(bench: &Bench, caller: &Caller, kind: AccountType) -> AccountGuid {
        let given = GivenFacts {
            name: Some("Purse".into()),
            account_type: Some(kind),
            balance: Some("100".parse().unwrap()),
            ..GivenFacts::default()
        };
        let fields = AccountChanges { given, ..AccountChanges::default() };
        let made = bench.engine.create_account(caller, CreateAccount { fields, skip_webhook: false }).await;
        let guid = made.unwrap().account.guid;
        for (day, amount, transaction_type) in [
            (date(2025, 11, 30), "1.5", TransactionType::Debit),
            (date(2025, 12, 31), "20", TransactionType::Credit),
            (date(2026, 1, 1), "5", TransactionType::Debit),
        ] {
            let request = CreateTransaction {
                amount: amount.parse().unwrap(),
                date: day,
                description: "x".into(),
                transaction_type,
                category_guid: None,
                currency_code: None,
                has_been_viewed: false,
                is_hidden: false,
                is_international: None,
                memo: None,
                metadata: None,
                skip_webhook: false,
            };
            bench.engine.create_transaction(caller, &guid, request).await.unwrap();
        }
        guid
    }

    fn told(months: &[MonthlyBalance]) -> Vec<(i8, String, String)> {
        let told = |one: &MonthlyBalance| {
            (one.month.month(), one.balance.to_string(), one.transaction_total.to_string())
        };
        months.iter().map(told).collect()
    }

    fn row(month: i8, balance: &str, total: &str) -> (i8, String, String) {
        (month, balance.to_owned(), total.to_owned())
    }

    on_both_engines! {
        async fn a_balance_and_the_next_differ_by_what_happened_in_between(bench: &Bench) {
            let caller = bench.session("acme", "u").await.caller;
            let purse = account(bench, &caller, AccountType::Cash).await;
            let since = (Some(date(2025, 11, 3)), None);
            let months = bench.engine.monthly_balances(&caller, &purse, since).await.unwrap().unwrap();
            assert_eq!(told(&months), [row(11, "85", "-1.5"), row(12, "105", "20"), row(1, "100", "-5")]);
            let december = (Some(date(2025, 12, 5)), Some(date(2025, 12, 5)));
            let months = bench.engine.monthly_balances(&caller, &purse, december).await.unwrap().unwrap();
            assert_eq!(told(&months), [row(12, "105", "20")]);
            let backwards = (Some(date(2026, 1, 5)), Some(date(2025, 12, 5)));
            assert_eq!(bench.engine.monthly_balances(&caller, &purse, backwards).await.unwrap().unwrap(), []);
            let card = account(bench, &caller, AccountType::CreditCard).await;
            let months = bench.engine.monthly_balances(&caller, &card, since).await.unwrap().unwrap();
            assert_eq!(told(&months), [row(11, "115", "1.5"), row(12, "95", "-20"), row(1, "100", "5")]);
            let stranger = bench.session("acme", "v").await.caller;
            for (caller, guid) in [(&stranger, purse), (&caller, nobodys())] {
                assert_eq!(bench.engine.monthly_balances(caller, &guid, since).await.unwrap(), None);
            }
        }
    }
}
