//! The configuration: flags over environment over the TOML file over defaults.

mod error;
mod file;
mod flags;
mod mail;
mod nacha;
mod setting;
mod sources;
#[cfg(test)]
mod tests;
mod values;

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use riverbank_connect::transport::Network;
use riverbank_model::{ExposeSecret, SecretText};
use riverbank_store::DatabaseUrl;
use url::Url;

pub use error::ConfigError;
pub use flags::{GeneralFlags, ServingFlags};
pub use mail::{Mail, MessageGateway};
pub use nacha::Nacha;
pub use sources::{Origin, Values};

use setting::{MASTER_KEY, MASTER_KEY_FILE, SETTINGS, Secrecy, Setting};
use sources::Sources;

/// How many requests a client may make in a second where nothing else is said, outside a sandbox.
const REQUEST_LIMIT: NonZeroU32 = NonZeroU32::new(100).expect("not zero");

/// Everything that can be set, read and checked one by one. What must fit together for a server stands in
/// [`Config::check_serving`].
#[derive(Debug, Clone)]
pub struct Config {
    pub database_url: DatabaseUrl,
    pub sandbox: bool,
    pub sandbox_public: bool,
    pub master_key: Option<MasterKey>,
    pub control_key: Option<SecretText>,
    pub log: String,
    pub log_format: Option<LogFormat>,
    pub listen: SocketAddr,
    pub ops_listen: Option<SocketAddr>,
    pub public_url: Option<Url>,
    pub tls: Option<TlsFiles>,
    pub seed: String,
    pub scenarios: Option<PathBuf>,
    /// How many jobs are worked on at once.
    pub workers: usize,
    pub workers_per_institution: usize,
    /// How long a job is held without a sign of life.
    pub job_lease: Duration,
    /// Requests per client and second; none means no limit.
    pub request_limit: Option<NonZeroU32>,
    pub challenge_timeout: Duration,
    /// Private networks in which institutions may be connected to.
    pub open_networks: Vec<Network>,
    /// How long an endpoint may take for a webhook.
    pub webhook_timeout: Duration,
    /// How long webhooks are kept.
    pub webhook_log: Duration,
    /// How long raw answers are kept; not at all when this is zero.
    pub raw_answers: Duration,
    /// How long sums of requests that touched members are kept.
    pub member_requests: Duration,
    /// How micro deposits are sent in NACHA files, if they are.
    pub nacha: Option<Nacha>,
    /// How mail goes out, if it does.
    pub mail: Option<Mail>,
    /// Who carries text messages and pushes, if anyone does.
    pub message_gateway: Option<MessageGateway>,
    /// Whether the addresses and telephone numbers that partners give are taken as verified.
    pub contacts_are_verified: bool,
    /// Whether the operators' console is served.
    pub console: bool,
    sources: Sources,
}

/// Where the keyring is.
#[derive(Debug, Clone)]
pub enum MasterKey {
    /// The keyring itself, of one line.
    Line(SecretText),
    File(PathBuf),
}

/// Where the certificate and its key are.
#[derive(Debug, Clone)]
pub struct TlsFiles {
    pub certificate: PathBuf,
    pub key: PathBuf,
}

/// How a line of the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Json,
    Pretty,
}

/// One setting with its value in force, as `doctor` shows it: secrets are masked.
#[derive(Debug, PartialEq, Eq)]
pub struct InForce {
    pub key: &'static str,
    pub value: String,
    pub origin: Origin,
}

impl Config {
    /// Reads every setting. `variable` looks up an environment variable.
    pub fn load(
        flags: &Values,
        variable: impl Fn(&str) -> Option<String>,
        file: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let sources = Sources::gather(flags, variable, file)?;
        let sandbox = switch(&sources, &setting::SANDBOX)?;
        Ok(Self {
            database_url: required(&sources, &setting::DATABASE_URL, str::parse::<DatabaseUrl>)?,
            sandbox,
            sandbox_public: switch(&sources, &setting::SANDBOX_PUBLIC)?,
            master_key: master_key(&sources)?,
            control_key: sources.read(&setting::CONTROL_KEY, values::control_key)?,
            log: required(&sources, &setting::LOG, values::log_filter)?,
            log_format: sources.read(&setting::LOG_FORMAT, values::log_format)?,
            listen: required(&sources, &setting::LISTEN, values::address)?,
            ops_listen: sources.read(&setting::OPS_LISTEN, values::address)?,
            public_url: sources.read(&setting::PUBLIC_URL, values::public_url)?,
            tls: tls(&sources)?,
            seed: required(&sources, &setting::SEED, values::text)?,
            scenarios: sources.read(&setting::SCENARIOS, values::path)?,
            workers: required(&sources, &setting::WORKERS, values::workers)?,
            workers_per_institution: required(&sources, &setting::WORKERS_PER_INSTITUTION, values::workers)?,
            job_lease: required(&sources, &setting::JOB_LEASE, values::duration)?,
            request_limit: sources
                .read(&setting::REQUEST_LIMIT, values::request_limit)?
                .unwrap_or((!sandbox).then_some(REQUEST_LIMIT)),
            open_networks: sources.read(&setting::OPEN_NETWORKS, values::networks)?.unwrap_or_default(),
            challenge_timeout: required(&sources, &setting::CHALLENGE_TIMEOUT, values::duration)?,
            webhook_timeout: required(&sources, &setting::WEBHOOK_TIMEOUT, values::duration)?,
            webhook_log: required(&sources, &setting::WEBHOOK_LOG_DAYS, values::days)?,
            raw_answers: required(&sources, &setting::RAW_ANSWER_DAYS, values::days_if_any)?,
            member_requests: required(&sources, &setting::MEMBER_REQUEST_DAYS, values::days_if_any)?,
            nacha: Nacha::read(&sources)?,
            mail: Mail::read(&sources)?,
            message_gateway: MessageGateway::read(&sources)?,
            contacts_are_verified: switch(&sources, &setting::CONTACTS_ARE_VERIFIED)?,
            console: switch(&sources, &setting::CONSOLE)?,
            sources,
        })
    }

