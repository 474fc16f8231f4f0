//! What is planned to go wrong in a sandbox.

use jiff::Timestamp;
use riverbank_model::guid::{InstitutionGuid, JobGuid, MemberGuid, UserGuid};

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// A fault as its table holds it.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Fault {
        /// Its number; the next one is one more than the highest.
        pub number: i64,
        /// Where it strikes.
        pub institution_guid: InstitutionGuid,
        /// The user of the one member that it is for.
        pub user_guid: Option<UserGuid>,
        /// The one member that it is for.
        pub member_guid: Option<MemberGuid>,
        /// The call that it strikes; none is the first that is made.
        pub call: Option<String>,
        /// What it does: JSON.
        pub effect: String,
        /// Attempts that it has yet to strike; none is no limit.
        pub remaining: Option<i64>,
        /// Of a million attempts, so many are struck.
        pub chance: i64,
        /// Attempts that it has struck.
        pub struck: i64,
        /// When it was planned.
        pub created_at: Timestamp,
    }
}

statements! {
    NEXT_NUMBER: (i64,) = "select coalesce(max(number), 0) + 1 from faults";
    INSERT for Fault = "insert into faults ({columns}) values ({values})";
    LIST: Fault filtered by FaultFilter<'a> {
        institution: &'a InstitutionGuid = "and institution_guid = ?",
        member: &'a MemberGuid = "and member_guid = ?",
    } = "select {columns} from faults where number > ? {filters} order by number limit ? offset ?";
    OF_VISIT: Fault = "select {columns} from faults
        where institution_guid = $1 and (member_guid is null or member_guid = $2) order by number";
    LOCK_OF_VISIT: Fault = {
        sqlite: "select {columns} from faults
            where institution_guid = $1 and (member_guid is null or member_guid = $2) order by number",
        postgres: "select {columns} from faults
            where institution_guid = $1 and (member_guid is null or member_guid = $2) order by number for update",
    };
    STRUCK: (i64,) = "select fault_number from fault_strikes where user_guid = $1 and job_guid = $2";
    NOTE = "insert into fault_strikes (user_guid, job_guid, fault_number) values ($1, $2, $3)";
    COUNT = "update faults set struck = struck + 1, remaining = remaining - 1 where number = $1";
    DELETE = "delete from faults where number = $1";
    DELETE_ALL = "delete from faults";
}

/// The number of the next fault. Lock the catalogue before it.
pub async fn next_number(tx: &Tx) -> Result<i64, StoreError> {
    tx.query_one(&NEXT_NUMBER, params![]).await.map(|(number,)| number)
}

/// Writes a new fault.
pub async fn insert(tx: &Tx, fault: &Fault) -> Result<(), StoreError> {
    tx.execute(&INSERT, &fault.values()).await.map(drop)
}

/// Every fault that fits, by number.
pub async fn list(tx: &Tx, filter: &FaultFilter<'_>) -> Result<Vec<Fault>, StoreError> {
    tx.list(&LIST, params![0_i64], filter, params![i64::MAX, 0_i64]).await
}

/// The faults that a visit of a member to an institution may meet, by number.
pub async fn of_visit(
    tx: &Tx,
    institution: &InstitutionGuid,
    member: &MemberGuid,
) -> Result<Vec<Fault>, StoreError> {
    tx.query(&OF_VISIT, params![institution, member]).await
}

/// The same, that nobody else may change before this unit of work ends.
pub async fn lock_of_visit(
    tx: &Tx,
    institution: &InstitutionGuid,
    member: &MemberGuid,
) -> Result<Vec<Fault>, StoreError> {
    tx.query(&LOCK_OF_VISIT, params![institution, member]).await
}

/// The numbers of the faults that have struck a job.
pub async fn struck(tx: &Tx, user: &UserGuid, job: &JobGuid) -> Result<Vec<i64>, StoreError> {
    let numbers: Vec<(i64,)> = tx.query(&STRUCK, params![user, job]).await?;
    Ok(numbers.into_iter().map(|(number,)| number).collect())
}

/// Writes that a fault strikes a job.
pub async fn note(tx: &Tx, user: &UserGuid, job: &JobGuid, number: i64) -> Result<(), StoreError> {
    tx.execute(&NOTE, params![user, job, number]).await.map(drop)
}

/// Counts that a fault strikes.
pub async fn count(tx: &Tx, number: i64) -> Result<(), StoreError> {
    tx.execute(&COUNT, params![number]).await.map(drop)
}

/// Takes a fault away; false when there is none of this number.
pub async fn delete(tx: &Tx, number: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(&DELETE, params![number]).await? > 0)
}

/// Takes all faults away.
pub async fn delete_all(tx: &Tx) -> Result<u64, StoreError> {
    tx.execute(&DELETE_ALL, params![]).await
}
