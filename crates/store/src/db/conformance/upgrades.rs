//! From every landed schema to the newest, with rows in every table.
//!
//! `tests/upgrades/` has a file for each step: the rows that a database of that version may hold, for the tables and
//! columns that the step adds. They are written after their step and before the next, so that each step runs on what
//! all versions before it left.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use riverbank_model::Secrets;
use riverbank_model::guid::{AccountGuid, Guid, JobGuid, MemberGuid, TransactionGuid, UserGuid};

use super::{Bench, rules};
use crate::db::migrate::checksum;
use crate::db::{Engine, Store, StoreError, Tx, statements};
use crate::migrations::MIGRATIONS;
use crate::vault::{Keyring, Place, Vault};
use crate::{
    accounts, api_tokens, challenges, clients, institutions, jobs, member_credentials, members, sessions,
    transactions, users, whereabouts,
};

/// The files of the steps as they landed. A new step adds its line; no line is ever changed.
const LANDED: &[&str] = &[
    "0001_main_job 88bc2b0dc864b686aa2fb0bd66dc2e60e52cc6a834798551e316026e338dc075",
    "0002_transaction_revisions a1dad8225c2b0759fa05ad0f2d037d7fa13586480d2fd200b322d7455c7f0380",
    "0003_faults 2c664bd50833b94384f52f8f23a5a89c5f4371a7906774664b7aba98bf9c5aa6",
    "0004_schedule c0871c832157824203b69983196cfb337dd8354576f4bb79705d71e5f16c69be",
    "0005_webhooks 63fe5702b279371058e269ea6523bc5d2b5a9d610ec969d3a0e1ae55a60eb6c5",
    "0006_oauth 22f947cb93b58208f9ed4445df7f7c40bb1795c12ed95039ca6bb3ebdaa0d3cc",
    "0007_deletions 9bd54be8b514979909e89f600d5a2cfdd35a9db5cd90a378556984911f7b22be",
    "0008_categories dff633368367951a729b8ac5879ce06282abb0dbc094e0d96055dec5cb686c00",
    "0009_state 922993209fa797761aa87744673e16c048d6369056a2bdcdae8a81bf4dd60423",
    "0010_snapshots 4dea4e45d4c0a1fd0f3094d4f09ddf11cd3f8df2156a7ed5f84e44e9c6fe7dbb",
    "0011_returning_consents 91519f38a13a5923c67256b79eb4f59caf8d9ece9fb7dbbafefe614fde22be92",
    "0012_micro_deposits 3c610fd42d3c4ffb7f208554b244bb7de8d19fbe2654637364f852f9c2d08db6",
    "0013_written_by_users 351ea2252eae4c69c2ce523944809afda2cfee54fc64ef9c4538f7589b1b19fd",
    "0014_tags fdbf55e96e50ef173ff5560e0e53939953ec1dc23d8a92167e2d676fcca8a193",
    "0015_transaction_rules 6bf671e921a13241542659b0e48882f7b0aaf5a12e548fbcec2294a838738216",
    "0016_holdings 3d74bc026a15eda1b8bc6b8b2ac7224a5789a7a9a10577e80157073cf9b79e52",
    "0017_blocked_accounts 6a857639dbb7ef9afb6739c1904960aecb92f7a8eab156ba17d76dbe53fe52e3",
    "0018_account_merges 04fc21c2c7c41a9b55d01c1cb4d5f717607344ea685f9d96c971c26b8d3aa823",
    "0019_job_kinds 294d1ee356aca76eeb2137d5a614c440c51f8d55833bdda6d3825320e6328737",
    "0020_ach a5fd7e41122a4c32094866c615d7b07e90d679d221017e8f32e809d95ed442c1",
    "0021_merchants 46da795623378c89dfa0e203a2cc3a9eef8eb2f31026beb6028b83e386b46234",
    "0022_raw_answers aac0991e88e28595afb1eab5f37f08a31b9bf632d61416a699d406e9f0174824",
    "0023_budgets a0887423524421c977e9d06ad84ef75ae7ede26a44ff6590470336cef3791884",
    "0024_monthly_cash_flow_profiles 7e6d67ce2ec82cae3ebcdaea0c54627185dfc453bcbcb96060206bc7f0e6e13d",
    "0025_time_zones b9be02ae2aca38f5105525f2f0e41466046e63a9d431593b1d2fa0e722182acb",
    "0026_goals 96ceeeba7187b03f1d487a60c03a4b901a44b6eb645a246b154b1c8a51084644",
    "0027_scheduled_payments 77eb95b0b3248a5ac04cb3650ba6f857497b1706489feb79d20cddc6684a74c7",
    "0028_insights 56596b28f923c993d3fd64e83a5cbd12958419287605a2f567dd8b0e3d6ea50c",
    "0029_notifications c0d989e6cde2450be840857b5e95ffd838b6a729050f9f70bdeb0272febee327",
    "0030_alert_settings 78a0cdd0bb95b9d4d7492ab59a3bd44317711dee3ee8c921aa3cb184201c04bf",
    "0031_spending_plans 342380dbbab8d4871d3719de146bcaadd12e07fdc727fe62ade3be38d4949418",
    "0032_connect e1f5349e4bb41ade0baa42ea173f02ae020952ee0110a12cc26991007a1acb0b",
    "0033_operators a96a4cd6983e9ac478ffbbda8e26380c4d4b628197a5faf80cb16f8b848b381e",
    "0034_console c63397509daccdd76128d6eca1b99b270be18c7b65b99078c63eb07359341a7c",
    "0035_timeline 1434aff124e0530c386cda5f2914570522df551a1a9c459dfe23ff09fa475c28",
    "0036_visits bc0642312be5fabb885e6608401dd0df13b9059c9fb49b36171fbfbc52d92d7b",
    "0037_owners e185b82a3e254a8cb0fd61b50517bb22e4aa19004e14368e2512d91f0069ece5",
];

