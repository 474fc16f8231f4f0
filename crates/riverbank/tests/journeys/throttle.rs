//! The throttle, which test institutions do not have, and the statuses that only they are spared.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid, settled};

/// A scripted bank that is not a test institution.
const BANK: &str = r#"
[[institution]]
guid = "INS-00000000-0000-8000-8000-0000000000aa"
code = "plain_bank"
name = "Plain Bank"
url = "https://plain.example"
popularity = 1
connector = "script"

[[institution.credential]]
guid = "CRD-00000000-0000-8000-8000-0000000000a1"
field_name = "LOGIN"
label = "Username"
type = "LOGIN"

[[institution.credential]]
guid = "CRD-00000000-0000-8000-8000-0000000000a2"
field_name = "PASSWORD"
label = "Password"
type = "PASSWORD"

[[institution.script.login]]
when = { PASSWORD = "SERVER_ERROR" }
steps = [{ fail = 500 }]

[[institution.script.login]]
when = { LOGIN = "mxuser" }
steps = []
"#;

fn credentials(password: &str) -> Value {
    json!([
        {"credential_guid": "CRD-00000000-0000-8000-8000-0000000000a1", "value": "mxuser"},
        {"credential_guid": "CRD-00000000-0000-8000-8000-0000000000a2", "value": password},
    ])
}

fn create(password: &str) -> Value {
    json!({"member": {
        "institution_guid": "INS-00000000-0000-8000-8000-0000000000aa",
        "credentials": credentials(password),
    }})
}

fn load(world: &World) {
    let file = world.server.directory().join("institutions.toml");
    std::fs::write(&file, BANK).expect("a written file");
    world.server.run(&["institutions", "load", file.to_str().expect("a path")]).expect("loaded institutions");
}

journeys! {
    async fn within_three_hours_of_a_success_no_job_starts(world: &World) {
        load(world);
        let user = world.user("user").await;
        let made = user.post("/members", &create("password")).await.root("member");
        let done = settled(&user, &made).await;
        assert_eq!(done["connection_status"], "CONNECTED");
        let aggregate = format!("/members/{}/aggregate", guid(&made));
        let throttled = user.get(&aggregate).await;
        assert_eq!(throttled.status.as_u16(), 202, "{throttled}");
        assert_eq!(throttled.root("member"), done);
        world.advance(3 * 60 * 60 - 60).await;
        let user = world.acme.session("user").await;
        assert_eq!(user.get(&aggregate).await.status.as_u16(), 202);
        world.advance(120).await;
        assert_eq!(user.get(&aggregate).await.status.as_u16(), 200);
        assert_eq!(settled(&user, &made).await["connection_status"], "CONNECTED");
    }

    async fn a_member_made_again_within_the_window_shows_the_earlier_time(world: &World) {
        load(world);
        let user = world.user("user").await;
        let made = user.post("/members", &create("password")).await.root("member");
        let first = settled(&user, &made).await;
        user.delete(&format!("/members/{}", guid(&made))).await;
        let again = user.post("/members", &create("password")).await.root("member");
        assert_eq!(again["aggregated_at"], first["aggregated_at"]);
    }

    async fn a_member_made_again_without_data_may_be_aggregated_at_once(world: &World) {
        load(world);
        let user = world.user("user").await;
        let made = user.post("/members", &create("password")).await.root("member");
        settled(&user, &made).await;
        user.delete(&format!("/members/{}", guid(&made))).await;
        let mut body = create("password");
        body["member"]["skip_aggregation"] = json!(true);
        let again = user.post("/members", &body).await.root("member");
        assert_eq!(again["successfully_aggregated_at"], Value::Null);
        let started = user.get(&format!("/members/{}/aggregate", guid(&again))).await;
        assert_eq!(started.status.as_u16(), 200, "{started}");
        assert_eq!(settled(&user, &again).await["connection_status"], "CONNECTED");
    }

    async fn its_status_cannot_be_set(world: &World) {
        load(world);
        let user = world.user("user").await;
        let mut body = create("password");
        body["member"]["connection_status"] = json!("CONNECTED");
        assert_eq!(user.post("/members", &body).await.error_code(), Some(4002));
        let made = user.post("/members", &create("password")).await.root("member");
        let refused = user.put(&format!("/members/{}", guid(&made)), &json!({"connection_status": "CLOSED"})).await;
        assert_eq!(refused.error_code(), Some(4002));
    }

    async fn the_third_failure_within_a_day_degrades(world: &World) {
        load(world);
        let user = world.user("user").await;
        let made = user.post("/members", &create("SERVER_ERROR")).await.root("member");
        let aggregate = format!("/members/{}/aggregate", guid(&made));
        assert_eq!(settled(&user, &made).await["connection_status"], "FAILED");
        user.get(&aggregate).await;
        assert_eq!(settled(&user, &made).await["connection_status"], "FAILED");
        user.get(&aggregate).await;
        assert_eq!(settled(&user, &made).await["connection_status"], "DEGRADED");
        world.advance(15 * 24 * 60 * 60).await;
        let user = world.acme.session("user").await;
        for status in ["FAILED", "FAILED", "DISCONNECTED"] {
            assert_eq!(user.get(&aggregate).await.status.as_u16(), 200);
            assert_eq!(settled(&user, &made).await["connection_status"], status);
        }
    }
}
