//! What is told of transactions that a caller has changed.

use riverbank_store::Tx;
use riverbank_store::members::Member;
use riverbank_store::transactions::Transaction;

use crate::webhooks::News;
use crate::{Engine, Fault};

impl Engine {
    /// Tells of changed transactions, each in the lane of its member, which is one of these.
    pub(crate) async fn tell_of_transactions(
        &self,
        tx: &Tx,
        members: &[Member],
        mut rows: Vec<Transaction>,
    ) -> Result<(), Fault> {
        for member in members {
            let of_member: Vec<_> = rows.extract_if(.., |row| row.member_guid == member.guid).collect();
            if of_member.is_empty() {
                continue;
            }
            let mut news = News::of_member(self, tx, member).await?;
            news.transactions(of_member, member).await?;
            news.write().await?;
        }
        Ok(())
    }
}