    /// What a server needs beyond single values that are right: outside a sandbox a master key and an https address
    /// for the public; in a sandbox, loopback or the word that it may be reached.
    pub fn check_serving(&self) -> Result<(), ConfigError> {
        if self.sandbox {
            if self.listen.ip().is_loopback() || self.sandbox_public {
                return Ok(());
            }
            return Err(ConfigError::SandboxExposed { listen: self.listen.to_string() });
        }
        if self.scenarios.is_some() {
            return Err(ConfigError::ScenariosOutsideSandbox);
        }
        if self.master_key.is_none() {
            return Err(ConfigError::MasterKeyMissing);
        }
        match &self.public_url {
            None => Err(ConfigError::PublicUrlMissing),
            Some(url) if url.scheme() != "https" => {
                Err(ConfigError::PublicUrlNotHttps { url: url.to_string() })
            }
            Some(_) => Ok(()),
        }
    }

    /// All settings with their values in force and where each came from.
    pub fn in_force(&self) -> impl Iterator<Item = InForce> {
        SETTINGS.into_iter().map(|setting| {
            let (value, origin) = match self.sources.get(setting) {
                Some(given) => (shown(setting, given.text.expose_secret()), given.origin),
                None => (setting.default_in_words.to_owned(), Origin::Default),
            };
            InForce { key: setting.key, value, origin }
        })
    }
}

fn shown(setting: &Setting, text: &str) -> String {
    match setting.secrecy {
        Secrecy::Open => text.to_owned(),
        Secrecy::HoldsPassword => {
            text.parse::<DatabaseUrl>().map_or_else(|problem| problem.to_string(), |url| url.to_string())
        }
        Secrecy::Secret => "(set, not shown)".to_owned(),
    }
}

fn switch(sources: &Sources, setting: &'static Setting) -> Result<bool, ConfigError> {
    required(sources, setting, values::switch)
}

/// A setting that has a constant default, so that there is always a value.
fn required<T, P: ToString>(
    sources: &Sources,
    setting: &'static Setting,
    parse: impl FnOnce(&str) -> Result<T, P>,
) -> Result<T, ConfigError> {
    Ok(sources.read(setting, parse)?.expect("the setting has a constant default"))
}

/// Both files or none.
fn tls(sources: &Sources) -> Result<Option<TlsFiles>, ConfigError> {
    let certificate = sources.read(&setting::TLS_CERT, values::path)?;
    let key = sources.read(&setting::TLS_KEY, values::path)?;
    match (certificate, key) {
        (Some(certificate), Some(key)) => Ok(Some(TlsFiles { certificate, key })),
        (None, None) => Ok(None),
        _ => Err(ConfigError::HalfTls),
    }
}

/// The line or the file, whichever stands in the upper place; both in one place is a mistake.
fn master_key(sources: &Sources) -> Result<Option<MasterKey>, ConfigError> {
    let line = sources.read(&MASTER_KEY, values::secret)?;
    let file = sources.read(&MASTER_KEY_FILE, values::path)?;
    let (Some(line), Some(file)) = (&line, &file) else {
        return Ok(line.map(MasterKey::Line).or(file.map(MasterKey::File)));
    };
    let origin = |setting| sources.get(setting).map_or(Origin::Default, |given| given.origin);
    let (of_line, of_file) = (origin(&MASTER_KEY), origin(&MASTER_KEY_FILE));
    match (&of_line, &of_file) {
        (_, Origin::Flag(_)) | (Origin::File(_), Origin::Environment(_)) => {
            Ok(Some(MasterKey::File(file.clone())))
        }
        (Origin::Environment(_), Origin::File(_)) => Ok(Some(MasterKey::Line(line.clone()))),
        _ => Err(ConfigError::TwoMasterKeys { one: of_line.to_string(), other: of_file.to_string() }),
    }
}
