use jiff::Timestamp;
use riverbank_model::guid::{
    AccountNumberGuid, CredentialGuid, Guid, JobGuid, MemberGuid, OauthStateGuid, UserGuid,
    WebhookEndpointGuid,
};
use riverbank_model::job::JobKind;

use super::*;
use crate::db::conformance::{Bench, rules};
use crate::db::{Engine, Tx};
use crate::raw_answers::{self, RawAnswer};
use crate::users::tests::{statement, with_two_users};
use crate::vault::columns::CREDENTIALS;
use crate::vault::tests::{Changing, keyring, line, secrets};

/// The columns of bytes that hold nothing sealed under the master key: those of hashes, the settings, of which one row
/// is, and the pieces of snapshots, which have keys of their own.
const OPEN: [&str; 15] = [
    "api_tokens.hash",
    "bank_tickets.hash",
    "clients.api_key_hash",
    "insights.digest",
    "members.login_fingerprint",
    "members.oauth_token_hash",
    "oauth_states.browser_hash",
    "oauth_states.state_hash",
    "page_addresses.hash",
    "page_clients.hash",
    "page_sessions.hash",
    "operator_sessions.hash",
    "sessions.hash",
    "settings.value",
    "snapshot_pieces.content",
];

const BYTES_OF_SQLITE: &str = "select m.name || '.' || c.name from sqlite_schema m
    join pragma_table_info(m.name) c where m.type = 'table' and lower(c.type) = 'blob'";
const BYTES_OF_POSTGRES: &str = "select cast(table_name || '.' || column_name as text)
    from information_schema.columns where table_schema = 'public' and data_type = 'bytea'";

/// How many there are: one of each column for each of two users.
const VALUES: u64 = 2 * COLUMNS.len() as u64;

/// The sealed values of the two users of `with_two_users`, and of an endpoint for each of them.
struct Values {
    users: Vec<UserGuid>,
    member: MemberGuid,
    field: CredentialGuid,
    job: JobGuid,
    endpoints: Vec<WebhookEndpointGuid>,
    state: OauthStateGuid,
    numbers: AccountNumberGuid,
}

impl Values {
    async fn sealed(bench: &Bench, vault: &Vault) -> Self {
        let (one, other) = with_two_users(bench).await;
        let values = Self {
            users: vec![one.guid, other.guid],
            member: MemberGuid::trusted("MBR-1".to_owned()),
            field: CredentialGuid::trusted("CRD-1".to_owned()),
            job: JobGuid::trusted("JOB-1".to_owned()),
            endpoints: ["WHE-1", "WHE-2"].map(|guid| WebhookEndpointGuid::trusted(guid.to_owned())).to_vec(),
            state: OauthStateGuid::trusted("OAS-1".to_owned()),
            numbers: AccountNumberGuid::trusted("ACN-1".to_owned()),
        };
        for (place, column) in values.places() {
            let key: Vec<String> = place.identity().split('/').skip(1).map(str::to_owned).collect();
            write(bench, column, key, vault.seal(&place, b"secret", &secrets()).unwrap()).await;
        }
        values
    }

    fn places(&self) -> Vec<(Place<'_>, &'static SealedColumn)> {
        let of_user = |(user, endpoint)| {
            COLUMNS.map(|column| {
                let place = match column.name {
                    "member_credentials.value" | "returning_consents.value" => {
                        Place::Credential(user, &self.member, &self.field)
                    }
                    "challenges.answer" => Place::Answer(user, &self.member, &self.field),
                    "jobs.progress" => Place::Progress(user, &self.job),
                    "members.oauth_token" => Place::OauthToken(user, &self.member),
                    "webhook_endpoints.secrets" => Place::EndpointSecrets(endpoint),
                    "oauth_states.attempt" => Place::OauthAttempt(user, &self.state),
                    "bank_consents.granted" => Place::BankConsent(user.as_str()),
                    "operators.totp_secret" => Place::OperatorSecret(user.as_str()),
                    "snapshots.keys" => Place::SnapshotKeys(user.as_str()),
                    "raw_answers.answer" => Place::RawAnswer(user, &self.job),
                    "account_numbers.told" => Place::AccountNumbers(user, &self.numbers),
                    other => panic!("this test has no value for {other}"),
                };
                (place, column)
            })
        };
        self.users.iter().zip(&self.endpoints).flat_map(of_user).collect()
    }
}

