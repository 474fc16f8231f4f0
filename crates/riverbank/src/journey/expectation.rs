//! What an answer must be, and in what it differs.

use std::fmt;

use serde_json::Value;

use super::path::{below, find};
use super::values::{Unknown, Values};

/// What an answer must be. Texts may hold names, until it is filled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expectation {
    /// The status; none is any success.
    pub status: Option<(usize, u16)>,
    /// Each with the line on which it stands.
    pub rules: Vec<(usize, Rule)>,
}

/// One thing that must be so of the body.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// The body holds all of this, and may hold more.
    Holds(Value),
    /// Nothing is there.
    Absent(String),
    /// Null is there.
    Null(String),
    /// A text is there that is like this; `*` stands for any text.
    Matches(String, String),
    /// A list, object or text of so many entries, fields or characters is there.
    Count(String, usize),
}

/// Where an answer is not as expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the file that expects it.
    pub line: usize,
    /// The path into the body, or `status`.
    pub at: String,
    pub expected: String,
    pub actual: String,
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Seen {
    pub status: u16,
    /// Null where there is no body or none of JSON.
    pub json: Value,
    pub text: String,
}

impl Expectation {
    /// The same with the names in its texts replaced.
    pub fn filled(&self, values: &Values) -> Result<Self, Unknown> {
        let fill = |(line, rule): &(usize, Rule)| {
            let rule = match rule {
                Rule::Holds(json) => Rule::Holds(values.json(json)?),
                Rule::Matches(path, pattern) => Rule::Matches(path.clone(), values.text(pattern)?),
                other => other.clone(),
            };
            Ok((*line, rule))
        };
        Ok(Self { status: self.status, rules: self.rules.iter().map(fill).collect::<Result<_, _>>()? })
    }

    /// In what `seen` differs; a status that was not written stands on `line`.
    pub fn judge(&self, line: usize, seen: &Seen) -> Vec<Difference> {
        let mut found = Vec::new();
        let (line, expected, is_right) = match self.status {
            Some((line, status)) => (line, status.to_string(), seen.status == status),
            None => (line, "a success".to_owned(), (200..300).contains(&seen.status)),
        };
        if !is_right {
            let actual = seen.status.to_string();
            found.push(Difference { line, at: "status".to_owned(), expected, actual });
        }
        for (line, rule) in &self.rules {
            rule.judge(&seen.json, &mut |at, expected, actual| {
                found.push(Difference { line: *line, at: at.to_owned(), expected, actual });
            });
        }
        found
    }
}

/// Is told the path, what was expected there and what is there.
type Tell<'a> = dyn FnMut(&str, String, String) + 'a;

impl Rule {
    fn judge(&self, body: &Value, tell: &mut Tell<'_>) {
        match self {
            Self::Holds(expected) => holds("", expected, body, tell),
            Self::Absent(path) => {
                if let Some(there) = find(body, path) {
                    tell(path, "nothing".to_owned(), there.to_string());
                }
            }
            Self::Null(path) => {
                let there = find(body, path);
                if there != Some(&Value::Null) {
                    tell(path, "null".to_owned(), shown(there));
                }
            }
            Self::Matches(path, pattern) => {
                let there = find(body, path);
                if !there.and_then(Value::as_str).is_some_and(|text| is_like(text, pattern)) {
                    tell(path, format!("a text like {pattern:?}"), shown(there));
                }
            }
            Self::Count(path, expected) => {
                let count = find(body, path).and_then(count);
                if count != Some(*expected) {
                    let actual =
                        count.map_or_else(|| shown(find(body, path)), |count| format!("{count} entries"));
                    tell(path, format!("{expected} entries"), actual);
                }
            }
        }
    }
}

/// Whether `actual` holds all of `expected`: objects may have more fields, lists have as many entries, numbers are equal
/// in value.
fn holds(path: &str, expected: &Value, actual: &Value, tell: &mut Tell<'_>) {
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (name, value) in expected {
                let path = below(path, name);
                match actual.get(name) {
                    Some(there) => holds(&path, value, there, tell),
                    None => tell(&path, value.to_string(), shown(None)),
                }
            }
        }
        (Value::Array(expected), Value::Array(actual)) if expected.len() == actual.len() => {
            for (index, (value, there)) in expected.iter().zip(actual).enumerate() {
                holds(&below(path, &index.to_string()), value, there, tell);
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            tell(path, format!("{} entries", expected.len()), format!("{} entries", actual.len()));
        }
        (Value::Number(expected), Value::Number(actual)) if expected.as_f64() == actual.as_f64() => {}
        _ if expected == actual => {}
        _ => tell(path, expected.to_string(), actual.to_string()),
    }
}

