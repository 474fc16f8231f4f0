use riverbank_model::guid::{CredentialGuid, Guid, MemberCredentialGuid, MemberGuid, PageSessionGuid};

use super::*;
use crate::api_tokens::{self, ApiToken};
use crate::clients::{self, Client};
use crate::db::Statement;
use crate::db::conformance::{Bench, rules};
use crate::member_credentials::{self, StoredCredential};
use crate::migrations::MIGRATIONS;
use crate::page_addresses::{self, PageAddress};
use crate::page_sessions::{self, PageSession};
use crate::sessions::{self, Session};

/// What is left of a deleted user, and why.
const KEPT: &[&str] = &["audit", "returning_consents"];

/// One row for every table of the user `$1` that has no function of its own to write one.
const ROWS: &[&str] = &[
    "insert into members (user_guid, guid, client_guid, institution_guid, number, external_guid, name, use_cases,
        background_aggregation_is_disabled, is_oauth, is_managed_by_user, denials, oauth_skip_aggregation, revision,
        children_made, created_at, updated_at)
        values ($1, 'MBR-1', 'CLT-1', 'INS-1', 1, $1, 'Bank', 1, false, false, true, 0, false, 0, 0, 0, 0)",
    "insert into external_guids (client_guid, external_guid, user_guid, member_guid)
        values ('CLT-1', $1, $1, 'MBR-1')",
    "insert into challenges (user_guid, member_guid, guid, position, question, created_at)
        values ($1, 'MBR-1', 'CRD-1', 0, '{}', 0)",
    "insert into member_history (user_guid, member_guid, at, became) values ($1, 'MBR-1', 0, 6)",
    "insert into jobs (user_guid, guid, member_guid, institution_guid, kind, status, state, run_at, interruptions,
        attempt, is_superseded, has_follow_up, include_transactions, include_holdings, is_authenticated,
        children_made, created_at, updated_at)
        values ($1, 'JOB-1', 'MBR-1', 'INS-1', 0, 1, 'RUNNING', 0, 0, 1, false, false, true, true, false, 0, 0, 0)",
    "insert into job_steps (user_guid, job_guid, number, kind, began_at, ending) values ($1, 'JOB-1', 1, 1, 0, 1)",
    "insert into member_requests (user_guid, member_guid, at, operation, status, requests, longest)
        values ($1, 'MBR-1', 0, 'GET /members/{member_guid}', 200, 1, 1)",
    "insert into faults (number, institution_guid, user_guid, member_guid, effect, chance, struck, created_at)
        select coalesce(max(number), 0) + 1, 'INS-1', cast($1 as text), 'MBR-1', '{}', 1, 0, 0 from faults",
    "insert into fault_strikes (user_guid, job_guid, fault_number)
        select cast($1 as text), 'JOB-1', max(number) from faults",
    "insert into accounts (user_guid, guid, member_guid, number, feed_id, account_type, feed, is_hidden, revision,
        children_made, created_at, updated_at)
        values ($1, 'ACT-1', 'MBR-1', 1, '1', 1, '{}', false, 0, 0, 0, 0)",
    "insert into transactions (user_guid, guid, account_guid, member_guid, amount, transaction_type, status, date,
        description, category_guid, flags, feed_description, described_by, categorized_by, revision, created_at,
        updated_at)
        values ($1, 'TRN-1', 'ACT-1', 'MBR-1', 1, 1, 1, 0, 'x', 'CAT-1', 0, 'x', '', '', 0, 0, 0)",
    "insert into account_owners (user_guid, guid, member_guid, account_guid, position, told, created_at)
        values ($1, 'ACO-1', 'MBR-1', 'ACT-1', 1, '{}', 0)",
    "insert into raw_answers
        (user_guid, job_guid, member_guid, kind, include_holdings, attempt, fetched_at, size, answer)
        select cast($1 as text), 'JOB-1', 'MBR-1', 0, true, 1, 0, 0, api_key_hash from clients",
    "insert into account_numbers (user_guid, guid, member_guid, account_guid, position, told, created_at)
        select cast($1 as text), 'ACN-1', 'MBR-1', 'ACT-1', 1, api_key_hash, 0 from clients",
    "insert into transaction_revisions (user_guid, revision) values ($1, 1)",
    "insert into categories (user_guid, guid, number, name, parent_guid, revision, created_at, updated_at)
        values ($1, 'CAT-1', 2, 'x', 'CAT-2', 1, 0, 0)",
    "insert into tags (user_guid, guid, number, name, revision, created_at, updated_at)
        values ($1, 'TAG-1', 3, 'x', 1, 0, 0)",
    "insert into taggings (user_guid, guid, number, tag_guid, transaction_guid, revision, created_at, updated_at)
        values ($1, 'TGN-1', 4, 'TAG-1', 'TRN-1', 1, 0, 0)",
    "insert into budgets (user_guid, guid, number, category_guid, amount, revision, created_at, updated_at)
        values ($1, 'BGT-1', 7, 'CAT-1', 0, 1, 0, 0)",
    "insert into goals (user_guid, guid, account_guid, amount, goal_type, meta_type, name, position, has_been_spent,
        revision, created_at, updated_at)
        values ($1, 'GOL-1', 'ACT-1', 0, 0, 5, 'x', 1, false, 1, 0, 0)",
    "insert into monthly_cash_flow_profiles (user_guid, guid, goals_contribution, uses_estimated_goals_contribution,
        created_at, updated_at)
        values ($1, 'MCF-1', 0, false, 0, 0)",
    "insert into scheduled_payments (user_guid, guid, amount, description, occurs_on, transaction_type, is_completed,
        is_predicted, created_at, updated_at)
        values ($1, 'SCH-1', 0, 'x', 0, 1, false, false, 0, 0)",
    "insert into dismissed_predictions (user_guid, merchant_guid) values ($1, 'MCH-1')",
    "insert into insights (user_guid, guid, template, digest, title, description, call_to_action, has_been_displayed,
        is_dismissed, is_relevant, revision, created_at, updated_at)
        select cast($1 as text), 'BET-1', 'x', api_key_hash, 'x', 'x', 'x', false, false, true, 1, 0, 0 from clients",
    "insert into insight_links (user_guid, insight_guid, kind, position, object_guid)
        values ($1, 'BET-1', 4, 1, 'TRN-1')",
    "insert into insight_looks (user_guid, morning_at, lease_until) values ($1, 0, 0)",
    "insert into alert_settings (user_guid, notification_type, threshold, channels) values ($1, 6, 50, 16)",
    "insert into notifications (user_guid, guid, number, notification_type, subject, has_been_viewed, created_on, created_at)
        values ($1, 'NTF-1', 1, 11, 'x', false, 0, 0)",
    "insert into deliverables (user_guid, guid, notification_guid, channel, content, state, attempts, due_at,
        created_at)
        values ($1, 'DNF-1', 'NTF-1', 4, 'x', 'READY', 0, 0, 0)",
    "insert into spending_plans (user_guid, guid, current_iteration_number, next_turn_at, created_at, updated_at)
        values ($1, 'SPL-1', 1, 0, 0, 0)",
    "insert into spending_plan_accounts (user_guid, guid, spending_plan_guid, account_guid, created_at, updated_at)
        values ($1, 'SPA-1', 'SPL-1', 'ACT-1', 0, 0)",
    "insert into spending_plan_iterations (user_guid, guid, spending_plan_guid, iteration_number, start_on, end_on, created_at,
        updated_at)
        values ($1, 'SPI-1', 'SPL-1', 1, 0, 0, 0, 0)",
    "insert into spending_plan_items (user_guid, guid, number, spending_plan_iteration_guid, planned_amount, created_at,
        updated_at)
        values ($1, 'SII-1', 9, 'SPI-1', 0, 0, 0)",
    "insert into transaction_rules (user_guid, guid, number, match_description, category_guid, examined, changed, revision,
        created_at, updated_at)
        values ($1, 'TXR-1', 5, 'x', 'CAT-1', 0, 0, 1, 0, 0)",
    "insert into holdings (user_guid, guid, account_guid, member_guid, number, feed_id, feed, given, revision, created_at,
        updated_at)
        values ($1, 'HOL-1', 'ACT-1', 'MBR-1', 6, 'x', '{}', '{}', 1, 0, 0)",
    "insert into webhook_messages (guid, endpoint_guid, user_guid, lane, number, kind, payload, state, attempts,
        tries_left, due_at, expires_at, created_at, ended_at)
        values ('msg_' || $1, 'WHE-1', $1, 'MBR-1', 1, 0, '{}', 'DELIVERED', 1, 12, 0, 0, 0, 0)",
    "insert into oauth_states (user_guid, guid, member_guid, auth_status, attempt, skip_aggregation, due_at, created_at,
        updated_at)
        values ($1, 'OAS-1', 'MBR-1', 1, null, false, 0, 0, 0)",
    "insert into account_merges (user_guid, account_guid, into_guid, told_from, told_through, at)
        values ($1, 'ACT-1', 'ACT-2', 0, 0, 0)",
    "insert into deletions (user_guid, member_guid, is_told, at) values ($1, 'MBR-1', false, 0)",
    "insert into micro_deposits (user_guid, guid, number, status, email, first_name, last_name, wrong_tries, revision,
        created_at, updated_at)
        values ($1, 'MIC-1', 3, 9, 'ada@example.com', 'Ada', 'Doe', 0, 1, 0, 0)",
    "insert into ach_entries (user_guid, micro_deposit_guid, place, amount, ordered_at) values ($1, 'MIC-1', 1, 900, 0)",
    // Of no user, but one for each.
    "insert into bank_consents (guid, institution_code, client_id, subject, scopes, granted, generation, is_confirmed,
        is_revoked, expires_at)
        select $1, 'bank', 'riverbank', 'ada', 'accounts', api_key_hash, 1, false, false, 0 from clients",
    "insert into snapshots (guid, name, schema_step, taken_at, pace, keys, piece_count, row_count, size, made_at)
        select $1, $1, '', 0, '', api_key_hash, 0, 0, 0, 0 from clients",
    "insert into returning_consents (user_guid, member_guid, credential_guid, institution_guid, value, due_at, failures)
        select cast($1 as text), 'MBR-1', 'CRD-1', 'INS-1', api_key_hash, 0, 0 from clients",
    "insert into audit (at, client_guid, user_guid, action, subject, detail)
        values (0, 'CLT-1', $1, 'users.create', $1, '{}')",
];

