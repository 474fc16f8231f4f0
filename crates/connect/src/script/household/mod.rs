//! A generated household: six accounts at one bank, and the money that moves through them.
//!
//! Every row follows from the household and its day alone, so that two visits agree on the days that both see and
//! each new day brings new rows. Balances follow from the rows: each account comes back to a known amount at some
//! point of the year or month (checking at each month's end, savings and investments at the year's, loans by their
//! schedule), from which the rows since then are added up. Transfers between the accounts are made once, on the
//! account beside the checking account, and mirrored there.
//!
//! Amounts are whole cents throughout.

mod calendar;
mod card;
mod checking;
mod draw;
mod investment;
mod ledger;
mod loan;
mod merchants;
pub(super) mod person;
mod savings;
#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::feed::{AccountFacts, FeedAccount, FeedHolding};
use riverbank_model::routing::check_digit;
use serde::{Deserialize, Serialize};

use draw::Purpose;
pub(super) use draw::Root;
use ledger::Row;
use loan::Terms;

/// An account of the household; its name in lower case is the account's id at the bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the account types")]
pub enum Kind {
    Checking,
    Savings,
    CreditCard,
    Loan,
    Mortgage,
    Investment,
}

/// How each account is called and marked.
struct Line {
    id: &'static str,
    title: &'static str,
    account_type: AccountType,
    letter: char,
}

impl Kind {
    /// Every account.
    pub const ALL: [Self; 6] =
        [Self::Checking, Self::Savings, Self::CreditCard, Self::Loan, Self::Mortgage, Self::Investment];

    /// The account's id at the bank.
    pub(super) fn id(self) -> &'static str {
        self.line().id
    }

    /// What follows the bank's name in the account's.
    pub(super) fn title(self) -> &'static str {
        self.line().title
    }

    fn line(self) -> Line {
        let (id, title, account_type, letter) = match self {
            Self::Checking => ("checking", "Checking", AccountType::Checking, 'C'),
            Self::Savings => ("savings", "Savings", AccountType::Savings, 'S'),
            Self::CreditCard => ("credit_card", "Credit Card", AccountType::CreditCard, 'V'),
            Self::Loan => ("loan", "Auto Loan", AccountType::Loan, 'L'),
            Self::Mortgage => ("mortgage", "Mortgage", AccountType::Mortgage, 'M'),
            Self::Investment => ("investment", "Investment", AccountType::Investment, 'I'),
        };
        Line { id, title, account_type, letter }
    }
}

/// A household as a bank sees it on one day.
pub(super) struct Household {
    root: Root,
    /// Prices are the same for all households of a server.
    market: Root,
    today: Date,
    /// The first day of which transactions are told.
    from: Option<Date>,
    /// The first day of which every row is generated: the first of a month, where the checking account's balance
    /// is known.
    start: Date,
}

/// One account as it is generated.
struct Generated {
    rows: Vec<Row>,
    facts: AccountFacts,
    holdings: Vec<FeedHolding>,
}

impl Household {
    /// The household that follows from `root`, at the prices that follow from the server's seed.
    pub(super) fn new(root: Root, seed: &str, today: Date, from: Option<Date>) -> Self {
        Self {
            root,
            market: Root::of(&[seed]),
            today,
            from,
            start: from.unwrap_or(today).min(today).first_of_month(),
        }
    }

    /// The accounts of these kinds, in this order.
    pub(super) fn accounts(&self, kinds: &[Kind], bank: &str, holdings: bool) -> Vec<FeedAccount> {
        let numbers = self.numbers();
        let savings = savings::generate(self, &numbers);
        let card = card::generate(self, &numbers);
        let auto = loan::generate(self, &numbers, &Terms::auto(self));
        let mortgage = loan::generate(self, &numbers, &Terms::mortgage(self));
        let investment = investment::generate(self, &numbers);
        let others = [&savings, &card, &auto, &mortgage, &investment];
        let checking = checking::generate(self, others.into_iter().flat_map(|account| &account.rows));
        let mut all = [checking, savings, card, auto, mortgage, investment].map(Some);
        kinds
            .iter()
            .filter_map(|&kind| {
                let generated = all[kind as usize].take()?;
                Some(self.account(kind, generated, &numbers, bank, holdings))
            })
            .collect()
    }

    fn account(
        &self,
        kind: Kind,
        generated: Generated,
        numbers: &Numbers,
        bank: &str,
        holdings: bool,
    ) -> FeedAccount {
        let line = kind.line();
        let mut facts = generated.facts;
        facts.account_type = line.account_type;
        facts.name = format!("{bank} {}", line.title);
        facts.currency_code = Some("USD".to_owned());
        facts.is_closed = Some(false);
        facts.account_number = Some(numbers.account(kind).to_owned());
        if matches!(kind, Kind::Checking | Kind::Savings) {
            facts.routing_number = Some(numbers.routing.clone());
        }
        let served = |from| ledger::served(generated.rows, line.letter, from);
        FeedAccount {
            transactions: self.from.map(served).unwrap_or_default(),
            transactions_from: self.from,
            holdings: if holdings { generated.holdings } else { Vec::new() },
            ..FeedAccount::new(line.id.to_owned(), facts)
        }
    }

    fn numbers(&self) -> Numbers {
        let mut draw = self.root.once(Purpose::Identity);
        Numbers {
            routing: routing_number(draw.between(0, 99_999)),
            accounts: Kind::ALL.map(|_| draw.between(1_000_000_000, 9_999_999_999).to_string()),
            city: merchants::CITIES[draw_index(&mut draw, merchants::CITIES.len())],
        }
    }
}

fn draw_index(draw: &mut draw::Draw, length: usize) -> usize {
    let last = i64::try_from(length).unwrap_or(1) - 1;
    usize::try_from(draw.between(0, last)).unwrap_or(0)
}

/// The numbers and the city by which the household is known.
struct Numbers {
    routing: String,
    accounts: [String; 6],
    city: &'static str,
}

impl Numbers {
    fn account(&self, kind: Kind) -> &str {
        &self.accounts[kind as usize]
    }

    /// The last four digits, as statements name an account.
    fn ending(&self, kind: Kind) -> &str {
        let number = self.account(kind);
        &number[number.len().saturating_sub(4)..]
    }
}

/// A routing number of the twelfth Federal Reserve district.
fn routing_number(drawn: i64) -> String {
    let eight = format!("324{:05}", drawn.clamp(0, 99_999));
    let digit = check_digit(&eight).unwrap_or_default();
    format!("{eight}{digit}")
}

/// `days` after a day.
fn later(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}