/// Writes a value into the row with this key, whatever is there.
async fn write(bench: &Bench, column: &'static SealedColumn, key: Vec<String>, Sealed(value): Sealed) {
    let (table, name) = column.name.split_once('.').unwrap();
    let row: Vec<String> =
        column.key().iter().zip(2..).map(|(part, number)| format!("{part} = ${number}")).collect();
    let update = statement(format!("update {table} set {name} = $1 where {}", row.join(" and ")));
    let written = bench.store.write(async move |tx| {
        let params: Vec<_> =
            [value.to_value()].into_iter().chain(key.iter().map(ToValue::to_value)).collect();
        tx.execute(update, &params).await
    });
    assert_eq!(written.await.unwrap(), 1);
}

async fn read(tx: &Tx, column: &SealedColumn) -> Vec<SealedRow> {
    let key = column.first_key();
    let nothing = Vec::<u8>::new();
    let params: Vec<_> =
        key.iter().map(ToValue::to_value).chain([nothing.to_value(), column.batch.to_value()]).collect();
    tx.query(column.page, &params).await.unwrap()
}

async fn unlocked(bench: &Bench, lines: &[&str]) -> Vault {
    Vault::unlock(&bench.store, keyring(&lines.join("\n")), &secrets()).await.unwrap()
}

async fn rewrapped(bench: &Bench, vault: &Vault) -> Pass {
    vault.rewrap(&bench.store, &secrets(), &mut |_, _| {}).await.unwrap()
}

