//! What a whole database has one of: its mode, its sealed keys, the pace of its clock.

use crate::db::{StoreError, Tx, params, statements};

statements! {
    FIND: (Vec<u8>,) = "select value from settings where name = $1";
    PUT = "insert into settings (name, value) values ($1, $2)
        on conflict (name) do update set value = excluded.value";
    REPLACE = "update settings set value = $1 where name = $2 and value = $3";
    PUT_FIRST = "insert into settings (name, value) values ($1, $2) on conflict (name) do nothing";
}

/// A value, if there is one of this name.
pub async fn find(tx: &Tx, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let found = tx.query_opt(&FIND, params![name]).await?;
    Ok(found.map(|(value,)| value))
}

/// Writes a value, over one that is there.
pub async fn put(tx: &Tx, name: &str, value: &[u8]) -> Result<(), StoreError> {
    tx.execute(&PUT, params![name, value]).await.map(drop)
}

/// Writes a value in the place of `old`, if that is still there.
pub async fn replace(tx: &Tx, name: &str, old: &[u8], new: &[u8]) -> Result<(), StoreError> {
    tx.execute(&REPLACE, params![new, name, old]).await.map(drop)
}

/// The value of this name, which is `value` if nobody wrote one before.
pub async fn settle(tx: &Tx, name: &str, value: &[u8]) -> Result<Vec<u8>, StoreError> {
    tx.execute(&PUT_FIRST, params![name, value]).await?;
    let (settled,) = tx.query_one(&FIND, params![name]).await?;
    Ok(settled)
}
