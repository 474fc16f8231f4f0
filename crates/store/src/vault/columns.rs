//! The columns that hold sealed values, in one table: how their values are found, whatever their version, and put back.
//!
//! The version of the master key stands in bytes 2 to 5 of a sealed value, so the database can tell versions apart.

use super::place::FINGERPRINT_KEY;
use crate::db::{Statement, statements};

/// The key of a row, filled up with empty texts, and its sealed value.
pub(super) type SealedRow = (String, String, String, Vec<u8>);

/// Values that are sealed anew in one unit of work: secrets, which are short, and answers of up to megabytes.
const OF_SECRETS: i64 = 200;
const OF_ANSWERS: i64 = 8;

/// A column of sealed values.
pub(crate) struct SealedColumn {
    /// Its name, with the table's.
    pub(super) name: &'static str,
    /// What the identities of its values begin with.
    kind: &'static str,
    /// The columns that make the key of its table, in the order in which they are bound.
    key: &'static [&'static str],
    /// How many of its values are sealed anew in one unit of work.
    pub(super) batch: i64,
    /// Values that are not under a version: after a key, by key, no more than a limit.
    pub(super) page: &'static Statement<SealedRow>,
    /// Puts a value in the place of another, if that is still there. A row that someone else holds is passed over, so
    /// that nobody ever waits for a lock while holding others.
    pub(super) replace: &'static Statement,
    /// The versions in use and how many values are under each.
    pub(super) versions: &'static Statement<(Vec<u8>, i64)>,
}

impl SealedColumn {
    /// The columns that make the key of its table.
    pub(crate) fn key(&self) -> &'static [&'static str] {
        self.key
    }

    /// What the value of the row with this key is bound to.
    pub(crate) fn identity(&self, key: &[&str]) -> String {
        format!("{}/{}", self.kind, key.join("/"))
    }

    /// The key's own columns of a row.
    pub(super) fn key_of<'a>(&self, (one, two, three, _): &'a SealedRow) -> Vec<&'a str> {
        [one.as_str(), two, three].into_iter().take(self.key.len()).collect()
    }

    /// What is before every key.
    pub(super) fn first_key(&self) -> Vec<String> {
        vec![String::new(); self.key.len()]
    }
}

/// The columns of a table that hold sealed values, each with its name within the table.
pub(crate) fn sealed_columns_of(table: &str) -> impl Iterator<Item = (&'static str, &'static SealedColumn)> {
    COLUMNS.iter().filter_map(move |column| {
        let (of, name) = column.name.split_once('.')?;
        (of == table).then_some((name, *column))
    })
}

pub(super) static CREDENTIALS: SealedColumn = SealedColumn {
    name: "member_credentials.value",
    kind: "credential",
    key: &["user_guid", "member_guid", "credential_guid"],
    batch: OF_SECRETS,
    page: &CREDENTIALS_PAGE,
    replace: &CREDENTIALS_REPLACE,
    versions: &CREDENTIALS_VERSIONS,
};

pub(super) static ANSWERS: SealedColumn = SealedColumn {
    name: "challenges.answer",
    kind: "answer",
    key: &["user_guid", "member_guid", "guid"],
    batch: OF_SECRETS,
    page: &ANSWERS_PAGE,
    replace: &ANSWERS_REPLACE,
    versions: &ANSWERS_VERSIONS,
};

pub(super) static PROGRESS: SealedColumn = SealedColumn {
    name: "jobs.progress",
    kind: "progress",
    key: &["user_guid", "guid"],
    batch: OF_SECRETS,
    page: &PROGRESS_PAGE,
    replace: &PROGRESS_REPLACE,
    versions: &PROGRESS_VERSIONS,
};

pub(super) static OAUTH_TOKENS: SealedColumn = SealedColumn {
    name: "members.oauth_token",
    kind: "oauth-token",
    key: &["user_guid", "guid"],
    batch: OF_SECRETS,
    page: &OAUTH_TOKENS_PAGE,
    replace: &OAUTH_TOKENS_REPLACE,
    versions: &OAUTH_TOKENS_VERSIONS,
};

pub(super) static ENDPOINT_SECRETS: SealedColumn = SealedColumn {
    name: "webhook_endpoints.secrets",
    kind: "endpoint-secrets",
    key: &["guid"],
    batch: OF_SECRETS,
    page: &ENDPOINT_SECRETS_PAGE,
    replace: &ENDPOINT_SECRETS_REPLACE,
    versions: &ENDPOINT_SECRETS_VERSIONS,
};

