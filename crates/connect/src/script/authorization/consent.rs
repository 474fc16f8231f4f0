//! The page of a test bank: what the end user may pick and decide.

use url::Url;

use super::request::return_address;
use super::{Addresses, AuthorizationRequest, RequestRefusal, ReturnError};
use crate::script::Script;

/// An account that may be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offered {
    /// The bank's id of it.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// The accounts of a bank, in the order in which it serves them.
pub fn offered(script: &Script, bank_name: &str) -> Vec<Offered> {
    let mut accounts: Vec<Offered> = script
        .data
        .household
        .iter()
        .map(|kind| Offered { id: kind.id().to_owned(), name: format!("{bank_name} {}", kind.title()) })
        .collect();
    for written in script.data.account.iter().map(toml::Spanned::as_ref) {
        let name = written.facts.get("name").and_then(toml::Value::as_str).map(str::to_owned);
        match accounts.iter_mut().find(|account| account.id == written.id) {
            Some(account) => account.name = name.unwrap_or(std::mem::take(&mut account.name)),
            None => accounts
                .push(Offered { name: name.unwrap_or_else(|| written.id.clone()), id: written.id.clone() }),
        }
    }
    accounts
}

/// What an end user did on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Signed in and agreed.
    Authorize,
    /// Went back.
    Cancel,
    /// Could not be told who it is.
    Deny,
    /// Has to see to something at the bank first.
    Impede,
    /// Met a failure of the bank.
    Fail,
}

impl Decision {
    /// Every decision, with the value of its button.
    pub const ALL: [(&'static str, Self); 5] = [
        ("authorize", Self::Authorize),
        ("cancel", Self::Cancel),
        ("deny", Self::Deny),
        ("impede", Self::Impede),
        ("fail", Self::Fail),
    ];

    /// The decision of a button.
    pub fn of(value: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == value).map(|(_, decision)| *decision)
    }

    /// What the client is told when there is no consent.
    pub fn error(self) -> Option<ReturnError> {
        match self {
            Self::Authorize => None,
            Self::Cancel => Some(ReturnError::AccessDenied),
            Self::Deny => Some(ReturnError::LoginRequired),
            Self::Impede => Some(ReturnError::InteractionRequired),
            Self::Fail => Some(ReturnError::ServerError),
        }
    }
}

impl Addresses {
    /// Where the end user goes with a code.
    pub fn with_code(&self, request: &AuthorizationRequest, code: &str) -> Option<Url> {
        return_address(&request.redirect_uri, ("code", code), request.state.as_deref(), &self.issuer)
    }

    /// Where the end user goes with a refusal; nowhere with one that is told on a page.
    pub fn with_refusal(&self, refusal: &RequestRefusal) -> Option<Url> {
        match refusal {
            RequestRefusal::Page(_) => None,
            RequestRefusal::Back { redirect_uri, state, error } => {
                return_address(redirect_uri, ("error", error.code()), state.as_deref(), &self.issuer)
            }
        }
    }
}
