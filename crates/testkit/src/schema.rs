//! Answers against the server's own OpenAPI document: status, media type and body.
//!
//! It knows the part of JSON Schema that the document uses, and is stricter in one thing: a property that the
//! document does not describe is a violation.

use std::fmt;
use std::sync::Arc;

use reqwest::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use crate::client::{Answer, Check};

const JSON: &str = "application/json";

/// Further JSON types that are answered where a client accepts nothing but them; the document lists them once, as JSON.
const SIBLINGS: &str = "application/vnd.m";

/// An OpenAPI document to hold answers against.
#[derive(Debug)]
pub struct Schema {
    document: Value,
}

/// An answer that the document does not allow: all that is wrong with it.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation(Vec<String>);

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.join("; "))
    }
}

impl std::error::Error for Violation {}

impl Schema {
    /// Takes a whole document, such as the body of `/openapi.json`.
    pub fn new(document: Value) -> Self {
        Self { document }
    }

    /// A check for every answer of a client; it panics at a violation and names the request.
    pub fn into_check(self) -> Check {
        Arc::new(move |answer| {
            if let Err(violation) = self.verify(answer) {
                panic!("{answer}\nbreaks the OpenAPI document: {violation}");
            }
        })
    }

    /// Whether the document allows the answer.
    ///
    /// What no operation of the document answers must be a refusal of the path, the method or the form. Pages and
    /// machines' paths are not in the document: do not ask about them.
    pub fn verify(&self, answer: &Answer) -> Result<(), Violation> {
        let mut wrong = Vec::new();
        match self.operation(answer.method.as_str(), &answer.path) {
            Some(operation) => self.verify_response(operation, answer, &mut wrong),
            None if matches!(answer.status.as_u16(), 404..=406) => {
                let error = self.document.pointer("/components/schemas/Error").unwrap_or(&Value::Null);
                self.verify_body(error, &answer.body, &mut wrong);
            }
            None => wrong.push(format!("no operation is {} {}", answer.method, answer.path)),
        }
        if wrong.is_empty() { Ok(()) } else { Err(Violation(wrong)) }
    }

    /// The operation whose template fits best: the one with the most parts that are no parameters.
    fn operation(&self, method: &str, path: &str) -> Option<&Value> {
        let path = path.split('?').next().unwrap_or_default();
        let path = path.strip_suffix(".json").unwrap_or(path);
        let method = if method == "HEAD" { "get".to_owned() } else { method.to_lowercase() };
        self.document["paths"]
            .as_object()?
            .iter()
            .filter_map(|(template, item)| Some((fit(template, path)?, item)))
            .max_by_key(|(fit, _)| *fit)
            .and_then(|(_, item)| item.get(&method))
    }

    fn verify_response(&self, operation: &Value, answer: &Answer, wrong: &mut Vec<String>) {
        let status = answer.status.as_str();
        let responses = &operation["responses"];
        let Some(response) = responses.get(status).or_else(|| responses.get("default")) else {
            wrong.push(format!("the status {status} is not described"));
            return;
        };
        let (response, _) = self.resolved(response);
        let content = response["content"].as_object().cloned().unwrap_or_default();
        if content.is_empty() {
            if !answer.body.is_empty() {
                wrong.push(format!("the status {status} has no body, but one came"));
            }
            return;
        }
        let given =
            answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let given = given.split(';').next().unwrap_or_default().trim();
        let sibling = given.starts_with(SIBLINGS) && given.ends_with("+json");
        let Some(described) = content.get(given).or_else(|| content.get(JSON).filter(|_| sibling)) else {
            wrong.push(format!("the media type {given:?} is not described for the status {status}"));
            return;
        };
        if given.ends_with("json") && answer.method.as_str() != "HEAD" {
            self.verify_body(&described["schema"], &answer.body, wrong);
        }
    }

