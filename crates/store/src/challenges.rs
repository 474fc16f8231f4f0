//! Questions that wait for an answer of the end user.

use jiff::Timestamp;
use riverbank_model::guid::{CredentialGuid, JobGuid, MemberGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A question as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct OpenChallenge {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Which member is asked.
        pub member_guid: MemberGuid,
        /// Its id.
        pub guid: CredentialGuid,
        /// The parked job; none when a caller put the member in CHALLENGED.
        pub job_guid: Option<JobGuid>,
        /// Its place among those that are asked together, from 1.
        pub position: i64,
        /// A `riverbank_model::challenge::Challenge` in JSON.
        pub question: String,
        /// The answer that was handed in before the job is resumed, sealed.
        pub answer: Option<Vec<u8>>,
        /// When it was asked.
        pub created_at: Timestamp,
    }
}

statements! {
    INSERT for OpenChallenge = "insert into challenges ({columns}) values ({values})";
    OF_MEMBER: OpenChallenge = "select {columns} from challenges
        where user_guid = $1 and member_guid = $2 order by position";
    ANSWER = "update challenges set answer = $1 where user_guid = $2 and member_guid = $3 and guid = $4";
    DELETE = "delete from challenges where user_guid = $1 and member_guid = $2";
}

/// Writes questions that are asked together.
pub async fn insert(tx: &Tx, challenges: &[OpenChallenge]) -> Result<(), StoreError> {
    tx.execute_many(&INSERT, challenges.iter().map(ToRow::values)).await.map(drop)
}

/// The open questions of a member, in order.
pub async fn of_member(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
) -> Result<Vec<OpenChallenge>, StoreError> {
    tx.query(&OF_MEMBER, params![user, member]).await
}

/// Keeps an answer until the job is resumed.
pub async fn answer(tx: &Tx, challenge: &OpenChallenge, answer: &[u8]) -> Result<(), StoreError> {
    let OpenChallenge { user_guid, member_guid, guid, .. } = challenge;
    tx.execute(&ANSWER, params![answer, user_guid, member_guid, guid]).await.map(drop)
}

/// Drops the open questions of a member.
pub async fn delete(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![user, member]).await.map(drop)
}
