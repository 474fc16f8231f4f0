//! Deleting members and making them again.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, MX_BANK, World, connect, connected, credentials, guid, mx_bank, settled};

const DAY: i64 = 24 * 60 * 60;

journeys! {
    async fn a_deleted_member_is_gone_at_once_everywhere(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let account = user.get("/accounts").await.root("accounts")[0]["guid"].as_str().unwrap().to_owned();
        let transaction = user.get("/transactions").await.root("transactions")[0]["guid"].as_str().unwrap().to_owned();
        let job = member["most_recent_job_guid"].as_str().unwrap().to_owned();
        let deleted = user.delete(&format!("/members/{}", guid(&member))).await;
        assert_eq!((deleted.status.as_u16(), deleted.json()), (200, json!({})));
        let member = guid(&member);
        for path in [
            format!("/members/{member}"),
            format!("/members/{member}/accounts"),
            format!("/members/{member}/aggregate"),
            format!("/members/{member}/challenges"),
            format!("/members/{member}/credentials"),
            format!("/members/{member}/oauth_window_uri"),
            format!("/jobs/{job}"),
            format!("/jobs/{job}/mfa_credentials"),
            format!("/accounts/{account}"),
            format!("/accounts/{account}/transactions"),
            format!("/transactions/{transaction}"),
        ] {
            let gone = user.get(&path).await;
            assert_eq!(gone.error_code(), Some(4041), "{gone}");
        }
        assert_eq!(user.delete(&format!("/members/{member}")).await.error_code(), Some(4041));
        assert_eq!(user.put(&format!("/members/{member}"), &json!({"name": "x"})).await.error_code(), Some(4041));
        for (path, root) in [("/members", "members"), ("/accounts", "accounts"), ("/transactions", "transactions")] {
            assert_eq!(user.get(path).await.root(root), json!([]), "{path}");
        }
    }

    async fn a_member_made_again_keeps_the_earlier_time_when_skipped(world: &World) {
        let user = world.user("user").await;
        let first = connected(&user, "password").await;
        user.delete(&format!("/members/{}", guid(&first))).await;
        let mut body = mx_bank("mxuser", "password");
        body["member"]["skip_aggregation"] = Value::Bool(true);
        let again = user.post("/members", &body).await.root("member");
        assert_ne!(again["guid"], first["guid"]);
        assert_eq!(again["aggregated_at"], first["aggregated_at"]);
        assert_eq!(again["connection_status"], "CREATED");
        assert_eq!(again["is_being_aggregated"], false);
        assert_eq!(again["most_recent_job_guid"], Value::Null);
    }

    async fn a_member_made_again_at_a_bank_without_throttle_starts_afresh(world: &World) {
        let user = world.user("user").await;
        let first = connected(&user, "password").await;
        user.delete(&format!("/members/{}", guid(&first))).await;
        let again = connect(&user, "password").await;
        assert_eq!(again["aggregated_at"], Value::Null);
        assert_eq!(settled(&user, &again).await["connection_status"], "CONNECTED");
        assert_eq!(user.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }

    async fn a_deleted_member_frees_its_external_guid(world: &World) {
        let user = world.user("user").await;
        let body = json!({"member": {
            "institution_guid": MX_BANK,
            "credentials": credentials("mxuser", "password"),
            "external_guid": "mine",
        }});
        let first = user.post("/members", &body).await.root("member");
        user.delete(&format!("/members/{}", guid(&first))).await;
        assert_eq!(user.post("/members", &body).await.root("member")["external_guid"], "mine");
    }

    async fn a_member_may_be_deleted_while_its_job_runs_or_waits(world: &World) {
        let user = world.user("user").await;
        for password in ["password", "challenge"] {
            for _ in 0..5 {
                let member = connect(&user, password).await;
                let deleted = user.delete(&format!("/members/{}", guid(&member))).await;
                assert_eq!(deleted.status.as_u16(), 200, "{deleted}");
            }
        }
        let last = connected(&user, "password").await;
        assert_eq!(last["connection_status"], "CONNECTED");
        assert_eq!(user.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }

    async fn the_purge_leaves_others_alone(world: &World) {
        let user = world.user("user").await;
        let gone = connected(&user, "password").await;
        user.delete(&format!("/members/{}", guid(&gone))).await;
        let other = world.user("other").await;
        let kept = connected(&other, "password").await;
        world.advance(15 * DAY).await;
        let other = world.acme.session("other").await;
        assert_eq!(settled(&other, &kept).await["guid"], kept["guid"]);
        assert_eq!(other.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }

    async fn deleting_a_user_ends_its_sessions_and_takes_everything_along(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let deleted = world.acme.mdx().delete("/mdx/acme/users/user").await;
        assert_eq!(deleted.status.as_u16(), 204, "{deleted}");
        assert_eq!(user.get("/members").await.error_code(), Some(4011));
        let token = world.acme.sso().get("/sso/acme/users/user/api_token").await;
        assert_eq!(token.error_code(), Some(4041), "{token}");
        let anew = world.user("user").await;
        assert_eq!(anew.get("/members").await.root("members"), json!([]));
        assert_eq!(anew.get("/transactions").await.root("transactions"), json!([]));
    }
}
