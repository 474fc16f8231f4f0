//! Putting a sandbox back to its beginning: what a test suite sees of it.

use riverbank_testkit::client::{Answer, Caller};
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid, mx_bank, settled};

/// The clock at which each run of these calls begins.
const START: &str = "2026-03-02T09:00:00Z";

/// The calls of a test suite: all that a partner sees, text by text. One-time tokens and sessions are random and not
/// among it.
async fn calls(world: &World) -> Vec<String> {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await.root("clock");
    control.post("/control/clock/set", &json!({"at": START})).await.root("clock");
    let mut seen = Vec::new();
    let mut see = |answer: Answer| {
        assert!(answer.status.is_success(), "{answer}");
        seen.push(answer.to_string());
    };
    see(world.acme.mdx().post("/mdx/acme/users", &json!({"user": {"id": "ada"}})).await);
    let user = world.acme.session("ada").await;
    for password in ["password", "challenge"] {
        let made = user.post("/members", &mx_bank(login(password), password)).await;
        let member = made.root("member");
        see(made);
        settled(&user, &member).await;
        see(user.get(&format!("/members/{}", guid(&member))).await);
    }
    world.advance(2 * 24 * 60 * 60).await;
    let user = world.acme.session("ada").await;
    for path in ["/members", "/accounts", "/transactions?records_per_page=1000", "/user"] {
        see(user.get(path).await);
    }
    let messages = control.get("/control/sinks/mine").await;
    let received = messages.root("sink")["received"].take();
    let bodies = received.as_array().expect("a list").iter().map(|one| {
        let id = &one["headers"]["webhook-id"];
        format!("{id} {} {}", one["at"], one["body"])
    });
    let mut bodies: Vec<String> = bodies.collect();
    assert!(bodies.len() > 4, "{bodies:?}");
    // Lanes go out side by side.
    bodies.sort();
    seen.extend(bodies);
    seen
}

/// MX Bank has one login; a second member needs another, which it denies.
fn login(password: &str) -> &'static str {
    if password == "password" { "mxuser" } else { "another" }
}

async fn hook(world: &World) {
    let url = format!("{}/control/sink/mine", world.server.base_url());
    let hook =
        json!({"webhook": {"client_id": "acme", "url": url, "events": ["member", "aggregation", "user"]}});
    let made = world.control().post("/control/webhooks", &hook).await;
    assert!(made.status.is_success(), "{made}");
}

async fn reset(control: &Caller, body: &Value) -> Value {
    control.post("/control/state/reset", body).await.root("state")
}

journeys! {
    async fn after_a_reset_the_same_calls_give_the_same_bytes(world: &World) {
        hook(world).await;
        let first = calls(world).await;
        let control = world.control();
        for body in [json!({}), json!({"client_id": "acme"}), json!({})] {
            assert_eq!(reset(&control, &body).await["users"], 1);
            // The sinks are not a client's.
            control.delete("/control/sinks/mine").await;
            let again = calls(world).await;
            for (one, other) in first.iter().zip(&again) {
                assert_eq!(one, other, "after {body}");
            }
            assert_eq!(first.len(), again.len());
        }
    }
}
