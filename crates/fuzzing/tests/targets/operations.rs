//! That every body which the API takes is among the saved requests, so that what is made of them reaches its reader.

use std::thread;

use riverbank_fuzzing::{TARGETS, answer, document};

use crate::saved::inputs;

/// Operations with a body that the OpenAPI document does not describe.
const OF_THE_SANDBOX: [(&str, &str); 2] =
    [("POST", "/control/clock/advance"), ("POST", "/control/clock/set")];

/// The saved requests: method, path, head and body.
fn requests() -> Vec<(String, String, String, String)> {
    let target = TARGETS.iter().find(|target| target.name == "requests").expect("the target");
    let texts = inputs(target).into_iter().filter_map(|(_, bytes)| String::from_utf8(bytes).ok());
    texts
        .filter_map(|text| {
            let (head, body) = text.split_once("\n\n")?;
            let mut words = head.split_whitespace();
            let (method, target) = (words.next()?, words.next()?);
            let path = target.split('?').next()?;
            Some((method.to_owned(), path.to_owned(), head.to_owned(), body.to_owned()))
        })
        .collect()
}

pub fn fits(template: &str, path: &str) -> bool {
    let parts = || template.split('/').zip(path.split('/'));
    template.split('/').count() == path.split('/').count()
        && parts().all(|(wanted, given)| wanted.starts_with('{') || wanted == given)
}

/// Operations with a body: method and path.
fn with_a_body() -> Vec<(String, String)> {
    let document = document();
    let paths = document["paths"].as_object().expect("paths");
    let described = paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().expect("operations").iter();
        let with_body = operations.filter(|(_, operation)| operation.get("requestBody").is_some());
        with_body.map(move |(method, _)| (method.to_uppercase(), path.clone()))
    });
    let others = OF_THE_SANDBOX.map(|(method, path)| (method.to_owned(), path.to_owned()));
    described.chain(others).collect()
}

/// Whether a request is lawful to the reader of its body, and one with half of a body is refused by it. A thread of its
/// own has a world of its own, which no request before it has changed.
fn reaches_the_reader(head: &str, body: &str) -> bool {
    let whole = format!("{head}\n\n{body}");
    let half = format!("{head}\n\n{{\"a\":");
    let ask = move || [whole, half].map(|request| answer(request.as_bytes()).expect("an answer"));
    let [whole, half] = thread::spawn(ask).join().expect("two answers");
    let message = String::from_utf8(half.body).expect("text");
    !matches!(whole.code, Some(4001 | 4002))
        && half.code == Some(4002)
        && message.contains("is not valid JSON")
}

#[test]
fn every_body_is_read_in_a_saved_request() {
    let requests = requests();
    let operations = with_a_body();
    assert!(operations.len() > OF_THE_SANDBOX.len());
    for (method, template) in operations {
        let reached = requests
            .iter()
            .filter(|(given, path, _, _)| *given == method && fits(&template, path))
            .any(|(_, _, head, body)| reaches_the_reader(head, body));
        assert!(
            reached,
            "fuzz/corpus/requests needs a request of {method} {template} whose body is read and right"
        );
    }
}

#[test]
fn every_operation_is_among_the_saved_requests() {
    let (document, requests) = (document(), requests());
    for (template, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            let method = method.to_uppercase();
            let is_there =
                requests.iter().any(|(given, path, _, _)| *given == method && fits(template, path));
            assert!(is_there, "fuzz/corpus/requests needs a request of {method} {template}");
        }
    }
}
