//! What is kept for a time and then goes, over all users: the oldest of each kind, and its removal in batches.

use jiff::Timestamp;

use crate::db::{Statement, StoreError, Tx, params, statements};

/// Rows that are removed by age.
pub struct Expiring {
    oldest: &'static Statement<(Option<i64>,)>,
    forget: &'static Statement,
}

statements! {
    OLDEST_API_TOKEN: (Option<i64>,) = "select min(expires_at) from api_tokens";
    FORGET_API_TOKENS = "delete from api_tokens where hash in (
        select hash from api_tokens where expires_at <= $1 order by expires_at limit 1000)";
    OLDEST_SESSION: (Option<i64>,) = "select min(used_at) from sessions";
    FORGET_SESSIONS = "delete from sessions where hash in (
        select hash from sessions where used_at <= $1 order by used_at limit 1000)";
    OLDEST_PAGE_ADDRESS: (Option<i64>,) = "select min(expires_at) from page_addresses";
    FORGET_PAGE_ADDRESSES = "delete from page_addresses where hash in (
        select hash from page_addresses where expires_at <= $1 order by expires_at limit 1000)";
    OLDEST_PAGE_CLIENT: (Option<i64>,) = "select min(expires_at) from page_clients";
    FORGET_PAGE_CLIENTS = "delete from page_clients where hash in (
        select hash from page_clients where expires_at <= $1 order by expires_at limit 1000)";
    OLDEST_PAGE_SESSION: (Option<i64>,) = "select min(used_at) from page_sessions";
    FORGET_PAGE_SESSIONS = "delete from page_sessions where hash in (
        select hash from page_sessions where used_at <= $1 order by used_at limit 1000)";
    OLDEST_BANK_TICKET: (Option<i64>,) = "select min(expires_at) from bank_tickets";
    FORGET_BANK_TICKETS = "delete from bank_tickets where hash in (
        select hash from bank_tickets where expires_at <= $1 order by expires_at limit 1000)";
    OLDEST_BANK_CONSENT: (Option<i64>,) = "select min(expires_at) from bank_consents";
    FORGET_BANK_CONSENTS = "delete from bank_consents where guid in (
        select guid from bank_consents where expires_at <= $1 order by expires_at limit 1000)";
    OLDEST_VANISHED: (Option<i64>,) = "select min(deleted_at) from transactions where deleted_at is not null";
    FORGET_VANISHED = "delete from transactions where (user_guid, guid) in (
        select user_guid, guid from transactions where deleted_at <= $1 and deleted_at is not null
        order by deleted_at limit 1000)";
    OLDEST_MICRO_DEPOSIT: (Option<i64>,) = "select min(deleted_at) from micro_deposits where deleted_at is not null";
    FORGET_MICRO_DEPOSITS = "delete from micro_deposits where (user_guid, guid) in (
        select user_guid, guid from micro_deposits where deleted_at <= $1 and deleted_at is not null
        order by deleted_at limit 1000)";
    OLDEST_FOLLOWED_JOB: (Option<i64>,) = "select min(purge_at) from jobs where purge_at is not null";
    FORGET_FOLLOWED_JOBS = "delete from jobs where (user_guid, guid) in (
        select user_guid, guid from jobs where purge_at <= $1 and purge_at is not null
        order by purge_at limit 1000)";
    OLDEST_WEBHOOK: (Option<i64>,) = "select min(ended_at) from webhook_messages where ended_at is not null";
    FORGET_WEBHOOKS = "delete from webhook_messages where guid in (
        select guid from webhook_messages where ended_at <= $1 and ended_at is not null
        order by ended_at limit 1000)";
    OLDEST_RAW_ANSWER: (Option<i64>,) = "select min(fetched_at) from raw_answers";
    FORGET_RAW_ANSWERS = "delete from raw_answers where (user_guid, job_guid) in (
        select user_guid, job_guid from raw_answers where fetched_at <= $1 order by fetched_at limit 1000)";
    OLDEST_INSIGHT: (Option<i64>,) = "select min(created_at) from insights";
    FORGET_INSIGHTS = "delete from insights where (user_guid, guid) in (
        select user_guid, guid from insights where created_at <= $1 order by created_at limit 1000)";
    OLDEST_NOTIFICATION: (Option<i64>,) = "select min(created_at) from notifications";
    FORGET_NOTIFICATIONS = "delete from notifications where (user_guid, guid) in (
        select user_guid, guid from notifications where created_at <= $1 order by created_at limit 1000)";
    OLDEST_MEMBER_MOMENT: (Option<i64>,) = "select min(at) from member_history";
    FORGET_MEMBER_MOMENTS = {
        sqlite: "delete from member_history where rowid in (
            select rowid from member_history where at <= $1 order by at limit 1000)",
        postgres: "delete from member_history where ctid = any(array(
            select ctid from member_history where at <= $1 order by at limit 1000))",
    };
    OLDEST_MEMBER_REQUEST: (Option<i64>,) = "select min(at) from member_requests";
    FORGET_MEMBER_REQUESTS = {
        sqlite: "delete from member_requests where rowid in (
            select rowid from member_requests where at <= $1 order by at limit 1000)",
        postgres: "delete from member_requests where ctid = any(array(
            select ctid from member_requests where at <= $1 order by at limit 1000))",
    };
    OLDEST_DEED: (Option<i64>,) = "select min(at) from operator_audit";
    FORGET_DEEDS = {
        sqlite: "delete from operator_audit where rowid in (
            select rowid from operator_audit where at <= $1 order by at limit 1000)",
        postgres: "delete from operator_audit where ctid = any(array(
            select ctid from operator_audit where at <= $1 order by at limit 1000))",
    };
    OLDEST_AUDIT: (Option<i64>,) = "select min(at) from audit";
    FORGET_AUDIT = {
        sqlite: "delete from audit where rowid in (select rowid from audit where at <= $1 order by at limit 1000)",
        postgres: "delete from audit where ctid = any(array(
            select ctid from audit where at <= $1 order by at limit 1000))",
    };
}