pub(super) static OAUTH_ATTEMPTS: SealedColumn = SealedColumn {
    name: "oauth_states.attempt",
    kind: "oauth-attempt",
    key: &["user_guid", "guid"],
    batch: OF_SECRETS,
    page: &OAUTH_ATTEMPTS_PAGE,
    replace: &OAUTH_ATTEMPTS_REPLACE,
    versions: &OAUTH_ATTEMPTS_VERSIONS,
};

pub(super) static BANK_CONSENTS: SealedColumn = SealedColumn {
    name: "bank_consents.granted",
    kind: "bank-consent",
    key: &["guid"],
    batch: OF_SECRETS,
    page: &BANK_CONSENTS_PAGE,
    replace: &BANK_CONSENTS_REPLACE,
    versions: &BANK_CONSENTS_VERSIONS,
};

pub(super) static SNAPSHOT_KEYS: SealedColumn = SealedColumn {
    name: "snapshots.keys",
    kind: "snapshot-keys",
    key: &["guid"],
    batch: OF_SECRETS,
    page: &SNAPSHOT_KEYS_PAGE,
    replace: &SNAPSHOT_KEYS_REPLACE,
    versions: &SNAPSHOT_KEYS_VERSIONS,
};

/// A consent that outlives its member keeps the identity that it had as a credential: it is moved, not sealed anew.
pub(super) static RETURNING_CONSENTS: SealedColumn = SealedColumn {
    name: "returning_consents.value",
    kind: CREDENTIALS.kind,
    key: CREDENTIALS.key,
    batch: OF_SECRETS,
    page: &RETURNING_CONSENTS_PAGE,
    replace: &RETURNING_CONSENTS_REPLACE,
    versions: &RETURNING_CONSENTS_VERSIONS,
};

pub(super) static ACCOUNT_NUMBERS: SealedColumn = SealedColumn {
    name: "account_numbers.told",
    kind: "account-numbers",
    key: &["user_guid", "guid"],
    batch: OF_SECRETS,
    page: &ACCOUNT_NUMBERS_PAGE,
    replace: &ACCOUNT_NUMBERS_REPLACE,
    versions: &ACCOUNT_NUMBERS_VERSIONS,
};

pub(super) static RAW_ANSWERS: SealedColumn = SealedColumn {
    name: "raw_answers.answer",
    kind: "raw-answer",
    key: &["user_guid", "job_guid"],
    batch: OF_ANSWERS,
    page: &RAW_ANSWERS_PAGE,
    replace: &RAW_ANSWERS_REPLACE,
    versions: &RAW_ANSWERS_VERSIONS,
};

pub(super) static OPERATOR_SECRETS: SealedColumn = SealedColumn {
    name: "operators.totp_secret",
    kind: "operator-secret",
    key: &["name"],
    batch: OF_SECRETS,
    page: &OPERATOR_SECRETS_PAGE,
    replace: &OPERATOR_SECRETS_REPLACE,
    versions: &OPERATOR_SECRETS_VERSIONS,
};

/// Every column of sealed values. The key of the login fingerprints is one row of the settings, and goes last: while a
/// value may be under an older version, so is that key, and a server without the older line does not start.
pub(super) static COLUMNS: [&SealedColumn; 12] = [
    &CREDENTIALS,
    &ANSWERS,
    &PROGRESS,
    &OAUTH_TOKENS,
    &ENDPOINT_SECRETS,
    &OAUTH_ATTEMPTS,
    &BANK_CONSENTS,
    &SNAPSHOT_KEYS,
    &RETURNING_CONSENTS,
    &ACCOUNT_NUMBERS,
    &RAW_ANSWERS,
    &OPERATOR_SECRETS,
];

/// Where sealed values stand, the settings too: table, column, and the query, for SQLite, for what the distinct values
/// begin with (see [`version`](super::version)).
pub(crate) fn heads() -> impl Iterator<Item = (&'static str, &'static str, String)> {
    let columns =
        COLUMNS.iter().filter_map(|column| column.name.split_once('.')).map(|place| (place, String::new()));
    let key = (("settings", "value"), format!(" and name = '{FINGERPRINT_KEY}'"));
    columns.chain([key]).map(|((table, column), of)| {
        (
            table,
            column,
            format!("select distinct substr({column}, 1, 5) from {table} where {column} is not null{of}"),
        )
    })
}

