//! Our own way of writing a history: the statements of an import, without what comes before them.

use std::sync::Arc;

use riverbank_model::guid::{MemberGuid, UserGuid};
use riverbank_store::accounts::{self, Account};
use riverbank_store::transactions::{self, Transaction};
use riverbank_store::{OpenOptions, Store, StoreError};

use crate::Outcome;
use crate::stopwatch::Stopwatch;
use crate::world::Owner;

/// The accounts and transactions of a connection, as an import hands them to the store.
pub struct Upsert {
    store: Store,
    accounts: Vec<Part>,
}

/// An account with its transactions: one unit of work.
type Part = (Account, Vec<Transaction>);

impl Upsert {
    /// Those of a member that the database holds.
    pub async fn like(url: &str, owner: &Owner) -> Outcome<Self> {
        let store = Store::open(&url.parse()?, OpenOptions::new(Arc::new(Stopwatch::start()))).await?;
        let (user, member): (UserGuid, MemberGuid) = (owner.user.parse()?, owner.member.parse()?);
        let reader = store.read().await?;
        let mut transactions = transactions::of_member(&reader, &user, &member).await?;
        let mut parts = Vec::new();
        for account in accounts::of_member(&reader, &user, &member).await? {
            let of_account = transactions.extract_if(.., |row| row.account_guid == account.guid).collect();
            parts.push((account, of_account));
        }
        drop(reader);
        Ok(Self { store, accounts: parts })
    }

    /// How many accounts and transactions that is.
    pub fn size(&self) -> (usize, usize) {
        (self.accounts.len(), self.accounts.iter().map(|(_, transactions)| transactions.len()).sum())
    }

    /// The same as another member's, of a user who has none of these ids.
    pub fn given_to(&self, owner: &Owner) -> Outcome<Vec<Part>> {
        let (user, member): (UserGuid, MemberGuid) = (owner.user.parse()?, owner.member.parse()?);
        let mut parts = self.accounts.clone();
        for (account, transactions) in &mut parts {
            (account.user_guid, account.member_guid) = (user.clone(), member.clone());
            for row in transactions {
                (row.user_guid, row.member_guid) = (user.clone(), member.clone());
            }
        }
        Ok(parts)
    }

    /// Writes them.
    pub async fn write(&self, parts: Vec<Part>) -> Result<(), StoreError> {
        for (account, transactions) in parts {
            let unit = async move |tx: &riverbank_store::Tx| {
                accounts::store(tx, &account).await?;
                transactions::store(tx, &transactions).await
            };
            self.store.write(unit).await?;
        }
        Ok(())
    }
}
