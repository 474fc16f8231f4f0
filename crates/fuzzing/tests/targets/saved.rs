//! The saved inputs.

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use riverbank_fuzzing::{TARGETS, Target};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The saved inputs of a target with their paths, in order. Some folders are links to what other tests use.
pub fn inputs(target: &Target) -> Vec<(PathBuf, Vec<u8>)> {
    let mut inputs = Vec::new();
    let mut folders = vec![root().join("fuzz/corpus").join(target.name)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.expect("an entry of a folder").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                inputs.push((path.clone(), fs::read(path).expect("a saved input")));
            }
        }
    }
    inputs.sort();
    inputs
}

#[test]
fn every_saved_input_is_taken() {
    for target in TARGETS {
        let inputs = inputs(target);
        assert!(!inputs.is_empty(), "{} has saved inputs", target.name);
        for (path, bytes) in inputs {
            let taken = catch_unwind(|| (target.run)(&bytes));
            assert!(taken.is_ok(), "{} fails on {}", target.name, path.display());
        }
    }
}

#[test]
fn the_saved_inputs_are_few() {
    const MOST: usize = 300 * 1000;
    let own = root().join("fuzz/corpus").canonicalize().unwrap();
    let inputs = TARGETS.iter().flat_map(inputs);
    let own = inputs.filter(|(path, _)| path.canonicalize().unwrap().starts_with(&own));
    let size: usize = own.map(|(_, bytes)| bytes.len()).sum();
    assert!(size < MOST, "{size} bytes");
}
