//! What decides a value, by its layer.

use std::fmt;
use std::sync::Arc;

use riverbank_model::guid::TransactionRuleGuid;

/// What decided the description or the category of a transaction. Its text is kept with the row: the layer, and after
/// a slash what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// A rule of the user.
    Rule(TransactionRuleGuid),
    /// What banks call a booking of their own, by its clean name.
    Booking(&'static str),
    /// A merchant of the catalogue, by its name.
    Merchant(Arc<str>),
    /// A processor's or bank's words before the name went.
    Prefix(&'static str),
    /// Numbers, places and the like went, or capitals changed.
    Words,
    /// Nothing changed.
    AsTold,
    /// The feed's own kind.
    Kind(&'static str),
    /// The merchant category code.
    Code,
    /// A wording of the text.
    Wording(&'static str),
    /// The statistical model: what the words and their parts have meant elsewhere.
    Model,
    /// The type of the account.
    Account,
    /// The direction of the money, where nothing else is known.
    Direction,
}

impl fmt::Display for Evidence {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Rule(guid) => write!(out, "rule/{}", guid.as_str()),
            Self::Booking(name) => write!(out, "bank/{name}"),
            Self::Merchant(name) => write!(out, "merchant/{name}"),
            Self::Prefix(phrase) => write!(out, "prefix/{phrase}"),
            Self::Words => out.write_str("words"),
            Self::AsTold => out.write_str("as told"),
            Self::Kind(kind) => write!(out, "kind/{kind}"),
            Self::Code => out.write_str("mcc"),
            Self::Wording(phrase) => write!(out, "words/{phrase}"),
            Self::Model => out.write_str("model"),
            Self::Account => out.write_str("account"),
            Self::Direction => out.write_str("direction"),
        }
    }
}
