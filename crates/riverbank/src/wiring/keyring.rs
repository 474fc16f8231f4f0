//! The keyring that the configuration names.

use std::error::Error;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use riverbank_model::{ExposeSecret, Secrets};
use riverbank_store::{Keyring, KeyringSource, Store, Vault, VaultError};
use zeroize::Zeroizing;

use super::secret_file::{beside, read_or_make, replace};
use crate::config::{Config, ConfigError, MasterKey};
use crate::failure::Failure;

/// The version of a keyring's first key.
pub const FIRST_VERSION: u32 = 1;

/// The vault of a migrated database, with the keyring that the configuration names.
pub async fn unlock(config: &Config, store: &Store, secrets: &dyn Secrets) -> Result<Vault, Failure> {
    let keyring = load(config, secrets)?;
    let vault = Vault::unlock(store, keyring, secrets).await.map_err(|error| locked(&error, config))?;
    Ok(match file(config) {
        Some(path) => vault.following(KeyringFile(path)),
        None => vault,
    })
}

fn locked(error: &VaultError, config: &Config) -> Failure {
    let failure = Failure::of(error);
    match error {
        VaultError::Store(_) => failure,
        _ => failure.hint(format!(
            "the keyring is {}; give the one that this database was sealed with (RIVERBANK_MASTER_KEY_FILE)",
            file(config).map_or("RIVERBANK_MASTER_KEY".to_owned(), |path| path.display().to_string())
        )),
    }
}

/// The file of the keyring; none where it is given as a value.
pub fn file(config: &Config) -> Option<PathBuf> {
    match &config.master_key {
        Some(MasterKey::Line(_)) => None,
        Some(MasterKey::File(path)) => Some(path.clone()),
        None => Some(beside(&config.database_url, "key")),
    }
}

/// A keyring that can change while a server runs.
struct KeyringFile(PathBuf);

impl KeyringSource for KeyringFile {
    fn read(&self) -> Result<Keyring, Box<dyn Error + Send + Sync>> {
        read(&self.0).map_err(|failure| failure.to_string().into())
    }
}

/// Appends a new key to the file of a keyring and gives its version. What else stands there stays.
pub fn append(path: &Path, secrets: &dyn Secrets) -> Result<u32, Failure> {
    let failed = |error| unreadable(path, error);
    // Two that append at once would lose one of the keys.
    let folder = path.canonicalize().map_err(failed)?;
    let folder = File::open(folder.parent().unwrap_or(Path::new("/"))).map_err(failed)?;
    folder.try_lock().map_err(|error| match error {
        TryLockError::WouldBlock => {
            Failure::new("another `riverbank keys rotate` is at work on this keyring")
        }
        TryLockError::Error(error) => failed(error),
    })?;
    let text = Zeroizing::new(fs::read_to_string(path).map_err(failed)?);
    let version = parse(&text, &path.display().to_string())?.next_version();
    let line = Keyring::generate_line(version, secrets);
    let longer = Zeroizing::new(format!("{}\n{}\n", text.trim_end(), *line));
    // Refuses a version after the last one that there can be.
    parse(&longer, &path.display().to_string())?;
    replace(path, &longer).map_err(failed)?;
    Ok(version)
}

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
    match &config.master_key {
        Some(MasterKey::Line(line)) => parse(line.expose_secret(), "RIVERBANK_MASTER_KEY").map(Some),
        Some(MasterKey::File(path)) => read(path).map(Some),
        None => match beside(&config.database_url, "key") {
            path if config.sandbox && path.exists() => read(&path).map(Some),
            _ => Ok(None),
        },
    }
}

fn read(path: &Path) -> Result<Keyring, Failure> {
    let text = fs::read_to_string(path).map_err(|error| unreadable(path, error))?;
    parse(&Zeroizing::new(text), &path.display().to_string())
}

fn parse(text: &str, place: &str) -> Result<Keyring, Failure> {
    Keyring::parse(text).map_err(|error| Failure::of(error).hint(format!("the keyring is {place}")))
}

fn unreadable(path: &Path, error: std::io::Error) -> Failure {
    Failure::of(error).hint(format!("the keyring is {} (RIVERBANK_MASTER_KEY_FILE)", path.display()))
}

#[cfg(test)]
mod tests {
    use std::fs::Permissions;
    use std::os::unix::fs::{PermissionsExt, symlink};

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
    fn a_new_key_is_appended_and_all_else_stays() {
        let directory = tempfile::tempdir().unwrap();
        let (path, link) = (directory.path().join("k"), directory.path().join("link"));
        let old = format!("# since May\n{}\n\n", *Keyring::generate_line(7, &OsSecrets));
        fs::write(&path, &old).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        symlink(&path, &link).unwrap();
        assert_eq!(append(&link, &OsSecrets).unwrap(), 8);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(old.trim_end()), "{text}");
        assert_eq!(Keyring::parse(&text).unwrap().versions().collect::<Vec<_>>(), [7, 8]);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(link.is_symlink());
        assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 2);
    }

    #[test]
    fn after_the_last_version_nothing_is_appended() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("k");
        let text = Keyring::generate_line(u32::MAX, &OsSecrets);
        fs::write(&path, &*text).unwrap();
        assert!(append(&path, &OsSecrets).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), *text);
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
