//! Requests whose bodies are more or less what the OpenAPI document asks for.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::Union;
use riverbank_fuzzing::documents;
use serde_json::{Map, Value};

use crate::operations::fits;

/// What a schema of the document asks for, now and then something else.
fn near(document: &Value, schema: &Value) -> BoxedStrategy<Value> {
    let schema = schema["$ref"]
        .as_str()
        .map_or(schema, |reference| document.pointer(&reference[1..]).expect("what is referred to"));
    if let Some(choices) = schema["oneOf"].as_array() {
        return Union::new(choices.iter().map(|choice| near(document, choice))).boxed();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or_default();
    let right = match kind {
        "object" => {
            let fields = schema["properties"].as_object().cloned().unwrap_or_default();
            let fields: Vec<_> = fields
                .iter()
                .map(|(name, field)| (Just(name.clone()), prop::option::weighted(0.8, near(document, field))))
                .collect();
            fields
                .prop_map(|fields| {
                    let given = fields.into_iter().filter_map(|(name, value)| Some((name, value?)));
                    Value::Object(given.collect::<Map<_, _>>())
                })
                .boxed()
        }
        "array" => vec(near(document, &schema["items"]), 0..4).prop_map(Value::Array).boxed(),
        "boolean" => any::<bool>().prop_map(Value::Bool).boxed(),
        "integer" | "number" => {
            prop_oneof![any::<i64>().prop_map(Value::from), any::<f64>().prop_map(Value::from)].boxed()
        }
        _ => select(vec![
            "$institution",
            "$login",
            "mxbank",
            "1990-01-31",
            "PFM",
            "CHALLENGED",
            "2026-02-01T09:00:00Z",
            "X-1",
            "é\u{0}",
            "",
        ])
        .prop_map(Value::from)
        .boxed(),
    };
    prop_oneof![12 => right, 1 => any_json()].boxed()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((".{0,8}", inner), 0..4).prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// The saved requests with bodies near their schemas.
pub fn near_requests(saved: &[Vec<u8>]) -> BoxedStrategy<Vec<u8>> {
    let documents = documents();
    let with_body: Vec<_> = saved
        .iter()
        .filter_map(|request| {
            let (head, _) = std::str::from_utf8(request).ok()?.split_once("\n\n")?;
            let mut words = head.split_whitespace();
            let (method, path) = (words.next()?.to_lowercase(), words.next()?.split('?').next()?);
            let (document, item) = documents.iter().find_map(|document| {
                let mut paths = document["paths"].as_object()?.iter();
                Some((document, paths.find(|(template, _)| fits(template, path))?.1))
            })?;
            let content = &item.get(&method)?.get("requestBody")?["content"]["application/json"];
            let body = near(document, &content["schema"]);
            let head = head.to_owned();
            Some(body.prop_map(move |body| format!("{head}\n\n{body}").into_bytes()).boxed())
        })
        .collect();
    Union::new(with_body).boxed()
}
