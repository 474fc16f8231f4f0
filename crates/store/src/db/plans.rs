//! How the engines would run each statement: none may read a whole table of what users own.

use jiff::Timestamp;
use jiff::tz::Offset;
use riverbank_model::guid::{AccountGuid, CategoryGuid, Guid, MemberGuid, TransactionGuid, UserGuid};
use riverbank_model::money::Money;
use riverbank_model::transaction::{TransactionStatus, TransactionType};

use super::catalogue::texts;
use super::conformance::{Bench, rules};
use super::error::StoreError;
use super::statement::{Engine, StatementText};
use super::store::Store;
use super::tx::{Session, Tx};
use crate::CATALOGUE;
use crate::transactions::{self, Transaction};

/// The tables that grow with every user.
const LARGE: &[&str] = &[
    "account_numbers",
    "account_owners",
    "accounts",
    "ach_entries",
    "alert_settings",
    "api_tokens",
    "audit",
    "bank_consents",
    "bank_tickets",
    "budgets",
    "categories",
    "challenges",
    "dismissed_predictions",
    "deliverables",
    "fault_strikes",
    "goals",
    "holdings",
    "insight_links",
    "insight_looks",
    "insights",
    "job_steps",
    "jobs",
    "member_credentials",
    "member_history",
    "member_requests",
    "members",
    "micro_deposits",
    "monthly_cash_flow_profiles",
    "notifications",
    "oauth_states",
    "operator_audit",
    "page_addresses",
    "page_clients",
    "page_sessions",
    "raw_answers",
    "returning_consents",
    "scheduled_payments",
    "sessions",
    "spending_plan_accounts",
    "spending_plan_items",
    "spending_plan_iterations",
    "spending_plans",
    "taggings",
    "tags",
    "transaction_rules",
    "transactions",
    "webhook_attempts",
    "webhook_messages",
];

/// Indexes that hold only what waits for something, and may be read from end to end.
const QUEUES: [&str; 8] = [
    "jobs_due",
    "jobs_parked",
    "jobs_ready",
    "jobs_running",
    "transaction_revisions_open",
    "transaction_rules_open",
    "webhook_messages_sending",
    "webhook_messages_waiting",
];

/// Statements that read whole tables, as they must: what `riverbank keys rewrap` and `doctor` count. No server runs them.
const COUNTS: [&str; 9] = [
    "ACCOUNT_NUMBERS_VERSIONS",
    "CREDENTIALS_VERSIONS",
    "ANSWERS_VERSIONS",
    "PROGRESS_VERSIONS",
    "OAUTH_TOKENS_VERSIONS",
    "OAUTH_ATTEMPTS_VERSIONS",
    "BANK_CONSENTS_VERSIONS",
    "RAW_ANSWERS_VERSIONS",
    "RETURNING_CONSENTS_VERSIONS",
];

/// Statements of the control face of a sandbox that read whole tables.
const OF_THE_SANDBOX: [&str; 3] = ["state::CONSENTS", "state::RETURNING", "state::TICKETS"];

/// How one text of a statement would be run.
struct Plan {
    sql: String,
    /// The engine's own description, one step for each line.
    steps: String,
}

impl Plan {
    /// The step that reads one of the large tables from end to end, if there is one.
    fn scan(&self) -> Option<&str> {
        let is_scan = |step: &&str| {
            let words: Vec<&str> = step.trim_start_matches([' ', '-', '>']).split_whitespace().collect();
            match words.as_slice() {
                ["SCAN", table, .., index] => LARGE.contains(table) && !QUEUES.contains(index),
                ["SCAN", table] | ["Seq", "Scan", "on", table, ..] => LARGE.contains(table),
                _ => false,
            }
        };
        self.steps.lines().find(is_scan)
    }
}

impl Store {
    /// The plans of all texts that a statement can have, whatever its parameters are.
    async fn plans(&self, text: &StatementText) -> Vec<Plan> {
        let reader = self.read().await.expect("a connection");
        let mut plans = Vec::new();
        for sql in texts(text, &reader) {
            plans.push(Plan { steps: reader.plan(&sql).await, sql });
        }
        plans
    }
}

