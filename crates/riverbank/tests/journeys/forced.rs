//! Statuses that a caller sets at a test institution.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, MX_BANK, World, answer, connected, credentials, guid, settled};

/// Every status but that of OAuth members on their way.
pub(super) const STATUSES: [&str; 21] = [
    "CREATED",
    "PREVENTED",
    "DENIED",
    "CHALLENGED",
    "REJECTED",
    "LOCKED",
    "CONNECTED",
    "IMPEDED",
    "RECONNECTED",
    "DEGRADED",
    "DISCONNECTED",
    "DISCONTINUED",
    "CLOSED",
    "DELAYED",
    "FAILED",
    "UPDATED",
    "DISABLED",
    "IMPORTED",
    "RESUMED",
    "EXPIRED",
    "IMPAIRED",
];

fn forced(status: &str) -> Value {
    json!({"member": {"institution_guid": MX_BANK, "connection_status": status}})
}

journeys! {
    async fn every_status_can_be_reached_on_create_without_credentials(world: &World) {
        let user = world.user("user").await;
        for (number, status) in STATUSES.into_iter().enumerate() {
            let member = user.post("/members", &forced(status)).await.root("member");
            assert_eq!(member["connection_status"], status);
            assert_eq!(member["connection_status_id"], number);
            assert_eq!(member["is_being_aggregated"], false, "{status}");
            assert_eq!(member["most_recent_job_guid"], Value::Null, "{status}");
            assert!(member["connection_status_message"].as_str().unwrap().contains("MX Bank"), "{member}");
        }
    }

    async fn every_status_can_be_reached_from_every_other_on_update(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let path = format!("/members/{}", guid(&member));
        for from in STATUSES {
            for to in ["CONNECTED", "CHALLENGED", from] {
                let moved = user.put(&path, &json!({"member": {"connection_status": to}})).await.root("member");
                assert_eq!(moved["connection_status"], to);
                assert_eq!(moved["is_being_aggregated"], false);
            }
        }
    }

    async fn unlawful_wishes_are_refused(world: &World) {
        let user = world.user("user").await;
        for status in ["PENDING", "connected", "NONSENSE", ""] {
            let refused = user.post("/members", &forced(status)).await;
            assert_eq!(refused.error_code(), Some(4002), "{status}: {refused}");
        }
        assert_eq!(user.get("/members").await.root("members"), json!([]));
    }

    async fn credentials_decide_when_both_are_sent(world: &World) {
        let user = world.user("user").await;
        let mut body = forced("LOCKED");
        body["member"]["credentials"] = credentials("mxuser", "password");
        let member = user.post("/members", &body).await.root("member");
        assert_eq!(member["connection_status"], "CREATED");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn a_forced_challenge_is_answered_by_correct(world: &World) {
        let user = world.user("user").await;
        let bare = user.post("/members", &forced("CHALLENGED")).await.root("member");
        assert_eq!(answer(&user, &bare, "correct").await["connection_status"], "CONNECTED");
        let bare = user.post("/members", &forced("CHALLENGED")).await.root("member");
        assert_eq!(answer(&user, &bare, "wrong").await["connection_status"], "REJECTED");
        let full = connected(&user, "password").await;
        user.put(&format!("/members/{}", guid(&full)), &json!({"connection_status": "CHALLENGED"})).await.root("member");
        assert_eq!(answer(&user, &full, "correct").await["connection_status"], "CONNECTED");
        assert_eq!(user.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }

    async fn a_forced_challenge_expires(world: &World) {
        let user = world.user("user").await;
        let member = user.post("/members", &forced("CHALLENGED")).await.root("member");
        world.advance(11 * 60).await;
        assert_eq!(settled(&user, &member).await["connection_status"], "EXPIRED");
    }

    async fn an_aggregate_without_stored_credentials_gives_impaired(world: &World) {
        let user = world.user("user").await;
        let member = user.post("/members", &forced("CONNECTED")).await.root("member");
        let aggregated = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(aggregated.status.as_u16(), 200);
        assert_eq!(settled(&user, &member).await["connection_status"], "IMPAIRED");
        let all = user.get("/members/aggregate").await.root("members");
        assert_eq!(all[0]["connection_status"], "IMPAIRED");
    }

    async fn only_some_statuses_let_an_aggregation_start(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let path = format!("/members/{}", guid(&member));
        for status in STATUSES {
            user.put(&path, &json!({"connection_status": status})).await.root("member");
            let started = user.get(&format!("{path}/aggregate")).await;
            let starts = !["PREVENTED", "CHALLENGED", "DISCONTINUED", "CLOSED", "DISABLED", "IMPORTED", "RESUMED", "IMPAIRED"]
                .contains(&status);
            assert_eq!(started.status.as_u16(), if starts { 200 } else { 202 }, "{status}: {started}");
            if starts {
                assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED", "{status}");
            } else {
                assert_eq!(started.root("member")["connection_status"], status);
            }
        }
    }

    async fn aggregate_all_leaves_the_others_alone(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let path = format!("/members/{}", guid(&member));
        for (status, starts) in [("DENIED", false), ("LOCKED", false), ("FAILED", true), ("DEGRADED", true)] {
            user.put(&path, &json!({"connection_status": status})).await.root("member");
            let all = user.get("/members/aggregate").await.root("members");
            assert_eq!(all[0]["is_being_aggregated"], starts, "{status}");
            settled(&user, &member).await;
        }
    }
}
