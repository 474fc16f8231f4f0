//! Reading typed values from JSON and from query words, with faults that name the field and what it must be, and
//! never repeat the value that was sent: it may be a password.

mod json;
mod words;

use std::fmt::{self, Display, Write as _};

use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeSeed, Expected, IntoDeserializer, MapAccess, SeqAccess};

use crate::error::ApiError;

pub(crate) use json::Json;
pub(crate) use words::Words;

/// Why a value could not be read, and where it stands.
#[derive(Debug)]
pub(crate) struct Fault {
    /// Outermost step last.
    path: Vec<Step>,
    kind: Kind,
}

#[derive(Debug)]
enum Step {
    Field(String),
    Item(usize),
}

#[derive(Debug)]
enum Kind {
    Missing(String),
    Wrong(String),
}

impl Fault {
    fn new(kind: Kind) -> Self {
        Self { path: Vec::new(), kind }
    }

    fn under(mut self, step: Step) -> Self {
        self.path.push(step);
        self
    }

    /// The missing field, if it is missing from the outermost object.
    pub(crate) fn missing_at_top(&self) -> bool {
        self.path.is_empty() && matches!(self.kind, Kind::Missing(_))
    }

    fn place(&self) -> String {
        let mut place = String::new();
        for step in self.path.iter().rev() {
            match step {
                Step::Field(name) if place.is_empty() => place.push_str(name),
                // Writing to a `String` does not fail.
                Step::Field(name) => _ = write!(place, ".{name}"),
                Step::Item(index) => _ = write!(place, "[{index}]"),
            }
        }
        place
    }
}

impl From<Fault> for ApiError {
    fn from(fault: Fault) -> Self {
        let place = fault.place();
        match fault.kind {
            Kind::Missing(field) if place.is_empty() => Self::missing(&[field]),
            Kind::Missing(field) => Self::missing(&[format!("{place}.{field}")]),
            Kind::Wrong(reason) if place.is_empty() => Self::bad_request(format!("The request {reason}.")),
            Kind::Wrong(reason) => Self::bad_request(format!("{place}: {reason}.")),
        }
    }
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Kind::Missing(what) | Kind::Wrong(what)) = &self.kind;
        write!(f, "{}: {what}", self.place())
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::new(Kind::Wrong(message.to_string()))
    }

    fn invalid_type(_: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Kind::Wrong(format!("must be {}", plain(&expected.to_string()))))
    }

    fn invalid_value(_: de::Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(Kind::Wrong(format!("must be {}", plain(&expected.to_string()))))
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::new(Kind::Wrong(format!("must be {}", plain(&expected.to_string()))))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(Kind::Wrong(format!("must be one of {}", expected.join(", "))))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(Kind::Missing(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(Kind::Wrong(format!("has {field} twice, under two names")))
    }
}

/// The developer's word for what serde expected.
fn plain(expected: &str) -> &str {
    match expected {
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number that is not negative",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a sequence" => "an array",
        "a map" => "an object",
        other if other.starts_with("struct ") => "an object",
        other => other,
    }
}

/// The named values of an object or a query.
pub(crate) struct Fields<I, T> {
    rest: I,
    next: Option<(String, T)>,
}

impl<I, T> Fields<I, T> {
    pub(crate) fn new(rest: I) -> Self {
        Self { rest, next: None }
    }
}

impl<'de, I, T> MapAccess<'de> for Fields<I, T>
where
    I: Iterator<Item = (String, T)>,
    T: IntoDeserializer<'de, Fault>,
{
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Fault> {
        self.next = self.rest.next();
        match &self.next {
            Some((name, _)) => seed.deserialize(StrDeserializer::<Fault>::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        match self.next.take() {
            Some((name, value)) => {
                seed.deserialize(value.into_deserializer()).map_err(|fault| fault.under(Step::Field(name)))
            }
            None => Err(de::Error::custom("has a value without a name")),
        }
    }
}

/// The items of an array.
struct Items<I> {
    rest: I,
    at: usize,
}

impl<I> Items<I> {
    fn new(rest: I) -> Self {
        Self { rest, at: 0 }
    }
}

impl<'de, I, T> SeqAccess<'de> for Items<I>
where
    I: Iterator<Item = T>,
    T: IntoDeserializer<'de, Fault>,
{
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.rest.next() else {
            return Ok(None);
        };
        let at = self.at;
        self.at += 1;
        seed.deserialize(item.into_deserializer()).map(Some).map_err(|fault| fault.under(Step::Item(at)))
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::{Value, json};

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        #[serde(default)]
        flag: bool,
        kind: Option<UseCase>,
        count: Option<u32>,
        #[serde(default)]
        items: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Inner {
        value: String,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    enum UseCase {
        Pfm,
        MoneyMovement,
    }

    fn refusal(value: Value) -> String {
        ApiError::from(Outer::deserialize(Json(value)).unwrap_err()).message().to_owned()
    }

    #[test]
    fn a_wrong_value_is_named_with_what_it_must_be_and_is_not_repeated() {
        let rows = [
            (json!({"flag": 1}), "flag: must be true or false."),
            (json!({"flag": "true"}), "flag: must be true or false."),
            (json!({"kind": "XYZ"}), "kind: must be one of PFM, MONEY_MOVEMENT."),
            (json!({"kind": 3}), "kind: must be one of PFM, MONEY_MOVEMENT."),
            (json!({"kind": {"PFM": null}}), "kind: must be one of PFM, MONEY_MOVEMENT."),
            (json!({"count": -1}), "count: must be a whole number that is not negative."),
            (json!({"count": 1.5}), "count: must be a whole number that is not negative."),
            (json!({"count": 4_294_967_296_u64}), "count: must be a whole number that is not negative."),
            (json!({"items": "hunter2"}), "items: must be an array."),
            (json!({"items": [{"value": "a"}, "hunter2"]}), "items[1]: must be an object."),
            (json!({"items": [{"value": ["hunter2"]}]}), "items[0].value: must be a string."),
            (json!({"items": [{}]}), "Required parameter is missing: items[0].value."),
            (json!("hunter2"), "The request must be an object."),
        ];
        for (value, message) in rows {
            assert_eq!(refusal(value), message);
        }
    }
}