    fn verify_body(&self, schema: &Value, body: &[u8], wrong: &mut Vec<String>) {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => self.verify_value(schema, &value, "body", wrong),
            Err(error) => wrong.push(format!("the body is not JSON: {error}")),
        }
    }

    /// Adds what is wrong with a value; `place` is where it stands.
    fn verify_value(&self, schema: &Value, value: &Value, place: &str, wrong: &mut Vec<String>) {
        let (schema, nullable) = self.resolved(schema);
        if value.is_null() && nullable {
            return;
        }
        if let Some(choices) = choices(&schema) {
            let fits = |choice: &&Value| {
                let mut wrong = Vec::new();
                self.verify_value(choice, value, place, &mut wrong);
                wrong.is_empty()
            };
            if !choices.iter().any(|choice| fits(&choice)) {
                wrong.push(format!("{place} fits none of its forms"));
            }
            return;
        }
        if let Some(kind) = schema["type"].as_str()
            && !is_a(kind, value)
        {
            wrong.push(format!("{place} is {value}, not of the type {kind}"));
            return;
        }
        if let Some(values) = schema["enum"].as_array()
            && !values.contains(value)
        {
            wrong.push(format!("{place} is {value}, not one of its values"));
        }
        if let Some(reason) = out_of_bounds(&schema, value) {
            wrong.push(format!("{place} is {value}, {reason}"));
        }
        match value {
            Value::Array(items) => {
                for (at, item) in items.iter().enumerate() {
                    self.verify_value(&schema["items"], item, &format!("{place}[{at}]"), wrong);
                }
            }
            Value::Object(fields) => self.verify_fields(&schema, fields, place, wrong),
            _ => {}
        }
    }

    fn verify_fields(
        &self,
        schema: &Value,
        fields: &Map<String, Value>,
        place: &str,
        wrong: &mut Vec<String>,
    ) {
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !fields.contains_key(name) {
                wrong.push(format!("{place}.{name} is missing"));
            }
        }
        for (name, value) in fields {
            let described = schema["properties"].get(name).or_else(|| schema.get("additionalProperties"));
            match described {
                Some(Value::Bool(false)) | None => wrong.push(format!("{place}.{name} is not described")),
                Some(schema) => self.verify_value(schema, value, &format!("{place}.{name}"), wrong),
            }
        }
    }

    /// A part of the document without references and `allOf`, and whether it may be null.
    fn resolved(&self, part: &Value) -> (Value, bool) {
        if let Some(reference) = part["$ref"].as_str() {
            let target = self.document.pointer(reference.trim_start_matches('#'));
            return self.resolved(target.unwrap_or_else(|| panic!("{reference} leads nowhere")));
        }
        let mut whole = part.clone();
        let mut nullable = whole["nullable"] == true || whole["type"] == "null";
        for member in part["allOf"].as_array().into_iter().flatten() {
            let (member, member_nullable) = self.resolved(member);
            nullable |= member_nullable;
            merge(&mut whole, member);
        }
        if let Some(kinds) = whole["type"].as_array().cloned() {
            nullable |= kinds.iter().any(|kind| kind == "null");
            whole["type"] = kinds.into_iter().find(|kind| kind != "null").unwrap_or_default();
        }
        nullable |=
            choices(&whole).is_some_and(|choices| choices.iter().any(|choice| choice["type"] == "null"));
        (whole, nullable)
    }
}

fn choices(schema: &Value) -> Option<&Vec<Value>> {
    schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array())
}

/// How many parts of the template stand in the path as they are; none if it is another path.
fn fit(template: &str, path: &str) -> Option<usize> {
    let (template, path): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
    if template.len() != path.len() {
        return None;
    }
    let mut same = 0;
    for (wanted, given) in template.into_iter().zip(path) {
        match wanted == given {
            true => same += 1,
            false if wanted.starts_with('{') && !given.is_empty() => {}
            false => return None,
        }
    }
    Some(same)
}

fn is_a(kind: &str, value: &Value) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

fn out_of_bounds(schema: &Value, value: &Value) -> Option<&'static str> {
    if let (Some(least), Some(number)) = (schema["minimum"].as_f64(), value.as_f64())
        && number < least
    {
        return Some("too small");
    }
    let text = value.as_str()?;
    if schema["maxLength"].as_u64().is_some_and(|most| text.chars().count() as u64 > most) {
        return Some("too long");
    }
    let shape = match schema["format"].as_str()? {
        "date" => "9999-99-99",
        "date-time" => "9999-99-99T99:99:99.999Z",
        _ => return None,
    };
    let alike = |(wanted, given): (char, char)| {
        if wanted == '9' { given.is_ascii_digit() } else { wanted == given }
    };
    let shaped = shape.len() == text.len() && shape.chars().zip(text.chars()).all(alike);
    (!shaped).then_some("not of its format")
}