statements! {
    // Whatever the engine knows of a schema, each fact in a line.
    SCHEMA: (String,) = {
        sqlite: "select m.type || ' ' || m.name || ' on ' || m.tbl_name || ': ' || coalesce(m.sql, '') from sqlite_schema m
            union all
            select 'column ' || m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' '
                || coalesce(c.dflt_value, '-') || ' ' || c.pk || ' ' || c.hidden
            from sqlite_schema m join pragma_table_xinfo(m.name) c where m.type = 'table'
            union all
            select 'reference ' || m.name || '.' || f.\"from\" || ' to ' || f.\"table\" || '.' || f.\"to\" || ' ' || f.on_delete
            from sqlite_schema m join pragma_foreign_key_list(m.name) f where m.type = 'table'
            order by 1",
        postgres: "select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' '
                || coalesce(column_default, '-')
            from information_schema.columns where table_schema = current_schema()
            union all
            select 'index ' || indexname || ': ' || indexdef from pg_indexes where schemaname = current_schema()
            union all
            select 'constraint ' || cast(conrelid as regclass) || ' ' || conname || ': ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = cast(cast(current_schema() as text) as regnamespace)
            order by 1",
    };
    // Table, column, type, whether a row must give a value, and whether it may be null.
    COLUMNS: (String, String, String, bool, bool) = {
        sqlite: "select m.name, c.name, lower(c.type), (c.\"notnull\" or c.pk > 0) and c.dflt_value is null,
                not (c.\"notnull\" or c.pk > 0)
            from sqlite_schema m join pragma_table_info(m.name) c where m.type = 'table' order by m.name, c.cid",
        postgres: "select cast(table_name as text), cast(column_name as text), cast(data_type as text),
                is_nullable = 'NO' and column_default is null, is_nullable = 'YES'
            from information_schema.columns where table_schema = current_schema() order by table_name, ordinal_position",
    };
    UNIQUE: (String,) = {
        sqlite: "select i.name from sqlite_schema m join pragma_index_list(m.name) i
            where m.type = 'table' and i.\"unique\" order by i.name",
        postgres: "select cast(cast(indexrelid as regclass) as text) from pg_index
            join pg_class c on c.oid = indrelid
            where c.relnamespace = cast(cast(current_schema() as text) as regnamespace) and indisunique order by 1",
    };
}

/// The rows of a step, as the engine writes bytes.
fn rows_of(version: i64, engine: Engine) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/upgrades/{version:04}.sql"));
    let text = fs::read_to_string(&file)
        .unwrap_or_else(|error| panic!("{}: {error}: a step needs rows for what it adds", file.display()));
    let mut parts = text.split("{hex ");
    let mut sql = parts.next().unwrap().to_owned();
    for part in parts {
        let (digits, rest) = part.split_once('}').unwrap();
        let (before, after) = match engine {
            Engine::Sqlite => ("x'", "'"),
            Engine::Postgres => ("'\\x", "'::bytea"),
        };
        sql.extend([before, digits, after]);
        sql += rest;
    }
    sql
}

async fn load(store: &Store, version: i64) {
    let sql = rows_of(version, store.engine());
    store.write(async move |tx| tx.batch(&sql).await).await.unwrap();
}

