//! The categories that users make.

use jiff::Timestamp;
use riverbank_model::guid::{CategoryGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A category as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Category {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: CategoryGuid,
        /// The how-manieth child of its user it is.
        pub number: i64,
        /// Its name.
        pub name: String,
        /// The default category at the top of its branch.
        pub parent_guid: CategoryGuid,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// Grows by one with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    OF_USER: Category = "select {columns} from categories where user_guid = $1 order by number";
    FIND: Category = "select {columns} from categories where user_guid = $1 and guid = $2";
    LOCK: Category = {
        sqlite: "select {columns} from categories where user_guid = $1 and guid = $2",
        postgres: "select {columns} from categories where user_guid = $1 and guid = $2 for update",
    };
    UPSERT for Category = "insert into categories ({columns}) values ({values})
        on conflict (user_guid, guid) do update set name = excluded.name, metadata = excluded.metadata,
        revision = excluded.revision, updated_at = excluded.updated_at";
    DELETE = "delete from categories where user_guid = $1 and guid = $2";
}

/// The categories of a user, in the order in which they were made.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<Category>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// A category of a user.
pub async fn find(tx: &Tx, user: &UserGuid, guid: &CategoryGuid) -> Result<Option<Category>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A category of a user that nobody else may change before this unit of work ends.
pub async fn lock(tx: &Tx, user: &UserGuid, guid: &CategoryGuid) -> Result<Option<Category>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes a category over the one with the same id. Where it stands in the tree stays.
pub async fn store(tx: &Tx, category: &Category) -> Result<(), StoreError> {
    tx.execute(&UPSERT, &category.values()).await.map(drop)
}

/// Removes a category.
pub async fn delete(tx: &Tx, category: &Category) -> Result<(), StoreError> {
    tx.execute(&DELETE, params![category.user_guid, category.guid]).await.map(drop)
}
