//! Which requests touched members, summed: single ones are not kept.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, UserGuid};

use crate::db::{StoreError, Tx, params, row, statements};
use crate::due::MemberKey;

row! {
    /// The requests of one minute that asked the same of a member and were answered alike.
    #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub struct MemberRequests {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The member.
        pub member_guid: MemberGuid,
        /// When the minute began; business time.
        pub at: Timestamp,
        /// The method and the template of the route.
        pub operation: String,
        /// The status of the answers.
        pub status: i64,
        /// How many they were.
        pub requests: i64,
        /// How long the longest took, in microseconds.
        pub longest: i64,
    }
}

statements! {
    // Whoever the session's user is: what it asked of members that are not its own, or no longer there, is kept nowhere.
    ADD for MemberRequests = "with told (user_guid, member_guid, at, operation, status, requests, longest) as ({rows})
        insert into member_requests ({columns}) select {columns told} from told
        where exists (select 1 from members
            where members.user_guid = told.user_guid and members.guid = told.member_guid
                and members.deleted_at is null)
        on conflict (user_guid, member_guid, at, operation, status) do update
        set requests = member_requests.requests + excluded.requests,
            longest = case when member_requests.longest > excluded.longest
                then member_requests.longest else excluded.longest end";
    // A sum stands in no index by time: no engine reads the requests of all members for the sake of the order.
    LIST: MemberRequests = "select {columns} from member_requests
        where user_guid = $1 and member_guid = $2 and at + 0 <= $3
        order by at + 0 desc, operation, status limit $4";
}

/// Adds to what is there of live members. No two rows are of the same minute, operation and status of a member; sorted, they
/// wait for those of another server and not both for each other.
pub async fn add(tx: &Tx, rows: &[MemberRequests]) -> Result<(), StoreError> {
    tx.execute_rows(&ADD, rows).await.map(drop)
}

/// What was asked of a member in minutes that began at `until` or before, the newest first.
pub async fn list(
    tx: &Tx,
    member: &MemberKey,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<MemberRequests>, StoreError> {
    tx.query(&LIST, params![member.user_guid, member.guid, until, limit]).await
}
