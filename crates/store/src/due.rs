//! What is due, over all users: the scans of the schedule.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, UserGuid};

use crate::db::{Statement, StoreError, Tx, params, row, statements};

row! {
    /// Which member.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MemberKey {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MemberGuid,
    }
}

statements! {
    CHALLENGES: MemberKey = "select {columns} from members
        where challenge_expires_at <= $1 and challenge_expires_at is not null
        order by challenge_expires_at, guid limit 100";
    NEXT_CHALLENGE: (Option<i64>,) = "select min(challenge_expires_at) from members
        where challenge_expires_at > $1 and challenge_expires_at is not null";
    PENDING: MemberKey = "select {columns} from members
        where pending_expires_at <= $1 and pending_expires_at is not null
        order by pending_expires_at, guid limit 100";
    NEXT_PENDING: (Option<i64>,) = "select min(pending_expires_at) from members
        where pending_expires_at > $1 and pending_expires_at is not null";
    PURGES: MemberKey = "select {columns} from members
        where purge_at <= $1 and purge_at is not null order by purge_at, guid limit 100";
    NEXT_PURGE: (Option<i64>,) = "select min(purge_at) from members where purge_at > $1 and purge_at is not null";
    LOCK_DELETED: (String,) = {
        sqlite: "select guid from members where user_guid = $1 and guid = $2 and deleted_at is not null",
        postgres: "select guid from members where user_guid = $1 and guid = $2 and deleted_at is not null
            for update skip locked",
    };
    PURGE_TRANSACTIONS = "delete from transactions where user_guid = $1 and guid in (
        select guid from transactions
        where user_guid = $2 and member_guid = $3 and deleted_at is not null limit 1000)";
    PURGE_ACCOUNTS = "delete from accounts where user_guid = $1 and member_guid = $2";
    PURGE_MEMBER = "delete from members where user_guid = $1 and guid = $2";
}

/// Members whose open questions have expired, a hundred at most.
pub async fn challenges(tx: &Tx, now: Timestamp) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&CHALLENGES, params![now]).await
}

/// When the first questions expire after `after`.
pub async fn next_challenge(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    first(tx, &NEXT_CHALLENGE, after).await
}

/// Members whose wait for OAuth is over, a hundred at most.
pub async fn pending(tx: &Tx, now: Timestamp) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&PENDING, params![now]).await
}

/// When the first wait for OAuth is over after `after`.
pub async fn next_pending(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    first(tx, &NEXT_PENDING, after).await
}

/// Deleted members that are to be purged, a hundred at most.
pub async fn purges(tx: &Tx, now: Timestamp) -> Result<Vec<MemberKey>, StoreError> {
    tx.query(&PURGES, params![now]).await
}

/// When the first deleted member is to be purged after `after`.
pub async fn next_purge(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    first(tx, &NEXT_PURGE, after).await
}

async fn first(
    tx: &Tx,
    statement: &Statement<(Option<i64>,)>,
    after: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let (first,) = tx.query_one(statement, params![after]).await?;
    Ok(first.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// What was purged of a deleted member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purged {
    /// Nothing is left of it.
    pub is_last: bool,
}

/// Removes a thousand transactions of a deleted member; when there are none left, the member, and its jobs,
/// credentials and questions with it. None when it is gone or in someone else's hands.
pub async fn purge_slice(tx: &Tx, member: &MemberKey) -> Result<Option<Purged>, StoreError> {
    let MemberKey { user_guid: user, guid } = member;
    if tx.query_opt(&LOCK_DELETED, params![user, guid]).await?.is_none() {
        return Ok(None);
    }
    let is_last = tx.execute(&PURGE_TRANSACTIONS, params![user, user, guid]).await? == 0;
    if is_last {
        tx.execute(&PURGE_ACCOUNTS, params![user, guid]).await?;
        tx.execute(&PURGE_MEMBER, params![user, guid]).await?;
    }
    Ok(Some(Purged { is_last }))
}
