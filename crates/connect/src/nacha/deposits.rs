//! A file of micro deposits.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::money::Money;

use super::calendar::{banking_day_after, eastern};
use super::file::{Addenda, Batch, Entry, File, FileHeader, TransactionCode};

/// What the files of a day are told apart by.
const MODIFIERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
/// The purpose that receivers see on their statements: what the rules on micro-entries ask for.
const DESCRIPTION: &str = "ACCTVERIFY";
/// Single payments to persons.
const CLASS: &str = "PPD";
/// What the last seven digits of trace numbers count up to.
const SEQUENCES: i64 = 10_000_000;

/// Who sends, as agreed with the bank that takes the files.
#[derive(Clone, Debug)]
pub struct Originator {
    /// The routing number of the bank, nine digits.
    pub routing_number: String,
    /// The name of the bank.
    pub bank_name: String,
    /// What the bank knows the company by, 10 characters.
    pub company_id: String,
    /// The name that receivers see, 16 characters.
    pub company_name: String,
    /// The company's checking account at the bank, which the deposits are taken from.
    pub settlement_account: String,
}

/// A deposit of a file.
#[derive(Clone, Debug)]
pub struct Payment {
    /// The name of the account's holder.
    pub holder: String,
    /// The number of the account.
    pub account_number: String,
    /// The bank that has it.
    pub routing_number: String,
    /// Savings, and not checking.
    pub is_savings: bool,
    /// How much.
    pub amount: Money,
    /// What is sent with it, so that it can be told in the bank's reports: the guid of its verification.
    pub reference: String,
}

/// When a file is made, and its place among others.
#[derive(Clone, Copy, Debug)]
pub struct Making {
    /// The moment.
    pub at: Timestamp,
    /// How many other files have the day.
    pub place: usize,
    /// The sequence of the first trace number.
    pub first: i64,
}

impl Making {
    /// The day of the making, as the clearing house counts it.
    pub fn day(&self) -> Date {
        eastern(self.at).date()
    }

    /// The day on which the deposits are made.
    pub fn effective_on(&self) -> Date {
        banking_day_after(self.day())
    }

    /// Whether the day has room for the file: there are 36 ways to tell the files of a day apart.
    pub fn has_room(&self) -> bool {
        self.place < MODIFIERS.len()
    }
}

impl Originator {
    /// The whole trace number of a sequence.
    fn trace(&self, sequence: i64) -> u64 {
        self.dfi() * SEQUENCES.unsigned_abs() + digits_of(sequence).unsigned_abs()
    }

    /// The first eight digits of the bank's routing number.
    pub fn dfi(&self) -> u64 {
        self.routing_number.get(..8).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    }

    /// The file that makes these payments, and takes their sum from the settlement account. Trace numbers go up by one from
    /// the first, the last of them is that of the settlement.
    pub fn file(&self, making: &Making, payments: &[Payment]) -> File {
        let mut entries: Vec<Entry> = (making.first..)
            .zip(payments)
            .map(|(sequence, payment)| self.credit(sequence, payment))
            .collect();
        let sum: i64 = payments.iter().map(|payment| payment.amount.units()).sum();
        let last = making.first.saturating_add(i64::try_from(payments.len()).unwrap_or(i64::MAX));
        entries.push(self.settlement(last, Money::from_units(sum)));
        let batch = Batch {
            company_name: self.company_name.clone(),
            company_id: self.company_id.clone(),
            class: CLASS.to_owned(),
            description: DESCRIPTION.to_owned(),
            effective_on: making.effective_on(),
            originating_dfi: self.dfi(),
            number: 1,
            entries,
        };
        let made = eastern(making.at);
        let header = FileHeader {
            destination: self.routing_number.clone(),
            destination_name: self.bank_name.clone(),
            origin: self.company_id.clone(),
            origin_name: self.company_name.clone(),
            made_on: made.date(),
            made_at: made.time().with().second(0).subsec_nanosecond(0).build().unwrap_or_default(),
            modifier: MODIFIERS.get(making.place).map_or('A', |modifier| char::from(*modifier)),
            reference: String::new(),
        };
        File { header, batches: vec![batch] }
    }

    fn credit(&self, sequence: i64, payment: &Payment) -> Entry {
        Entry {
            code: if payment.is_savings {
                TransactionCode::SAVINGS_CREDIT
            } else {
                TransactionCode::CHECKING_CREDIT
            },
            routing_number: payment.routing_number.clone(),
            account_number: payment.account_number.clone(),
            amount: payment.amount,
            // A guid is longer than the field; whole it stands in what is told with the payment.
            receiver_id: payment.reference.chars().filter(|c| *c != '-').take(15).collect(),
            receiver_name: payment.holder.clone(),
            trace: self.trace(sequence),
            addenda: vec![Addenda::Note(payment.reference.clone())],
        }
    }

    fn settlement(&self, sequence: i64, amount: Money) -> Entry {
        Entry {
            code: TransactionCode::CHECKING_DEBIT,
            routing_number: self.routing_number.clone(),
            account_number: self.settlement_account.clone(),
            amount,
            receiver_id: self.company_id.clone(),
            receiver_name: self.company_name.clone(),
            trace: self.trace(sequence),
            addenda: Vec::new(),
        }
    }
}

/// What trace numbers have of a sequence: its last seven digits.
pub fn digits_of(sequence: i64) -> i64 {
    sequence.rem_euclid(SEQUENCES)
}

/// The sequence that a whole trace number ends in, and the eight digits of the bank before it.
pub fn sequence_of(trace: u64) -> (u64, i64) {
    let sequences = SEQUENCES.unsigned_abs();
    (trace / sequences, i64::try_from(trace % sequences).unwrap_or_default())
}

/// The first of `count` sequences that come after `last` and do not begin anew among themselves, as trace numbers of a file must
/// go up. Sequences count on for good; trace numbers have their last seven digits.
pub fn sequences_after(last: i64, count: i64) -> i64 {
    let first = last.saturating_add(1);
    let end = first.saturating_add(count);
    if first % SEQUENCES != 0 && first / SEQUENCES == end / SEQUENCES {
        return first;
    }
    (end / SEQUENCES).saturating_mul(SEQUENCES).saturating_add(1)
}
