//! What has come of jobs and webhooks lately, over all users. Whatever is asked here is asked of a window of time, through
//! an index on the end of things, and never of a whole table.

use jiff::Timestamp;
use riverbank_model::connection::ConnectionStatus;
use riverbank_model::guid::InstitutionGuid;

use crate::db::{StoreError, Tx, params, row, statements};

row! {
    /// The jobs of one hour.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct HourOfJobs {
        /// Hours since the epoch.
        pub hour: i64,
        /// Jobs that ended.
        pub ended: i64,
        /// Those of them that left their member connected.
        pub connected: i64,
        /// How long all of them took together from start to end, in microseconds.
        pub took: i64,
        /// How long the longest took, in microseconds.
        pub longest: i64,
    }
}

row! {
    /// Jobs of one institution that ended alike.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Outcome {
        /// The institution.
        pub institution_guid: InstitutionGuid,
        /// The status that they left their members in; none where they left it as it was.
        pub outcome: Option<ConnectionStatus>,
        /// How many.
        pub jobs: i64,
    }
}

row! {
    /// Webhooks that ended alike.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct EndedWebhooks {
        /// `DELIVERED` or `FAILED`.
        pub state: String,
        /// How many.
        pub messages: i64,
        /// How long all of them took together from what they tell of to their end, in microseconds.
        pub took: i64,
        /// How long the longest took, in microseconds.
        pub longest: i64,
    }
}

/// How many live members are in a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MembersIn {
    /// The status; none of members that never connect.
    pub status: Option<ConnectionStatus>,
    /// How many.
    pub members: i64,
}

row! {
    /// Webhooks that wait.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct WaitingWebhooks {
        /// How many.
        pub messages: i64 = "count(*)",
        /// When that happened which the oldest of them tells of.
        pub oldest: Option<Timestamp> = "min(created_at)",
    }
}

statements! {
    // Times are of after 1970, so that the quotient is the full hour.
    HOURS: HourOfJobs = "select finished_at / 3600000000, count(*),
            cast(sum(case when outcome = $1 then 1 else 0 end) as bigint),
            cast(sum(finished_at - coalesce(started_at, finished_at)) as bigint),
            max(finished_at - coalesce(started_at, finished_at))
        from jobs where finished_at is not null and finished_at > $2 group by 1 order by 1";
    OUTCOMES: Outcome = "select institution_guid, outcome, count(*) from jobs
        where finished_at is not null and finished_at > $1 group by institution_guid, outcome
        order by count(*) desc, institution_guid, outcome limit $2";
    WEBHOOKS: EndedWebhooks = "select state, count(*), cast(sum(ended_at - created_at) as bigint),
            max(ended_at - created_at)
        from webhook_messages where ended_at is not null and ended_at > $1 group by state order by state";
    WAITING: WaitingWebhooks = "select {columns} from webhook_messages where ended_at is null";
    // The summands that the database keeps of members: as many as there are institutions and statuses, and on PostgreSQL up
    // to 64 of each, however many members there are.
    MEMBERS_OF: (i64, i64) = "select status, cast(sum(members) as bigint) from member_counts
        where institution_guid = $1 group by status order by status";
    MEMBERS: (i64, i64) = "select status, cast(sum(members) as bigint) from member_counts
        group by status order by status";
    OF_INSTITUTION: Outcome = "select institution_guid, outcome, count(*) from jobs
        where institution_guid = $1 and state = 'DONE' and finished_at > $2
        group by institution_guid, outcome order by count(*) desc, outcome";
    LATENCY: (i64, i64, i64) = "select count(*),
            cast(coalesce(sum(finished_at - coalesce(started_at, finished_at)), 0) as bigint),
            coalesce(max(finished_at - coalesce(started_at, finished_at)), 0)
        from jobs where institution_guid = $1 and state = 'DONE' and finished_at > $2";
}

/// The jobs that ended after `since`, hour by hour; hours without any are left out.
pub async fn hours(tx: &Tx, since: Timestamp) -> Result<Vec<HourOfJobs>, StoreError> {
    tx.query(&HOURS, params![ConnectionStatus::Connected, since]).await
}

/// What the jobs that ended after `since` left their members in, by institution, the most frequent first.
pub async fn outcomes(tx: &Tx, since: Timestamp, limit: i64) -> Result<Vec<Outcome>, StoreError> {
    tx.query(&OUTCOMES, params![since, limit]).await
}

/// The webhooks that ended after `since`.
pub async fn webhooks(tx: &Tx, since: Timestamp) -> Result<Vec<EndedWebhooks>, StoreError> {
    tx.query(&WEBHOOKS, params![since]).await
}

/// The webhooks that wait.
pub async fn waiting(tx: &Tx) -> Result<WaitingWebhooks, StoreError> {
    tx.query_one(&WAITING, params![]).await
}

/// How many live members are in each status that has any; none is that of members that never connect.
pub async fn members(tx: &Tx) -> Result<Vec<MembersIn>, StoreError> {
    Ok(named(tx.query(&MEMBERS, params![]).await?))
}

/// How many live members of an institution are in each status that has any.
pub async fn members_of(tx: &Tx, institution: &InstitutionGuid) -> Result<Vec<MembersIn>, StoreError> {
    Ok(named(tx.query(&MEMBERS_OF, params![institution]).await?))
}

fn named(counts: Vec<(i64, i64)>) -> Vec<MembersIn> {
    let counts = counts.into_iter().filter(|(_, members)| *members > 0);
    counts.map(|(status, members)| MembersIn { status: ConnectionStatus::from_id(status), members }).collect()
}

/// What the jobs of an institution that ended after `since` left their members in, the most frequent first.
pub async fn outcomes_of(
    tx: &Tx,
    institution: &InstitutionGuid,
    since: Timestamp,
) -> Result<Vec<Outcome>, StoreError> {
    tx.query(&OF_INSTITUTION, params![institution, since]).await
}

/// How many jobs of an institution ended after `since`, and how long all of them and the longest took, in microseconds.
pub async fn latency_of(
    tx: &Tx,
    institution: &InstitutionGuid,
    since: Timestamp,
) -> Result<(i64, i64, i64), StoreError> {
    tx.query_one(&LATENCY, params![institution, since]).await
}
