//! Files that appear under their name whole, or not at all.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why a file cannot be made; each says what to do.
#[derive(Debug, Error)]
pub enum StagingError {
    /// Nothing is overwritten.
    #[error("{0} is there already, and nothing is overwritten: give another name, or move it away")]
    Exists(PathBuf),
    /// Another process writes it now, or one was killed while it did.
    #[error(
        "{0} is there: either another process is writing it, or one was interrupted; in that case remove the file"
    )]
    Unfinished(PathBuf),
    /// The system refuses.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
}

/// A file on its way: written under a name of its own, which is gone with this unless it was published.
pub(in crate::db) struct Staged {
    path: PathBuf,
    part: PathBuf,
}

impl Staged {
    /// Makes `path` with `.part` behind it, empty and for its owner only.
    pub(in crate::db) fn new(path: &Path) -> Result<Self, StagingError> {
        if path.exists() {
            return Err(StagingError::Exists(path.to_owned()));
        }
        let part = beside(path, ".part");
        match super::create(&part) {
            Ok(_) => Ok(Self { path: path.to_owned(), part }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(StagingError::Unfinished(part)),
            Err(error) => Err(StagingError::File { path: part, error }),
        }
    }

    /// Where it is written.
    pub(in crate::db) fn part(&self) -> &Path {
        &self.part
    }

    /// Gives the file its name, once its bytes are on the disk. No connection may be open on it.
    pub(in crate::db) fn publish(self) -> Result<(), StagingError> {
        let refused = |path: &Path| {
            let path = path.to_owned();
            move |error| StagingError::File { path, error }
        };
        File::open(&self.part).and_then(|file| file.sync_all()).map_err(refused(&self.part))?;
        if self.path.exists() {
            return Err(StagingError::Exists(self.path.clone()));
        }
        fs::rename(&self.part, &self.path).map_err(refused(&self.path))?;
        // The name is durable once its folder is.
        let folder = match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(refused(folder))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        // After it was published there is nothing left under these names.
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(beside(&self.part, ending));
        }
    }
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_file_appears_whole_for_its_owner_only_or_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        drop(Staged::new(&path).unwrap());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);

        let staged = Staged::new(&path).unwrap();
        fs::write(staged.part(), "all").unwrap();
        assert!(matches!(Staged::new(&path), Err(StagingError::Unfinished(_))));
        assert!(!path.exists());
        staged.publish().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"all");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_there_is_not_overwritten_even_if_it_came_late() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("copy");
        let staged = Staged::new(&path).unwrap();
        fs::write(&path, "other").unwrap();
        assert!(matches!(staged.publish(), Err(StagingError::Exists(_))));
        assert!(matches!(Staged::new(&path), Err(StagingError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"other");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
