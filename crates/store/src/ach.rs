//! Micro deposits by the American clearing house: what was ordered, the files that it went out in, and what came back.

use jiff::Timestamp;
use jiff::civil::Date;
use riverbank_model::account::AccountType;
use riverbank_model::guid::{MicroDepositGuid, UserGuid};
use riverbank_model::money::Money;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A deposit that was ordered: one of the two of a verification.
    #[derive(Clone, Debug, PartialEq)]
    pub struct AchEntry {
        /// Whose it is.
        pub user_guid: UserGuid,
        /// The verification that it belongs to.
        pub micro_deposit_guid: MicroDepositGuid,
        /// The first or the second of the verification.
        pub place: i64,
        /// How much.
        pub amount: Money,
        /// When it was ordered.
        pub ordered_at: Timestamp,
        /// The file that it went out in; none while it waits for one.
        pub file_number: Option<i64>,
        /// The last seven digits of its trace number.
        pub sequence: Option<i64>,
        /// Why it came back.
        pub return_code: Option<String>,
        /// What the receiver's bank asks to be corrected from now on.
        pub change_code: Option<String>,
        /// What that ought to be.
        pub corrected: Option<String>,
    }
}

row! {
    /// A deposit that waits for a file, with what the file tells of it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct WaitingEntry {
        /// Whose it is.
        pub user_guid: UserGuid = "entry.user_guid",
        /// The verification that it belongs to.
        pub micro_deposit_guid: MicroDepositGuid = "entry.micro_deposit_guid",
        /// The first or the second of the verification.
        pub place: i64 = "entry.place",
        /// How much.
        pub amount: Money = "entry.amount",
        /// Of the account's holder.
        pub first_name: String = "deposit.first_name",
        /// Of the account's holder.
        pub last_name: String = "deposit.last_name",
        /// The number of the account.
        pub account_number: Option<String> = "deposit.account_number",
        /// The bank that has it.
        pub routing_number: Option<String> = "deposit.routing_number",
        /// CHECKING or SAVINGS.
        pub account_type: Option<AccountType> = "deposit.account_type",
    }
}

row! {
    /// A file.
    #[derive(Clone, Debug, PartialEq)]
    pub struct AchFile {
        /// Its place among all files.
        pub number: i64,
        /// When it was made.
        pub made_at: Timestamp,
        /// The day of its making, as the clearing house counts it.
        pub day: Date,
        /// How many files of the day came before it.
        pub place: i64,
        /// The day on which its deposits are made.
        pub effective_on: Date,
        /// The sequence of its last trace number.
        pub last_sequence: i64,
        /// Its bytes, until it is written.
        pub content: Option<String>,
        /// The mark in the name under which it lies whole beside its place, ready to be put there.
        pub staged_as: Option<String>,
        /// When it was put into its place.
        pub written_at: Option<Timestamp>,
    }
}

statements! {
    ORDER for AchEntry = "insert into ach_entries ({columns}) values ({values}) on conflict do nothing";
    OF_DEPOSIT: AchEntry = "select {columns} from ach_entries where user_guid = $1 and micro_deposit_guid = $2
        order by place";
    // Two of a verification stand beside each other, so that an even limit parts none.
    WAITING: WaitingEntry = "select {columns} from ach_entries entry
        join micro_deposits deposit on deposit.user_guid = entry.user_guid and deposit.guid = entry.micro_deposit_guid
        where entry.file_number is null and deposit.deleted_at is null
        order by entry.ordered_at, entry.micro_deposit_guid, entry.place limit $1";
    SEND = "update ach_entries set file_number = $1, sequence = $2
        where user_guid = $3 and micro_deposit_guid = $4 and place = $5";
    WITH_SEQUENCE: AchEntry = "select {columns} from ach_entries where sequence = $1 and sequence is not null
        order by file_number desc limit 1";
    RETURN = "update ach_entries set return_code = $1 where user_guid = $2 and micro_deposit_guid = $3 and place = $4";
    CORRECT = "update ach_entries set change_code = $1, corrected = $2
        where user_guid = $3 and micro_deposit_guid = $4 and place = $5";
    MAKE for AchFile = "insert into ach_files ({columns}) values ({values})";
    NEWEST: AchFile = "select {columns} from ach_files order by number desc limit 1";
    FIND: AchFile = "select {columns} from ach_files where number = $1";
    UNWRITTEN: AchFile = "select {columns} from ach_files where written_at is null order by number";
    STAGE = "update ach_files set staged_as = $1 where number = $2 and staged_as is null";
    WRITTEN = "update ach_files set written_at = $1, content = null where number = $2 and written_at is null";
}

