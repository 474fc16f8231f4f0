//! One transaction, from a bank's words to what a partner sees.

use riverbank_connect::ofx::read;
use riverbank_connect::ofx::write::{Aggregate, Form, write};
use riverbank_enrich::{Catalogue, Category, cleanse};
use riverbank_model::account::AccountType;
use riverbank_model::feed::FeedTransaction;
use riverbank_model::money::{Money, Quantity, Rate};
use riverbank_model::transaction::TransactionType;

/// A clean description may be so many times as long as the raw one: capitals of some letters have more bytes.
const GROWTH: usize = 3;
/// The longest name that stands for a short text, and then some.
const LEAST: usize = 128;
/// Digits that survive the way through a JSON number.
const DIGITS: usize = 15;

/// A transaction, by lines: amount, day, description, further text, kind, merchant's code. It is written as a
/// statement, read, and enriched; amounts and descriptions are also read on their own.
pub fn transaction(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let mut next = || lines.next().unwrap_or_default();
    let (amount, day, description, memo, kind, code) = (next(), next(), next(), next(), next(), next());
    decimals(amount);
    description_of(description);
    let told = Aggregate::new("STMTTRN")
        .value("TRNTYPE", kind)
        .value("DTPOSTED", day)
        .value("TRNAMT", amount)
        .value("FITID", "1")
        .value("SIC", code)
        .value("NAME", description)
        .value("MEMO", memo);
    let statement = Aggregate::new("STMTRS")
        .with(Aggregate::new("BANKACCTFROM").value("ACCTID", "1"))
        .with(Aggregate::new("BANKTRANLIST").with(told));
    let form = Form { version: 203, close_tags: true, pretty: false };
    let file =
        read(&write(form, "uid", &Aggregate::new("OFX").with(statement))).expect("what is written is OFX");
    let account = file.accounts.first().map(|account| &account.account).expect("the account is read");
    match account.transactions.as_slice() {
        [] => assert!(
            file.warnings.iter().any(|warning| warning.is_loss),
            "a transaction is lost without a word"
        ),
        [read] => {
            agrees(read, amount);
            enriched(read);
        }
        _ => panic!("one transaction became several"),
    }
}

/// What is a decimal to the model is the same amount to the reader of files.
fn agrees(read: &FeedTransaction, told: &str) {
    if let Ok(amount) = told.parse::<Money>() {
        assert_eq!(read.amount, amount.abs(), "{told:?}");
        assert_eq!(read.transaction_type == TransactionType::Debit, amount < Money::ZERO, "{told:?}");
    }
    if let Some(day) = read.posted_on {
        assert!((1900..=2199).contains(&day.year()), "the day {day}");
    }
}

fn decimals(text: &str) {
    macro_rules! read_back {
        ($($decimal:ty),*) => {$(
            if let Ok(value) = text.parse::<$decimal>() {
                let shown = value.to_string();
                assert_eq!(shown.parse(), Ok(value), "{text:?}");
                if shown.bytes().filter(u8::is_ascii_digit).count() <= DIGITS {
                    let json = serde_json::to_string(&value).expect("a decimal is a number");
                    assert_eq!(serde_json::from_str::<$decimal>(&json).ok(), Some(value), "{text:?} as {json}");
                }
            }
        )*};
    }
    read_back!(Money, Rate, Quantity);
}

fn description_of(raw: &str) {
    let clean = cleanse(raw).description;
    assert!(clean.len() <= LEAST + GROWTH * raw.len(), "{} bytes out of {}", clean.len(), raw.len());
    assert_eq!(cleanse(&clean).description, clean, "{raw:?}");
    assert_eq!(clean.is_empty(), raw.trim().is_empty(), "{raw:?} became {clean:?}");
}

fn enriched(told: &FeedTransaction) {
    for account in
        [AccountType::Checking, AccountType::CreditCard, AccountType::Mortgage, AccountType::Investment]
    {
        let enriched = Catalogue::shipped().enrich(told, account, &[]);
        assert!(!enriched.description.trim().is_empty(), "{told:?}");
        assert!(Category::from_guid(&enriched.category).is_some(), "{told:?}");
        let flags = enriched.flags;
        assert!(!(flags.is_income && flags.is_expense), "{told:?}");
    }
}
