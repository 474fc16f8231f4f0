//! What holds for every operation of the control face.

use axum::http::Method;
use serde_json::Value;

use crate::testing::Server;

/// Method and path of every operation, with `x` for each parameter.
fn operations() -> Vec<(Method, String)> {
    let document = serde_json::to_value(super::document()).unwrap();
    let mut operations = Vec::new();
    for (template, item) in document["paths"].as_object().unwrap() {
        let path: Vec<_> =
            template.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect();
        for method in item.as_object().unwrap().keys() {
            operations.push((method.to_uppercase().parse().unwrap(), path.join("/")));
        }
    }
    operations
}

#[test]
fn the_committed_document_is_what_the_handlers_say() {
    let committed = include_str!("../../../../openapi/control.json");
    let made = crate::openapi::text(&super::document()).unwrap();
    assert!(committed == made, "openapi/control.json is out of date: run `cargo xtask openapi`");
}

#[test]
fn every_operation_has_an_id_and_a_tag_of_its_own() {
    let document = serde_json::to_value(super::document()).unwrap();
    let mut ids: Vec<Value> = Vec::new();
    for item in document["paths"].as_object().unwrap().values() {
        for operation in item.as_object().unwrap().values() {
            assert!(operation["tags"].is_array() && operation["summary"].is_string(), "{operation}");
            ids.push(operation["operationId"].clone());
        }
    }
    let all = ids.len();
    ids.sort_by_key(Value::to_string);
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[tokio::test]
async fn every_operation_demands_the_key() {
    let server = Server::start().await;
    let operations = operations();
    assert!(operations.len() >= 5);
    for (method, path) in operations {
        assert!(path.starts_with("/control/"), "{path}");
        for caller in [server.caller(), server.caller().with("md-control-key", "another")] {
            let answer = caller.send(method.clone(), &path, None).await;
            assert_eq!(answer.error_code(), Some(4011), "{answer}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_refused_in_our_words() {
    let server = Server::start().await;
    let control = server.control();
    assert_eq!(control.get("/control/nothing").await.error_code(), Some(4041));
    assert_eq!(control.get("/control/clock/advance").await.error_code(), Some(4051));
}
