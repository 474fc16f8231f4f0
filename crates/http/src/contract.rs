//! The document against the contract, by meaning: `contract/operations.toml` says what each operation takes and
//! gives, all of which are built; `contract/ours.txt` has those that go beyond it.
//!
//! Compared are paths, methods, parameters, success statuses, and every property of bodies and answers with its type,
//! the values of its enum, and nullability. The document may be more exact where that harms no client: an answer may
//! never be null where the contract allows null, a request may be null (that is, absent) where the contract does not
//! say so, and values may be listed where the contract lists none. Whether a root must be there is not compared: it is
//! described as required and may always be left out.

mod shape;
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use serde_json::Value;

use shape::{Leaf, Tree};

/// `operations.toml`.
#[derive(Debug, Deserialize)]
struct Contract {
    operation: BTreeMap<String, Operation>,
    #[serde(default)]
    shape: BTreeMap<String, Properties>,
}

type Properties = BTreeMap<String, String>;

/// One operation of the contract.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Operation {
    path: Properties,
    query: Properties,
    header: Properties,
    body: Option<Properties>,
    status: BTreeSet<u16>,
    answer: Option<Properties>,
}

/// Which way a value travels.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    In,
    Out,
}

/// Each operation of a document by its name, such as `GET /members`.
fn documented(document: &Value) -> BTreeMap<String, &Value> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths
        .flat_map(|(path, item)| {
            let operations = item.as_object().into_iter().flatten();
            operations
                .map(move |(method, operation)| (format!("{} {path}", method.to_uppercase()), operation))
        })
        .collect()
}

/// How an operation of the document differs from the contract; nothing if it does not.
fn differences(contract: &Contract, operation: &Operation, document: &Value, ours: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (place, theirs) in
        [("path", &operation.path), ("query", &operation.query), ("header", &operation.header)]
    {
        let theirs = shape::of_contract(contract, theirs);
        let ours = parameters(document, ours, place);
        compare(&format!("{place} parameter"), Way::In, &theirs, &ours, &mut found);
    }

    let body = content_of(&ours["requestBody"]).map(|schema| shape::of_schema(document, schema));
    match (&operation.body, body) {
        (Some(theirs), Some(ours)) => {
            compare("body", Way::In, &shape::of_contract(contract, theirs), &ours, &mut found);
        }
        (Some(_), None) => found.push("body: missing".to_owned()),
        (None, Some(_)) => found.push("body: not in the contract".to_owned()),
        (None, None) => {}
    }

    let responses = ours["responses"].as_object().cloned().unwrap_or_default();
    let successes: BTreeMap<u16, Value> = responses
        .into_iter()
        .filter_map(|(status, response)| Some((status.parse().ok()?, response)))
        .filter(|(status, _)| (200..300).contains(status))
        .collect();
    let statuses: BTreeSet<u16> = successes.keys().copied().collect();
    if statuses != operation.status {
        found.push(format!("statuses: {statuses:?}, the contract has {:?}", operation.status));
    }
    if let Some(theirs) = &operation.answer {
        let theirs = shape::of_contract(contract, theirs);
        for (status, response) in &successes {
            if *status == 204 {
                continue;
            }
            match content_of(response) {
                Some(schema) => {
                    let ours = shape::of_schema(document, schema);
                    compare(&format!("answer {status}"), Way::Out, &theirs, &ours, &mut found);
                }
                None => found.push(format!("answer {status}: has no JSON")),
            }
        }
    }
    found
}

/// The schema of the plain JSON content of a body or a response.
fn content_of(of: &Value) -> Option<&Value> {
    of.get("content")?.get(crate::media::JSON)?.get("schema")
}

fn parameters(document: &Value, operation: &Value, place: &str) -> Tree {
    let all = operation["parameters"].as_array().into_iter().flatten();
    let mut tree = Tree::new();
    for parameter in all.filter(|parameter| parameter["in"] == place) {
        let name = parameter["name"].as_str().unwrap_or_default();
        let name = if place == "header" { name.to_lowercase() } else { name.to_owned() };
        shape::grow(document, &parameter["schema"], name, false, &mut tree);
    }
    tree
}

fn compare(what: &str, way: Way, theirs: &Tree, ours: &Tree, found: &mut Vec<String>) {
    let open: Vec<&String> =
        theirs.iter().filter(|(_, leaf)| leaf.kind == "any").map(|(name, _)| name).collect();
    let names: BTreeSet<&String> = theirs.keys().chain(ours.keys()).collect();
    for name in names {
        let difference = match (theirs.get(name), ours.get(name)) {
            (Some(theirs), Some(ours)) => unlike(way, is_root(name, ours), theirs, ours),
            (Some(_), None) => Some("missing".to_owned()),
            (None, _) if open.iter().any(|open| name.starts_with(*open)) => None,
            (None, _) => Some("not in the contract".to_owned()),
        };
        found.extend(difference.map(|difference| format!("{what} {name}: {difference}")));
    }
}

fn is_root(name: &str, leaf: &Leaf) -> bool {
    !name.contains(['.', '[']) && matches!(&*leaf.kind, "object" | "array")
}

fn unlike(way: Way, root: bool, theirs: &Leaf, ours: &Leaf) -> Option<String> {
    if theirs.kind != "any" && theirs.kind != ours.kind {
        return Some(format!("{}, the contract has {}", ours.kind, theirs.kind));
    }
    if !theirs.values.is_empty() && theirs.values != ours.values {
        return Some(format!("the values {:?}, the contract has {:?}", ours.values, theirs.values));
    }
    if way == Way::Out && ours.nullable && !theirs.nullable {
        return Some("may be null, in the contract it is not".to_owned());
    }
    if way == Way::In && theirs.nullable && !ours.nullable {
        return Some("may not be null, in the contract it may".to_owned());
    }
    if way == Way::In && !root && theirs.required != ours.required {
        return Some(format!("required is {}, in the contract {}", ours.required, theirs.required));
    }
    None
}
