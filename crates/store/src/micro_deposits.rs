//! Verifications of accounts by two small deposits.

use jiff::Timestamp;
use riverbank_model::account::AccountType;
use riverbank_model::guid::{MicroDepositGuid, UserGuid};
use riverbank_model::micro_deposit::MicroDepositStatus;
use riverbank_model::money::Money;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A verification as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct MicroDeposit {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MicroDepositGuid,
        /// Its place among the children of its user.
        pub number: i64,
        /// How far it has come.
        pub status: MicroDepositStatus,
        /// Of the account's holder.
        pub email: String,
        /// Of the account's holder.
        pub first_name: String,
        /// Of the account's holder.
        pub last_name: String,
        /// What the holder calls the account.
        pub account_name: Option<String>,
        /// None before the account is known.
        pub account_number: Option<String>,
        /// None before the account is known.
        pub routing_number: Option<String>,
        /// CHECKING or SAVINGS; none before the account is known.
        pub account_type: Option<AccountType>,
        /// The institution that has the account, where it is known.
        pub institution_name: Option<String>,
        /// What is sent first.
        pub amount_1: Option<Money>,
        /// What is sent second.
        pub amount_2: Option<Money>,
        /// How often wrong amounts were handed in.
        pub wrong_tries: i64,
        /// Why it came to a bad end, as ACH codes it.
        pub error_code: Option<String>,
        /// The same in words.
        pub error_message: Option<String>,
        /// When its provider is to be asked, or it is given up; none at its end.
        pub due_at: Option<Timestamp>,
        /// Raised with every change.
        pub revision: i64,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When the right amounts were handed in.
        pub verified_at: Option<Timestamp>,
        /// When it was deleted; it is hidden since.
        pub deleted_at: Option<Timestamp>,
    }
}

row! {
    /// Which verification is due.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct MicroDepositKey {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// Its id.
        pub guid: MicroDepositGuid,
    }
}

statements! {
    INSERT for MicroDeposit = "insert into micro_deposits ({columns}) values ({values})";
    LIST: MicroDeposit = "select {columns} from micro_deposits where user_guid = $1 and deleted_at is null order by number";
    FIND: MicroDeposit = "select {columns} from micro_deposits
        where user_guid = $1 and guid = $2 and deleted_at is null";
    LOCK: MicroDeposit = {
        sqlite: "select {columns} from micro_deposits where user_guid = $1 and guid = $2 and deleted_at is null",
        postgres: "select {columns} from micro_deposits where user_guid = $1 and guid = $2 and deleted_at is null
            for update",
    };
    SAVE = "update micro_deposits set status = $1, wrong_tries = $2, error_code = $3, error_message = $4, due_at = $5,
        revision = $6, updated_at = $7, verified_at = $8, deleted_at = $9 where user_guid = $10 and guid = $11";
    ENTER_ACCOUNT = "update micro_deposits set account_name = $1, account_number = $2, routing_number = $3,
        account_type = $4, institution_name = $5, amount_1 = $6, amount_2 = $7 where user_guid = $8 and guid = $9";
    // Of those that a deposit which comes back may end: REQUESTED, DEPOSITED and DENIED.
    LOOK_AGAIN = "update micro_deposits set due_at = $1, revision = revision + 1
        where user_guid = $2 and guid = $3 and status in (1, 2, 5) and deleted_at is null";
    DUE: MicroDepositKey = "select {columns} from micro_deposits where due_at <= $1 and due_at is not null
        order by due_at, guid limit 100";
    NEXT_DUE: (Option<i64>,) = "select min(due_at) from micro_deposits where due_at > $1 and due_at is not null";
}

/// Writes a new verification.
pub async fn insert(tx: &Tx, deposit: &MicroDeposit) -> Result<(), StoreError> {
    tx.execute(&INSERT, &deposit.values()).await.map(drop)
}

/// All verifications of a user, in the order in which they were made.
pub async fn list(tx: &Tx, user: &UserGuid) -> Result<Vec<MicroDeposit>, StoreError> {
    tx.query(&LIST, params![user]).await
}

/// A verification of a user.
pub async fn find(
    tx: &Tx,
    user: &UserGuid,
    guid: &MicroDepositGuid,
) -> Result<Option<MicroDeposit>, StoreError> {
    tx.query_opt(&FIND, params![user, guid]).await
}

/// A verification of a user that nobody else may change before this unit of work ends.
pub async fn lock(
    tx: &Tx,
    user: &UserGuid,
    guid: &MicroDepositGuid,
) -> Result<Option<MicroDeposit>, StoreError> {
    tx.query_opt(&LOCK, params![user, guid]).await
}

/// Writes the account of a verification that had none.
pub async fn enter_account(tx: &Tx, deposit: &MicroDeposit) -> Result<(), StoreError> {
    let MicroDeposit { account_name, account_number, routing_number, account_type, .. } = deposit;
    let MicroDeposit { institution_name, amount_1, amount_2, user_guid, guid, .. } = deposit;
    tx.execute(
        &ENTER_ACCOUNT,
        params![
            account_name,
            account_number,
            routing_number,
            account_type,
            institution_name,
            amount_1,
            amount_2,
            user_guid,
            guid
        ],
    )
    .await
    .map(drop)
}

/// Writes what can change of a verification.
pub async fn save(tx: &Tx, deposit: &MicroDeposit) -> Result<(), StoreError> {
    let MicroDeposit { status, wrong_tries, error_code, error_message, due_at, .. } = deposit;
    let MicroDeposit { revision, updated_at, verified_at, deleted_at, user_guid, guid, .. } = deposit;
    tx.execute(
        &SAVE,
        params![
            status,
            wrong_tries,
            error_code,
            error_message,
            due_at,
            revision,
            updated_at,
            verified_at,
            deleted_at,
            user_guid,
            guid
        ],
    )
    .await
    .map(drop)
}

/// Verifications that are due, a hundred at most, the first first.
pub async fn due(tx: &Tx, now: Timestamp) -> Result<Vec<MicroDepositKey>, StoreError> {
    tx.query(&DUE, params![now]).await
}

/// When the first verification is due after `after`.
pub async fn next_due(tx: &Tx, after: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let (next,) = tx.query_one(&NEXT_DUE, params![after]).await?;
    Ok(next.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// Has a verification looked at from `now` on, if something that comes back may still end it.
pub async fn look_again(
    tx: &Tx,
    user: &UserGuid,
    guid: &MicroDepositGuid,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(&LOOK_AGAIN, params![now, user, guid]).await.map(drop)
}
