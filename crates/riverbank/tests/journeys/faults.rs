//! What is planned to go wrong, and what becomes of the members that it strikes.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, answer, connect, connected, guid, read, settled};

async fn plan(world: &World, fault: Value) -> i64 {
    let planned = world.control().post("/control/faults", &json!({"fault": fault})).await.root("fault");
    planned["number"].as_i64().unwrap()
}

async fn struck(world: &World, number: i64) -> Value {
    let faults = world.control().get("/control/faults").await.root("faults");
    let found = faults.as_array().unwrap().iter().find(|fault| fault["number"] == number).unwrap();
    found["struck"].clone()
}

journeys! {
    async fn each_kind_of_fault_leads_to_its_status(world: &World) {
        let rows = [
            (json!({"kind": "TIMEOUT"}), "FAILED", json!(null), "the institution did not answer in time"),
            (json!({"kind": "STATUS", "status": 503}), "FAILED", json!(503), "the institution answers with HTTP status 503"),
            (json!({"kind": "HALF_ANSWER"}), "FAILED", json!(null), "the answer of the institution is cut off"),
            (json!({"kind": "REFUSAL", "connection_status": "LOCKED"}), "LOCKED", json!(null), "the institution refuses"),
            (json!({"kind": "REFUSAL", "connection_status": "DELAYED", "call": "FETCH"}), "DELAYED", json!(null), ""),
            (json!({"kind": "LATENCY", "milliseconds": 5}), "CONNECTED", json!(null), ""),
        ];
        for (number, (fault, status, code, message)) in rows.into_iter().enumerate() {
            let user = world.user(&format!("user-{number}")).await;
            let mut planned = fault.clone();
            planned["institution"] = json!("mxbank");
            planned["count"] = json!(1);
            let number = plan(world, planned).await;
            let member = connected(&user, "password").await;
            assert_eq!(member["connection_status"], status, "{fault}");
            let job = user.get(&format!("/jobs/{}", member["most_recent_job_guid"].as_str().unwrap())).await.root("job");
            assert_eq!(job["error_message_code"], code, "{fault}");
            assert!(job["error_message"].as_str().unwrap_or_default().starts_with(message), "{job}");
            assert_eq!(struck(world, number).await, 1);
            // It has struck as often as it was told to.
            user.get(&format!("/members/{}/aggregate", guid(&member))).await;
            assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
            assert_eq!(struck(world, number).await, 1);
        }
    }

    async fn the_next_attempts_of_one_member_fail_and_no_other_does(world: &World) {
        let (ada, bob) = (world.user("ada").await, world.user("bob").await);
        let (of_ada, of_bob) = (connected(&ada, "password").await, connected(&bob, "password").await);
        let fault = json!({"kind": "REFUSAL", "connection_status": "DENIED", "member_guid": guid(&of_ada), "count": 3});
        plan(world, fault).await;
        for status in ["DENIED", "DENIED", "PREVENTED"] {
            ada.get(&format!("/members/{}/aggregate", guid(&of_ada))).await;
            assert_eq!(settled(&ada, &of_ada).await["connection_status"], status);
            bob.get(&format!("/members/{}/aggregate", guid(&of_bob))).await;
            assert_eq!(settled(&bob, &of_bob).await["connection_status"], "CONNECTED");
        }
        let state = world.control().get(&format!("/control/members/{}", guid(&of_ada))).await.root("member");
        assert_eq!((&state["attempts"], &state["denials"]), (&json!(4), &json!(3)));
        assert_eq!((&state["faults"][0]["remaining"], &state["faults"][0]["struck"]), (&json!(0), &json!(3)));
    }

    async fn a_fault_strikes_the_call_that_it_is_for(world: &World) {
        let user = world.user("user").await;
        plan(world, json!({"kind": "STATUS", "status": 500, "institution": "mxbank", "call": "RESUME", "count": 1})).await;
        let asked = connected(&user, "challenge").await;
        assert_eq!(asked["connection_status"], "CHALLENGED");
        assert_eq!(answer(&user, &asked, "correct").await["connection_status"], "FAILED");
    }

    async fn chance_follows_from_the_seed(world: &World) {
        plan(world, json!({"kind": "TIMEOUT", "institution": "mxbank", "probability": 0.5})).await;
        let user = world.user("user").await;
        let member = connect(&user, "password").await;
        let mut ends = String::new();
        for _ in 0..16 {
            let status = settled(&user, &member).await["connection_status"].clone();
            ends.push(if status == "FAILED" { 'x' } else { '.' });
            user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        }
        settled(&user, &member).await;
        assert_eq!(ends, CHANCE);
    }

    async fn no_fault_is_left_when_it_was_taken_away(world: &World) {
        let user = world.user("user").await;
        plan(world, json!({"kind": "TIMEOUT", "institution": "mxbank"})).await;
        let member = connected(&user, "password").await;
        assert_eq!(member["connection_status"], "FAILED");
        assert_eq!(world.control().delete("/control/faults").await.status, 204);
        user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        settled(&user, &member).await;
        assert_eq!(read(&user, &member).await["connection_status"], "CONNECTED");
    }
}

/// What the seed of the journeys makes of sixteen attempts at even odds, on either engine.
const CHANCE: &str = "..xx.xx.xx.xxxxx";
