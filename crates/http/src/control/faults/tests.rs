//! Faults over HTTP.

use serde_json::{Value, json};

use crate::testing::Server;

#[tokio::test]
async fn what_cannot_be_planned_is_refused_in_words() {
    let server = Server::with_test_banks().await;
    let control = server.control();
    let rows = [
        (json!({"institution": "mxbank"}), 4001, "Required parameter is missing: kind."),
        (json!({"kind": "TIMEOUT"}), 4001, "Required parameter is missing: institution or member_guid."),
        (
            json!({"kind": "LATENCY", "institution": "mxbank"}),
            4001,
            "Required parameter is missing: milliseconds.",
        ),
        (json!({"kind": "STATUS", "institution": "mxbank"}), 4001, "Required parameter is missing: status."),
        (
            json!({"kind": "LATENCY", "milliseconds": 60_001, "institution": "mxbank"}),
            4002,
            "milliseconds: must be from 1 to 60000.",
        ),
        (
            json!({"kind": "STATUS", "status": 200, "institution": "mxbank"}),
            4002,
            "status: must be from 400 to 599.",
        ),
        (
            json!({"kind": "REFUSAL", "connection_status": "CONNECTED", "institution": "mxbank"}),
            4002,
            "connection_status: must be one of: DENIED, REJECTED, LOCKED, IMPEDED, FAILED, DELAYED, DEGRADED, \
             DISCONNECTED, DISCONTINUED.",
        ),
        (
            json!({"kind": "TIMEOUT", "status": 500, "institution": "mxbank"}),
            4002,
            "status is for STATUS only.",
        ),
        (
            json!({"kind": "TIMEOUT", "count": 0, "institution": "mxbank"}),
            4002,
            "count: must be from 1 to 1000000.",
        ),
        (
            json!({"kind": "TIMEOUT", "probability": 0, "institution": "mxbank"}),
            4002,
            "probability: must be a number over 0 and at most 1.",
        ),
        (
            json!({"kind": "TIMEOUT", "institution": "mxbank", "member_guid": "MBR-1"}),
            4002,
            "institution and member_guid exclude each other.",
        ),
        (json!({"kind": "TIMEOUT", "institution": "nobody"}), 4220, "There is no such institution."),
        (json!({"kind": "TIMEOUT", "member_guid": "MBR-1"}), 4220, "There is no such member."),
        (json!({"kind": "TIMEOUT", "member_guid": "nobody"}), 4220, "There is no such member."),
    ];
    for (body, code, message) in rows {
        let answer = control.post("/control/faults", body.clone()).await;
        assert_eq!(answer.json()["error"], json!({"code": code, "message": message}), "{body}");
    }
    assert_eq!(control.get("/control/faults").await.root("faults"), json!([]));
}

#[tokio::test]
async fn what_is_planned_is_listed_and_taken_away() {
    let server = Server::with_test_banks().await;
    let member = server.connect_to_mx_bank("acme", "u").await;
    let control = server.control();
    let plans = [
        json!({"kind": "LATENCY", "milliseconds": 20, "institution": "mxbank", "call": "FETCH"}),
        json!({"kind": "STATUS", "status": 503, "institution": "mxbank", "count": 2, "probability": 0.25}),
        json!({"kind": "REFUSAL", "connection_status": "LOCKED", "member_guid": member}),
        json!({"kind": "HALF_ANSWER", "member_guid": member}),
    ];
    for (number, plan) in (1..).zip(plans) {
        let planned = control.post("/control/faults", json!({"fault": plan})).await.root("fault");
        assert_eq!(planned["number"], number);
        for (field, value) in plan.as_object().unwrap() {
            let shown = match field.as_str() {
                "institution" => continue,
                "count" => &planned["remaining"],
                name => &planned[name],
            };
            assert_eq!(shown, value, "{field}");
        }
        assert_eq!((&planned["struck"], &planned["milliseconds"]), (&json!(0), &plan["milliseconds"]));
    }
    let numbers = |faults: Value| -> Vec<i64> {
        faults.as_array().unwrap().iter().map(|fault| fault["number"].as_i64().unwrap()).collect()
    };
    let state = control.get(&format!("/control/members/{member}")).await.root("member");
    assert_eq!(numbers(state["faults"].clone()), [3, 4]);
    assert_eq!(control.delete("/control/faults/2").await.status, 204);
    assert_eq!(control.delete("/control/faults/2").await.error_code(), Some(4041));
    assert_eq!(control.delete("/control/faults/two").await.error_code(), Some(4041));
    assert_eq!(numbers(control.get("/control/faults").await.root("faults")), [1, 3, 4]);
    assert_eq!(control.delete("/control/faults").await.status, 204);
    assert_eq!(control.get("/control/faults").await.root("faults"), json!([]));
}