fn count(value: &Value) -> Option<usize> {
    match value {
        Value::Array(entries) => Some(entries.len()),
        Value::Object(fields) => Some(fields.len()),
        Value::String(text) => Some(text.chars().count()),
        _ => None,
    }
}

fn shown(there: Option<&Value>) -> String {
    there.map_or_else(|| "nothing".to_owned(), ToString::to_string)
}

/// Whether `text` is `pattern`, in which `*` stands for any text.
fn is_like(text: &str, pattern: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else { return rest.is_empty() };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = &rest[at + piece.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = if self.at.is_empty() { "the body" } else { &self.at };
        write!(formatter, "{at}\n    expected  {}\n    actual    {}", self.expected, self.actual)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn differences(rule: Rule, body: Value) -> Vec<String> {
        let expectation = Expectation { status: None, rules: vec![(7, rule)] };
        let seen = Seen { status: 200, text: body.to_string(), json: body };
        expectation
            .judge(1, &seen)
            .into_iter()
            .map(|one| format!("{} {}: {}", one.line, one.at, one.actual))
            .collect()
    }

    #[test]
    fn a_body_may_hold_more_than_is_expected_but_not_less_or_other() {
        let body =
            || json!({"member": {"name": "Mine", "list": [{"a": 1, "b": 2}], "amount": 3.0, "none": null}});
        for expected in [
            json!({}),
            json!({"member": {"name": "Mine"}}),
            json!({"member": {"list": [{"b": 2}], "amount": 3}}),
        ] {
            assert_eq!(differences(Rule::Holds(expected), body()), [""; 0]);
        }
        for (expected, difference) in [
            (json!({"member": {"name": "Yours"}}), "7 member.name: \"Mine\""),
            (json!({"member": {"list": []}}), "7 member.list: 1 entries"),
            (json!({"member": {"list": [{"a": 2}]}}), "7 member.list.0.a: 1"),
            (json!({"member": {"guid": "x"}}), "7 member.guid: nothing"),
            (
                json!({"member": []}),
                "7 member: {\"name\":\"Mine\",\"list\":[{\"a\":1,\"b\":2}],\"amount\":3.0,\"none\":null}",
            ),
        ] {
            let found = differences(Rule::Holds(expected), body());
            // The order of an object's fields depends on how JSON is built.
            assert_eq!(found.len(), 1);
            assert_eq!(found[0].split(": ").next(), difference.split(": ").next());
        }
    }

    #[test]
    fn absence_null_likeness_and_number_are_told_apart() {
        let body = || json!({"a": null, "b": "MBR-12", "c": [1, 2]});
        let right = [
            Rule::Absent("d".into()),
            Rule::Null("a".into()),
            Rule::Matches("b".into(), "MBR-*".into()),
            Rule::Count("c".into(), 2),
        ];
        for rule in right {
            assert_eq!(differences(rule, body()), [""; 0]);
        }
        let wrong = [
            (Rule::Absent("a".into()), "7 a: null"),
            (Rule::Null("d".into()), "7 d: nothing"),
            (Rule::Null("b".into()), "7 b: \"MBR-12\""),
            (Rule::Matches("b".into(), "MBR-".into()), "7 b: \"MBR-12\""),
            (Rule::Matches("a".into(), "*".into()), "7 a: null"),
            (Rule::Count("c".into(), 3), "7 c: 2 entries"),
            (Rule::Count("a".into(), 0), "7 a: null"),
        ];
        for (rule, difference) in wrong {
            assert_eq!(differences(rule, body()), [difference]);
        }
    }

    #[test]
    fn a_star_stands_for_any_text() {
        for (text, pattern) in
            [("", ""), ("", "*"), ("abc", "a*c"), ("abc", "*b*"), ("aXbXc", "a*X*c"), ("aa", "*a")]
        {
            assert!(is_like(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("abc", "a"), ("abc", "b*"), ("abc", "*b"), ("a", "a*a"), ("ab", "*b*b")] {
            assert!(!is_like(text, pattern), "{text} {pattern}");
        }
    }

    #[test]
    fn any_success_will_do_unless_a_status_is_named() {
        let seen = |status| Seen { status, json: Value::Null, text: String::new() };
        let any = Expectation::default();
        assert!(any.judge(3, &seen(204)).is_empty());
        assert_eq!(any.judge(3, &seen(404))[0].line, 3);
        let named = Expectation { status: Some((5, 404)), rules: Vec::new() };
        assert!(named.judge(3, &seen(404)).is_empty());
        assert_eq!(named.judge(3, &seen(200))[0].line, 5);
    }
}
