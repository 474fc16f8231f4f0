//! The figures as they are kept, in `docs/benchmarks/figures.json`: a run of some sections leaves the others as they were.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::Outcome;
use crate::machine::Machine;
use crate::row::Row;
use crate::section::Findings;

/// What every section found when it was last run.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Figures {
    sections: BTreeMap<String, Measured>,
}

/// The last run of a section.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Measured {
    /// Where and when.
    pub on: Machine,
    /// With short rounds and small databases.
    pub quick: bool,
    pub findings: Findings,
}

/// Where the document's files are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/benchmarks")
}

impl Figures {
    /// Those of the file; none where there is none.
    pub fn read() -> Outcome<Self> {
        match fs::read(folder().join("figures.json")) {
            Ok(text) => Ok(serde_json::from_slice(&text)?),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Writes the file.
    pub fn write(&self) -> Outcome {
        fs::create_dir_all(folder())?;
        fs::write(folder().join("figures.json"), serde_json::to_string_pretty(self)? + "\n")?;
        Ok(())
    }

    /// What a section found last.
    pub fn of(&self, section: &str) -> Option<Findings> {
        self.section(section).map(|measured| measured.findings.clone())
    }

    /// The last run of a section.
    pub fn section(&self, name: &str) -> Option<&Measured> {
        self.sections.get(name)
    }

    /// Puts new findings of a section in the place of its old ones.
    pub fn put(&mut self, section: &str, quick: bool, findings: Findings) {
        self.sections.insert(section.to_owned(), Measured { on: Machine::this(), quick, findings });
    }

    /// The rows of these sections, in this order.
    pub fn rows<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a Row> {
        names.iter().filter_map(|name| self.sections.get(*name)).flat_map(|measured| &measured.findings.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_run_again_takes_the_place_of_its_old_figures_and_of_no_others() {
        let findings = |what: &str| Findings {
            rows: vec![Row::alone(what, "ms", &[1.0]).unwrap()],
            ..Findings::default()
        };
        let mut figures = Figures::default();
        figures.put("read", false, findings("old"));
        figures.put("write", false, findings("kept"));
        figures.put("read", true, findings("new"));
        let rows: Vec<_> = figures.rows(&["write", "read", "absent"]).map(|row| row.what.as_str()).collect();
        assert_eq!(rows, ["kept", "new"]);
    }
}
