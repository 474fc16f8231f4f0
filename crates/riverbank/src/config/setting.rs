//! The table of settings: one row is one key of the file, one environment variable and, unless it is a secret, one flag.

mod messages;
mod nacha;

pub use messages::{CONTACTS_ARE_VERIFIED, MAIL_FROM, MESSAGE_GATEWAY_SECRET, MESSAGE_GATEWAY_URL, SMTP_URL};
pub use nacha::{
    NACHA_BANK_NAME, NACHA_COMPANY_ID, NACHA_COMPANY_NAME, NACHA_DIRECTORY, NACHA_ROUTING_NUMBER,
    NACHA_SETTLEMENT_ACCOUNT,
};

/// One setting as people meet it.
#[derive(Debug, PartialEq, Eq)]
pub struct Setting {
    /// The key in the TOML file; the flag and the environment variable are made from it.
    pub key: &'static str,
    /// What stands for the value in `--help`; empty for a switch.
    pub value_name: &'static str,
    /// The default as it would be written, where it is a constant.
    pub default: Option<&'static str>,
    /// What the default depends on, in words, where it is not a constant.
    pub default_in_words: &'static str,
    /// What the setting does, in one sentence or two.
    pub meaning: &'static str,
    pub scope: Scope,
    pub secrecy: Secrecy,
}

/// Which commands take the setting as a flag. All commands read all settings from file and environment.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Scope {
    Everywhere,
    Serving,
}

/// How much of a value may be shown.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum Secrecy {
    Open,
    /// A database address: shown without its password.
    HoldsPassword,
    /// Never shown, and never a flag: other users of a machine see the arguments of a process.
    Secret,
}

impl Setting {
    /// `--database-url`, or nothing for a secret.
    pub fn flag(&self) -> Option<String> {
        (self.secrecy != Secrecy::Secret).then(|| format!("--{}", self.key.replace('_', "-")))
    }

    /// `RIVERBANK_DATABASE_URL`.
    pub fn variable(&self) -> String {
        format!("{VARIABLE_PREFIX}{}", self.key.to_uppercase())
    }

    pub fn is_switch(&self) -> bool {
        self.value_name.is_empty()
    }
}

/// What the name of every environment variable of a setting begins with.
pub const VARIABLE_PREFIX: &str = "RIVERBANK_";

const SETTING: Setting = Setting {
    key: "",
    value_name: "",
    default: None,
    default_in_words: "none",
    meaning: "",
    scope: Scope::Serving,
    secrecy: Secrecy::Open,
};

pub const DATABASE_URL: Setting = Setting {
    key: "database_url",
    value_name: "URL",
    default: Some("sqlite://riverbank.db"),
    meaning: "Where the data is kept: `sqlite://PATH` or `postgres://USER:PASSWORD@HOST/NAME`.",
    scope: Scope::Everywhere,
    secrecy: Secrecy::HoldsPassword,
    ..SETTING
};

pub const SANDBOX: Setting = Setting {
    key: "sandbox",
    default: Some("false"),
    meaning: "Run as a sandbox: test banks, a clock that can be moved, and the control calls. A database belongs to \
              one mode for good.",
    scope: Scope::Everywhere,
    ..SETTING
};

pub const MASTER_KEY_FILE: Setting = Setting {
    key: "master_key_file",
    value_name: "FILE",
    default_in_words: "in a sandbox a file made beside the database; otherwise one must be given",
    meaning: "The keyring that seals credentials: lines of a version and a key, the last one current. \
              `riverbank keys generate` prints such a line.",
    scope: Scope::Everywhere,
    ..SETTING
};

pub const MASTER_KEY: Setting = Setting {
    key: "master_key",
    value_name: "LINE",
    meaning: "A keyring of one line, in place of the file.",
    scope: Scope::Everywhere,
    secrecy: Secrecy::Secret,
    ..SETTING
};

pub const LOG: Setting = Setting {
    key: "log",
    value_name: "FILTER",
    default: Some("info"),
    meaning: "What is logged, to standard error: a level (`error`, `warn`, `info`, `debug`, `trace`), or levels by \
              module, as in `info,riverbank_engine=debug`.",
    scope: Scope::Everywhere,
    ..SETTING
};

pub const LOG_FORMAT: Setting = Setting {
    key: "log_format",
    value_name: "FORMAT",
    default_in_words: "`pretty` on a terminal, `json` elsewhere",
    meaning: "How a line of the log is written: `json` or `pretty`.",
    scope: Scope::Everywhere,
    ..SETTING
};

