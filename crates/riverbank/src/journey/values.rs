//! The values that steps name: `{member}` in a path, a header or a body.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Named values. A text that is nothing but a name in braces becomes the value itself, a number or an object too;
/// within other text it becomes the value's text.
#[derive(Clone, Debug, Default)]
pub struct Values(BTreeMap<String, Value>);

/// A name that stands for nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct Unknown(pub String);

impl Values {
    pub fn set(&mut self, name: &str, value: Value) {
        self.0.insert(name.to_owned(), value);
    }

    /// `text` with its names replaced.
    pub fn text(&self, text: &str) -> Result<String, Unknown> {
        let mut filled = String::with_capacity(text.len());
        for part in parts(text) {
            match part {
                Part::Text(text) => filled.push_str(text),
                Part::Name(name) => match self.get(name)? {
                    Value::String(text) => filled.push_str(text),
                    other => filled.push_str(&other.to_string()),
                },
            }
        }
        Ok(filled)
    }

    /// `json` with the names in its texts replaced.
    pub fn json(&self, json: &Value) -> Result<Value, Unknown> {
        Ok(match json {
            Value::String(text) => match parts(text).collect::<Vec<_>>()[..] {
                [Part::Name(name)] => self.get(name)?.clone(),
                _ => self.text(text)?.into(),
            },
            Value::Array(entries) => {
                entries.iter().map(|entry| self.json(entry)).collect::<Result<_, _>>()?
            }
            Value::Object(fields) => {
                let filled = fields.iter().map(|(name, value)| Ok((name.clone(), self.json(value)?)));
                Value::Object(filled.collect::<Result<Map<_, _>, _>>()?)
            }
            other => other.clone(),
        })
    }

    fn get(&self, name: &str) -> Result<&Value, Unknown> {
        self.0.get(name).ok_or_else(|| Unknown(name.to_owned()))
    }
}

#[derive(Clone, Copy)]
enum Part<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// Text and names in turns. A brace that encloses no name is text.
fn parts(mut text: &str) -> impl Iterator<Item = Part<'_>> {
    std::iter::from_fn(move || {
        if text.is_empty() {
            return None;
        }
        if let Some((name, rest)) = name_at_start(text) {
            text = rest;
            return Some(Part::Name(name));
        }
        let is_start = |(at, letter): &(usize, char)| *letter == '{' && name_at_start(&text[*at..]).is_some();
        let end = text.char_indices().find(is_start).map_or(text.len(), |(at, _)| at);
        let (plain, rest) = text.split_at(end);
        text = rest;
        Some(Part::Text(plain))
    })
}

fn name_at_start(text: &str) -> Option<(&str, &str)> {
    let (name, rest) = text.strip_prefix('{')?.split_once('}')?;
    is_name(name).then_some((name, rest))
}

/// Whether a value may be called so.
pub fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What TOML holds, as JSON: dates and times become their text.
pub fn from_toml(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.as_str().into(),
        toml::Value::Integer(number) => (*number).into(),
        toml::Value::Float(number) => (*number).into(),
        toml::Value::Boolean(truth) => (*truth).into(),
        toml::Value::Datetime(time) => time.to_string().into(),
        toml::Value::Array(entries) => entries.iter().map(from_toml).collect(),
        toml::Value::Table(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), from_toml(value))).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_replaced_in_text_and_as_whole_values() {
        let mut values = Values::default();
        values.set("guid", json!("MBR-1"));
        values.set("number", json!(3));
        assert_eq!(values.text("/members/{guid}/{number}"), Ok("/members/MBR-1/3".to_owned()));
        let body = json!({"id": "{guid}", "list": ["{number}", "no {number}"], "flag": true});
        let filled = json!({"id": "MBR-1", "list": [3, "no 3"], "flag": true});
        assert_eq!(values.json(&body), Ok(filled));
    }

    #[test]
    fn braces_around_no_name_are_text() {
        let values = Values::default();
        for text in ["{", "}", "{}", "{ a }", "{\"a\": 1}", "a{", "ü{ü}"] {
            assert_eq!(values.text(text), Ok(text.to_owned()));
        }
        assert_eq!(values.text("{nothing}"), Err(Unknown("nothing".to_owned())));
        assert_eq!(values.json(&json!(["{nothing}"])), Err(Unknown("nothing".to_owned())));
    }
}
