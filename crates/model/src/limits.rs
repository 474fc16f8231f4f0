//! Limits and periods, each with its source.

use std::time::Duration;

/// A session dies after this much idle time (Nexus reference, session token: "valid for 30 minutes ... refreshed
/// with each call").
pub const SESSION_IDLE: Duration = Duration::from_mins(30);
/// A session's stored time is written again when it is this old, so that reads stay reads.
pub const SESSION_TOUCH: Duration = Duration::from_mins(1);
/// An API token works once and dies after ten minutes (SSO reference, read API token).
pub const API_TOKEN_LIFE: Duration = Duration::from_mins(10);
/// An address of pages works once and dies after ten minutes (SSO reference, get configurable widget URL).
pub const PAGE_ADDRESS_LIFE: Duration = Duration::from_mins(10);
/// For as long it is known whose a visit to the pages was, so that its page can say that it has ended; our own choice.
pub const PAGE_CLIENT_LIFE: Duration = Duration::from_hours(24);
/// No new aggregation within three hours of a successful one (aggregation rules).
pub const THROTTLE: Duration = Duration::from_hours(3);
/// No refresh in the background within twenty hours of the last aggregation (aggregation rules).
pub const REFRESH_GAP: Duration = Duration::from_hours(20);
/// A member waiting for OAuth lives at most one hour (OAuth guide).
pub const OAUTH_PENDING: Duration = Duration::from_hours(1);
/// Soft-deleted objects are purged after about two weeks (deleting objects).
pub const PURGE_AFTER: Duration = Duration::from_hours(14 * 24);
/// The audit is kept for a year and a month, so that a yearly review finds all of it; the reference gives none.
pub const AUDIT_LIFE: Duration = Duration::from_hours(400 * 24);
/// How long notifications are kept: a year can be looked back on.
pub const NOTIFICATION_LIFE: Duration = Duration::from_hours(400 * 24);
/// An ended job is kept for this long after the next one of its member began; the reference gives none.
pub const JOB_LIFE: Duration = Duration::from_hours(90 * 24);
/// An insight stays for this long, dismissed or not (Nexus reference, insights).
pub const INSIGHT_LIFE: Duration = Duration::from_hours(90 * 24);
/// A challenge without an answer expires after this long unless configured otherwise; the reference gives none.
pub const CHALLENGE_LIFE: Duration = Duration::from_mins(10);
/// This many denials in a row give PREVENTED (connection statuses).
pub const DENIALS_UNTIL_PREVENTED: i64 = 3;
/// The third failed job within [`FAILURE_WINDOW`] gives DEGRADED.
pub const FAILURES_UNTIL_DEGRADED: i64 = 3;
/// The window of [`FAILURES_UNTIL_DEGRADED`].
pub const FAILURE_WINDOW: Duration = Duration::from_hours(24);
/// Failures and no success for this long give DISCONNECTED (connection statuses).
pub const DISCONNECTED_AFTER: Duration = Duration::from_hours(14 * 24);
/// Our own interruptions of one job before it is given up.
pub const JOB_INTERRUPTIONS: i64 = 5;
/// Page size when none, or an unlawful one, is asked for.
pub const PAGE_SIZE: u32 = 25;
/// Parts that a transaction is split into, at most; the reference gives no number.
pub const SPLIT_PARTS: usize = 100;
/// Transaction rules of one user, since each transaction that comes in is held against all of them; the reference gives no
/// number.
pub const TRANSACTION_RULES: i64 = 200;
/// Texts that are categorised and described in one call, at most (platform reference, enhance transactions).
pub const ENHANCED_TEXTS: usize = 100;
/// The smallest page that may be asked for; smaller ones are replaced by [`PAGE_SIZE`].
pub const SMALLEST_PAGE: u32 = 10;
/// The largest page that may be asked for; larger ones are replaced by [`PAGE_SIZE`].
pub const LARGEST_PAGE: u32 = 1000;
/// Pages beyond this are refused.
pub const LAST_PAGE: i64 = 1_000_000;
/// Days back and ahead of a transaction list without dates (transaction reference: 120 days ago, 5 days ahead).
pub const WINDOW_DAYS: (i64, i64) = (120, 5);
/// History of a first aggregation, in days.
pub const HISTORY_DAYS: i64 = 90;
/// Months of an extended history (Nexus reference, extended transaction history).
pub const EXTENDED_HISTORY_MONTHS: i64 = 24;
/// Characters of a string field unless said otherwise.
pub const TEXT: usize = 1024;
/// Characters of `metadata`.
pub const METADATA: usize = 65_536;
/// Bytes of a request body.
pub const BODY: usize = 1024 * 1024;
/// Bytes of a snapshot's file: what a laptop takes in a few seconds.
pub const SNAPSHOT_FILE: usize = 256 * 1024 * 1024;
/// Characters of the text that a call hands over to be echoed on the webhooks that it causes (platform reference,
/// `X-CALLBACK-PAYLOAD`).
pub const CALLBACK_PAYLOAD: usize = 1024;
/// Tries of a webhook: the first, and twelve more (Nexus reference, webhooks).
pub const WEBHOOK_TRIES: i64 = 13;
/// The first gap between two tries. Doubled each time, twelve gaps make 23.9 hours; the reference says about 24.
pub const WEBHOOK_FIRST_GAP: Duration = Duration::from_secs(21);
/// What is kept of the answer to a webhook, in bytes.
pub const WEBHOOK_ANSWER: usize = 1024;
/// The old secret of an endpoint signs beside the new one for so long, unless said otherwise.
pub const WEBHOOK_SECRET_OVERLAP: Duration = Duration::from_hours(24);
/// Endpoints of one client.
pub const WEBHOOK_ENDPOINTS: usize = 50;
/// A micro deposit that nobody brings to an end is deleted after this long (Nexus reference, micro deposits: 21 days).
pub const MICRO_DEPOSIT_LIFE: Duration = Duration::from_hours(21 * 24);
/// Tries to hand in the amounts of a micro deposit (Nexus reference, micro deposits).
pub const MICRO_DEPOSIT_TRIES: i64 = 3;
/// Accounts that one address for mail may have verified or be verifying (Nexus reference, micro deposits).
pub const MICRO_DEPOSITS_OF_EMAIL: i64 = 3;
/// Characters of the names of a micro deposit (Nexus reference, micro deposits, testing).
pub const MICRO_DEPOSIT_NAME: usize = 50;
/// Characters of an account number of a micro deposit (Nexus reference, micro deposits, testing; as ACH has it).
pub const MICRO_DEPOSIT_ACCOUNT: usize = 17;
