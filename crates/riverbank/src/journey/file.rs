//! Reading a journey file: every flaw is told with its line and column, before anything is called.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::time::Duration;

use axum::http::Method;
use jiff::Timestamp;
use serde_json::Value;
use toml::Spanned;

use super::expectation::{Expectation, Rule};
use super::flaw::{Flaw, Place};
use super::form::{ExpectForm, FileForm, StepForm};
use super::values::{Unknown, Values, from_toml, is_name};

/// A journey, ready to be played.
#[derive(Debug)]
pub struct Journey {
    pub title: String,
    /// The seed of the sandbox that is started for it.
    pub seed: Option<String>,
    /// The time at which the clock is frozen before the first step.
    pub start: Option<String>,
    pub values: Values,
    pub steps: Vec<Step>,
}

/// One thing to do, and what must come of it.
#[derive(Debug)]
pub struct Step {
    /// Where it begins.
    pub line: usize,
    pub say: Option<String>,
    pub act: Act,
    /// Its texts may hold names.
    pub expectation: Expectation,
    /// Names for parts of the answer: line, name and path.
    pub keep: Vec<(usize, String, String)>,
    /// How long a call is repeated until its answer is as expected.
    pub within: Option<Duration>,
}

/// What a step does.
#[derive(Debug)]
pub enum Act {
    /// Opens a session in a user's name; the user is made if it is not there.
    Open { user: String, skip_aggregation: bool },
    /// Calls an operation.
    Call(Call),
    /// Moves the clock on.
    Advance(i64),
    /// Sets the clock.
    SetClock(String),
}

/// A call; its texts may hold names.
#[derive(Debug)]
pub struct Call {
    pub method: Method,
    pub path: String,
    /// Who calls, where the path does not say it.
    pub caller: Option<Caller>,
    pub headers: Vec<(String, String)>,
    pub body: Option<Value>,
}

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Caller {
    /// Without any key or token.
    Nobody,
    /// With the API key of the client.
    Partner,
    /// With the control key.
    Control,
    /// With the session of this user.
    User(String),
}

/// The one value that is there without being written: the id of the client.
pub const CLIENT_ID: &str = "client_id";
/// Units of a span of time, in seconds.
const UNITS: [(char, u64); 4] = [('s', 1), ('m', 60), ('h', 3_600), ('d', 86_400)];

impl Journey {
    /// Reads the text of a file.
    pub fn read(text: &str) -> Result<Self, Flaw> {
        let form: FileForm = toml::from_str(text)
            .map_err(|error| Flaw::at(text, &error.span().unwrap_or_default(), error.message()))?;
        let mut reader = Reader { text, known: Values::default(), users: BTreeSet::new() };
        reader.known.set(CLIENT_ID, Value::Null);
        let mut values = Values::default();
        for (name, value) in &form.values {
            reader.name(name)?;
            values.set(name.get_ref(), from_toml(value));
        }
        if let Some(start) = &form.start {
            reader.time(start)?;
        }
        if form.step.is_empty() {
            return Err(Flaw::at(text, &(0..0), "the file has no [[step]]"));
        }
        let steps = form.step.into_iter().map(|step| reader.step(step)).collect::<Result<_, _>>()?;
        let start = form.start.map(Spanned::into_inner);
        Ok(Self { title: form.title, seed: form.seed, start, values, steps })
    }
}

/// What is known at some place of the file.
struct Reader<'a> {
    text: &'a str,
    known: Values,
    users: BTreeSet<String>,
}

