//! The TOML file: one key per setting, none that is not known.

use std::path::Path;

use toml::{Table, Value};

use super::error::ConfigError;
use super::setting::{SETTINGS, named};
use super::sources::Values;

/// How alike two keys must be for one to be offered in place of the other; 1 is equal.
const NEAR: f64 = 0.7;

/// Reads the file's settings as text, whatever their TOML type.
pub fn read(path: &Path) -> Result<Values, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::FileUnreadable { path: path.to_path_buf(), source })?;
    let table: Table = text.parse().map_err(|source: toml::de::Error| ConfigError::FileMalformed {
        path: path.to_path_buf(),
        place: source.span().map_or(1, |span| text[..span.start].lines().count().max(1)),
        reason: source.message().to_owned(),
    })?;
    table.into_iter().map(|(key, value)| setting_of(path, &key, value)).collect()
}

fn setting_of(path: &Path, key: &str, value: Value) -> Result<(&'static str, String), ConfigError> {
    let setting = named(key).ok_or_else(|| ConfigError::UnknownKey {
        path: path.to_path_buf(),
        key: key.to_owned(),
        near: near(key),
    })?;
    let text = match value {
        Value::String(text) => text,
        Value::Integer(number) => number.to_string(),
        Value::Boolean(switch) => switch.to_string(),
        Value::Float(_) | Value::Datetime(_) | Value::Array(_) | Value::Table(_) => {
            return Err(ConfigError::WrongType {
                path: path.to_path_buf(),
                key: setting.key,
                found: value.type_str(),
            });
        }
    };
    Ok((setting.key, text))
}

fn near(key: &str) -> Option<&'static str> {
    let likeness = |candidate: &str| strsim::jaro_winkler(key, candidate);
    SETTINGS
        .into_iter()
        .map(|setting| setting.key)
        .max_by(|one, other| likeness(one).total_cmp(&likeness(other)))
        .filter(|candidate| likeness(candidate) >= NEAR)
}
