//! Where the days and months of users begin.

use riverbank_model::guid::{ClientGuid, UserGuid};

use crate::db::{StoreError, Tx, params, statements};

statements! {
    SET_OF_CLIENT = "update clients set time_zone = $1 where guid = $2";
    SET_OF_USER = "update users set time_zone = $1 where guid = $2";
    OF_USER: (Option<String>,) = "select coalesce(u.time_zone, c.time_zone) from users u
        join clients c on c.guid = u.client_guid where u.guid = $1";
}

/// Gives a client's users that have none of their own a time zone, by its name in the IANA database; none is UTC.
pub async fn set_of_client(tx: &Tx, client: &ClientGuid, zone: Option<&str>) -> Result<(), StoreError> {
    tx.execute(&SET_OF_CLIENT, params![zone, client]).await.map(drop)
}

/// Gives a user a time zone of its own, by its name in the IANA database; none is that of its client. Whether there is
/// such a user.
pub async fn set_of_user(tx: &Tx, user: &UserGuid, zone: Option<&str>) -> Result<bool, StoreError> {
    Ok(tx.execute(&SET_OF_USER, params![zone, user]).await? > 0)
}

/// The name of the time zone of a user; none is UTC.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Option<String>, StoreError> {
    Ok(tx.query_opt(&OF_USER, params![user]).await?.and_then(|(zone,)| zone))
}
