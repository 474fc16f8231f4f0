//! What can be wrong with a configuration, each with the sentence that says how to mend it.

use std::io;
use std::path::PathBuf;

use riverbank_model::ExposeSecret;

use super::setting::{Secrecy, Setting};
use super::sources::Given;

#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("the configuration file {} cannot be read: {source}", path.display())]
    FileUnreadable { path: PathBuf, source: io::Error },
    #[error("{} is not TOML: line {place}: {reason}", path.display())]
    FileMalformed { path: PathBuf, place: usize, reason: String },
    #[error("{} has a key that is no setting: `{key}`", path.display())]
    UnknownKey { path: PathBuf, key: String, near: Option<&'static str> },
    #[error("{}: `{key}` must be a text, a whole number, true or false; it is of type {found}", path.display())]
    WrongType { path: PathBuf, key: &'static str, found: &'static str },
    #[error("{key} (from {origin}): {problem}{found}")]
    Invalid { key: &'static str, origin: String, problem: String, found: String },
    #[error("{one} and {other} both give a master key")]
    TwoMasterKeys { one: String, other: String },
    #[error("scripted banks are for sandboxes, and this is none")]
    ScenariosOutsideSandbox,
    #[error("outside a sandbox a server needs a master key, which seals the credentials that users give")]
    MasterKeyMissing,
    #[error("outside a sandbox a server needs the public address that browsers reach it by")]
    PublicUrlMissing,
    #[error("outside a sandbox the public address must be https, and {url} is not")]
    PublicUrlNotHttps { url: String },
    #[error("TLS needs a certificate and its key, and only one of them is given")]
    HalfTls,
    #[error("micro deposits by NACHA files need all nacha settings, and {missing} is not given")]
    HalfNacha { missing: &'static str },
    #[error("{given} is of no use without {missing}, which is not given")]
    Half { given: &'static str, missing: &'static str },
    #[error("a sandbox listens on {listen}, which other machines can reach")]
    SandboxExposed { listen: String },
}

impl ConfigError {
    pub(super) fn invalid(setting: &'static Setting, given: &Given, problem: &impl ToString) -> Self {
        let found = match setting.secrecy {
            Secrecy::Open => format!(", not `{}`", given.text.expose_secret()),
            Secrecy::HoldsPassword | Secrecy::Secret => String::new(),
        };
        Self::Invalid {
            key: setting.key,
            origin: given.origin.to_string(),
            problem: problem.to_string(),
            found,
        }
    }

    /// How to mend it, where the message does not say so itself.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::FileUnreadable { .. }
            | Self::FileMalformed { .. }
            | Self::WrongType { .. }
            | Self::Invalid { .. } => None,
            Self::UnknownKey { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::UnknownKey { near: None, .. } => Some("`riverbank serve --help` lists the settings".into()),
            Self::TwoMasterKeys { .. } => Some("give one of them".into()),
            Self::HalfTls => Some("give --tls-cert and --tls-key, or neither".into()),
            Self::Half { .. } => Some("give both, or neither".into()),
            Self::HalfNacha { .. } => Some("give all of them, or none".into()),
            Self::ScenariosOutsideSandbox => Some("leave --scenarios out, or add --sandbox".into()),
            Self::MasterKeyMissing => Some(
                "make one with `riverbank keys generate > riverbank.key`, then set RIVERBANK_MASTER_KEY_FILE=riverbank.key \
                 (or run a sandbox with --sandbox)"
                    .into(),
            ),
            Self::PublicUrlMissing | Self::PublicUrlNotHttps { .. } => Some(
                "set --public-url https://NAME, the address of this server or of the TLS proxy before it (or run a sandbox \
                 with --sandbox)"
                    .into(),
            ),
            Self::SandboxExposed { .. } => Some(
                "listen on 127.0.0.1, or add --sandbox-public if whoever reaches this address may use the test banks"
                    .into(),
            ),
        }
    }
}
