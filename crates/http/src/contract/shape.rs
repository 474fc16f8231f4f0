//! Bodies, answers and parameters as flat lists of named leaves, from the contract and from the document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Contract, Properties};

/// Leaves by their names, such as `members[].use_cases[]`.
pub(super) type Tree = BTreeMap<String, Leaf>;

/// What is known of one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Leaf {
    pub(super) kind: String,
    pub(super) nullable: bool,
    pub(super) required: bool,
    /// The values of an enum, as text; empty if there is none.
    pub(super) values: BTreeSet<String>,
}

/// Deeper than any lawful body: a shape that holds itself would have no end.
const DEEPEST: usize = 12;

pub(super) fn of_contract(contract: &Contract, properties: &Properties) -> Tree {
    let mut tree = Tree::new();
    for (name, text) in properties {
        grow_contract(contract, text, name.clone(), 0, &mut tree);
    }
    tree
}

fn grow_contract(contract: &Contract, text: &str, name: String, depth: usize, tree: &mut Tree) {
    assert!(depth < DEEPEST, "{name} has no end");
    let (text, required) = strip(text, '!');
    let (text, nullable) = strip(text, '?');
    let mut leaf = Leaf { nullable, required, ..Leaf::default() };
    if let Some(items) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        leaf.kind = "array".to_owned();
        grow_contract(contract, items, format!("{name}[]"), depth + 1, tree);
    } else if let Some(properties) = contract.shape.get(text) {
        leaf.kind = "object".to_owned();
        for (property, text) in properties {
            grow_contract(contract, text, format!("{name}.{property}"), depth + 1, tree);
        }
    } else {
        let (kind, values) = text.split_once('(').unwrap_or((text, ")"));
        let values = values.strip_suffix(')').unwrap_or_else(|| panic!("{name}: {text} has no end"));
        let known = ["string", "integer", "number", "boolean", "object", "any"];
        assert!(known.contains(&kind), "{name}: no shape is called {kind}");
        kind.clone_into(&mut leaf.kind);
        leaf.values = values.split('|').filter(|value| !value.is_empty()).map(str::to_owned).collect();
    }
    tree.insert(name, leaf);
}

fn strip(text: &str, mark: char) -> (&str, bool) {
    text.strip_suffix(mark).map_or((text, false), |text| (text, true))
}

/// The leaves of an object of the document.
pub(super) fn of_schema(document: &Value, schema: &Value) -> Tree {
    let mut tree = Tree::new();
    grow_properties(document, &resolved(document, schema).0, "", &mut tree);
    tree
}

/// Adds a place of the document, and all below it.
pub(super) fn grow(document: &Value, schema: &Value, name: String, required: bool, tree: &mut Tree) {
    assert!(name.matches(['.', '[']).count() < DEEPEST, "{name} has no end");
    let (schema, nullable) = resolved(document, schema);
    let kind = schema["type"].as_str().unwrap_or("any").to_owned();
    let values = schema["enum"].as_array().into_iter().flatten().filter(|value| !value.is_null());
    let values =
        values.map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned)).collect();
    if kind == "array" {
        grow(document, &schema["items"], format!("{name}[]"), false, tree);
    }
    grow_properties(document, &schema, &format!("{name}."), tree);
    tree.insert(name, Leaf { kind, nullable, required, values });
}

fn grow_properties(document: &Value, schema: &Value, prefix: &str, tree: &mut Tree) {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
        let required = required.iter().any(|name| name == property);
        grow(document, schema, format!("{prefix}{property}"), required, tree);
    }
}

/// A schema without references, alternatives with null and parts, and whether it may be null.
fn resolved(document: &Value, schema: &Value) -> (Value, bool) {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        let target = document.pointer(pointer).unwrap_or_else(|| panic!("{reference} leads nowhere"));
        return resolved(document, target);
    }
    for list in ["oneOf", "anyOf"] {
        let Some(choices) = schema[list].as_array() else {
            continue;
        };
        let (nulls, others): (Vec<_>, Vec<_>) = choices.iter().partition(|choice| choice["type"] == "null");
        if let [only] = others.as_slice() {
            let (only, nullable) = resolved(document, only);
            return (only, nullable || !nulls.is_empty());
        }
        return (Value::Null, !nulls.is_empty());
    }
    let mut whole = schema.clone();
    let mut nullable = false;
    if let Some(parts) = schema["allOf"].as_array() {
        for part in parts {
            let (part, part_nullable) = resolved(document, part);
            nullable |= part_nullable;
            merge(&mut whole, part);
        }
    }
    if let Some(kinds) = whole["type"].as_array().cloned() {
        nullable |= kinds.iter().any(|kind| kind == "null");
        whole["type"] = kinds.into_iter().find(|kind| kind != "null").unwrap_or_default();
    }
    (whole, nullable)
}

/// Adds a part of an `allOf` to the whole.
fn merge(whole: &mut Value, part: Value) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                match whole.get_mut(&name) {
                    Some(own) => merge(own, value),
                    None => _ = whole.insert(name, value),
                }
            }
        }
        (Value::Array(whole), Value::Array(part)) => whole.extend(part),
        _ => {}
    }
}
