//! One reading of one document: values with their doubts noted.

use jiff::civil::Date;
use riverbank_model::money::{Money, NotADecimal, Quantity};

use super::amount::{self, Decimal};
use super::date::{self, When};
use crate::ofx::document::Node;

/// A remark and the byte it is about.
#[derive(Debug)]
pub(super) struct Remark {
    pub(super) at: usize,
    pub(super) text: String,
    pub(super) is_loss: bool,
    pub(super) fields: Vec<(String, String)>,
}

/// Collects what a reader of the file should know.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) remarks: Vec<Remark>,
    /// Transactions that could not be read.
    pub(super) lost: usize,
}

impl Reading {
    pub(super) fn remark(&mut self, node: Node<'_>, text: impl Into<String>) {
        self.remarks.push(Remark { at: node.at(), text: text.into(), is_loss: false, fields: Vec::new() });
    }

    /// Notes a transaction that cannot be read, with all that it holds.
    pub(super) fn lose(&mut self, transaction: Node<'_>, why: impl Into<String>) {
        self.lost += 1;
        self.remarks.push(Remark {
            at: transaction.at(),
            text: why.into(),
            is_loss: true,
            fields: transaction.descendants().filter_map(|node| Some((node.name(), node.text()?))).collect(),
        });
    }

    /// Notes a transaction that stands within another one that is noted with all that it holds.
    pub(super) fn lose_part(&mut self, transaction: Node<'_>, why: impl Into<String>) {
        self.lost += 1;
        self.remarks.push(Remark {
            at: transaction.at(),
            text: why.into(),
            is_loss: true,
            fields: Vec::new(),
        });
    }

    /// The amount of that name within `parent`; none where it is missing, empty or unreadable.
    pub(super) fn money(&mut self, parent: Node<'_>, name: &str) -> Option<Money> {
        self.decimal(parent, name, amount::decimal::<Money>)
    }

    /// The number of units or the price of that name within `parent`.
    pub(super) fn quantity(&mut self, parent: Node<'_>, name: &str) -> Option<Quantity> {
        self.decimal(parent, name, amount::decimal::<Quantity>)
    }

    fn decimal<T>(
        &mut self,
        parent: Node<'_>,
        name: &str,
        read: impl Fn(&str) -> Result<Decimal<T>, NotADecimal>,
    ) -> Option<T> {
        let node = parent.child(name)?;
        let text = node.text()?;
        match read(&text) {
            Ok(decimal) => {
                if let Some(doubt) = decimal.doubt {
                    self.remark(node, format!("{name} {text:?}: {doubt}"));
                }
                Some(decimal.value)
            }
            Err(error) => {
                self.remark(node, format!("{name} {text:?} is no amount: {error}"));
                None
            }
        }
    }

    /// The date of that name within `parent`; none where it is missing, empty or unreadable.
    pub(super) fn when(&mut self, parent: Node<'_>, name: &str) -> Option<When> {
        let node = parent.child(name)?;
        let text = node.text()?;
        date::when(&text).unwrap_or_else(|error| {
            self.remark(node, format!("{name} {text:?} is no date: {error}"));
            None
        })
    }

    /// The day of that name within `parent`.
    pub(super) fn day(&mut self, parent: Node<'_>, name: &str) -> Option<Date> {
        self.when(parent, name).map(|when| when.day)
    }

    /// A currency (ISO 4217) of that name within `parent`.
    pub(super) fn currency(&mut self, parent: Node<'_>, name: &str) -> Option<String> {
        let node = parent.child(name)?;
        let text = node.text()?;
        if text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return Some(text.to_ascii_uppercase());
        }
        self.remark(node, format!("{name} {text:?} is no currency"));
        None
    }
}
