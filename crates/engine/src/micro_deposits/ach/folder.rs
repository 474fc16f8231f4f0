//! The folder that is shared with the bank.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// The largest file of returns that is read: a hundred thousand lines.
const LARGEST: u64 = 10 * 1024 * 1024;

/// `outgoing/` with what the bank is to take, `returns/` with what it brings, and `returns/taken/` with what was read of
/// that.
#[derive(Clone, Debug)]
pub struct Folder {
    outgoing: PathBuf,
    returns: PathBuf,
    taken: PathBuf,
}

/// A file that the bank has brought.
pub(super) struct Brought {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Folder {
    /// A folder whose parts are made where they are missing.
    pub fn open(root: &Path) -> io::Result<Self> {
        let returns = root.join("returns");
        let folder = Self { outgoing: root.join("outgoing"), taken: returns.join("taken"), returns };
        fs::create_dir_all(&folder.outgoing)?;
        fs::create_dir_all(&folder.taken)?;
        Ok(folder)
    }

    /// Writes a file whole beside its place, under a hidden name with that mark.
    pub(super) fn stage(&self, name: &str, mark: &str, content: &str) -> io::Result<()> {
        let mut file = File::create(self.staged(name, mark))?;
        file.write_all(content.as_bytes())?;
        file.sync_all()?;
        sync(&self.outgoing)
    }

    /// Puts a staged file into its place. It stays put if it is there, or was and the bank has taken it.
    pub(super) fn release(&self, name: &str, mark: &str) -> io::Result<()> {
        unless_gone(fs::rename(self.staged(name, mark), self.outgoing.join(name)))?;
        sync(&self.outgoing)?;
        // What died between staging and its note has left something.
        for entry in fs::read_dir(&self.outgoing)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(&format!(".{name}.")) {
                unless_gone(fs::remove_file(entry.path()))?;
            }
        }
        Ok(())
    }

    /// Takes a staged file away.
    pub(super) fn discard(&self, name: &str, mark: &str) -> io::Result<()> {
        unless_gone(fs::remove_file(self.staged(name, mark)))
    }

    /// What the bank has brought, by name. Hidden files are not looked at.
    pub(super) fn brought(&self) -> io::Result<Vec<Brought>> {
        let mut brought = Vec::new();
        for entry in fs::read_dir(&self.returns)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') || !entry.file_type()?.is_file() {
                continue;
            }
            if let Some(bytes) = unless_gone(bytes_of(&entry.path()).map(Some))? {
                brought.push(Brought { name, bytes });
            }
        }
        brought.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(brought)
    }

    /// Puts away what was read, with a word before its name that tells it from others of its name.
    pub(super) fn put_away(&self, name: &str, word: &str) -> io::Result<()> {
        unless_gone(fs::rename(self.returns.join(name), self.taken.join(format!("{word}-{name}"))))?;
        sync(&self.taken)
    }

    fn staged(&self, name: &str, mark: &str) -> PathBuf {
        self.outgoing.join(format!(".{name}.{mark}"))
    }
}

/// Another server may have done the same at the same time.
fn unless_gone<T: Default>(done: io::Result<T>) -> io::Result<T> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(T::default()),
        done => done,
    }
}

fn bytes_of(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes sure that what has changed in a folder outlives the machine.
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