impl Reader<'_> {
    fn flaw(&self, span: &Range<usize>, message: impl Into<String>) -> Flaw {
        Flaw::at(self.text, span, message)
    }

    fn line<T>(&self, spanned: &Spanned<T>) -> usize {
        Place::of(self.text, spanned.span().start).line
    }

    /// Makes a name known.
    fn name(&mut self, name: &Spanned<String>) -> Result<(), Flaw> {
        if !is_name(name.get_ref()) {
            return Err(self.flaw(&name.span(), "a name has letters, digits and underscores"));
        }
        self.known.set(name.get_ref(), Value::Null);
        Ok(())
    }

    fn time(&self, text: &Spanned<String>) -> Result<(), Flaw> {
        let parsed = text.get_ref().parse::<Timestamp>();
        parsed.map(drop).map_err(|_| self.flaw(&text.span(), "must be a time such as 2026-01-31T09:00:00Z"))
    }

    fn span_of_time(&self, text: &Spanned<String>) -> Result<Duration, Flaw> {
        let wrong = || self.flaw(&text.span(), "must be a span of time such as 90s, 3h or 1d 30m");
        span_of_time(text.get_ref()).ok_or_else(wrong)
    }

    /// Every name in the text stands for something by now.
    fn names_in(&self, text: &Spanned<String>) -> Result<(), Flaw> {
        self.known.text(text.get_ref()).map(drop).map_err(|unknown| self.unknown(&text.span(), &unknown))
    }

    fn unknown(&self, span: &Range<usize>, Unknown(name): &Unknown) -> Flaw {
        self.flaw(span, format!("{{{name}}} stands for nothing: no value and no earlier keep has this name"))
    }

    fn step(&mut self, form: Spanned<StepForm>) -> Result<Step, Flaw> {
        let (line, span) = (self.line(&form), form.span());
        let form = form.into_inner();
        let acts =
            [form.open.is_some(), form.call.is_some(), form.advance.is_some(), form.set_clock.is_some()];
        if acts.iter().filter(|there| **there).count() != 1 {
            return Err(self.flaw(&span, "a step has one of open, call, advance and set_clock"));
        }
        let is_call = form.call.is_some();
        let act = match (&form.open, &form.call, &form.advance, &form.set_clock) {
            (Some(user), ..) => {
                self.users.insert(user.get_ref().clone());
                let skip_aggregation = form.skip_aggregation.as_ref().is_none_or(|skip| *skip.get_ref());
                Act::Open { user: user.get_ref().clone(), skip_aggregation }
            }
            (_, Some(call), ..) => Act::Call(self.call(call, &form)?),
            (_, _, Some(by), _) => {
                let seconds = self.span_of_time(by)?.as_secs();
                Act::Advance(i64::try_from(seconds).unwrap_or(i64::MAX))
            }
            (_, _, _, Some(at)) => {
                self.time(at)?;
                Act::SetClock(at.get_ref().clone())
            }
            // One of them is there.
            _ => return Err(self.flaw(&span, "a step does something")),
        };
        if !is_call && (form.body.is_some() || form.caller.is_some() || !form.headers.is_empty()) {
            return Err(self.flaw(&span, "body, as and headers belong to a call"));
        }
        if form.open.is_none()
            && let Some(skip) = &form.skip_aggregation
        {
            return Err(self.flaw(&skip.span(), "skip_aggregation belongs to open"));
        }
        let within = form.within.as_ref().map(|within| self.span_of_time(within)).transpose()?;
        if !is_call && let Some(within) = &form.within {
            return Err(self.flaw(&within.span(), "within belongs to a call"));
        }
        let expectation = self.expectation(&form.expect)?;
        let mut keep = Vec::new();
        for (name, path) in &form.keep {
            self.name(name)?;
            keep.push((self.line(name), name.get_ref().clone(), path.get_ref().clone()));
        }
        Ok(Step { line, say: form.say, act, expectation, keep, within })
    }

    fn call(&self, call: &Spanned<String>, form: &StepForm) -> Result<Call, Flaw> {
        self.names_in(call)?;
        let wrong = || self.flaw(&call.span(), "must be a method and a path, such as GET /members");
        let (method, path) = call.get_ref().split_once(' ').ok_or_else(wrong)?;
        let is_method = method.bytes().all(|byte| byte.is_ascii_uppercase());
        let method = Method::from_bytes(method.as_bytes()).ok().filter(|_| is_method).ok_or_else(wrong)?;
        if !path.starts_with('/') || path.contains(' ') {
            return Err(wrong());
        }
        let caller = match &form.caller {
            Some(caller) => Some(self.caller(caller)?),
            None => None,
        };
        let mut headers = Vec::new();
        for (name, value) in &form.headers {
            self.names_in(value)?;
            headers.push((name.clone(), value.get_ref().clone()));
        }
        let body = form.body.as_ref().map(|body| {
            let json = from_toml(body.get_ref());
            self.known.json(&json).map_err(|unknown| self.unknown(&body.span(), &unknown))?;
            Ok(json)
        });
        Ok(Call { method, path: path.to_owned(), caller, headers, body: body.transpose()? })
    }

    fn caller(&self, caller: &Spanned<String>) -> Result<Caller, Flaw> {
        Ok(match caller.get_ref().as_str() {
            "nobody" => Caller::Nobody,
            "partner" => Caller::Partner,
            "control" => Caller::Control,
            user if self.users.contains(user) => Caller::User(user.to_owned()),
            _ => {
                let message = "must be nobody, partner, control or a user with an open session";
                return Err(self.flaw(&caller.span(), message));
            }
        })
    }

    fn expectation(&self, form: &ExpectForm) -> Result<Expectation, Flaw> {
        let mut rules = Vec::new();
        if let Some(body) = &form.body {
            let json = from_toml(body.get_ref());
            self.known.json(&json).map_err(|unknown| self.unknown(&body.span(), &unknown))?;
            rules.push((self.line(body), Rule::Holds(json)));
        }
        for path in &form.absent {
            rules.push((self.line(path), Rule::Absent(path.get_ref().clone())));
        }
        for path in &form.null {
            rules.push((self.line(path), Rule::Null(path.get_ref().clone())));
        }
        for (path, pattern) in &form.matches {
            self.names_in(pattern)?;
            let rule = Rule::Matches(path.get_ref().clone(), pattern.get_ref().clone());
            rules.push((self.line(path), rule));
        }
        for (path, count) in &form.count {
            rules.push((self.line(path), Rule::Count(path.get_ref().clone(), *count.get_ref())));
        }
        let status = form.status.as_ref().map(|status| (self.line(status), *status.get_ref()));
        Ok(Expectation { status, rules })
    }
}

