//! What is planned to go wrong between this server and a bank's: the exchange of a code, the renewal of a consent.

use super::*;

const FAULTS: [(&str, &str); 5] = [
    (r#"{"kind": "TIMEOUT"}"#, "PROVIDER_ERROR"),
    (r#"{"kind": "STATUS", "status": 502}"#, "PROVIDER_ERROR"),
    (r#"{"kind": "HALF_ANSWER"}"#, "PROVIDER_ERROR"),
    (r#"{"kind": "REFUSAL", "connection_status": "DENIED"}"#, "DENIED"),
    (r#"{"kind": "REFUSAL", "connection_status": "IMPEDED"}"#, "IMPEDED"),
];

/// Plans a fault at the bank, once.
async fn plan(world: &World, call: &str, fault: &str) -> i64 {
    let mut fault: Value = serde_json::from_str(fault).unwrap();
    fault["institution"] = json!("mx_bank_oauth");
    fault["call"] = json!(call);
    fault["count"] = json!(1);
    let planned = world.control().post("/control/faults", &json!({"fault": fault})).await.root("fault");
    planned["number"].as_i64().unwrap()
}

async fn struck(world: &World) -> Vec<Value> {
    let faults = world.control().get("/control/faults").await.root("faults");
    faults.as_array().unwrap().iter().map(|fault| fault["struck"].clone()).collect()
}

journeys! {
    async fn an_exchange_that_is_struck_ends_the_way_in_its_reason(world: &World) {
        for (number, (fault, reason)) in FAULTS.into_iter().enumerate() {
            plan(world, "EXCHANGE", fault).await;
            let user = world.user(&format!("user-{number}")).await;
            let member = pending(&user, &json!({})).await;
            let end = goes(&Browser::new(world.server.base_url()), window(&member), "authorize").await;
            assert!(end.html.contains(&format!("data-reason=\"{reason}\"")), "{fault}: {}", end.html);
            let status = if reason == "PROVIDER_ERROR" { "PENDING" } else { reason };
            assert_eq!(read(&user, &member).await["connection_status"], status, "{fault}");
            // It is struck once, and the next way leads on.
            let again = new_window(&user, &member).await;
            goes(&Browser::new(world.server.base_url()), &again, "authorize").await;
            assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED", "{fault}");
        }
        assert_eq!(struck(world).await, [1, 1, 1, 1, 1]);
    }

    async fn an_exchange_may_take_long(world: &World) {
        plan(world, "EXCHANGE", r#"{"kind": "LATENCY", "milliseconds": 300}"#).await;
        let user = world.user("user").await;
        connected(world, &user).await;
        assert_eq!(struck(world).await, [1]);
    }

    async fn a_renewal_that_is_struck_ends_its_attempt_and_the_next_is_made_anew(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        for (fault, reason) in FAULTS {
            // The access token is at its end by then.
            world.advance(6 * 60).await;
            plan(world, "REFRESH", fault).await;
            let status = if reason == "PROVIDER_ERROR" { "FAILED" } else { reason };
            user.get(&format!("/members/{}/aggregate", guid(&member))).await;
            assert_eq!(settled(&user, &member).await["connection_status"], status, "{fault}");
            user.get(&format!("/members/{}/aggregate", guid(&member))).await;
            assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED", "{fault}");
        }
        assert_eq!(struck(world).await, [1, 1, 1, 1, 1]);
    }
}