/// One-time tokens, by the end of their life.
pub static API_TOKENS: Expiring = Expiring { oldest: &OLDEST_API_TOKEN, forget: &FORGET_API_TOKENS };
/// Sessions, by their last use.
pub static SESSIONS: Expiring = Expiring { oldest: &OLDEST_SESSION, forget: &FORGET_SESSIONS };
/// One-time addresses of pages, by the end of their life.
pub static PAGE_ADDRESSES: Expiring =
    Expiring { oldest: &OLDEST_PAGE_ADDRESS, forget: &FORGET_PAGE_ADDRESSES };
/// Whose addresses and visits were, by the end of that.
pub static PAGE_CLIENTS: Expiring = Expiring { oldest: &OLDEST_PAGE_CLIENT, forget: &FORGET_PAGE_CLIENTS };
/// Sessions of pages, by their last use.
pub static PAGE_SESSIONS: Expiring = Expiring { oldest: &OLDEST_PAGE_SESSION, forget: &FORGET_PAGE_SESSIONS };
/// What test banks handed out, by the end of its life.
pub static BANK_TICKETS: Expiring = Expiring { oldest: &OLDEST_BANK_TICKET, forget: &FORGET_BANK_TICKETS };
/// Consents at test banks, by when they run out.
pub static BANK_CONSENTS: Expiring = Expiring { oldest: &OLDEST_BANK_CONSENT, forget: &FORGET_BANK_CONSENTS };
/// Transactions that a feed no longer tells of, and those of deleted members, by when they were hidden.
pub static VANISHED_TRANSACTIONS: Expiring = Expiring { oldest: &OLDEST_VANISHED, forget: &FORGET_VANISHED };
/// Deleted micro deposits, by when they were.
pub static MICRO_DEPOSITS: Expiring =
    Expiring { oldest: &OLDEST_MICRO_DEPOSIT, forget: &FORGET_MICRO_DEPOSITS };
/// Jobs that another one of their member followed, by when they are to go.
pub static FOLLOWED_JOBS: Expiring = Expiring { oldest: &OLDEST_FOLLOWED_JOB, forget: &FORGET_FOLLOWED_JOBS };
/// Messages to endpoints, with their tries, by when they ended.
pub static WEBHOOKS: Expiring = Expiring { oldest: &OLDEST_WEBHOOK, forget: &FORGET_WEBHOOKS };
/// What institutions answered, by when it was fetched.
pub static RAW_ANSWERS: Expiring = Expiring { oldest: &OLDEST_RAW_ANSWER, forget: &FORGET_RAW_ANSWERS };
/// Insights, by when they were made.
pub static INSIGHTS: Expiring = Expiring { oldest: &OLDEST_INSIGHT, forget: &FORGET_INSIGHTS };
/// What users were told, by when they were.
pub static NOTIFICATIONS: Expiring = Expiring { oldest: &OLDEST_NOTIFICATION, forget: &FORGET_NOTIFICATIONS };
/// What members went through, by when.
pub static MEMBER_HISTORY: Expiring =
    Expiring { oldest: &OLDEST_MEMBER_MOMENT, forget: &FORGET_MEMBER_MOMENTS };
/// Which requests touched members, by the minute.
pub static MEMBER_REQUESTS: Expiring =
    Expiring { oldest: &OLDEST_MEMBER_REQUEST, forget: &FORGET_MEMBER_REQUESTS };
/// What operators did, by when they did.
pub static OPERATOR_AUDIT: Expiring = Expiring { oldest: &OLDEST_DEED, forget: &FORGET_DEEDS };
/// The audit, by when it was written.
pub static AUDIT: Expiring = Expiring { oldest: &OLDEST_AUDIT, forget: &FORGET_AUDIT };

/// When the oldest of them is of.
pub async fn oldest(tx: &Tx, rows: &Expiring) -> Result<Option<Timestamp>, StoreError> {
    let (oldest,) = tx.query_one(rows.oldest, params![]).await?;
    Ok(oldest.and_then(|micros| Timestamp::from_microsecond(micros).ok()))
}

/// Removes those that are of `until` or before, the oldest first, a thousand at most; how many there were.
pub async fn forget(tx: &Tx, rows: &Expiring, until: Timestamp) -> Result<u64, StoreError> {
    tx.execute(rows.forget, params![until]).await
}
