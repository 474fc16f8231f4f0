//! The rows of an account before they are served.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

/// An amount of cents as money.
pub(super) fn money(cents: i64) -> Money {
    // A cent has two of the decimals of `Money`.
    Money::from_units(cents.saturating_mul(10_i64.pow(Money::SCALE - 2)))
}

/// The start of a day.
pub(super) fn midnight(day: Date) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok()
}

/// One row.
pub(super) struct Row {
    /// The day it was booked: before the first minute of that day nobody sees it.
    pub(super) posted: Date,
    /// The second of the day before at which it was made; `None` when it was made as it was booked.
    pub(super) made: Option<i64>,
    /// Positive when it is a credit.
    pub(super) cents: i64,
    pub(super) text: String,
    /// The kind, as OFX has it.
    pub(super) kind: &'static str,
    pub(super) code: Option<i64>,
    pub(super) check: Option<String>,
    pub(super) is_abroad: bool,
    /// How the other side of a transfer from or to the checking account is written there.
    pub(super) counterpart: Option<String>,
}

impl Row {
    pub(super) fn new(posted: Date, cents: i64, kind: &'static str, text: impl Into<String>) -> Self {
        Self {
            posted,
            made: None,
            cents,
            text: text.into(),
            kind,
            code: None,
            check: None,
            is_abroad: false,
            counterpart: None,
        }
    }

    pub(super) fn code(mut self, code: i64) -> Self {
        self.code = Some(code);
        self
    }

    pub(super) fn made(mut self, second: i64) -> Self {
        self.made = Some(second);
        self
    }

    pub(super) fn check(mut self, number: i64) -> Self {
        self.check = Some(number.to_string());
        self
    }

    pub(super) fn abroad(mut self) -> Self {
        self.is_abroad = true;
        self
    }

    pub(super) fn counterpart(mut self, text: impl Into<String>) -> Self {
        self.counterpart = Some(text.into());
        self
    }
}

/// What the rows up to a day add up to.
pub(super) fn sum<'a>(rows: impl IntoIterator<Item = &'a Row>) -> i64 {
    rows.into_iter().map(|row| row.cents).sum()
}

/// The rows that were made on `from` or later, as the bank tells them, oldest first. `letter` keeps the ids of
/// accounts apart. An id is the day and the place among the rows of that day, so a row keeps it as long as all
/// rows of its day are given.
pub(super) fn served(mut rows: Vec<Row>, letter: char, from: Date) -> Vec<FeedTransaction> {
    rows.sort_by_key(|row| row.posted);
    let mut place = 0;
    let mut last = None;
    let mut transactions = Vec::with_capacity(rows.len());
    for row in rows {
        place = if last == Some(row.posted) { place + 1 } else { 1 };
        last = Some(row.posted);
        let day = row.posted.strftime("%Y%m%d");
        let id = format!("{letter}{day}{place:03}");
        let made_on = match row.made {
            Some(_) => row.posted.saturating_sub(1.day()),
            None => row.posted,
        };
        if made_on < from {
            continue;
        }
        transactions.push(FeedTransaction {
            id: Some(id),
            amount: money(row.cents.abs()),
            transaction_type: if row.cents < 0 { TransactionType::Debit } else { TransactionType::Credit },
            status: TransactionStatus::Posted,
            description: row.text,
            memo: None,
            posted_at: midnight(row.posted),
            posted_on: Some(row.posted),
            transacted_at: midnight(made_on)
                .and_then(|start| start.checked_add(row.made.unwrap_or(0).seconds()).ok()),
            transacted_on: Some(made_on),
            currency_code: Some("USD".to_owned()),
            check_number: row.check,
            kind: Some(row.kind.to_owned()),
            merchant_category_code: row.code,
            is_international: Some(row.is_abroad),
        });
    }
    transactions
}