/// Orders a deposit, unless it was ordered before.
pub async fn order(tx: &Tx, entry: &AchEntry) -> Result<(), StoreError> {
    tx.execute(&ORDER, &entry.values()).await.map(drop)
}

/// The deposits of a verification, the first first.
pub async fn of_deposit(
    tx: &Tx,
    user: &UserGuid,
    deposit: &MicroDepositGuid,
) -> Result<Vec<AchEntry>, StoreError> {
    tx.query(&OF_DEPOSIT, params![user, deposit]).await
}

/// Deposits that wait for a file, in the order in which they were ordered. Those of a deleted verification are not sent.
pub async fn waiting(tx: &Tx, limit: i64) -> Result<Vec<WaitingEntry>, StoreError> {
    tx.query(&WAITING, params![limit]).await
}

/// Puts a deposit into a file, under the last seven digits of its trace number.
pub async fn send(tx: &Tx, entry: &WaitingEntry, file: i64, sequence: i64) -> Result<(), StoreError> {
    let WaitingEntry { user_guid, micro_deposit_guid, place, .. } = entry;
    tx.execute(&SEND, params![file, sequence, user_guid, micro_deposit_guid, place]).await.map(drop)
}

/// The deposit that last went out under those seven digits.
pub async fn with_sequence(tx: &Tx, sequence: i64) -> Result<Option<AchEntry>, StoreError> {
    tx.query_opt(&WITH_SEQUENCE, params![sequence]).await
}

/// Notes that a deposit came back.
pub async fn returned(tx: &Tx, entry: &AchEntry, code: &str) -> Result<(), StoreError> {
    let AchEntry { user_guid, micro_deposit_guid, place, .. } = entry;
    tx.execute(&RETURN, params![code, user_guid, micro_deposit_guid, place]).await.map(drop)
}

/// Notes what the receiver's bank asks to be corrected.
pub async fn correct(tx: &Tx, entry: &AchEntry, code: &str, corrected: &str) -> Result<(), StoreError> {
    let AchEntry { user_guid, micro_deposit_guid, place, .. } = entry;
    tx.execute(&CORRECT, params![code, corrected, user_guid, micro_deposit_guid, place]).await.map(drop)
}

/// Writes a new file. Fails with a conflict on its number if another process has made one meanwhile.
pub async fn make(tx: &Tx, file: &AchFile) -> Result<(), StoreError> {
    tx.execute(&MAKE, &file.values()).await.map(drop)
}

/// The file that was made last.
pub async fn newest(tx: &Tx) -> Result<Option<AchFile>, StoreError> {
    tx.query_opt(&NEWEST, params![]).await
}

/// A file.
pub async fn find(tx: &Tx, number: i64) -> Result<Option<AchFile>, StoreError> {
    tx.query_opt(&FIND, params![number]).await
}

/// The files that are not in their place yet.
pub async fn unwritten(tx: &Tx) -> Result<Vec<AchFile>, StoreError> {
    tx.query(&UNWRITTEN, params![]).await
}

/// Notes the mark under which a file lies ready; false if it does so under another one.
pub async fn stage(tx: &Tx, number: i64, mark: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(&STAGE, params![mark, number]).await? > 0)
}

/// Notes that a file is in its place, and forgets its bytes.
pub async fn written(tx: &Tx, number: i64, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(&WRITTEN, params![at, number]).await.map(drop)
}
