//! The stored credentials of members, sealed.

use jiff::Timestamp;
use riverbank_model::guid::{CredentialGuid, MemberCredentialGuid, MemberGuid, UserGuid};

use crate::db::{Each, StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A stored credential as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct StoredCredential {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The member that signs in with it.
        pub member_guid: MemberGuid,
        /// The institution's field.
        pub credential_guid: CredentialGuid,
        /// Its own id.
        pub guid: MemberCredentialGuid,
        /// What the end user typed, sealed.
        pub value: Vec<u8>,
        /// When it was first stored.
        pub created_at: Timestamp,
        /// When it was last stored.
        pub updated_at: Timestamp,
    }
}

statements! {
    UPSERT for StoredCredential = "insert into member_credentials ({columns}) values ({values})
        on conflict (user_guid, member_guid, credential_guid)
        do update set value = excluded.value, updated_at = excluded.updated_at";
    DELETE_OTHERS = "delete from member_credentials where user_guid = $1 and member_guid = $2
        and not (credential_guid in {each $3})";
    OF_MEMBER: StoredCredential = "select {columns} from member_credentials
        where user_guid = $1 and member_guid = $2 order by credential_guid";
    KEYS_OF_USER: StoredKey = "select {columns} from member_credentials where user_guid = $1";
}

row! {
    /// Which fields of a member are stored.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct StoredKey {
        /// The member.
        pub member_guid: MemberGuid,
        /// The institution's field.
        pub credential_guid: CredentialGuid,
    }
}

/// Stores values, over those that are there; the time of the first storing stays.
pub async fn store(tx: &Tx, credentials: &[StoredCredential]) -> Result<(), StoreError> {
    tx.execute_many(&UPSERT, credentials.iter().map(ToRow::values)).await.map(drop)
}

/// Stores values in place of all that are there; the time of the first storing of each stays.
pub async fn replace(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
    credentials: &[StoredCredential],
) -> Result<(), StoreError> {
    let kept: Vec<_> = credentials.iter().map(|row| row.credential_guid.clone()).collect();
    tx.execute(&DELETE_OTHERS, params![user, member, Each::of(&kept)]).await?;
    store(tx, credentials).await
}

/// What is stored for a member.
pub async fn of_member(
    tx: &Tx,
    user: &UserGuid,
    member: &MemberGuid,
) -> Result<Vec<StoredCredential>, StoreError> {
    tx.query(&OF_MEMBER, params![user, member]).await
}

/// Which fields are stored for each member of a user.
pub async fn keys_of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<StoredKey>, StoreError> {
    tx.query(&KEYS_OF_USER, params![user]).await
}
