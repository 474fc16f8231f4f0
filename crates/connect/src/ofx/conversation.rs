//! What is kept of a conversation between calls.

use riverbank_model::account::{AccountSubtype, AccountType};
use riverbank_model::feed::{AccountFacts, FeedAccount, FeedNumbers, FeedOwner};
use serde::{Deserialize, Serialize};

use super::read::{AccountKey, OfxAccount};
use crate::connector::Wanted;

/// What survives between calls: everything that the institution gave and the end user answered. Holds secrets, so it
/// does not print.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Conversation {
    pub(super) accounts: Vec<ListedAccount>,
    pub(super) user_key: Option<String>,
    pub(super) session_cookie: Option<String>,
    pub(super) access_key: Option<String>,
    /// `name=value` of the HTTP cookies.
    pub(super) cookies: Vec<String>,
    pub(super) answers: Vec<(String, String)>,
    pub(super) token: Option<String>,
}

/// An account of the list.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ListedAccount {
    pub(super) key: AccountKey,
    pub(super) name: String,
    pub(super) account_type: AccountType,
    pub(super) account_subtype: Option<AccountSubtype>,
    pub(super) routing_number: Option<String>,
    pub(super) can_download: bool,
    #[serde(default)]
    pub(super) owners: Vec<FeedOwner>,
}

impl Conversation {
    /// The conversation as bytes; none where it has no such form.
    pub(super) fn kept(&self) -> Option<Vec<u8>> {
        serde_json::to_vec(self).ok()
    }

    /// The conversation that was kept as these bytes.
    pub(super) fn restored(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl From<OfxAccount> for ListedAccount {
    fn from(listed: OfxAccount) -> Self {
        let facts = listed.account.facts;
        Self {
            key: listed.key,
            name: facts.name,
            account_type: facts.account_type,
            account_subtype: facts.account_subtype,
            routing_number: facts.routing_number,
            can_download: listed.can_download.unwrap_or(true),
            owners: listed.account.owners,
        }
    }
}

impl ListedAccount {
    /// Where the statement of this account is among the statements: under its key, else under its number, since some
    /// banks write a bank id in two ways.
    pub(super) fn position_in(&self, statements: &[OfxAccount]) -> Option<usize> {
        let exact = statements.iter().position(|statement| statement.key.names_same_as(&self.key));
        exact.or_else(|| {
            let is_near = |statement: &OfxAccount| {
                let key = &statement.key;
                key.kind == self.key.kind
                    && key.number == self.key.number
                    && key.account_type == self.key.account_type
            };
            statements.iter().position(is_near)
        })
    }

    /// The account with what its statement tells, or with only what the list told.
    pub(super) fn feed(self, statement: Option<OfxAccount>, wanted: Wanted) -> FeedAccount {
        let id = self.key.feed_id();
        let mut account = statement.map_or_else(
            || FeedAccount::new(String::new(), AccountFacts::new(self.account_type, String::new())),
            |statement| statement.account,
        );
        account.id = id;
        let facts = &mut account.facts;
        facts.name = self.name;
        facts.account_type = self.account_type;
        facts.account_subtype = self.account_subtype.or(facts.account_subtype);
        facts.account_number = Some(self.key.number);
        facts.routing_number = self.routing_number.or(facts.routing_number.take());
        if wanted.numbers {
            account.numbers = vec![FeedNumbers::of(facts)];
        }
        if wanted.owners {
            account.owners = self.owners;
        }
        // What was not asked for was not told, whatever the answer says.
        account.transactions_from =
            account.transactions_from.zip(wanted.transactions_from).map(|(told, asked)| told.max(asked));
        account
    }
}