pub const LISTEN: Setting = Setting {
    key: "listen",
    value_name: "ADDRESS",
    default: Some("127.0.0.1:8040"),
    meaning: "The address and port to serve. Port 0 takes a free one.",
    ..SETTING
};

pub const PUBLIC_URL: Setting = Setting {
    key: "public_url",
    value_name: "URL",
    default_in_words: "in a sandbox `http://` and the bound address; otherwise one must be given",
    meaning: "What browsers and partners reach this server by; every address that is handed out begins with it. \
              Must be https outside a sandbox.",
    ..SETTING
};

pub const OPS_LISTEN: Setting = Setting {
    key: "ops_listen",
    value_name: "ADDRESS",
    default_in_words: "none: `/health` is served with the rest, and `/metrics` to loopback only",
    meaning: "An address of its own for `/health` and `/metrics`.",
    ..SETTING
};

pub const TLS_CERT: Setting = Setting {
    key: "tls_cert",
    value_name: "FILE",
    default_in_words: "none: http is served",
    meaning: "A chain of certificates in PEM, the server's own first: https is served, and nothing else. Read anew on SIGHUP.",
    ..SETTING
};

pub const TLS_KEY: Setting = Setting {
    key: "tls_key",
    value_name: "FILE",
    meaning: "The private key of the certificate, in PEM.",
    ..SETTING
};

pub const SANDBOX_PUBLIC: Setting = Setting {
    key: "sandbox_public",
    default: Some("false"),
    meaning: "Let a sandbox listen outside loopback. Whoever reaches it can move its clock if they hold the control key.",
    ..SETTING
};

pub const CONTROL_KEY: Setting = Setting {
    key: "control_key",
    value_name: "KEY",
    default_in_words: "made at the first start, in a file beside the database whose path is logged",
    meaning: "What the control calls of a sandbox ask for in the header `MD-CONTROL-KEY`.",
    secrecy: Secrecy::Secret,
    ..SETTING
};

pub const SEED: Setting = Setting {
    key: "seed",
    value_name: "TEXT",
    default: Some("riverbank"),
    meaning: "What a sandbox derives its guids and its banks' data from: the same seed gives the same data.",
    ..SETTING
};

pub const SCENARIOS: Setting = Setting {
    key: "scenarios",
    value_name: "DIRECTORY",
    meaning: "Files of further scripted banks (`*.toml`) that a sandbox loads beside the built-in ones.",
    ..SETTING
};

pub const WORKERS: Setting = Setting {
    key: "workers",
    value_name: "NUMBER",
    default: Some("16"),
    meaning: "How many jobs this server works on at once, 1 to 1000.",
    ..SETTING
};

pub const WORKERS_PER_INSTITUTION: Setting = Setting {
    key: "workers_per_institution",
    value_name: "NUMBER",
    default: Some("8"),
    meaning: "How many jobs of one institution run at once, over all servers of the database, 1 to 1000: so that a \
              slow bank leaves room for the others.",
    ..SETTING
};

pub const JOB_LEASE: Setting = Setting {
    key: "job_lease",
    value_name: "DURATION",
    default: Some("30s"),
    meaning: "How long a server may be without a sign of life before another one takes its jobs over, as in `10s`.",
    ..SETTING
};

pub const REQUEST_LIMIT: Setting = Setting {
    key: "request_limit",
    value_name: "NUMBER",
    default_in_words: "`off` in a sandbox, `100` otherwise",
    meaning: "Requests that each client may make in a second before it is answered 429, or `off`.",
    ..SETTING
};

pub const CHALLENGE_TIMEOUT: Setting = Setting {
    key: "challenge_timeout",
    value_name: "DURATION",
    default: Some("10m"),
    meaning: "How long a bank's challenge waits for its answer before the member expires, as in `90s` or `10m`.",
    ..SETTING
};

pub const OPEN_NETWORKS: Setting = Setting {
    key: "open_networks",
    value_name: "NETWORKS",
    meaning: "Private networks in which institutions and webhook endpoints may be connected to, separated by commas, as in `10.2.0.0/16`. \
              All others are closed outside a sandbox.",
    ..SETTING
};

pub const CONSOLE: Setting = Setting {
    key: "console",
    default: Some("false"),
    meaning: "Serve the operators' console at `/console`. `riverbank operator add` adds who may log in.",
    ..SETTING
};