/// Reads numbers with their units: `1d 30m`.
fn span_of_time(text: &str) -> Option<Duration> {
    let mut units = BTreeMap::new();
    for part in text.split_whitespace() {
        let (unit, seconds) = UNITS.iter().find(|(unit, _)| part.ends_with(*unit))?;
        let number: u64 = part.strip_suffix(*unit)?.parse().ok()?;
        units.insert(*unit, number.checked_mul(*seconds)?).is_none().then_some(())?;
    }
    let total = units.into_values().try_fold(0_u64, u64::checked_add)?;
    (!text.trim().is_empty()).then(|| Duration::from_secs(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "title = \"T\"\n[values]\nbank = \"INS-1\"\n";

    fn flaw(steps: &str) -> String {
        Journey::read(&format!("{HEAD}{steps}")).unwrap_err().to_string()
    }

    #[test]
    fn a_flaw_is_told_with_its_line_and_column() {
        let rows = [
            ("[[step]]\ncal = \"GET /x\"", "5:1: unknown field `cal`"),
            ("[[step]]\ncall = \"GET\"", "5:8: must be a method and a path"),
            ("[[step]]\ncall = \"get /x\"", "5:8: must be a method and a path"),
            ("[[step]]\ncall = \"GET /{member}\"", "5:8: {member} stands for nothing"),
            ("[[step]]\ncall = \"GET /x\"\nas = \"jane\"", "6:6: must be nobody"),
            ("[[step]]\ncall = \"GET /x\"\nbody.a = \"{b}\"", "6:1: {b} stands for nothing"),
            ("[[step]]\ncall = \"GET /x\"\nwithin = \"3 h\"", "6:10: must be a span of time"),
            ("[[step]]\nset_clock = \"noon\"", "5:13: must be a time"),
            ("[[step]]\nopen = \"jane\"\nadvance = \"1h\"", "4:1: a step has one of"),
            ("[[step]]\nadvance = \"1h\"\nbody = 1", "4:1: body, as and headers belong"),
            ("[[step]]\ncall = \"GET /x\"\nkeep = { \"a b\" = \"c\" }", "6:10: a name has"),
            ("[[step]\n", "4:8: "),
        ];
        for (steps, expected) in rows {
            let flaw = flaw(steps);
            assert!(flaw.starts_with(expected), "{steps}: {flaw}");
        }
        assert!(flaw("").starts_with("1:1: the file has no [[step]]"));
    }

    #[test]
    fn names_are_known_from_the_step_that_keeps_them() {
        let steps = "[[step]]\nopen = \"jane\"\n\
                     [[step]]\ncall = \"POST /members\"\nbody.member.institution_guid = \"{bank}\"\nkeep.member = \"member.guid\"\n\
                     [[step]]\ncall = \"GET /members/{member}\"\nas = \"jane\"\nwithin = \"30s\"\nexpect.status = 200\n";
        let journey = Journey::read(&format!("{HEAD}{steps}")).unwrap();
        let lines: Vec<_> = journey.steps.iter().map(|step| step.line).collect();
        assert_eq!(lines, [4, 6, 10]);
        assert_eq!(journey.steps[2].expectation.status, Some((14, 200)));
    }

    #[test]
    fn a_span_of_time_has_numbers_with_units() {
        for (text, seconds) in [("90s", 90), ("3h", 10_800), ("1d 30m", 88_200), ("0s", 0)] {
            assert_eq!(span_of_time(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        for text in
            ["", "3", "h", "3 h", "-1s", "1h 2h", "1.5h", "99999999999999999999s", "999999999999999999d"]
        {
            assert_eq!(span_of_time(text), None, "{text}");
        }
    }
}