const INSTITUTION: &str = "insert into institutions (guid, code, name, keywords, countries, popularity, is_test,
    is_hidden, supports_account_identification, supports_account_verification, supports_oauth,
    supports_transaction_history, account_types, connector, settings, created_at, updated_at)
    values ('INS-1', 'bank', 'Bank', '[]', '[]', 0, true, false, false, false, false, false, 0, 'script', '', 0, 0)";

const ENDPOINTS: &str =
    "insert into webhook_endpoints (guid, client_guid, number, url, events, secrets, failures,
    created_at, updated_at)
    select named.guid, 'CLT-1', 1, '', -1, api_key_hash, 0, 0, 0 from clients,
        (select 'WHE-1' as guid union all select 'WHE-2') as named where clients.guid = 'CLT-1'";

/// An operator of the name of each user: it is nobody's, and holds a sealed value.
const OPERATOR: &str =
    "insert into operators (name, role, password, totp_secret, totp_step, failures, created_at, updated_at)
    select cast($1 as text), 1, '', api_key_hash, 0, 0, 0, 0 from clients";

/// A statement of a test only.
pub(crate) fn statement<R: crate::db::FromRow>(text: impl Into<String>) -> &'static Statement<R> {
    let text: &str = text.into().leak();
    Box::leak(Box::new(Statement::registered("test", text, text, &[])))
}

