//! Challenges: each kind, answered rightly, wrongly, late, and by the older ways.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, answer, challenges, connect, connected, guid, read, settled};

/// The kinds that MX Bank asks, by the password that leads to them.
const KINDS: [(&str, &str); 3] = [
    ("challenge", "TEXT"),
    ("options", "OPTIONS"),
    ("image", "IMAGE_OPTIONS"),
];

journeys! {
    async fn the_right_answer_connects(world: &World) {
        for (password, kind) in KINDS {
            let user = world.user(password).await;
            let member = connected(&user, password).await;
            let open = challenges(&user, &member).await;
            assert_eq!(open.len(), 1);
            assert_eq!(open[0]["type"], kind);
            assert_eq!(open[0].get("options").is_some(), kind == "OPTIONS");
            assert_eq!(open[0].get("image_options").is_some(), kind == "IMAGE_OPTIONS");
            let done = answer(&user, &member, "correct").await;
            assert_eq!(done["connection_status"], "CONNECTED", "{password}");
            let after = user.get(&format!("/members/{}/challenges", guid(&member))).await;
            assert_eq!(after.status.as_u16(), 204);
        }
    }

    async fn an_option_is_chosen_by_its_guid_as_well(world: &World) {
        for (password, list) in [("options", "options"), ("image", "image_options")] {
            let user = world.user(password).await;
            let member = connected(&user, password).await;
            let open = challenges(&user, &member).await;
            let options = open[0][list].as_array().unwrap();
            let right = options.iter().find(|option| option["value"] == "correct").expect("a right option");
            let done = answer(&user, &member, right["guid"].as_str().unwrap()).await;
            assert_eq!(done["connection_status"], "CONNECTED", "{password}");
        }
    }

    async fn a_wrong_answer_is_rejected_and_another_attempt_may_follow(world: &World) {
        for (password, _) in KINDS {
            let user = world.user(password).await;
            let member = connected(&user, password).await;
            let done = answer(&user, &member, "wrong").await;
            assert_eq!(done["connection_status"], "REJECTED", "{password}");
            let again = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
            assert_eq!(again.status.as_u16(), 200, "{again}");
            assert_eq!(settled(&user, &member).await["connection_status"], "CHALLENGED");
            assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
        }
    }

    async fn an_answer_may_simulate_an_error(world: &World) {
        for (word, status) in [("DISABLED", "DENIED"), ("SERVER_ERROR", "FAILED"), ("UNAVAILABLE", "FAILED")] {
            let user = world.user(word).await;
            let member = connected(&user, "challenge").await;
            assert_eq!(answer(&user, &member, word).await["connection_status"], status, "{word}");
        }
    }

    async fn one_challenge_may_follow_another(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let first = challenges(&user, &member).await;
        let next = answer(&user, &member, "challenge").await;
        assert_eq!(next["connection_status"], "CHALLENGED");
        assert_ne!(challenges(&user, &member).await, first);
        assert_eq!(answer(&user, &member, "correct").await["connection_status"], "CONNECTED");
    }

    async fn a_late_answer_finds_the_challenge_expired(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let open = challenges(&user, &member).await;
        world.advance(9 * 60).await;
        assert_eq!(read(&user, &member).await["connection_status"], "CHALLENGED");
        world.advance(2 * 60).await;
        let late = read(&user, &member).await;
        assert_eq!(late["connection_status"], "EXPIRED");
        assert_eq!(late["is_being_aggregated"], false);
        let job = user.get(&format!("/jobs/{}", late["most_recent_job_guid"].as_str().unwrap())).await.root("job");
        assert_eq!(job["status_name"], "HALTED");
        let answers = json!({"challenges": [{"guid": open[0]["guid"], "value": "correct"}]});
        let refused = user.put(&format!("/members/{}/resume", guid(&member)), &answers).await;
        assert_eq!(refused.error_code(), Some(4051), "{refused}");
        let again = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(again.status.as_u16(), 200);
        assert_eq!(settled(&user, &member).await["connection_status"], "CHALLENGED");
    }

    async fn unlawful_answers_are_refused_and_leave_the_challenge_open(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let open = challenges(&user, &member).await[0]["guid"].clone();
        let path = format!("/members/{}/resume", guid(&member));
        let refusals: [(Value, i64); 7] = [
            (json!({"challenges": [{"guid": "CRD-unknown", "value": "correct"}]}), 4002),
            (json!({"challenges": [{"guid": open, "value": ""}]}), 4002),
            (json!({"challenges": [{"guid": open, "value": "a"}, {"guid": open, "value": "b"}]}), 4002),
            (json!({"challenges": [{"guid": open}]}), 4001),
            (json!({"challenges": [{"value": "correct"}]}), 4001),
            (json!({"challenges": []}), 4001),
            (json!({"member": {}}), 4001),
        ];
        for (body, code) in refusals {
            let refused = user.put(&path, &body).await;
            // An empty inner object counts as an empty body.
            let lawful = [Some(code), Some(4002)];
            assert!(lawful.contains(&refused.error_code()), "{body}: {refused}");
            assert_eq!(read(&user, &member).await["connection_status"], "CHALLENGED", "{body}");
        }
        // Rooted, with the other name of the guid.
        let body = json!({"member": {"challenges": [{"credential_guid": open, "value": "correct"}]}});
        user.put(&path, &body).await.root("member");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn the_older_flow_answers_through_the_job(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        let job = member["most_recent_job_guid"].as_str().unwrap();
        let asked = user.get(&format!("/jobs/{job}/mfa_credentials")).await.root("credentials");
        assert_eq!(asked[0]["mfa"], true);
        let too_soon = user.get(&format!("/jobs/{job}/resume")).await;
        assert_eq!(too_soon.error_code(), Some(4001), "{too_soon}");
        let stored = user
            .post(
                &format!("/members/{}/credentials", guid(&member)),
                &json!({"credential_guid": asked[0]["guid"], "value": "correct"}),
            )
            .await
            .root("member_credential");
        assert_eq!(stored["credential_guid"], asked[0]["guid"]);
        let resumed = user.get(&format!("/jobs/{job}/resume")).await.root("job");
        assert_eq!(resumed["guid"], job);
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
        let ended = user.put(&format!("/jobs/{job}/resume"), &json!({})).await;
        assert_eq!(ended.error_code(), Some(4051), "{ended}");
        let none = user.get(&format!("/jobs/{job}/mfa_credentials")).await.root("credentials");
        assert_eq!(none, json!([]));
    }

    async fn credentials_of_an_update_may_be_the_answers(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "options").await;
        let open = challenges(&user, &member).await[0]["guid"].clone();
        let path = format!("/members/{}", guid(&member));
        let given = json!([{"credential_guid": open, "value": "correct"}]);
        let skipped = user.put(&path, &json!({"member": {"credentials": given, "skip_aggregation": true}})).await;
        assert_eq!(skipped.error_code(), Some(4002), "{skipped}");
        let resumed = user.put(&path, &json!({"member": {"credentials": given}})).await.root("member");
        assert_eq!(resumed["connection_status"], "RESUMED");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn while_challenged_an_aggregate_starts_nothing(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "challenge").await;
        assert_eq!(member["is_being_aggregated"], true);
        let again = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(again.status.as_u16(), 202, "{again}");
        assert_eq!(again.root("member")["most_recent_job_guid"], member["most_recent_job_guid"]);
    }
}
