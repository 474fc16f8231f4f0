//! What institutions answered to the fetches of jobs, as it came, sealed.

use jiff::Timestamp;
use riverbank_model::guid::{JobGuid, MemberGuid, UserGuid};
use riverbank_model::job::JobKind;

use crate::db::{StoreError, ToRow, Tx, params, row, statements};

row! {
    /// An answer as its table holds it.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RawAnswer {
        /// Whose the member is.
        pub user_guid: UserGuid,
        /// The job that fetched it: its id is the answer's.
        pub job_guid: JobGuid,
        /// The member.
        pub member_guid: MemberGuid,
        /// What the job was for.
        pub kind: JobKind,
        /// Whether it fetched holdings.
        pub include_holdings: bool,
        /// The how-manieth job of the member it was.
        pub attempt: i64,
        /// When it was fetched.
        pub fetched_at: Timestamp,
        /// Bytes of the answer as it came.
        pub size: i64,
        /// The answer with what must be known to read it, compressed and sealed.
        pub answer: Vec<u8>,
    }
}

row! {
    /// What a list shows of an answer.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct RawAnswerLine {
        /// The job that fetched it.
        pub job_guid: JobGuid,
        /// The member.
        pub member_guid: MemberGuid,
        /// What the job was for.
        pub kind: JobKind,
        /// When it was fetched.
        pub fetched_at: Timestamp,
        /// Bytes of the answer as it came.
        pub size: i64,
    }
}

statements! {
    STORE for RawAnswer = "insert into raw_answers ({columns}) values ({values})
        on conflict (user_guid, job_guid) do update
        set fetched_at = excluded.fetched_at, size = excluded.size, answer = excluded.answer";
    // An operator knows no more than the id.
    FIND: RawAnswer = "select {columns} from raw_answers where job_guid = $1";
    OF_USER: RawAnswerLine = "select {columns} from raw_answers
        where user_guid = $1 order by member_guid, attempt";
    NEWEST: (JobGuid,) = "select job_guid from raw_answers where user_guid = $1 and member_guid = $2
        order by attempt desc limit 1";
    FORGET = "delete from raw_answers where user_guid = $1 and member_guid = $2";
}

/// Keeps an answer, in the place of an earlier one of the same job.
pub async fn store(tx: &Tx, answer: &RawAnswer) -> Result<(), StoreError> {
    tx.execute(&STORE, &answer.values()).await.map(drop)
}

/// The answer that a job fetched, whoever's it is.
pub async fn find(tx: &Tx, job: &JobGuid) -> Result<Option<RawAnswer>, StoreError> {
    tx.query_opt(&FIND, params![job]).await
}

/// The answers of a user's members, each member's in the order in which they were fetched.
pub async fn of_user(tx: &Tx, user: &UserGuid) -> Result<Vec<RawAnswerLine>, StoreError> {
    tx.query(&OF_USER, params![user]).await
}

/// The job that fetched the newest answer of a member. Clocks can stand still, so jobs are counted.
pub async fn newest(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<Option<JobGuid>, StoreError> {
    let newest = tx.query_opt(&NEWEST, params![user, member]).await?;
    Ok(newest.map(|(job,)| job))
}

/// Forgets the answers of a member.
pub async fn forget(tx: &Tx, user: &UserGuid, member: &MemberGuid) -> Result<(), StoreError> {
    tx.execute(&FORGET, params![user, member]).await.map(drop)
}