/// The tables that hold rows of users, as the migrations make them.
fn tables_of_users() -> Vec<&'static str> {
    let steps = MIGRATIONS.iter().flat_map(|step| step.text.split("create table ").skip(1));
    let tables = steps.filter_map(|text| {
        let (name, rest) = text.split_once(" (")?;
        let (columns, _) = rest.split_once("\n);")?;
        columns.contains("user_guid text").then_some(name)
    });
    tables.collect()
}

fn user(guid: &str, partner_id: &str) -> User {
    User {
        guid: UserGuid::trusted(guid.to_owned()),
        client_guid: ClientGuid::trusted("CLT-1".to_owned()),
        partner_id: partner_id.to_owned(),
        birthdate: None,
        credit_score: None,
        email: None,
        first_name: None,
        gender: Some(Gender::Female),
        is_disabled: false,
        is_excluded_from_analytics: false,
        last_name: None,
        logged_in_at: None,
        metadata: None,
        phone: None,
        zip_code: None,
        revision: 0,
        children_made: 0,
        created_at: Timestamp::UNIX_EPOCH,
        updated_at: Timestamp::UNIX_EPOCH,
    }
}

async fn fill(tx: &Tx, user: &User) -> Result<(), StoreError> {
    insert(tx, user).await?;
    let at = Timestamp::UNIX_EPOCH;
    let (user_guid, hash) = (user.guid.clone(), user.guid.as_str().as_bytes().to_vec());
    let token = ApiToken { hash: hash.clone(), user_guid: user_guid.clone(), expires_at: at };
    api_tokens::insert(tx, &token).await?;
    let session = Session { hash: hash.clone(), user_guid: user_guid.clone(), created_at: at, used_at: at };
    sessions::insert(tx, &session).await?;
    let options = "{}".to_owned();
    let address = PageAddress {
        hash: hash.clone(),
        user_guid: user_guid.clone(),
        options: options.clone(),
        expires_at: at,
    };
    page_addresses::insert(tx, &address).await?;
    let visit = PageSession {
        hash,
        user_guid: user_guid.clone(),
        guid: PageSessionGuid::trusted("ANS-1".to_owned()),
        options,
        shown_by: None,
        member_guid: None,
        created_at: at,
        used_at: at,
    };
    page_sessions::insert(tx, &visit).await?;
    for text in ROWS.iter().chain([&OPERATOR]) {
        tx.execute(statement(*text), params![user.guid]).await?;
    }
    let credential = StoredCredential {
        user_guid,
        member_guid: MemberGuid::trusted("MBR-1".to_owned()),
        credential_guid: CredentialGuid::trusted("CRD-1".to_owned()),
        guid: MemberCredentialGuid::trusted("MCR-1".to_owned()),
        value: Vec::new(),
        created_at: at,
        updated_at: at,
    };
    member_credentials::store(tx, &[credential]).await
}

