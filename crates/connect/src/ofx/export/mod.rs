//! Accounts as an OFX file that other programs import: pure, and the inverse of [`super::read()`] as far as the format goes
//! (OFX 2.2: sign-on 2.5.1.3, statements 11.4.2.2, 11.4.3.2 and 13.9.2.1, securities 13.8.4).

mod investment;
mod key;
mod statement;
mod transaction;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use riverbank_model::feed::FeedAccount;

use super::write::{Aggregate, Form, write};
use investment::Securities;
use key::{Keys, Statement};

/// XML, which loses no letter, in the oldest version that has it: what imports files has known it the longest.
const FORM: Form = Form { version: 203, close_tags: true, pretty: true };
/// The currency of what has none (ISO 4217).
const NO_CURRENCY: &str = "XXX";

/// A file, and what of the accounts is not in it.
#[derive(Clone, Debug)]
pub struct Export {
    /// The file.
    pub file: Vec<u8>,
    /// What could not be said in it, a sentence each.
    pub left_out: Vec<String>,
}

/// What the statements of a file have in common.
struct Context<'a> {
    keys: Keys<'a>,
    as_of: Timestamp,
    left_out: Vec<String>,
}

impl Context<'_> {
    /// The moment of the file.
    fn moment(&self) -> String {
        moment(self.as_of)
    }

    /// Its day in UTC.
    fn today(&self) -> Date {
        Offset::UTC.to_datetime(self.as_of).date()
    }

    fn leave_out(&mut self, account: &FeedAccount, what: &str) {
        self.left_out.push(format!("{}: {what}", account.id));
    }
}

/// The file of these accounts as they stand at a moment. A transaction is called by its id, so that a program that has
/// imported it before knows it again; texts are cut where the format has a limit.
pub fn export(accounts: &[FeedAccount], as_of: Timestamp) -> Export {
    let mut context = Context { keys: Keys::of(accounts), as_of, left_out: Vec::new() };
    let mut sets =
        [("BANKMSGSRSV1", Vec::new()), ("CREDITCARDMSGSRSV1", Vec::new()), ("INVSTMTMSGSRSV1", Vec::new())];
    let mut securities = Securities::default();
    for (number, account) in accounts.iter().enumerate() {
        let (set, wrapper, body) = match Statement::of(account) {
            Some(Statement::Bank(account_type)) => {
                (0, "STMTTRNRS", statement::bank(&mut context, account, account_type))
            }
            Some(Statement::Card) => (1, "CCSTMTTRNRS", statement::card(&mut context, account)),
            Some(Statement::Investment) => {
                (2, "INVSTMTTRNRS", investment::write(&mut context, account, &mut securities))
            }
            None => {
                context.leave_out(account, "OFX has no statement of such an account");
                continue;
            }
        };
        let answer = Aggregate::new(wrapper).value("TRNUID", (number + 1).to_string()).with(success());
        sets[set].1.push(answer.with(body));
    }
    let sign_on =
        Aggregate::new("SONRS").with(success()).value("DTSERVER", context.moment()).value("LANGUAGE", "ENG");
    let mut root = Aggregate::new("OFX").with(Aggregate::new("SIGNONMSGSRSV1").with(sign_on));
    for (name, statements) in sets {
        if !statements.is_empty() {
            root = root.with(Aggregate::new(name).with_all(statements));
        }
    }
    if let Some(list) = securities.finish() {
        root = root.with(Aggregate::new("SECLISTMSGSRSV1").with(list));
    }
    Export { file: write(FORM, "NONE", &root), left_out: context.left_out }
}

fn success() -> Aggregate {
    Aggregate::new("STATUS").value("CODE", "0").value("SEVERITY", "INFO")
}

fn moment(at: Timestamp) -> String {
    format!("{}.000[0:GMT]", Offset::UTC.to_datetime(at).strftime("%Y%m%d%H%M%S"))
}

fn day(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// The currency of a statement.
fn currency(account: &FeedAccount) -> &str {
    account.facts.currency_code.as_deref().unwrap_or(NO_CURRENCY)
}

/// Text of at most so many characters, as the format counts; none of an empty one.
fn limited(text: &str, most: usize) -> Option<String> {
    let text: String = text.trim().chars().take(most).collect();
    (!text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