rules! {
    async fn every_column_of_bytes_is_sealed_and_covered_or_known_to_be_open(bench: Bench) {
        let reader = bench.store.read().await.unwrap();
        let text = match bench.store.engine() {
            Engine::Sqlite => BYTES_OF_SQLITE,
            Engine::Postgres => BYTES_OF_POSTGRES,
        };
        let found = reader.query::<(String,)>(statement(text), params![]).await.unwrap();
        let mut found: Vec<String> = found.into_iter().map(|(name,)| name).collect();
        found.sort_unstable();
        let mut known: Vec<&str> = COLUMNS.iter().map(|column| column.name).chain(OPEN).collect();
        known.sort_unstable();
        assert_eq!(found, known);
    }

    async fn all_that_is_sealed_is_sealed_anew_and_opens_without_the_old_key(bench: Bench) {
        let (old, new) = (line(1, 100), line(2, 101));
        let values = Values::sealed(&bench, &unlocked(&bench, &[&old]).await).await;
        assert_eq!(versions_in_use(&bench.store).await.unwrap(), BTreeMap::from([(1, VALUES)]));
        let both = unlocked(&bench, &[&old, &new]).await;
        assert_eq!(rewrapped(&bench, &both).await, Pass { rewrapped: VALUES, ..Pass::default() });
        assert_eq!(versions_in_use(&bench.store).await.unwrap(), BTreeMap::from([(2, VALUES)]));
        assert_eq!(rewrapped(&bench, &both).await, Pass::default());

        // The key of the fingerprints keeps a server without the old line from starting until it is last.
        let without = async || Vault::unlock(&bench.store, keyring(&new), &secrets()).await;
        assert!(matches!(without().await, Err(VaultError::UnknownVersion(1))));
        both.rewrap_fingerprint_key(&bench.store, &secrets()).await.unwrap();
        let alone = without().await.unwrap();
        assert_eq!(alone.login_fingerprint(&["a"]), both.login_fingerprint(&["a"]));
        let reader = bench.store.read().await.unwrap();
        let mut opened = 0;
        for (place, column) in values.places() {
            for row in read(&reader, column).await {
                if column.identity(&column.key_of(&row)) == place.identity() {
                    assert_eq!(*alone.open(&place, &Sealed(row.3)).unwrap(), b"secret");
                    opened += 1;
                }
            }
        }
        assert_eq!(opened, VALUES);
    }

    async fn long_values_are_sealed_anew_a_few_at_a_time_to_the_last(bench: Bench) {
        let (old, new) = (line(1, 100), line(2, 101));
        let vault = unlocked(&bench, &[&old]).await;
        let values = Values::sealed(&bench, &vault).await;
        for attempt in 2..20 {
            let (user_guid, job_guid) = (values.users[0].clone(), JobGuid::trusted(format!("JOB-{attempt}")));
            let answer = vault.seal(&Place::RawAnswer(&user_guid, &job_guid), b"secret", &secrets()).unwrap();
            let row = RawAnswer {
                user_guid,
                job_guid,
                member_guid: values.member.clone(),
                kind: JobKind::Aggregation,
                include_holdings: true,
                attempt,
                fetched_at: Timestamp::UNIX_EPOCH,
                size: 6,
                answer: answer.into_bytes(),
            };
            bench.store.write(async move |tx| raw_answers::store(tx, &row).await).await.unwrap();
        }
        let mut told = Vec::new();
        let both = unlocked(&bench, &[&old, &new]).await;
        let mut tell = |column: &str, done| {
            if column == "raw_answers.answer" {
                told.push(done);
            }
        };
        let pass = both.rewrap(&bench.store, &secrets(), &mut tell).await.unwrap();
        assert_eq!(pass, Pass { rewrapped: VALUES + 18, ..Pass::default() });
        assert_eq!(told, [8, 16, 20]);
    }

    async fn what_is_written_meanwhile_stays_as_it_was_written(bench: Bench) {
        let (old, new) = (line(1, 100), line(2, 101));
        let values = Values::sealed(&bench, &unlocked(&bench, &[&old]).await).await;
        let both = unlocked(&bench, &[&old, &new]).await;
        let rows = page(&bench.store, &CREDENTIALS, &CREDENTIALS.first_key(), 2).await.unwrap();
        let batch = seal_anew(&both.keyring.now(), &CREDENTIALS, rows, &secrets(), &mut Pass::default());
        assert_eq!(batch.len(), 2);
        let (place, column) = values.places()[0];
        let key = place.identity().split('/').skip(1).map(str::to_owned).collect();
        write(&bench, column, key, both.seal(&place, b"newer", &secrets()).unwrap()).await;
        let replaced = bench.store.write(async move |tx| {
            tx.execute_many(CREDENTIALS.replace, batch.iter().map(|one| one.values(&CREDENTIALS))).await
        });
        assert_eq!(replaced.await.unwrap(), 1);
        let reader = bench.store.read().await.unwrap();
        let (_, _, _, kept) = read(&reader, column).await.swap_remove(0);
        assert_eq!(*both.open(&place, &Sealed(kept)).unwrap(), b"newer");
    }

    async fn what_does_not_open_is_counted_and_left(bench: Bench) {
        let (old, gone, new) = (line(1, 100), line(7, 101), line(8, 102));
        let values = Values::sealed(&bench, &unlocked(&bench, &[&old]).await).await;
        let places = values.places();
        let key = |place: &Place<'_>| -> Vec<String> { place.identity().split('/').skip(1).map(str::to_owned).collect() };
        let vault = unlocked(&bench, &[&old, &gone]).await;
        // One of another place, one under a key that will be missing.
        write(&bench, places[0].1, key(&places[0].0), unlocked(&bench, &[&old]).await.seal(&places[1].0, b"x", &secrets()).unwrap()).await;
        write(&bench, places[1].1, key(&places[1].0), vault.seal(&places[1].0, b"x", &secrets()).unwrap()).await;
        let pass = rewrapped(&bench, &unlocked(&bench, &[&old, &new]).await).await;
        let expected = Pass { rewrapped: VALUES - 2, damaged: BTreeMap::from([(1, 1)]), unknown: BTreeMap::from([(7, 1)]) };
        assert_eq!(pass, expected);
        let used = BTreeMap::from([(1, 1), (7, 1), (8, VALUES - 2)]);
        assert_eq!(versions_in_use(&bench.store).await.unwrap(), used);
    }

    async fn a_server_follows_what_is_announced_or_objects(bench: Bench) {
        let (old, new) = (line(1, 100), line(2, 101));
        let source = Changing::default();
        source.set(&old);
        let server = unlocked(&bench, &[&old]).await.following(source.clone());
        let command = unlocked(&bench, &[&old, &new]).await;
        server.heed(&bench.store).await.unwrap();
        command.announce(&bench.store).await.unwrap();
        server.heed(&bench.store).await.unwrap();
        assert!(command.is_lacked(&bench.store).await.unwrap());

        source.set(&format!("{old}\n{new}"));
        command.announce(&bench.store).await.unwrap();
        server.heed(&bench.store).await.unwrap();
        assert!(!command.is_lacked(&bench.store).await.unwrap());
        assert_eq!(server.current_version(), 2);
    }

    async fn a_value_under_a_version_that_is_new_to_a_server_opens_at_once(bench: Bench) {
        let (old, new) = (line(1, 100), line(2, 101));
        let source = Changing::default();
        let server = unlocked(&bench, &[&old]).await.following(source.clone());
        let sealed = unlocked(&bench, &[&old, &new]).await.seal(&Place::FingerprintKey, b"secret", &secrets()).unwrap();
        source.set(&old);
        assert!(matches!(server.open(&Place::FingerprintKey, &sealed), Err(VaultError::UnknownVersion(2))));
        source.set(&format!("{old}\n{new}"));
        assert_eq!(*server.open(&Place::FingerprintKey, &sealed).unwrap(), b"secret");
    }
}
