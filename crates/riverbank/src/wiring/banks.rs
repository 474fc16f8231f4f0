//! The test banks of a sandbox: those that come with the program, and those of the operator's own files.

use std::fs;
use std::path::{Path, PathBuf};

use riverbank_connect::catalogue::{CatalogueEntry, parse};
use riverbank_engine::Engine;
use riverbank_engine::institutions::load;

use crate::config::Config;
use crate::failure::Failure;

/// Brings the test banks of a sandbox up to date; does nothing elsewhere.
pub async fn load_all(engine: &Engine, config: &Config) -> Result<(), Failure> {
    engine.load_test_banks().await.map_err(Failure::of)?;
    let Some(directory) = &config.scenarios else {
        return Ok(());
    };
    let entries = read_all(directory)?;
    let loaded = load(engine.store(), &entries, engine.now()).await.map_err(Failure::of)?;
    tracing::info!(directory = %directory.display(), ?loaded, "scripted banks were loaded");
    Ok(())
}

/// The institutions of all `*.toml` files, in the order of their names.
fn read_all(directory: &Path) -> Result<Vec<CatalogueEntry>, Failure> {
    let unreadable =
        |error| Failure::of(error).hint(format!("the directory is {} (--scenarios)", directory.display()));
    let paths: Result<Vec<PathBuf>, _> =
        fs::read_dir(directory).map_err(unreadable)?.map(|entry| Ok(entry?.path())).collect();
    let mut paths = paths.map_err(unreadable)?;
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    paths.sort();
    let mut entries = Vec::new();
    for path in paths {
        let place = || format!("the file is {}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| Failure::of(error).hint(place()))?;
        entries.extend(parse(&text).map_err(|error| Failure::of(error).hint(place()))?);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flawed_file_of_scenarios_is_named() {
        let directory = tempfile::tempdir().unwrap();
        fs::write(directory.path().join("notes.txt"), "not read").unwrap();
        assert_eq!(read_all(directory.path()).unwrap(), []);
        fs::write(directory.path().join("b.toml"), "[[institution]]\nnam = 1").unwrap();
        let failure = read_all(directory.path()).unwrap_err().to_string();
        assert!(failure.contains("b.toml"), "{failure}");
    }
}