async fn migrate_to(store: &Store, version: usize) {
    store.migrate_by(&MIGRATIONS[..version]).await.unwrap();
}

/// A database of the newest schema that was made by the oldest version and upgraded step by step, in use at every one.
pub(in crate::db) async fn upgraded(engine: Engine) -> Bench {
    let bench = Bench::without_schema(engine).await;
    for (step, count) in MIGRATIONS.iter().zip(1..) {
        migrate_to(&bench.store, count).await;
        load(&bench.store, step.version).await;
    }
    bench
}

/// Every row of every table, as text.
pub(super) async fn contents(store: &Store) -> Result<BTreeMap<String, Vec<String>>, StoreError> {
    let reader = store.read().await?;
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (table, column, ty, ..) in reader.query(&COLUMNS, &[]).await? {
        let text = match (ty.as_str(), store.engine()) {
            ("blob", _) => format!("case when {column} is not null then lower(hex({column})) end"),
            ("bytea", _) => format!("encode({column}, 'hex')"),
            ("boolean", _) => format!("case when {column} then 'true' when not {column} then 'false' end"),
            _ => format!("cast({column} as text)"),
        };
        columns.entry(table).or_default().push(format!("'{column}=' || coalesce({text}, 'null')"));
    }
    columns.remove("schema_migrations");
    // Its rows depend on the connection that wrote them; their sums have a rule of their own.
    columns.remove("member_counts");
    let mut contents = BTreeMap::new();
    for (table, columns) in columns {
        let sql = format!("select {} from {table}", columns.join(" || ' ' || "));
        let mut rows: Vec<String> =
            reader.rows::<(String,)>(&sql, &[]).await?.into_iter().map(|(row,)| row).collect();
        rows.sort();
        contents.insert(table, rows);
    }
    Ok(contents)
}

/// The keyring under which the rows of the steps are sealed.
pub(super) fn keyring() -> Keyring {
    Keyring::parse("1 AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").unwrap()
}

struct NoSecrets;

impl Secrets for NoSecrets {
    fn fill(&self, _: &mut [u8]) {
        panic!("nothing is sealed here");
    }
}

/// Reads the rows of the oldest version through the functions that the engine uses.
pub(super) async fn read_all(store: &Store) {
    let vault = Vault::unlock(store, keyring(), &NoSecrets).await.unwrap();
    let tx = store.read().await.unwrap();
    let user = UserGuid::trusted("USR-11111111-0000-4000-8000-000000000001".to_owned());
    let member = MemberGuid::trusted("MBR-22222222-0000-4000-8000-000000000001".to_owned());
    let found = users::find(&tx, &user).await.unwrap().unwrap();
    assert_eq!((found.partner_id.as_str(), found.birthdate.unwrap().year()), ("user-1", 1900));
    assert_eq!(clients::list(&tx).await.unwrap().len(), 2);
    assert_eq!(clients::redirect_urls(&tx, &found.client_guid).await.unwrap().len(), 2);
    assert_eq!(institutions::version(&tx).await.unwrap(), 7);
    assert_eq!(institutions::all(&tx).await.unwrap().len(), 2);
    assert_eq!(institutions::all_credentials(&tx).await.unwrap().len(), 2);
    assert_eq!(members::all(&tx, &user).await.unwrap().len(), 2);
    let open = challenges::of_member(&tx, &user, &member).await.unwrap();
    let answer = open[0].answer.clone().unwrap();
    let place = Place::Answer(&user, &member, &open[0].guid);
    assert_eq!(*vault.open(&place, &answer.into()).unwrap(), b"correct");
    let stored = member_credentials::of_member(&tx, &user, &member).await.unwrap();
    let words: Vec<_> = stored
        .iter()
        .map(|one| {
            let place = Place::Credential(&user, &member, &one.credential_guid);
            vault.open(&place, &one.value.clone().into()).unwrap().to_vec()
        })
        .collect();
    assert_eq!(words, [&b"mxuser"[..], b"challenge"]);
    for (number, is_there) in [(1, true), (2, true), (3, false)] {
        let job = JobGuid::trusted(format!("JOB-44444444-0000-4000-8000-00000000000{number}"));
        assert_eq!(jobs::find(&tx, &user, &job).await.unwrap().is_some(), is_there);
    }
    let account = AccountGuid::trusted("ACT-55555555-0000-4000-8000-000000000001".to_owned());
    assert_eq!(accounts::find(&tx, &user, &account).await.unwrap().unwrap().feed_id, "feed/1");
    let [first, last] = ["66666666-0000-4000-8000-000000000001", "11111111-0000-4000-8000-000000000009"]
        .map(|uuid| TransactionGuid::trusted(format!("TRN-{uuid}")));
    for guid in [&first, &last] {
        let of_anyone = whereabouts::transaction(&tx, guid).await.unwrap();
        assert_eq!(of_anyone, transactions::find(&tx, &user, guid).await.unwrap());
        assert!(of_anyone.is_some(), "{guid}");
    }
    let first = transactions::find(&tx, &user, &first).await.unwrap().unwrap();
    assert_eq!((first.amount.units(), first.description.as_str()), (i64::MAX, "Café"));
    assert_eq!(sessions::find(&tx, &[0xb1; 32]).await.unwrap().unwrap().user_guid, user);
    assert_eq!(api_tokens::find(&tx, &[0xa1; 32]).await.unwrap().unwrap().user_guid, user);
}

