//! The end users of clients.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::guid::{ClientGuid, UserGuid};
use riverbank_model::user::Gender;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};
use crate::{returning_consents, transactions, webhook_messages};

row! {
    /// A user as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct User {
        /// Its id.
        pub guid: UserGuid,
        /// Whose user it is.
        pub client_guid: ClientGuid,
        /// The partner's own id, unique within the client.
        pub partner_id: String,
        /// Date of birth.
        pub birthdate: Option<Date>,
        /// As the partner told it.
        pub credit_score: Option<i64>,
        /// Address for mail.
        pub email: Option<String>,
        /// Given name.
        pub first_name: Option<String>,
        /// As the partner told it.
        pub gender: Option<Gender>,
        /// Left out of background aggregation.
        pub is_disabled: bool,
        /// Left out of analytics.
        pub is_excluded_from_analytics: bool,
        /// Family name.
        pub last_name: Option<String>,
        /// When a session was last opened.
        pub logged_in_at: Option<Timestamp>,
        /// Free text of the partner.
        pub metadata: Option<String>,
        /// Telephone number.
        pub phone: Option<String>,
        /// Postal code.
        pub zip_code: Option<String>,
        /// Grows by one with every change.
        pub revision: i64,
        /// Children ever made.
        pub children_made: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
    }
}

statements! {
    INSERT for User = "insert into users ({columns}) values ({values})
        on conflict (client_guid, partner_id) do nothing";
    FIND: User = "select {columns} from users where guid = $1";
    FIND_BY_PARTNER_ID: User = "select {columns} from users where client_guid = $1 and partner_id = $2";
    HOLD: (String,) = {
        sqlite: "select guid from users where guid = $1",
        postgres: "select guid from users where guid = $1 for update",
    };
    LOCK_BY_PARTNER_ID: User = {
        sqlite: "select {columns} from users where client_guid = $1 and partner_id = $2",
        postgres: "select {columns} from users where client_guid = $1 and partner_id = $2 for update",
    };
    UPDATE = "update users set birthdate = $1, credit_score = $2, email = $3, first_name = $4, gender = $5,
        is_disabled = $6, last_name = $7, metadata = $8, phone = $9, zip_code = $10, revision = $11, updated_at = $12
        where guid = $13";
    LOG_IN = "update users set logged_in_at = $1 where guid = $2";
    LOCK_MEMBERS: (String,) = {
        sqlite: "select guid from members where user_guid = $1",
        postgres: "select guid from members where user_guid = $1 order by number for update",
    };
    DELETE_ACCOUNTS = "delete from accounts where user_guid = $1";
    DELETE_EXTERNAL_GUIDS = "delete from external_guids where client_guid = $1 and external_guid in
        (select external_guid from members where user_guid = $2 and external_guid is not null)
        and user_guid = $3";
    DELETE_MEMBERS = "delete from members where user_guid = $1";
    DELETE = "delete from users where guid = $1";
}

/// Writes a new user; false when its client has one with this partner's id.
pub async fn insert(tx: &Tx, user: &User) -> Result<bool, StoreError> {
    tx.execute(&INSERT, &user.values()).await.map(|written| written > 0)
}

/// A user by its guid.
pub async fn find(tx: &Tx, guid: &UserGuid) -> Result<Option<User>, StoreError> {
    tx.query_opt(&FIND, params![guid]).await
}

/// A user of a client by the partner's own id.
pub async fn find_by_partner_id(
    tx: &Tx,
    client: &ClientGuid,
    partner_id: &str,
) -> Result<Option<User>, StoreError> {
    tx.query_opt(&FIND_BY_PARTNER_ID, params![client, partner_id]).await
}

/// Holds a user for whoever changes what it has that belongs to no member: nobody else does before this unit of work ends.
/// False when there is no such user. Taken before any member of the user is.
pub async fn hold(tx: &Tx, guid: &UserGuid) -> Result<bool, StoreError> {
    let held: Option<(String,)> = tx.query_opt(&HOLD, params![guid]).await?;
    Ok(held.is_some())
}

/// A user by the partner's own id, that nobody else may change before this unit of work ends.
pub async fn lock_by_partner_id(
    tx: &Tx,
    client: &ClientGuid,
    partner_id: &str,
) -> Result<Option<User>, StoreError> {
    tx.query_opt(&LOCK_BY_PARTNER_ID, params![client, partner_id]).await
}

/// Writes what a partner can change of a user.
pub async fn save(tx: &Tx, user: &User) -> Result<(), StoreError> {
    let u = user;
    tx.execute(
        &UPDATE,
        params![
            u.birthdate,
            u.credit_score,
            u.email,
            u.first_name,
            u.gender,
            u.is_disabled,
            u.last_name,
            u.metadata,
            u.phone,
            u.zip_code,
            u.revision,
            u.updated_at,
            u.guid
        ],
    )
    .await
    .map(drop)
}

/// Notes that a session was opened; false when the user is gone. Nobody deletes the user before this unit of work
/// ends.
pub async fn log_in(tx: &Tx, guid: &UserGuid, at: Timestamp) -> Result<bool, StoreError> {
    tx.execute(&LOG_IN, params![at, guid]).await.map(|noted| noted > 0)
}

/// Deletes a locked user for good, with all that it owns. The audit stays, and so do consents until they are given back.
pub async fn delete(tx: &Tx, user: &User, at: Timestamp) -> Result<(), StoreError> {
    let guid = &user.guid;
    // Whoever writes transactions or consents holds the member: after this line nobody does.
    tx.query(&LOCK_MEMBERS, params![guid]).await?;
    if returning_consents::keep_of_user(tx, guid, at).await? > 0 {
        tx.wake_workers();
    }
    transactions::delete_of_user(tx, guid).await?;
    tx.execute(&DELETE_ACCOUNTS, params![guid]).await?;
    tx.execute(&DELETE_EXTERNAL_GUIDS, params![user.client_guid, guid, guid]).await?;
    // Credentials, challenges and jobs go with their members, tokens and sessions with their user.
    tx.execute(&DELETE_MEMBERS, params![guid]).await?;
    webhook_messages::forget_user(tx, guid).await?;
    tx.execute(&DELETE, params![guid]).await.map(drop)
}

#[cfg(test)]
pub(crate) mod tests;
