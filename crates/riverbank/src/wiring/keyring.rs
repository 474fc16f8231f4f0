//! The keyring that the configuration names.

use std::fs;
use std::path::Path;

use riverbank_model::{ExposeSecret, Secrets};
use riverbank_store::Keyring;
use zeroize::Zeroizing;

use super::secret_file::{beside, read_or_make};
use crate::config::{Config, ConfigError, MasterKey};
use crate::failure::Failure;

/// The version of a keyring's first key.
pub const FIRST_VERSION: u32 = 1;

/// Reads the keyring. A sandbox that was given none has one made beside its database.
pub fn load(config: &Config, secrets: &dyn Secrets) -> Result<Keyring, Failure> {
    match find(config)? {
        Some(keyring) => Ok(keyring),
        None if config.sandbox => {
            let path = beside(&config.database_url, "key");
            let text = read_or_make(&path, || Keyring::generate_line(FIRST_VERSION, secrets));
            parse(&text.map_err(|error| unreadable(&path, error))?, &path.display().to_string())
        }
        None => Err(ConfigError::MasterKeyMissing.into()),
    }
}

/// Reads the keyring, if there is one.
pub fn find(config: &Config) -> Result<Option<Keyring>, Failure> {
    let path = match &config.master_key {
        Some(MasterKey::Line(line)) => return parse(line.expose_secret(), "RIVERBANK_MASTER_KEY").map(Some),
        Some(MasterKey::File(path)) => path.clone(),
        None => match beside(&config.database_url, "key") {
            path if config.sandbox && path.exists() => path,
            _ => return Ok(None),
        },
    };
    let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
    parse(&Zeroizing::new(text), &path.display().to_string()).map(Some)
}

fn parse(text: &str, place: &str) -> Result<Keyring, Failure> {
    Keyring::parse(text).map_err(|error| Failure::of(error).hint(format!("the keyring is {place}")))
}

fn unreadable(path: &Path, error: std::io::Error) -> Failure {
    Failure::of(error).hint(format!("the keyring is {} (RIVERBANK_MASTER_KEY_FILE)", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Values;
    use crate::system::OsSecrets;

    fn config(values: &[(&'static str, String)]) -> Config {
        Config::load(&values.iter().cloned().collect::<Values>(), |_| None, None).unwrap()
    }

    #[test]
    fn a_sandbox_makes_its_keyring_once_and_others_must_be_given_one() {
        let directory = tempfile::tempdir().unwrap();
        let database = ("database_url", format!("sqlite://{}/bank.db", directory.path().display()));
        assert!(load(&config(std::slice::from_ref(&database)), &OsSecrets).is_err());
        let sandbox = config(&[database, ("sandbox", "true".into())]);
        load(&sandbox, &OsSecrets).unwrap();
        let made = fs::read(directory.path().join("bank.key")).unwrap();
        load(&sandbox, &OsSecrets).unwrap();
        assert_eq!(fs::read(directory.path().join("bank.key")).unwrap(), made);
    }

    #[test]
    fn a_keyring_that_is_none_is_refused_with_its_place() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("k");
        fs::write(&path, "1 short").unwrap();
        let failure =
            load(&config(&[("master_key_file", path.display().to_string())]), &OsSecrets).unwrap_err();
        assert!(failure.to_string().contains(&path.display().to_string()), "{failure}");
    }
}