/// All settings, in the order in which `--help`, `doctor` and the documentation show them.
/// How long an endpoint may take for a webhook.
pub const WEBHOOK_TIMEOUT: Setting = Setting {
    key: "webhook_timeout",
    value_name: "DURATION",
    default: Some("10s"),
    meaning: "How long a partner's endpoint may take to answer a webhook, from connecting to the end of its answer, \
              before that counts as not received.",
    ..SETTING
};

/// How long the log of webhooks is kept.
pub const WEBHOOK_LOG_DAYS: Setting = Setting {
    key: "webhook_log_days",
    value_name: "DAYS",
    default: Some("30"),
    meaning: "How many days webhooks are kept with their bodies and what was answered, to be looked at and replayed, \
              1 to 3650.",
    ..SETTING
};

/// How long raw answers are kept.
pub const RAW_ANSWER_DAYS: Setting = Setting {
    key: "raw_answer_days",
    value_name: "DAYS",
    default: Some("7"),
    meaning: "How many days what institutions answer is kept as it came, to be looked at and imported again, 0 to 3650; \
              0 keeps none.",
    ..SETTING
};

/// How long sums of requests are kept.
pub const MEMBER_REQUEST_DAYS: Setting = Setting {
    key: "member_request_days",
    value_name: "DAYS",
    default: Some("7"),
    meaning: "How many days the console tells which requests touched a member, summed by minute, 0 to 3650; 0 counts none.",
    ..SETTING
};

pub const SETTINGS: [&Setting; 37] = [
    &DATABASE_URL,
    &SANDBOX,
    &MASTER_KEY_FILE,
    &MASTER_KEY,
    &LOG,
    &LOG_FORMAT,
    &LISTEN,
    &PUBLIC_URL,
    &OPS_LISTEN,
    &TLS_CERT,
    &TLS_KEY,
    &SANDBOX_PUBLIC,
    &CONTROL_KEY,
    &SEED,
    &SCENARIOS,
    &WORKERS,
    &WORKERS_PER_INSTITUTION,
    &JOB_LEASE,
    &REQUEST_LIMIT,
    &CHALLENGE_TIMEOUT,
    &OPEN_NETWORKS,
    &WEBHOOK_TIMEOUT,
    &WEBHOOK_LOG_DAYS,
    &RAW_ANSWER_DAYS,
    &MEMBER_REQUEST_DAYS,
    &NACHA_DIRECTORY,
    &NACHA_ROUTING_NUMBER,
    &NACHA_BANK_NAME,
    &NACHA_COMPANY_ID,
    &NACHA_COMPANY_NAME,
    &NACHA_SETTLEMENT_ACCOUNT,
    &SMTP_URL,
    &MAIL_FROM,
    &MESSAGE_GATEWAY_URL,
    &MESSAGE_GATEWAY_SECRET,
    &CONTACTS_ARE_VERIFIED,
    &CONSOLE,
];

/// The setting of that key.
pub fn named(key: &str) -> Option<&'static Setting> {
    SETTINGS.into_iter().find(|setting| setting.key == key)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write;

    use super::*;

    /// The table in the operations guide, as this table says it.
    fn documented() -> String {
        let mut table = String::from(
            "| key | flag | environment | default | meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        for setting in SETTINGS {
            let flag = setting.flag().map_or("none: a secret".to_owned(), |flag| format!("`{flag}`"));
            let default = setting
                .default
                .map_or_else(|| setting.default_in_words.to_owned(), |value| format!("`{value}`"));
            writeln!(
                table,
                "| `{}` | {flag} | `{}` | {default} | {} |",
                setting.key,
                setting.variable(),
                setting.meaning,
            )
            .unwrap();
        }
        table
    }

    #[test]
    fn the_operations_guide_holds_the_table_of_settings() {
        let guide = include_str!("../../../../docs/operations.md");
        let table = documented();
        assert!(guide.contains(&table), "docs/operations.md should contain:\n{table}");
    }

    #[test]
    fn no_key_stands_twice() {
        let keys: BTreeSet<_> = SETTINGS.iter().map(|setting| setting.key).collect();
        assert_eq!(keys.len(), SETTINGS.len());
    }

    #[test]
    fn a_secret_is_never_a_flag() {
        assert_eq!(MASTER_KEY.flag(), None);
        assert_eq!(CONTROL_KEY.flag(), None);
        assert_eq!(MASTER_KEY_FILE.flag().unwrap(), "--master-key-file");
    }
}
