//! Deleted members of which not all is hidden yet.

use jiff::Timestamp;
use riverbank_model::guid::{MemberGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A deletion that goes on.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Deletion {
        /// Whose the member was.
        pub user_guid: UserGuid,
        /// The member.
        pub member_guid: MemberGuid,
        /// Whether those who listen are told of each transaction.
        pub is_told: bool,
        /// When the member was deleted.
        pub at: Timestamp,
    }
}

statements! {
    INSERT for Deletion = "insert into deletions ({columns}) values ({values})";
    ALL: Deletion = "select {columns} from deletions order by at, member_guid limit 100";
    FIND: Deletion = "select {columns} from deletions where user_guid = $1 and member_guid = $2";
    DELETE = "delete from deletions where user_guid = $1 and member_guid = $2";
}

/// Notes that there is more to hide.
pub async fn insert(tx: &Tx, deletion: &Deletion) -> Result<(), StoreError> {
    tx.execute(&INSERT, &deletion.values()).await.map(drop)
}

/// Those that go on, the oldest first, a hundred at most.
pub async fn all(tx: &Tx) -> Result<Vec<Deletion>, StoreError> {
    tx.query(&ALL, params![]).await
}

/// That of a member, which whoever goes on with it has locked; none when it has ended.
pub async fn find(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<Option<Deletion>, StoreError> {
    tx.query_opt(&FIND, params![user, member]).await
}

/// Everything is hidden.
pub async fn end(tx: &Tx, deletion: &Deletion) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![deletion.user_guid, deletion.member_guid]).await.map(drop)
}
