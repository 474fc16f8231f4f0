//! Members that are due to be refreshed in the background, over all users.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use riverbank_model::guid::{MemberGuid, UserGuid};

use crate::db::{StoreError, Tx, params, row, statements};
use crate::machine_time::microseconds;
use crate::members::Member;

const DAY: Duration = Duration::from_hours(24);

row! {
    /// A member that is due.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct DueRefresh {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MemberGuid,
        /// Since when it is due.
        pub next_refresh_at: Timestamp,
        /// Its user or its client is disabled, or its client wants no refreshes.
        pub is_barred: bool = "(u.is_disabled or c.is_disabled or c.background_aggregation_is_disabled)",
    }
}

statements! {
    NEXT: (Option<i64>,) = "select min(next_refresh_at) from members
        where next_refresh_at > $1 and next_refresh_at is not null";
    DUE: DueRefresh = "select {columns m} from members m
        join users u on u.guid = m.user_guid join clients c on c.guid = u.client_guid
        where m.next_refresh_at <= $1 and m.next_refresh_at is not null
        order by m.next_refresh_at, m.guid limit 100";
    // What another holds is about to change: it is left to that one.
    LOCK: Member = {
        sqlite: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is null",
        postgres: "select {columns} from members where user_guid = $1 and guid = $2 and deleted_at is null
            for update skip locked",
    };
    PUT = "update members set next_refresh_at = $1 where user_guid = $2 and guid = $3";
    SPREAD = {
        sqlite: "update members set next_refresh_at = $1 + ($1 - next_refresh_at) % $2
            where (user_guid, guid) in (select user_guid, guid from members
                where next_refresh_at < $3 and next_refresh_at is not null order by next_refresh_at limit 1000)",
        postgres: "update members set next_refresh_at = $1 + ($1 - next_refresh_at) % $2
            where (user_guid, guid) in (select user_guid, guid from members
                where next_refresh_at < $3 and next_refresh_at is not null order by next_refresh_at limit 1000
                for update skip locked)",
    };
    BRING_FORWARD = "update members set next_refresh_at = next_refresh_at - (next_refresh_at - $1) / $2 * $2
        where next_refresh_at >= $3 and next_refresh_at is not null";
}

/// When the first member is due after `after`.
pub async fn next(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (first,) = tx.query_one(&NEXT, params![after]).await?;
    Ok(first.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// Members that are due, those first that have been for longest, a hundred at most.
pub async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<DueRefresh>, StoreError> {
    tx.query(&DUE, params![now]).await
}

/// A live member that nobody else may change before this unit of work ends; none when someone else is at it.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &MemberGuid) -> Result<Option<Member>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Says when a member is due, until it is written the next time.
pub async fn put(tx: &Tx, member: &Member, at: Option<Timestamp>) -> Result<(), StoreError> {
    tx.execute(&PUT, params![at, member.user_guid, member.guid]).await.map(drop)
}

/// Makes members that are due in a day or more due by whole days earlier, within the day after `now`: for a business clock
/// that was set back. Each keeps its time of the day.
pub async fn bring_forward(tx: &Tx, now: Timestamp) -> Result<(), StoreError> {
    let Ok(tomorrow) = now.checked_add(DAY) else { return Ok(()) };
    tx.execute(&BRING_FORWARD, params![now, microseconds(DAY), tomorrow]).await.map(drop)
}

/// Makes members that were due before `late` due as long after `now` as they were before it, by whole `over` less: a
/// thousand at most, those first that have been due for longest. How many there were.
pub async fn spread(
    tx: &Tx,
    late: Timestamp,
    now: Timestamp,
    over: SignedDuration,
) -> Result<u64, StoreError> {
    let over = i64::try_from(over.as_micros()).unwrap_or(i64::MAX);
    tx.execute(&SPREAD, params![now, over, late]).await
}
