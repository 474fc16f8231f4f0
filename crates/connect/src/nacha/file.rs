//! What stands in a file. Counts, sums and the fill are no part of it: they are made when it is written, and held against
//! it when it is read.

use jiff::civil::{Date, Time};
use riverbank_model::money::Money;

/// A file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// From whom to whom, and when.
    pub header: FileHeader,
    /// What is to be paid, or came back.
    pub batches: Vec<Batch>,
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileHeader {
    /// The routing number of the bank that takes the file.
    pub destination: String,
    /// The name of that bank, 23 characters.
    pub destination_name: String,
    /// What that bank knows the sender by, 10 characters.
    pub origin: String,
    /// The sender's name, 23 characters.
    pub origin_name: String,
    /// The day on which the file was made.
    pub made_on: Date,
    /// The minute in which it was made.
    pub made_at: Time,
    /// Tells the files of a day apart: A to Z, then 0 to 9.
    pub modifier: char,
    /// The sender's own note, 8 characters.
    pub reference: String,
}

/// Payments of one company for one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The name that receivers see, 16 characters.
    pub company_name: String,
    /// What the bank knows the company by, 10 characters.
    pub company_id: String,
    /// The standard entry class, such as `PPD`.
    pub class: String,
    /// The purpose that receivers see, 10 characters.
    pub description: String,
    /// The day on which the payments are to be made.
    pub effective_on: Date,
    /// The first eight digits of the routing number of the bank that sends.
    pub originating_dfi: u64,
    /// Its place in the file, from 1.
    pub number: u64,
    /// The payments, by ascending trace numbers.
    pub entries: Vec<Entry>,
}

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Which way the money goes, and into what kind of account.
    pub code: TransactionCode,
    /// The receiver's bank, nine digits.
    pub routing_number: String,
    /// The receiver's account, 17 characters.
    pub account_number: String,
    /// How much, in whole cents.
    pub amount: Money,
    /// What the sender knows the receiver by, 15 characters.
    pub receiver_id: String,
    /// The receiver's name, 22 characters.
    pub receiver_name: String,
    /// The sending bank's eight digits and seven more, by which a payment that comes back is known again.
    pub trace: u64,
    /// What is told with it.
    pub addenda: Vec<Addenda>,
}

/// What is told with a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Addenda {
    /// A note to the receiver, 80 characters.
    Note(String),
    /// The receiver's bank asks for a correction from now on; the payment was made.
    Change {
        /// What is to be corrected, such as `C01`.
        code: String,
        /// The payment that it is about.
        original_trace: u64,
        /// What it ought to be, 29 characters.
        corrected: String,
    },
    /// The payment comes back.
    Return {
        /// Why, such as `R03`.
        code: String,
        /// The payment that it is about.
        original_trace: u64,
        /// In words of the receiver's bank, 44 characters.
        information: String,
    },
}

/// Which way the money goes, and into what kind of account: two digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransactionCode(pub u8);

impl TransactionCode {
    /// Money for a checking account.
    pub const CHECKING_CREDIT: Self = Self(22);
    /// Money from a checking account.
    pub const CHECKING_DEBIT: Self = Self(27);
    /// Money for a savings account.
    pub const SAVINGS_CREDIT: Self = Self(32);

    /// Whether it is added to the credits of a batch: the first half of each ten is, returns among them.
    pub fn is_credit(self) -> bool {
        self.0 % 10 < 5
    }
}