impl Tx {
    async fn plan(&self, sql: &str) -> String {
        match &self.session {
            Session::Sqlite(session) => {
                let connection = session.connection();
                let mut statement = connection.prepare(&format!("explain query plan {sql}")).expect("a plan");
                let steps = statement
                    .raw_query()
                    .mapped(|row| row.get::<_, String>(3))
                    .collect::<Result<Vec<_>, _>>();
                steps.expect("steps").join("\n")
            }
            Session::Postgres(session) => {
                // Over empty tables a scan is always cheapest.
                let prepare = format!(
                    "set enable_seqscan = off; set plan_cache_mode = force_generic_plan; prepare planned as {sql}"
                );
                session.batch(&prepare).await.expect("a prepared statement");
                let nulls = vec!["null"; sql_parameters(sql)];
                let arguments =
                    if nulls.is_empty() { String::new() } else { format!("({})", nulls.join(", ")) };
                let explain = format!("explain (costs off) execute planned{arguments}");
                let steps: Vec<(String,)> = session.query(&explain, &[]).await.expect("a plan");
                session
                    .batch("deallocate planned; reset enable_seqscan; reset plan_cache_mode")
                    .await
                    .expect("a reset");
                steps.into_iter().map(|(step,)| step).collect::<Vec<_>>().join("\n")
            }
        }
    }
}

/// The highest number of a parameter.
fn sql_parameters(sql: &str) -> usize {
    let numbers = sql.split('$').skip(1).filter_map(|part| {
        let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        part[..digits].parse().ok()
    });
    numbers.max().unwrap_or(0)
}

