//! Files that hold a secret: read, or made at the first start for their owner's eyes only.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use riverbank_store::DatabaseUrl;
use zeroize::Zeroizing;

/// Read and write for the owner, nothing for others.
const OWNER_ONLY: u32 = 0o600;

/// Where a secret of the database is kept: beside an SQLite file, in the working directory for a server's database.
pub fn beside(database: &DatabaseUrl, extension: &str) -> PathBuf {
    database.path().unwrap_or(Path::new("riverbank")).with_extension(extension)
}

/// The file's text; when there is no file, one is made with what `make` gives.
pub fn read_or_make(path: &Path, make: impl FnOnce() -> Zeroizing<String>) -> io::Result<Zeroizing<String>> {
    match fs::read_to_string(path) {
        // What a crash left between making the file and writing it.
        Ok(text) if text.trim().is_empty() => {
            Err(io::Error::other("the file is empty: remove it, and a new one is made"))
        }
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let text = make();
            let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)?;
            writeln!(file, "{}", *text)?;
            // What is sealed with a key must not outlive it.
            file.sync_all()?;
            tracing::info!(path = %path.display(), "a secret was made");
            Ok(text)
        }
        Err(error) => Err(error),
    }
}

/// Makes a file with these bytes; one that is there stays as it is.
pub fn make(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Puts `text` into a file that is there, all of it or nothing; owner and mode stay, and a link stays a link.
pub fn replace(path: &Path, text: &str) -> io::Result<()> {
    let path = path.canonicalize()?;
    let before = fs::metadata(&path)?;
    let fresh = path.with_added_extension("new");
    // What a crash left.
    match fs::remove_file(&fresh) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(OWNER_ONLY).open(&fresh)?;
    fchown(&file, Some(before.uid()), Some(before.gid()))?;
    file.set_permissions(before.permissions())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, &path)?;
    File::open(path.parent().unwrap_or(Path::new("/")))?.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_made_once_for_its_owner_only() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("a.key");
        let made = read_or_make(&path, || Zeroizing::new("first".into())).unwrap();
        let read = read_or_make(&path, || Zeroizing::new("second".into())).unwrap();
        assert_eq!((made.as_str(), read.trim_end()), ("first", "first"));
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, OWNER_ONLY);
    }

    #[test]
    fn a_secret_stands_beside_an_sqlite_file_or_in_the_working_directory() {
        let place = |url: &str| beside(&url.parse().unwrap(), "key");
        assert_eq!(place("sqlite:///var/lib/bank.db"), Path::new("/var/lib/bank.key"));
        assert_eq!(place("postgres://localhost/bank"), Path::new("riverbank.key"));
    }
}
