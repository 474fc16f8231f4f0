//! The tags of users.

use jiff::Timestamp;
use riverbank_model::guid::{TagGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A tag as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Tag {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: TagGuid,
        /// The how-manieth child of its user it is.
        pub number: i64,
        /// Its name.
        pub name: String,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    OF_USER: Tag = "select {columns} from tags where user_guid = $1 order by number";
    LOCK: Tag = {
        sqlite: "select {columns} from tags where user_guid = $1 and guid = $2",
        postgres: "select {columns} from tags where user_guid = $1 and guid = $2 for update",
    };
    UPSERT for Tag = "insert into tags ({columns}) values ({values})
        on conflict (user_guid, guid) do update set name = excluded.name, revision = excluded.revision,
        updated_at = excluded.updated_at";
    DELETE = "delete from tags where user_guid = $1 and guid = $2";
}

/// The tags of a user, in the order in which they were made.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<Tag>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// A tag of a user that nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &TagGuid) -> Result<Option<Tag>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes a tag over the one with the same id.
pub async fn store(tx: &Tx, tag: &Tag) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &tag.values()).await.map(drop)
}

/// Removes a tag, and its taggings with it.
pub async fn delete(tx: &Tx, tag: &Tag) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![tag.user_guid, tag.guid]).await.map(drop)
}
