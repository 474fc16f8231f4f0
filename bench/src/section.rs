//! A measurement: what it is called, how it is run, and what it hands back.

use std::future::Future;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

use crate::Outcome;
use crate::plot::Plot;
use crate::row::Row;

/// One part of the document, measured at a stretch.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// What `--only` calls it.
    pub name: &'static str,
    /// Its heading.
    pub about: &'static str,
    /// What its rows mean and how they are measured: Markdown.
    pub method: &'static str,
    /// Measures.
    pub run: fn(&Setting) -> Outcome<Findings>,
}

/// What a measurement found.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Findings {
    /// For the table.
    pub rows: Vec<Row>,
    /// For the document.
    pub plots: Vec<Plot>,
    /// Sentences that the reader of the figures has to know.
    pub notes: Vec<String>,
    /// What is not as it must be, a sentence for each: they fail the run.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<String>,
}

/// How a measurement is to be run.
#[derive(Debug)]
pub struct Setting {
    /// Short rounds and small databases.
    pub quick: bool,
    /// How long a soak lasts.
    pub soak: Duration,
    runtime: Runtime,
}

impl Setting {
    /// A setting with a runtime of its own for the calls to a server.
    pub fn new(quick: bool, soak: Duration) -> Outcome<Self> {
        Ok(Self { quick, soak, runtime: Runtime::new()? })
    }

    /// Rounds of each competitor.
    pub fn rounds(&self) -> usize {
        if self.quick { 2 } else { 5 }
    }

    /// How many seconds a competitor is under load in a round.
    pub fn seconds(&self) -> u64 {
        if self.quick { 1 } else { 2 }
    }

    /// The size in a full run, or in a quick one.
    pub fn size(&self, full: u64, quick: u64) -> u64 {
        if self.quick { quick } else { full }
    }

    /// Calls a server.
    pub fn wait<T>(&self, calls: impl Future<Output = T>) -> T {
        self.runtime.block_on(calls)
    }
}

/// The sections of these names, all when there are none.
pub fn choose<'a>(sections: &'a [Section], only: &[String]) -> Outcome<Vec<&'a Section>> {
    if let Some(unknown) = only.iter().find(|name| sections.iter().all(|section| section.name != *name)) {
        let names: Vec<_> = sections.iter().map(|section| section.name).collect();
        return Err(format!("no section is called `{unknown}`; there are {}", names.join(", ")).into());
    }
    Ok(sections
        .iter()
        .filter(|section| only.is_empty() || only.iter().any(|name| name == section.name))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn section(name: &'static str) -> Section {
        Section { name, about: "", method: "", run: |_| Ok(Findings::default()) }
    }

    fn chosen(only: &[&str]) -> Outcome<Vec<&'static str>> {
        const SECTIONS: &[Section] = &[section("read"), section("write")];
        let only: Vec<_> = only.iter().map(ToString::to_string).collect();
        Ok(choose(SECTIONS, &only)?.iter().map(|section| section.name).collect())
    }

    #[test]
    fn without_names_everything_is_measured() {
        assert_eq!(chosen(&[]).unwrap(), ["read", "write"]);
    }

    #[test]
    fn sections_run_in_their_own_order() {
        assert_eq!(chosen(&["write", "read"]).unwrap(), ["read", "write"]);
    }

    #[test]
    fn an_unknown_name_is_answered_with_all_names() {
        let error = chosen(&["reed"]).unwrap_err().to_string();
        assert_eq!(error, "no section is called `reed`; there are read, write");
    }
}
