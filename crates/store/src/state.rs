//! The state of a sandbox, and how it is put back to its beginning.
//!
//! Whoever puts something back stands alone ([`Tx::stand_alone`]) and begins a new epoch: what was derived from the rows
//! before, and what workers hold of them, no longer counts.

use riverbank_model::guid::ClientGuid;

use crate::db::{StoreError, Tx, params, statements};

statements! {
    BEGIN_EPOCH = "update epoch set number = number + 1";

    // Everything that a client's users own, in an order in which no row goes before one that refers to it. What refers
    // to a user or a member with `on delete cascade` goes with it.
    TRANSACTIONS = "delete from transactions where user_guid in (select guid from users where client_guid = $1)";
    REVISIONS = "delete from transaction_revisions where user_guid in (select guid from users where client_guid = $1)";
    ACCOUNTS = "delete from accounts where user_guid in (select guid from users where client_guid = $1)";
    EXTERNAL_GUIDS = "delete from external_guids where client_guid = $1";
    MEMBERS = "delete from members where user_guid in (select guid from users where client_guid = $1)";
    MESSAGES = "delete from webhook_messages
        where endpoint_guid in (select guid from webhook_endpoints where client_guid = $1)";
    AUDIT = "delete from audit where client_guid = $1 and user_guid is not null";
    USERS = "delete from users where client_guid = $1";

    CLEAR_REVISIONS = "delete from transaction_revisions";
    FIRST_REVISIONS = "insert into transaction_revisions (user_guid, revision, looked_at_revision)
        select users.guid, epoch.number * 4294967296 + 1, epoch.number * 4294967296 + 1 from users, epoch";

    // What stays, as if nobody had called yet.
    ENDPOINTS = "update webhook_endpoints set failures = 0, paused_until = null where client_guid = $1";
    CLIENT = "update clients set children_made = 0 where guid = $1";

    FAULTS = "delete from faults";
    TICKETS = "delete from bank_tickets";
    CONSENTS = "delete from bank_consents";
    RETURNING = "delete from returning_consents";
    UPLOADED = "delete from institutions where is_uploaded";
}

/// Begins a new epoch.
pub async fn begin_epoch(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&BEGIN_EPOCH, params![]).await.map(drop)
}

/// Gives the transactions of every user a revision that none had before this epoch.
pub(crate) async fn restart_revisions(tx: &Tx) -> Result<(), StoreError> {
    tx.execute(&CLEAR_REVISIONS, params![]).await?;
    tx.execute(&FIRST_REVISIONS, params![]).await.map(drop)
}

/// Removes all users of a client with what they own and what was told of them, and counts from the beginning again. How
/// many they were.
pub async fn reset_client(tx: &Tx, client: &ClientGuid) -> Result<u64, StoreError> {
    let owned = [&TRANSACTIONS, &REVISIONS, &ACCOUNTS, &EXTERNAL_GUIDS, &MEMBERS, &MESSAGES, &AUDIT];
    for statement in owned {
        tx.execute(statement, params![client]).await?;
    }
    let users = tx.execute(&USERS, params![client]).await?;
    tx.execute(&ENDPOINTS, params![client]).await?;
    tx.execute(&CLIENT, params![client]).await?;
    Ok(users)
}

/// Removes what belongs to no client: faults, what test banks have handed out, and institutions that were uploaded. No
/// member may be left.
pub async fn reset_banks(tx: &Tx) -> Result<(), StoreError> {
    for statement in [&FAULTS, &TICKETS, &CONSENTS, &RETURNING, &UPLOADED] {
        tx.execute(statement, params![]).await?;
    }
    Ok(())
}
