//! Challenges: each kind, answered rightly, wrongly, late, and by the older ways.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, answer, challenges, connected, guid, read, settled, test_bank};

/// The kinds that MX Bank asks, by the password that leads to them.
const KINDS: [(&str, &str); 3] = [("challenge", "TEXT"), ("options", "OPTIONS"), ("image", "IMAGE_DATA")];

journeys! {
    async fn the_right_answer_connects(world: &World) {
        for (password, kind) in KINDS {
            let user = world.user(password).await;
            let member = connected(&user, password).await;
            let open = challenges(&user, &member).await;
            assert_eq!(open.len(), 1);
            assert_eq!(open[0]["type"], kind);
            assert_eq!(open[0].get("options").is_some(), kind == "OPTIONS");
            assert_eq!(open[0].get("image_data").is_some(), kind == "IMAGE_DATA");
            let done = answer(&user, &member, "correct").await;
            assert_eq!(done["connection_status"], "CONNECTED", "{password}");
            let after = user.get(&format!("/members/{}/challenges", guid(&member))).await;
            assert_eq!(after.status.as_u16(), 204);
        }
    }

    async fn every_kind_of_question_is_asked_and_answered(world: &World) {
        let kinds = [
            ("text", "TEXT"),
            ("token", "TOKEN"),
            ("options", "OPTIONS"),
            ("image_data", "IMAGE_DATA"),
            ("image_options", "IMAGE_OPTIONS"),
        ];
        for (password, kind) in kinds {
            let user = world.user(password).await;
            for (word, status) in [("wrong", "REJECTED"), ("correct", "CONNECTED")] {
                let made = user.post("/members", &test_bank(password)).await.root("member");
                assert_eq!(settled(&user, &made).await["connection_status"], "CHALLENGED", "{password}");
                let open = challenges(&user, &made).await;
                assert_eq!(open[0]["type"], kind);
                assert_eq!(open[0].get("options").is_some(), kind == "OPTIONS");
                assert_eq!(open[0].get("image_data").is_some(), kind == "IMAGE_DATA");
                assert_eq!(open[0].get("image_options").is_some(), kind == "IMAGE_OPTIONS");
                assert_eq!(answer(&user, &made, word).await["connection_status"], status, "{password}");
                user.delete(&format!("/members/{}", guid(&made))).await;
            }
        }
    }

    async fn a_picture_is_chosen_by_its_guid(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &test_bank("image_options")).await.root("member");
        settled(&user, &made).await;
        let open = challenges(&user, &made).await;
        let pictures = open[0]["image_options"].as_array().unwrap();
        assert!(pictures.iter().all(|one| one["data_uri"].as_str().unwrap().starts_with("data:image/png;base64,")));
        let right = pictures.iter().find(|one| one["value"] == "correct").expect("a right picture");
        assert_eq!(answer(&user, &made, guid(right)).await["connection_status"], "CONNECTED");
    }

    async fn questions_asked_together_are_answered_together(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &test_bank("together")).await.root("member");
        settled(&user, &made).await;
        let open = challenges(&user, &made).await;
        assert_eq!(open.len(), 2);
        let path = format!("/members/{}/resume", guid(&made));
        let half = json!({"challenges": [{"guid": open[0]["guid"], "value": "correct"}]});
        let refused = user.put(&path, &half).await;
        assert_eq!(refused.error_code(), Some(4001), "{refused}");
        assert_eq!(answer(&user, &made, "correct").await["connection_status"], "CONNECTED");
    }

    async fn a_chain_of_questions_is_walked_to_its_end(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &test_bank("chain")).await.root("member");
        settled(&user, &made).await;
        for kind in ["OPTIONS", "TOKEN", "IMAGE_OPTIONS"] {
            assert_eq!(challenges(&user, &made).await[0]["type"], kind);
            answer(&user, &made, "correct").await;
        }
        assert_eq!(read(&user, &made).await["connection_status"], "CONNECTED");
    }

    async fn an_option_is_chosen_by_its_guid_as_well(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "options").await;
        let open = challenges(&user, &member).await;
        let options = open[0]["options"].as_array().unwrap();
        let right = options.iter().find(|option| option["value"] == "correct").expect("a right option");
        let done = answer(&user, &member, right["guid"].as_str().unwrap()).await;
        assert_eq!(done["connection_status"], "CONNECTED");
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
