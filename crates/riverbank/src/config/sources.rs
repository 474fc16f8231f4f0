//! The four places a setting may come from, one over the other: flag, environment, file, default.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use riverbank_model::{ExposeSecret, SecretText};

use super::error::ConfigError;
use super::file;
use super::setting::{SETTINGS, Setting};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Flag(String),
    Environment(String),
    File(PathBuf),
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(name) | Origin::Environment(name) => formatter.write_str(name),
            Origin::File(path) => write!(formatter, "{}", path.display()),
            Origin::Default => formatter.write_str("default"),
        }
    }
}

/// A value as it was written, and where.
#[derive(Debug, Clone)]
pub struct Given {
    pub text: SecretText,
    pub origin: Origin,
}

/// The values that were given, each from the uppermost place that has it.
#[derive(Debug, Clone, Default)]
pub struct Sources(BTreeMap<&'static str, Given>);

/// Values by the key of their setting.
pub type Values = BTreeMap<&'static str, String>;

impl Sources {
    /// Lays flags over environment over file. An empty environment variable counts as not set.
    pub fn gather(
        flags: &Values,
        variable: impl Fn(&str) -> Option<String>,
        path: Option<&Path>,
    ) -> Result<Self, ConfigError> {
        let mut given = BTreeMap::new();
        if let Some(path) = path {
            let origin = Origin::File(path.to_path_buf());
            lay(&mut given, &file::read(path)?, |_| origin.clone());
        }
        let environment = SETTINGS
            .iter()
            .filter_map(|setting| Some((setting.key, variable(&setting.variable())?)))
            .filter(|(_, text)| !text.is_empty())
            .collect();
        lay(&mut given, &environment, |setting| Origin::Environment(setting.variable()));
        lay(&mut given, flags, |setting| Origin::Flag(setting.flag().unwrap_or_default()));
        Ok(Self(given))
    }

    /// What was given for the setting, or its constant default.
    pub fn get(&self, setting: &Setting) -> Option<Given> {
        self.0.get(setting.key).cloned().or_else(|| {
            let text = setting.default?.into();
            Some(Given { text, origin: Origin::Default })
        })
    }

    /// The value of the setting, read by `parse`, which says in words what is wrong when it cannot.
    pub fn read<T, P: ToString>(
        &self,
        setting: &'static Setting,
        parse: impl FnOnce(&str) -> Result<T, P>,
    ) -> Result<Option<T>, ConfigError> {
        let Some(given) = self.get(setting) else {
            return Ok(None);
        };
        match parse(given.text.expose_secret()) {
            Ok(value) => Ok(Some(value)),
            Err(problem) => Err(ConfigError::invalid(setting, &given, &problem)),
        }
    }
}

fn lay(given: &mut BTreeMap<&'static str, Given>, values: &Values, origin: impl Fn(&Setting) -> Origin) {
    for setting in SETTINGS {
        if let Some(text) = values.get(setting.key) {
            given.insert(setting.key, Given { text: text.as_str().into(), origin: origin(setting) });
        }
    }
}
