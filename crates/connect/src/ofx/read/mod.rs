//! The tolerant reader: bytes in, accounts and warnings out. Pure, never panics, and loses no transaction silently.

mod account;
mod accounts;
mod amount;
mod date;
mod duplicates;
mod holders;
mod investment;
mod investment_transaction;
mod list;
#[cfg(test)]
mod odd;
#[cfg(test)]
mod properties;
mod reading;
#[cfg(test)]
mod samples;
mod security;
mod sign_on;
mod statement;
#[cfg(test)]
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod transaction;

use serde::Serialize;

pub use account::{AccountKey, AccountKind, OfxAccount};
pub use accounts::ACCOUNT_LIMIT;
use accounts::Accounts;
use reading::{Reading, Remark};
pub use sign_on::{Question, Response, SignOn, Status};
pub(super) use tables::bank_account_name;

use super::document::{Document, Node, Unreadable};

/// What a file tells.
#[derive(Clone, Debug, Serialize)]
pub struct OfxFile {
    /// The version of the format as the header has it: `102`, `203`.
    pub version: Option<String>,
    /// Whether the file was not cut off.
    pub is_whole: bool,
    /// The answer to the sign-on.
    pub sign_on: Option<SignOn>,
    /// The answers to requests, granted or not.
    pub responses: Vec<Response>,
    /// What the institution asks before it lets us in.
    pub questions: Vec<Question>,
    /// What the institution calls the one-time token that it wants (`AUTHTOKENLABEL` of its profile).
    pub token_label: Option<String>,
    /// The accounts, each once.
    pub accounts: Vec<OfxAccount>,
    /// What could not be read, or is in doubt, in the order of the file.
    pub warnings: Vec<Warning>,
}

/// Something that could not be read, or is in doubt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The line, from 1.
    pub line: usize,
    /// The byte, from 0.
    pub byte: usize,
    /// What it is.
    pub message: String,
    /// Whether a transaction is missing from what was read.
    pub is_loss: bool,
    /// Of a transaction that could not be read: all that it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<(String, String)>,
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, byte {}: {}", self.line, self.byte, self.message)?;
        for (index, (name, value)) in self.fields.iter().enumerate() {
            write!(f, "{}{name}={value}", if index == 0 { " (" } else { ", " })?;
        }
        f.write_str(if self.fields.is_empty() { "" } else { ")" })
    }
}

/// Reads an OFX file or answer of any version.
pub fn read(bytes: &[u8]) -> Result<OfxFile, Unreadable> {
    read_document(&Document::parse(bytes)?)
}

fn read_document(document: &Document) -> Result<OfxFile, Unreadable> {
    let root = document.root();
    let securities = security::read(root);
    let mut reading = Reading::default();
    let mut accounts = Accounts::default();
    let mut responses = Vec::new();
    let mut questions = Vec::new();
    for node in root.descendants() {
        if node.is("ACCTINFO") {
            list::read(&mut reading, node, &mut accounts);
        } else if node.is("STMTRS") {
            statement::read(&mut reading, node, AccountKind::Bank, "BANKACCTFROM", &mut accounts);
        } else if node.is("CCSTMTRS") {
            statement::read(&mut reading, node, AccountKind::CreditCard, "CCACCTFROM", &mut accounts);
        } else if node.is("INVSTMTRS") {
            investment::read(&mut reading, node, &securities, &mut accounts);
        } else if node.is("MFACHALLENGE") {
            questions.extend(Question::read(node));
        } else if node.ends_with("TRNRS") {
            responses.push(Response::read(node));
        }
    }
    let accounts = accounts.finish()?;
    report_strays(&mut reading, document);
    Ok(OfxFile {
        version: document.header().version.clone(),
        is_whole: document.is_whole(),
        sign_on: root.find("SONRS").map(SignOn::read),
        responses,
        questions,
        token_label: root.descendants().find(|node| node.is("AUTHTOKENLABEL")).and_then(Node::text),
        accounts,
        warnings: warnings(document, reading.remarks),
    })
}

/// Reports transactions that stand outside every statement.
fn report_strays(reading: &mut Reading, document: &Document) {
    const WHY: &str = "a transaction outside every statement";
    let places = |node: Node<'_>| node.at()..node.descendants().last().unwrap_or(node).at() + 1;
    let mut within_statement = 0..0;
    let mut within_stray = 0..0;
    for node in document.root().descendants() {
        if within_statement.contains(&node.at()) {
            continue;
        }
        if ["STMTRS", "CCSTMTRS", "INVSTMTRS"].iter().any(|name| node.is(name)) {
            within_statement = places(node);
        } else if transaction::is_one(node) || investment_transaction::is_one(node) {
            if within_stray.contains(&node.at()) {
                reading.lose_part(node, WHY);
            } else {
                reading.lose(node, WHY);
                within_stray = places(node);
            }
        }
    }
}

/// All warnings with their places, in the order of the file.
fn warnings(document: &Document, mut remarks: Vec<Remark>) -> Vec<Warning> {
    remarks.extend(document.warnings().iter().map(|(at, text)| Remark {
        at: *at,
        text: text.clone(),
        is_loss: false,
        fields: Vec::new(),
    }));
    remarks.sort_by_key(|remark| remark.at);
    let places = document.places(remarks.iter().map(|remark| remark.at));
    remarks
        .into_iter()
        .zip(places)
        .map(|(remark, (line, byte))| Warning {
            line,
            byte,
            message: remark.text,
            is_loss: remark.is_loss,
            fields: remark.fields,
        })
        .collect()
}