/// Two users with a row in every table each: members `MBR-1`, credentials and challenges `CRD-1`, jobs `JOB-1`. Their
/// client has the endpoints `WHE-1` and `WHE-2`.
pub(crate) async fn with_two_users(bench: &Bench) -> (User, User) {
    let (one, other) = (user("USR-1", "U-1"), user("USR-2", "U-2"));
    let filled = (one.clone(), other.clone());
    let written = bench.store.write(async move |tx| {
        let client = Client {
            guid: one.client_guid.clone(),
            client_id: "acme".to_owned(),
            api_key_hash: Vec::new(),
            key_made_at: None,
            is_disabled: false,
            background_aggregation_is_disabled: false,
            children_made: 2,
            endpoints_made: 2,
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
        };
        clients::insert(tx, &client).await?;
        tx.execute(statement(INSTITUTION), params![]).await?;
        tx.execute(statement(ENDPOINTS), params![]).await?;
        fill(tx, &one).await?;
        fill(tx, &other).await
    });
    written.await.unwrap();
    filled
}

async fn rows_of(bench: &Bench, table: &str, user: &User) -> i64 {
    let count = statement::<(i64,)>(format!("select count(*) from {table} where user_guid = $1"));
    let reader = bench.store.read().await.unwrap();
    reader.query_one(count, params![user.guid]).await.unwrap().0
}

rules! {
    async fn a_deleted_user_leaves_nothing_but_the_audit_and_consents_to_give_back(bench: Bench) {
        let (deleted, other) = with_two_users(&bench).await;
        let tables = tables_of_users();
        assert!(tables.len() > ROWS.len(), "{tables:?}");
        for table in &tables {
            assert_eq!(rows_of(&bench, table, &deleted).await, 1, "this test has no row for {table}");
        }
        let user = deleted.clone();
        bench.store.write(async move |tx| delete(tx, &user, Timestamp::UNIX_EPOCH).await).await.unwrap();
        for table in &tables {
            let left = i64::from(KEPT.contains(table));
            assert_eq!(rows_of(&bench, table, &deleted).await, left, "{table}");
            assert_eq!(rows_of(&bench, table, &other).await, 1, "{table} of another user");
        }
        let reader = bench.store.read().await.unwrap();
        assert_eq!(find(&reader, &deleted.guid).await.unwrap(), None);
        assert_eq!(find(&reader, &other.guid).await.unwrap(), Some(other));
    }

    async fn a_partners_id_is_taken_once_within_a_client(bench: Bench) {
        let (one, _) = with_two_users(&bench).await;
        let again = User { guid: UserGuid::trusted("USR-3".to_owned()), ..one };
        assert!(!bench.store.write(async move |tx| insert(tx, &again).await).await.unwrap());
    }
}