/// Adds a member of an `allOf` to the whole.
fn merge(whole: &mut Value, member: Value) {
    match (whole, member) {
        (Value::Object(whole), Value::Object(member)) => {
            for (name, value) in member {
                match whole.get_mut(&name) {
                    Some(own) => merge(own, value),
                    None => _ = whole.insert(name, value),
                }
            }
        }
        (Value::Array(whole), Value::Array(member)) => whole.extend(member),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use reqwest::header::{HeaderMap, HeaderValue};
    use reqwest::{Method, StatusCode};
    use serde_json::json;

    use super::*;

    fn schema() -> Schema {
        let answer = |name: &str| {
            let schema = json!({"schema": {"$ref": format!("#/components/schemas/{name}")}});
            json!({"content": {"application/json": schema, "application/vnd.mx.nexus.v1+json": schema}})
        };
        let error = || json!({"$ref": "#/components/responses/Unexpected"});
        Schema::new(json!({
            "paths": {
                "/members/{member_guid}": {
                    "get": {"responses": {"200": answer("Body"), "default": error()}},
                    "delete": {"responses": {"204": {"description": "Gone."}}},
                },
                "/members/aggregate": {"get": {"responses": {"202": answer("Body")}}},
            },
            "components": {
                "responses": {"Unexpected": answer("Error")},
                "schemas": {
                    "Error": {"type": "object", "required": ["error"], "properties": {"error": {"type": "object", "additionalProperties": {}}}},
                    "Body": {"type": "object", "required": ["member"], "properties": {"member": {"$ref": "#/components/schemas/Member"}}},
                    "Member": {"allOf": [
                        {"type": "object", "required": ["guid"], "properties": {"guid": {"type": "string", "maxLength": 5}}},
                        {"type": "object", "properties": {
                            "name": {"type": ["string", "null"]},
                            "status": {"type": "integer", "enum": [0, 1], "nullable": true},
                            "at": {"oneOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
                            "use_cases": {"type": "array", "items": {"type": "string", "enum": ["PFM"]}},
                        }},
                    ]},
                },
            },
        }))
    }

    fn answer(method: Method, path: &str, status: u16, media: &'static str, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
        let status = StatusCode::from_u16(status).unwrap();
        Answer { method, path: path.to_owned(), status, headers, body: body.as_bytes().to_vec() }
    }

    fn verify(
        method: Method,
        path: &str,
        status: u16,
        media: &'static str,
        body: &str,
    ) -> Result<(), Violation> {
        schema().verify(&answer(method, path, status, media, body))
    }

    fn member(fields: &Value) -> Result<(), Violation> {
        verify(Method::GET, "/members/MBR-1.json?x=1", 200, JSON, &json!({"member": fields}).to_string())
    }

    #[test]
    fn what_is_described_passes() {
        member(&json!({"guid": "MBR-1"})).unwrap();
        member(&json!({"guid": "MBR-1", "name": null, "status": null, "at": null, "use_cases": ["PFM"]}))
            .unwrap();
        member(&json!({"guid": "MBR-1", "status": 1, "at": "2016-10-13T18:07:57.000Z", "use_cases": []}))
            .unwrap();
        verify(Method::DELETE, "/members/MBR-1", 204, "", "").unwrap();
        let sibling = "application/vnd.mx.api.v1+json";
        verify(Method::GET, "/members/MBR-1", 200, sibling, r#"{"member": {"guid": "MBR-1"}}"#).unwrap();
        verify(Method::GET, "/members/MBR-1", 500, JSON, r#"{"error": {"code": 5001}}"#).unwrap();
        verify(Method::GET, "/nothing", 404, JSON, r#"{"error": {"code": 4041}}"#).unwrap();
        verify(Method::HEAD, "/members/MBR-1", 200, JSON, "").unwrap();
    }

    #[test]
    fn a_body_that_is_not_as_described_is_a_violation() {
        let rows = [
            (json!({}), "body.member.guid is missing"),
            (json!({"guid": 1}), "body.member.guid is 1, not of the type string"),
            (json!({"guid": null}), "body.member.guid is null, not of the type string"),
            (json!({"guid": "MBR-12"}), "body.member.guid is \"MBR-12\", too long"),
            (json!({"guid": "M", "secret": 1}), "body.member.secret is not described"),
            (json!({"guid": "M", "status": 2}), "body.member.status is 2, not one of its values"),
            (json!({"guid": "M", "status": 1.0}), "body.member.status is 1.0, not of the type integer"),
            (json!({"guid": "M", "at": "2016-10-13T18:07:57Z"}), "body.member.at fits none of its forms"),
            (
                json!({"guid": "M", "use_cases": ["PFM", "XYZ"]}),
                "body.member.use_cases[1] is \"XYZ\", not one of its values",
            ),
        ];
        for (fields, reason) in rows {
            assert_eq!(member(&fields), Err(Violation(vec![reason.to_owned()])), "{fields}");
        }
    }

    #[test]
    fn a_status_a_media_type_or_a_body_that_is_not_described_is_a_violation() {
        let body = r#"{"member": {"guid": "MBR-1"}}"#;
        assert!(verify(Method::DELETE, "/members/MBR-1", 200, JSON, body).is_err());
        assert!(verify(Method::DELETE, "/members/MBR-1", 204, JSON, body).is_err());
        assert!(verify(Method::GET, "/members/MBR-1", 200, "text/html", body).is_err());
        assert!(verify(Method::GET, "/members/MBR-1", 200, JSON, "").is_err());
        assert!(verify(Method::POST, "/members/MBR-1", 200, JSON, body).is_err());
        assert!(verify(Method::GET, "/nothing", 404, JSON, body).is_err());
    }

    #[test]
    fn the_most_exact_template_is_taken() {
        let body = r#"{"member": {"guid": "MBR-1"}}"#;
        verify(Method::GET, "/members/aggregate", 202, JSON, body).unwrap();
        assert!(verify(Method::GET, "/members/aggregate", 200, JSON, body).is_err());
    }
}
