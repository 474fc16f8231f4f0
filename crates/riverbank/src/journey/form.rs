//! The form of a journey file, as TOML has it.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::{Spanned, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileForm {
    pub title: String,
    /// The seed of the sandbox that is started for the journey.
    pub seed: Option<String>,
    /// The time at which the clock is frozen before the first step.
    pub start: Option<Spanned<String>>,
    /// Values that steps may name.
    #[serde(default)]
    pub values: BTreeMap<Spanned<String>, Value>,
    #[serde(default)]
    pub step: Vec<Spanned<StepForm>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepForm {
    /// What the step is for, printed before it.
    pub say: Option<String>,
    /// The user in whose name to open a session.
    pub open: Option<Spanned<String>>,
    /// `METHOD /path`.
    pub call: Option<Spanned<String>>,
    /// How far to move the clock on.
    pub advance: Option<Spanned<String>>,
    /// The time to set the clock to.
    pub set_clock: Option<Spanned<String>>,
    /// `open` only: false lets the session start aggregations.
    pub skip_aggregation: Option<Spanned<bool>>,
    /// `call` only: who calls, where the path does not say it.
    #[serde(rename = "as")]
    pub caller: Option<Spanned<String>>,
    /// `call` only.
    #[serde(default)]
    pub headers: BTreeMap<String, Spanned<String>>,
    /// `call` only.
    pub body: Option<Spanned<Value>>,
    /// What the answer must be.
    #[serde(default)]
    pub expect: ExpectForm,
    /// Names for parts of the answer.
    #[serde(default)]
    pub keep: BTreeMap<Spanned<String>, Spanned<String>>,
    /// How long to repeat the call until the answer is as expected.
    pub within: Option<Spanned<String>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectForm {
    pub status: Option<Spanned<u16>>,
    pub body: Option<Spanned<Value>>,
    /// Paths where nothing is.
    #[serde(default)]
    pub absent: Vec<Spanned<String>>,
    /// Paths where null is.
    #[serde(default)]
    pub null: Vec<Spanned<String>>,
    /// Paths and the pattern of the text there.
    #[serde(default)]
    pub matches: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Paths and the number of entries there.
    #[serde(default)]
    pub count: BTreeMap<Spanned<String>, Spanned<usize>>,
}
