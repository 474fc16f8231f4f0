//! Running a program under callgrind and reading what it counted.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use crate::Outcome;

/// The gap between two looks whether a count was written.
const LOOK: Duration = Duration::from_millis(50);
/// Looks until a count that was asked for counts as lost: half a minute.
const LOOKS: usize = 600;

/// Counts into files of one folder.
pub struct Callgrind<'a> {
    folder: &'a Path,
}

impl<'a> Callgrind<'a> {
    pub fn in_folder(folder: &'a Path) -> Self {
        Self { folder }
    }

    /// Instructions of a program from its start to its end.
    pub fn of_program(&self, words: &[&OsStr]) -> Outcome<u64> {
        let file = self.folder.join("whole");
        let mut valgrind = Command::new("valgrind");
        valgrind.args(["--quiet", "--tool=callgrind"]).arg(out_file(&file)).args(words);
        let output = valgrind.stdin(Stdio::null()).output().map_err(|error| format!("valgrind: {error}"))?;
        if !output.status.success() {
            return Err(format!("under valgrind: {}", String::from_utf8_lossy(&output.stderr)).into());
        }
        total(&fs::read_to_string(file)?)
    }

    /// A program that serves like `binary` under callgrind; its other commands run as they are.
    pub fn server(&self, binary: &Path) -> Outcome<PathBuf> {
        let script = self.folder.join("counted");
        let (file, binary) = (self.folder.join("server"), binary.display());
        let text = format!(
            "#!/bin/sh\n[ \"$1\" = serve ] || exec '{binary}' \"$@\"\n\
             exec valgrind --quiet --tool=callgrind '{}' '{binary}' \"$@\"\n",
            out_file(&file)
        );
        fs::write(&script, text)?;
        fs::set_permissions(&script, fs::Permissions::from_mode(0o700))?;
        Ok(script)
    }

    /// Sets the counters of that process to zero.
    pub fn begin(process: u32) -> Outcome {
        control(&["--zero"], process)
    }

    /// The instructions of that process since [`Callgrind::begin`].
    pub fn end(&self, process: u32) -> Outcome<u64> {
        let before = self.dumps()?;
        control(&["--dump"], process)?;
        for _ in 0..LOOKS {
            let written = self.dumps()?.into_iter().find(|path| !before.contains(path));
            if let Some(text) = written.and_then(|path| fs::read_to_string(path).ok())
                && let Ok(total) = total(&text)
            {
                return Ok(total);
            }
            thread::sleep(LOOK);
        }
        Err("callgrind wrote no count".into())
    }

    fn dumps(&self) -> Outcome<Vec<PathBuf>> {
        let paths: Vec<_> = fs::read_dir(self.folder)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        Ok(paths.into_iter().filter(|path| path.file_stem().is_some_and(|stem| stem == "server")).collect())
    }
}

fn out_file(path: &Path) -> String {
    format!("--callgrind-out-file={}", path.display())
}

fn control(words: &[&str], process: u32) -> Outcome {
    let output = Command::new("callgrind_control").args(words).arg(process.to_string()).output();
    let output = output.map_err(|error| format!("callgrind_control: {error}"))?;
    if output.status.success() {
        Ok(())
    } else {
        Err(format!("callgrind_control: {}", String::from_utf8_lossy(&output.stderr)).into())
    }
}

/// The total that stands at the end of a file of counts.
fn total(text: &str) -> Outcome<u64> {
    let total = text.lines().rev().find_map(|line| line.strip_prefix("totals: "));
    Ok(total.ok_or("callgrind wrote no total")?.trim().parse()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_of_a_file_is_its_last_line() {
        assert_eq!(total("events: Ir\nfn=(1) a\n1 20\n\ntotals: 12345\n").unwrap(), 12_345);
        assert!(total("events: Ir\nfn=(1) a\n").is_err());
    }
}