/// The lists of the API, and the indexes that may serve each of them: the first when it is not narrowed.
const LISTS: &[(&str, &[&str])] = &[
    ("account_merges::LEFT", &["transactions_by_account"]),
    ("jobs::DONE_WELL", &["jobs_by_member"]),
    ("members::LIST", &["members_by_number"]),
    ("budgets::OF_USER", &["budgets_by_number"]),
    ("goals::OF_USER", &["goals_by_position"]),
    ("notifications::LIST", &["notifications_by_day"]),
    ("deliverables::OF_NOTIFICATION", &["deliverables_by_channel"]),
    ("categories::OF_USER", &["categories_by_number"]),
    ("transaction_rules::OF_USER", &["transaction_rules_by_number"]),
    ("transaction_rules::LIST", &["transaction_rules_by_number"]),
    ("holdings::LIST", &["holdings_by_creation", "holdings_by_feed_id", "holdings_by_member"]),
    ("scheduled_payments::LIST", &["scheduled_payments_by_creation"]),
    ("scheduled_payments::OPEN", &["scheduled_payments_by_creation", "scheduled_payments_open"]),
    ("transaction_totals::RECURRING", &["transactions_recurring"]),
    ("transaction_totals::PAID_TO", &["transactions_by_date"]),
    ("audit::LIST", &["audit_by_time"]),
    ("audit::OF_SUBJECT", &["audit_by_user"]),
    ("log::ENDED", &["jobs_by_end"]),
    ("log::FAILED", &["jobs_failed"]),
    ("log::AT_INSTITUTION", &["jobs_by_institution"]),
    ("log::OF_CLIENT", &["jobs_by_client"]),
    ("log::RUNNING", &["jobs_running"]),
    ("log::WAITING", &["jobs_due"]),
    ("log::PARKED", &["jobs_parked"]),
    ("log::OF_MEMBER", &["jobs_by_member"]),
    ("member_history::LIST", &["member_history_by_time"]),
    ("member_requests::LIST", &["member_requests_by_time"]),
    ("member_history::SINCE", &["member_history_by_time"]),
    ("page_sessions::LOOKS_AT", &["page_sessions_by_user"]),
    ("webhook_endpoints::PAGE_OF_CLIENT", &["webhook_endpoints_by_client"]),
    ("webhook_messages::LOG", &["webhook_messages_by_creation"]),
    ("webhook_messages::OF_LANE", &["webhook_messages_by_lane"]),
    ("lately::WAITING", &["webhook_messages_waiting"]),
    ("lately::OF_INSTITUTION", &["jobs_by_institution"]),
    ("lately::LATENCY", &["jobs_by_institution"]),
    ("whereabouts::MEMBER", &["members_of_before"]),
    ("whereabouts::OF_ACCOUNT", &["accounts_of_before"]),
    ("whereabouts::TRANSACTION", &["transactions_of_before"]),
    ("whereabouts::JOB", &["jobs_of_before"]),
    ("whereabouts::OF_MICRO_DEPOSIT", &["micro_deposits_of_before"]),
    ("whereabouts::HELD_NAMED", &["members_by_held_id"]),
    ("lately::HOURS", &["jobs_by_end"]),
    ("lately::OUTCOMES", &["jobs_by_end"]),
    ("lately::WEBHOOKS", &["webhook_messages_by_end"]),
    ("operators::DEEDS", &["operator_audit_by_time"]),
    ("insights::LIST", &["insights_by_creation"]),
    ("insights::ABOUT", &["insight_links_by_object"]),
    ("insights::RELEVANT", &["insights_relevant"]),
    ("insight_looks::CHANGED", &["transaction_revisions_open"]),
    ("insight_looks::MORNINGS", &["insight_looks_by_morning"]),
    ("movements::SINCE", &["transactions_by_date"]),
    ("spending_plans::ACCOUNTS", &["spending_plan_accounts_by_plan"]),
    ("spending_plans::ITERATIONS", &["spending_plan_iterations_by_number"]),
    ("spending_plans::ITEMS", &["spending_plan_items_by_iteration"]),
    ("spending_plans::SPENT", &["transactions_by_date"]),
    ("tags::OF_USER", &["tags_by_number"]),
    ("taggings::LIST", &["taggings_by_number"]),
    ("accounts::LIST", &["accounts_by_creation", "accounts_by_feed_id"]),
    (
        "transactions::BY_DATE",
        &[
            "transactions_by_date",
            "transactions_by_account",
            "transactions_by_category",
            "transactions_by_rule",
        ],
    ),
    (
        "transactions::COUNT_BY_DATE",
        &[
            "transactions_by_date",
            "transactions_by_account",
            "transactions_by_category",
            "transactions_by_rule",
        ],
    ),
    ("transaction_totals::CATEGORY_TOTALS", &["transactions_by_date", "transactions_by_account"]),
    ("transactions::CHILDREN", &["transactions_by_parent"]),
    ("transaction_totals::DAILY_TOTALS", &["transactions_by_account"]),
    ("transactions::OF_ACCOUNT", &["transactions_by_account"]),
    ("transactions::OF_CATEGORY", &["transactions_by_category"]),
    ("transactions::BY_CREATION", &["transactions_by_creation", "transactions_by_rule"]),
    ("transactions::COUNT_BY_CREATION", &["transactions_by_creation", "transactions_by_rule"]),
    ("transactions::BY_UPDATE", &["transactions_by_update", "transactions_by_rule"]),
    ("transactions::COUNT_BY_UPDATE", &["transactions_by_update", "transactions_by_rule"]),
];

