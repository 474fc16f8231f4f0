//! That every body which the API takes is among the saved requests, so that what is made of them reaches its reader.

use std::thread;

use riverbank_fuzzing::{TARGETS, answer, documents};

use crate::saved::inputs;

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

/// All operations: method, path, and whether it has a body that is text; files are not written by hand.
fn operations() -> Vec<(String, String, bool)> {
    let mut operations = Vec::new();
    for document in documents() {
        for (path, item) in document["paths"].as_object().expect("paths") {
            for (method, operation) in item.as_object().expect("operations") {
                let body = operation.get("requestBody");
                let is_text =
                    body.is_some_and(|body| body["content"].get("application/octet-stream").is_none());
                operations.push((method.to_uppercase(), path.clone(), is_text));
            }
        }
    }
    operations
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
        && ["is not valid JSON", "line 1, column"].iter().any(|flaw| message.contains(flaw))
}

#[test]
fn every_body_is_read_in_a_saved_request() {
    let requests = requests();
    for (method, template, _) in operations().into_iter().filter(|(_, _, has_body)| *has_body) {
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
    let requests = requests();
    for (method, template, _) in operations() {
        let is_there = requests.iter().any(|(given, path, _, _)| *given == method && fits(&template, path));
        assert!(is_there, "fuzz/corpus/requests needs a request of {method} {template}");
    }
}