async fn lines(tx: &Tx) -> Vec<String> {
    tx.query(&SCHEMA, &[]).await.unwrap().into_iter().map(|(line,)| line).collect()
}

#[test]
fn a_step_that_landed_is_never_edited() {
    let files: Vec<String> = MIGRATIONS
        .iter()
        .map(|step| format!("{:04}_{} {}", step.version, step.name, checksum(step.text)))
        .collect();
    assert_eq!(files, LANDED, "only the line of a new step may be missing: add it");
    assert_eq!(STATEMENTS.len(), 3);
}

rules! {
    async fn an_upgraded_schema_is_a_fresh_one(fresh: Bench) {
        let upgraded = upgraded(fresh.store.engine()).await;
        let (old, new) = (upgraded.store.read().await.unwrap(), fresh.store.read().await.unwrap());
        assert_eq!(lines(&old).await, lines(&new).await);
        assert!(lines(&old).await.len() > 200);
    }

    async fn rows_of_every_version_are_read_by_this_one(bench: Bench) {
        let upgraded = upgraded(bench.store.engine()).await;
        read_all(&upgraded.store).await;
    }

    // A step that runs only on empty tables, or on tables without nulls, fails on rows like these.
    async fn every_table_has_rows_and_every_column_a_value_and_a_null(bench: Bench) {
        let upgraded = upgraded(bench.store.engine()).await;
        let reader = upgraded.store.read().await.unwrap();
        let mut bare = Vec::new();
        for (table, column, _, _, may_be_null) in reader.query(&COLUMNS, &[]).await.unwrap() {
            let sql = format!("select count(*), count({column}) from {table}");
            let (rows, values) = reader.rows::<(i64, i64)>(&sql, &[]).await.unwrap()[0];
            if values == 0 || (rows == values && may_be_null) {
                bare.push(format!("{table}.{column}: {rows} rows, {values} values"));
            }
        }
        assert!(bare.is_empty(), "tests/upgrades/ lacks rows or nulls for {bare:?}");
    }

    async fn the_version_before_still_finds_what_it_uses_after_each_step(bench: Bench) {
        let engine = bench.store.engine();
        let stepped = Bench::without_schema(engine).await;
        for count in 1..MIGRATIONS.len() {
            migrate_to(&stepped.store, count).await;
            let reader = stepped.store.read().await.unwrap();
            let before = reader.query(&COLUMNS, &[]).await.unwrap();
            let unique = reader.query(&UNIQUE, &[]).await.unwrap();
            drop(reader);
            migrate_to(&stepped.store, count + 1).await;
            let reader = stepped.store.read().await.unwrap();
            let after = reader.query(&COLUMNS, &[]).await.unwrap();
            for column in &before {
                assert!(after.contains(column), "step {} takes away or changes {column:?}", count + 1);
            }
            for (table, column, _, is_required, _) in after.iter().filter(|column| !before.contains(column)) {
                let is_new = before.iter().all(|(known, ..)| known != table);
                assert!(is_new || !is_required, "the version before writes no {table}.{column}");
            }
            // What conflicts are told apart by, and upserts decide on.
            let unique_after = reader.query(&UNIQUE, &[]).await.unwrap();
            assert!(unique.iter().all(|index| unique_after.contains(index)), "step {} drops one of {unique:?}", count + 1);
        }
    }

    async fn what_older_versions_write_the_newest_schema_takes(bench: Bench) {
        for step in MIGRATIONS {
            load(&bench.store, step.version).await;
        }
        read_all(&bench.store).await;
        assert_eq!(
            contents(&bench.store).await.unwrap(),
            contents(&upgraded(bench.store.engine()).await.store).await.unwrap()
        );
    }
}