statements! {
    CREDENTIALS_PAGE: SealedRow = "select user_guid, member_guid, credential_guid, value from member_credentials
        where (user_guid, member_guid, credential_guid) > ($1, $2, $3) and substr(value, 2, 4) <> $4
        order by user_guid, member_guid, credential_guid limit $5";
    CREDENTIALS_REPLACE = {
        sqlite: "update member_credentials set value = $1
            where user_guid = $2 and member_guid = $3 and credential_guid = $4 and value = $5",
        postgres: "update member_credentials c set value = $1
            from (select user_guid, member_guid, credential_guid from member_credentials
                where user_guid = $2 and member_guid = $3 and credential_guid = $4 and value = $5
                for no key update skip locked) held
            where c.user_guid = held.user_guid and c.member_guid = held.member_guid
                and c.credential_guid = held.credential_guid",
    };
    CREDENTIALS_VERSIONS: (Vec<u8>, i64) = "select substr(value, 2, 4), count(*) from member_credentials group by 1";

    ANSWERS_PAGE: SealedRow = "select user_guid, member_guid, guid, answer from challenges
        where (user_guid, member_guid, guid) > ($1, $2, $3) and answer is not null and substr(answer, 2, 4) <> $4
        order by user_guid, member_guid, guid limit $5";
    ANSWERS_REPLACE = {
        sqlite: "update challenges set answer = $1
            where user_guid = $2 and member_guid = $3 and guid = $4 and answer = $5",
        postgres: "update challenges c set answer = $1
            from (select user_guid, member_guid, guid from challenges
                where user_guid = $2 and member_guid = $3 and guid = $4 and answer = $5
                for no key update skip locked) held
            where c.user_guid = held.user_guid and c.member_guid = held.member_guid and c.guid = held.guid",
    };
    ANSWERS_VERSIONS: (Vec<u8>, i64) = "select substr(answer, 2, 4), count(*) from challenges
        where answer is not null group by 1";

    PROGRESS_PAGE: SealedRow = "select user_guid, guid, '', progress from jobs
        where (user_guid, guid) > ($1, $2) and progress is not null and substr(progress, 2, 4) <> $3
        order by user_guid, guid limit $4";
    PROGRESS_REPLACE = {
        sqlite: "update jobs set progress = $1 where user_guid = $2 and guid = $3 and progress = $4",
        postgres: "update jobs j set progress = $1
            from (select user_guid, guid from jobs where user_guid = $2 and guid = $3 and progress = $4
                for no key update skip locked) held
            where j.user_guid = held.user_guid and j.guid = held.guid",
    };
    PROGRESS_VERSIONS: (Vec<u8>, i64) = "select substr(progress, 2, 4), count(*) from jobs
        where progress is not null group by 1";

    OAUTH_TOKENS_PAGE: SealedRow = "select user_guid, guid, '', oauth_token from members
        where (user_guid, guid) > ($1, $2) and oauth_token is not null and substr(oauth_token, 2, 4) <> $3
        order by user_guid, guid limit $4";
    OAUTH_TOKENS_REPLACE = {
        sqlite: "update members set oauth_token = $1 where user_guid = $2 and guid = $3 and oauth_token = $4",
        postgres: "update members m set oauth_token = $1
            from (select user_guid, guid from members where user_guid = $2 and guid = $3 and oauth_token = $4
                for no key update skip locked) held
            where m.user_guid = held.user_guid and m.guid = held.guid",
    };
    OAUTH_TOKENS_VERSIONS: (Vec<u8>, i64) = "select substr(oauth_token, 2, 4), count(*) from members
        where oauth_token is not null group by 1";

    ENDPOINT_SECRETS_PAGE: SealedRow = "select guid, '', '', secrets from webhook_endpoints
        where guid > $1 and substr(secrets, 2, 4) <> $2 order by guid limit $3";
    ENDPOINT_SECRETS_REPLACE = {
        sqlite: "update webhook_endpoints set secrets = $1 where guid = $2 and secrets = $3",
        postgres: "update webhook_endpoints e set secrets = $1
            from (select guid from webhook_endpoints where guid = $2 and secrets = $3
                for no key update skip locked) held
            where e.guid = held.guid",
    };
    ENDPOINT_SECRETS_VERSIONS: (Vec<u8>, i64) = "select substr(secrets, 2, 4), count(*) from webhook_endpoints
        group by 1";

    OAUTH_ATTEMPTS_PAGE: SealedRow = "select user_guid, guid, '', attempt from oauth_states
        where (user_guid, guid) > ($1, $2) and attempt is not null and substr(attempt, 2, 4) <> $3
        order by user_guid, guid limit $4";
    OAUTH_ATTEMPTS_REPLACE = {
        sqlite: "update oauth_states set attempt = $1 where user_guid = $2 and guid = $3 and attempt = $4",
        postgres: "update oauth_states s set attempt = $1
            from (select user_guid, guid from oauth_states where user_guid = $2 and guid = $3 and attempt = $4
                for no key update skip locked) held
            where s.user_guid = held.user_guid and s.guid = held.guid",
    };
    OAUTH_ATTEMPTS_VERSIONS: (Vec<u8>, i64) = "select substr(attempt, 2, 4), count(*) from oauth_states
        where attempt is not null group by 1";

    BANK_CONSENTS_PAGE: SealedRow = "select guid, '', '', granted from bank_consents
        where guid > $1 and substr(granted, 2, 4) <> $2 order by guid limit $3";
    BANK_CONSENTS_REPLACE = {
        sqlite: "update bank_consents set granted = $1 where guid = $2 and granted = $3",
        postgres: "update bank_consents c set granted = $1
            from (select guid from bank_consents where guid = $2 and granted = $3
                for no key update skip locked) held
            where c.guid = held.guid",
    };
    BANK_CONSENTS_VERSIONS: (Vec<u8>, i64) = "select substr(granted, 2, 4), count(*) from bank_consents group by 1";

    SNAPSHOT_KEYS_PAGE: SealedRow = "select guid, '', '', keys from snapshots
        where guid > $1 and substr(keys, 2, 4) <> $2 order by guid limit $3";
    SNAPSHOT_KEYS_REPLACE = {
        sqlite: "update snapshots set keys = $1 where guid = $2 and keys = $3",
        postgres: "update snapshots s set keys = $1
            from (select guid from snapshots where guid = $2 and keys = $3
                for no key update skip locked) held
            where s.guid = held.guid",
    };
    SNAPSHOT_KEYS_VERSIONS: (Vec<u8>, i64) = "select substr(keys, 2, 4), count(*) from snapshots group by 1";

    RETURNING_CONSENTS_PAGE: SealedRow = "select user_guid, member_guid, credential_guid, value from returning_consents
        where (user_guid, member_guid, credential_guid) > ($1, $2, $3) and substr(value, 2, 4) <> $4
        order by user_guid, member_guid, credential_guid limit $5";
    RETURNING_CONSENTS_REPLACE = {
        sqlite: "update returning_consents set value = $1
            where user_guid = $2 and member_guid = $3 and credential_guid = $4 and value = $5",
        postgres: "update returning_consents c set value = $1
            from (select user_guid, member_guid, credential_guid from returning_consents
                where user_guid = $2 and member_guid = $3 and credential_guid = $4 and value = $5
                for no key update skip locked) held
            where c.user_guid = held.user_guid and c.member_guid = held.member_guid
                and c.credential_guid = held.credential_guid",
    };
    RETURNING_CONSENTS_VERSIONS: (Vec<u8>, i64) = "select substr(value, 2, 4), count(*) from returning_consents
        group by 1";

    ACCOUNT_NUMBERS_PAGE: SealedRow = "select user_guid, guid, '', told from account_numbers
        where (user_guid, guid) > ($1, $2) and substr(told, 2, 4) <> $3
        order by user_guid, guid limit $4";
    ACCOUNT_NUMBERS_REPLACE = {
        sqlite: "update account_numbers set told = $1 where user_guid = $2 and guid = $3 and told = $4",
        postgres: "update account_numbers n set told = $1
            from (select user_guid, guid from account_numbers where user_guid = $2 and guid = $3 and told = $4
                for no key update skip locked) held
            where n.user_guid = held.user_guid and n.guid = held.guid",
    };
    ACCOUNT_NUMBERS_VERSIONS: (Vec<u8>, i64) = "select substr(told, 2, 4), count(*) from account_numbers group by 1";

    RAW_ANSWERS_PAGE: SealedRow = "select user_guid, job_guid, '', answer from raw_answers
        where (user_guid, job_guid) > ($1, $2) and substr(answer, 2, 4) <> $3
        order by user_guid, job_guid limit $4";
    RAW_ANSWERS_REPLACE = {
        sqlite: "update raw_answers set answer = $1 where user_guid = $2 and job_guid = $3 and answer = $4",
        postgres: "update raw_answers a set answer = $1
            from (select user_guid, job_guid from raw_answers where user_guid = $2 and job_guid = $3 and answer = $4
                for no key update skip locked) held
            where a.user_guid = held.user_guid and a.job_guid = held.job_guid",
    };
    RAW_ANSWERS_VERSIONS: (Vec<u8>, i64) = "select substr(answer, 2, 4), count(*) from raw_answers group by 1";

    OPERATOR_SECRETS_PAGE: SealedRow = "select name, '', '', totp_secret from operators
        where name > $1 and substr(totp_secret, 2, 4) <> $2 order by name limit $3";
    OPERATOR_SECRETS_REPLACE = {
        sqlite: "update operators set totp_secret = $1 where name = $2 and totp_secret = $3",
        postgres: "update operators o set totp_secret = $1
            from (select name from operators where name = $2 and totp_secret = $3
                for no key update skip locked) held
            where o.name = held.name",
    };
    OPERATOR_SECRETS_VERSIONS: (Vec<u8>, i64) = "select substr(totp_secret, 2, 4), count(*) from operators group by 1";
}
