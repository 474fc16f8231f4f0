//! What members went through: changes of their status, which the database writes down itself whoever makes them, and what
//! their end users were asked.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::{MemberGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::due::MemberKey;

row! {
    /// One thing that happened to a member.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MemberMoment {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The member.
        pub member_guid: MemberGuid,
        /// When; business time.
        pub at: Timestamp,
        /// The status before.
        pub was: Option<ConnectionStatus>,
        /// The status after.
        pub became: Option<ConnectionStatus>,
        /// The words of a question; then no status changed by this row.
        pub asked: Option<String>,
    }
}

statements! {
    INSERT for MemberMoment = "insert into member_history ({columns}) values ({values})";
    // A sum stands in no index by time: no engine reads the history of all members for the sake of the order.
    LIST: MemberMoment = "select {columns} from member_history
        where user_guid = $1 and member_guid = $2 and at + 0 <= $3
        order by at + 0 desc, case when asked is null then 0 else 1 end, asked, coalesce(was, -1) limit $4";
    SINCE: (i64,) = "select at from member_history where user_guid = $1 and member_guid = $2 and became = $3
        order by at + 0 desc limit 1";
}

/// Writes what was asked.
pub async fn insert(tx: &Tx, moments: &[MemberMoment]) -> Result<(), StoreError> {
    tx.execute_many(&INSERT, moments.iter().map(ToRow::values)).await.map(drop)
}

/// What a member went through at `until` or before, the newest first.
pub async fn list(
    tx: &Tx,
    member: &MemberKey,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<MemberMoment>, StoreError> {
    tx.query(&LIST, params![member.user_guid, member.guid, until, limit]).await
}

/// When a member last came into a status; none when that is longer ago than what is kept.
pub async fn since(
    tx: &Tx,
    member: &MemberKey,
    status: ConnectionStatus,
) -> Result<Option<Timestamp>, StoreError> {
    let at = tx.query_opt(&SINCE, params![member.user_guid, member.guid, status]).await?;
    Ok(at.and_then(|(micros,)| Timestamp::from_microsecond(micros).ok()))
}