/// Writes the transactions of some users, so that PostgreSQL has something to weigh.
async fn fill(store: &Store) {
    let row = |number: i64| {
        let (user, account) = (number % 20, number % 100);
        let at = Timestamp::from_second(1_700_000_000 + number * 600).expect("a time");
        Transaction {
            user_guid: UserGuid::trusted(format!("USR-{user}")),
            guid: TransactionGuid::trusted(format!("TRN-{number}")),
            account_guid: AccountGuid::trusted(format!("ACT-{account}")),
            member_guid: MemberGuid::trusted(format!("MBR-{user}")),
            feed_id: None,
            amount: Money::from_units(number),
            transaction_type: TransactionType::Debit,
            status: TransactionStatus::Posted,
            date: Offset::UTC.to_datetime(at).date(),
            description: "Coffee".to_owned(),
            category_guid: CategoryGuid::trusted(format!("CAT-{}", number % 7)),
            flags: 0,
            merchant_category_code: None,
            feed_description: "COFFEE".to_owned(),
            feed_memo: None,
            feed_kind: None,
            check_number: None,
            currency_code: None,
            is_international: None,
            posted_at: None,
            posted_on: None,
            transacted_at: None,
            transacted_on: None,
            merchant_guid: None,
            merchant_location_guid: None,
            is_recurring: None,
            matched_by: None,
            described_by: String::new(),
            categorized_by: String::new(),
            given: 0,
            marks: 0,
            memo: None,
            metadata: None,
            is_hidden: false,
            has_been_split: false,
            parent_guid: None,
            transaction_rule_guid: None,
            merged_from: None,
            revision: 1,
            created_at: at,
            updated_at: at,
            deleted_at: None,
        }
    };
    let rows: Vec<Transaction> = (0..8000).map(row).collect();
    let written: Result<(), StoreError> =
        store.write(async move |tx| transactions::store(tx, &rows).await).await;
    written.expect("rows");
    let reader = store.read().await.expect("a connection");
    if let Session::Postgres(session) = &reader.session {
        session.batch("analyze").await.expect("statistics");
    }
}

fn every_statement() -> Vec<&'static StatementText> {
    CATALOGUE.iter().flat_map(|module| module.iter().copied()).collect()
}

rules! {
    async fn no_statement_reads_a_large_table_from_end_to_end(bench: Bench) {
        let mut scans = Vec::new();
        let counts =
            |text: &StatementText| COUNTS.iter().chain(&OF_THE_SANDBOX).any(|name| text.name().ends_with(name));
        for text in every_statement().into_iter().filter(|text| !counts(text)) {
            for plan in bench.store.plans(text).await {
                if let Some(step) = plan.scan() {
                    scans.push(format!("{}: {step}\n{}", text.name(), plan.sql));
                }
            }
        }
        assert!(scans.is_empty(), "{}", scans.join("\n"));
    }

    async fn each_list_uses_its_index(bench: Bench) {
        fill(&bench.store).await;
        for (name, indexes) in LISTS {
            let text = every_statement().into_iter().find(|text| text.name().ends_with(name));
            let plans = bench.store.plans(text.unwrap_or_else(|| panic!("no {name}"))).await;
            assert!(plans[0].steps.contains(indexes[0]), "{}\n{}", plans[0].sql, plans[0].steps);
            for Plan { sql, steps } in plans {
                assert!(indexes.iter().any(|index| steps.contains(index)), "{sql}\n{steps}");
            }
        }
    }
}

/// Change transactions without raising the revision of their user: they remove only what is hidden already, or what a new
/// epoch follows, or are followed by the storing of the same rows.
const UNSEEN: [&str; 5] = [
    "account_merges::ADOPT",
    "account_merges::MOVE",
    "due::PURGE_TRANSACTIONS",
    "retention::FORGET_VANISHED",
    "state::TRANSACTIONS",
];

#[test]
fn transactions_are_changed_only_where_their_revision_is_raised() {
    let changes = |sql: &str| {
        ["into transactions ", "update transactions ", "delete from transactions "]
            .iter()
            .any(|part| sql.contains(part))
    };
    let elsewhere: Vec<_> = every_statement()
        .into_iter()
        .filter(|text| [Engine::Sqlite, Engine::Postgres].iter().any(|engine| changes(text.sql(*engine))))
        .map(StatementText::name)
        .filter(|name| {
            !name.contains("::transactions::") && !UNSEEN.iter().any(|known| name.ends_with(known))
        })
        .collect();
    assert!(elsewhere.is_empty(), "totals that were kept would not notice {elsewhere:?}");
}
