//! Owners, numbers, long histories and balances: each started, waited for, read and refused.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, answer, connected, guid, settled, test_bank};

/// A member at the bank that has everything, after its first aggregation.
async fn member(user: &Caller) -> Value {
    let made = user.post("/members", &test_bank("password")).await.root("member");
    settled(user, &made).await
}

/// Starts a job of a kind and waits for it.
async fn gathered(user: &Caller, member: &Value, kind: &str) -> Value {
    let started = user.post(&format!("/members/{}/{kind}", guid(member)), &json!({})).await;
    assert_eq!(started.status.as_u16(), 200, "{started}");
    assert_eq!(started.json()["member"]["is_being_aggregated"], true);
    let done = settled(user, member).await;
    assert_eq!(done["connection_status"], "CONNECTED");
    let job = format!("/jobs/{}", done["most_recent_job_guid"].as_str().unwrap());
    assert_eq!(user.get(&job).await.root("job")["status_name"], "COMPLETED");
    done
}

async fn list(user: &Caller, path: &str, root: &str) -> Vec<Value> {
    user.get(path).await.root(root).as_array().expect("a list").clone()
}

journeys! {
    async fn owners_are_found_and_read(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let path = format!("/members/{}/account_owners", guid(&member));
        assert!(list(&user, &path, "account_owners").await.is_empty());
        gathered(&user, &member, "identify").await;
        let owners = list(&user, &path, "account_owners").await;
        assert_eq!(owners.len(), 6);
        assert_eq!((&owners[0]["owner_name"], &owners[0]["postal_code"]), (&json!("MX Test"), &json!("84034")));
        assert!(owners[0]["guid"].as_str().unwrap().starts_with("ACO-") && owners[0]["first_name"].is_null());
        world.server.run(&["client", "features", "set", "acme", "name_splitting", "on"]).expect("a switch");
        assert_eq!(list(&user, &path, "account_owners").await[0]["last_name"], "Test");
        let neighbour = world.user("neighbour").await;
        assert_eq!(neighbour.get(&path).await.error_code(), Some(4041));
    }

    async fn numbers_are_found_and_read_by_member_and_by_account(world: &World) {
        let user = world.user("user").await;
        let member = member(&user).await;
        gathered(&user, &member, "verify").await;
        let path = format!("/members/{}/account_numbers", guid(&member));
        let numbers = list(&user, &path, "account_numbers").await;
        assert_eq!(numbers.len(), 3, "only accounts with both numbers");
        assert!(numbers.iter().all(|one| one["passed_validation"] == true));
        assert_eq!((&numbers[2]["institution_number"], &numbers[2]["routing_number"]), (&json!("003"), &json!("000312345")));
        let account = numbers[0]["account_guid"].as_str().unwrap();
        let neighbour = world.user("neighbour").await;
        for word in ["account_number", "account_numbers"] {
            let path = format!("/accounts/{account}/{word}");
            assert_eq!(list(&user, &path, "account_numbers").await, [numbers[0].clone()]);
            assert_eq!(neighbour.get(&path).await.error_code(), Some(4041));
        }
        let accounts = list(&user, "/accounts", "accounts").await;
        let card = accounts.iter().find(|one| one["account_type_name"] == "CREDIT_CARD").unwrap();
        let path = format!("/accounts/{}/account_numbers", guid(card));
        assert!(list(&user, &path, "account_numbers").await.is_empty());
    }

    async fn a_history_is_extended_and_a_balance_looked_up(world: &World) {
        let user = world.user("user").await;
        let member = member(&user).await;
        let old = "/transactions?from_date=2000-01-01&to_date=2999-12-31";
        let before = user.get(old).await.json()["pagination"]["total_entries"].as_i64().unwrap();
        gathered(&user, &member, "check_balance").await;
        gathered(&user, &member, "extend_history").await;
        let after = user.get(old).await.json()["pagination"]["total_entries"].as_i64().unwrap();
        assert!(after > 7 * before, "{before} and then {after}");
    }

    async fn a_question_is_answered_on_the_way(world: &World) {
        let user = world.user("user").await;
        let made = connected(&user, "challenge").await;
        answer(&user, &made, "correct").await;
        let path = format!("/members/{}", guid(&made));
        let verify = user.post(&format!("{path}/verify"), &json!({"include_transactions": true})).await;
        assert_eq!(verify.status.as_u16(), 200);
        assert_eq!(settled(&user, &made).await["connection_status"], "CHALLENGED");
        assert_eq!(user.post(&format!("{path}/verify"), &json!({})).await.status.as_u16(), 202);
        for (other, is_get) in [("identify", false), ("check_balance", false), ("aggregate", true)] {
            let path = format!("{path}/{other}");
            let refused = if is_get { user.get(&path).await } else { user.post(&path, &json!({})).await };
            assert_eq!((refused.status.as_u16(), refused.error_code()), (409, Some(4091)), "{other}");
        }
        assert_eq!(answer(&user, &made, "correct").await["connection_status"], "CONNECTED");
        assert_eq!(list(&user, &format!("{path}/account_numbers"), "account_numbers").await.len(), 2);
    }

    async fn what_institution_or_client_lacks_is_refused(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let path = format!("/members/{}/extend_history", guid(&member));
        let refused = user.post(&path, &json!({})).await;
        assert_eq!((refused.status.as_u16(), refused.error_code()), (400, Some(4002)));
        let sentence = "Member's institution does not support extended transaction history.";
        assert_eq!(refused.json()["error"]["message"], sentence);
        for (feature, kind) in
            [("identification", "identify"), ("verification", "verify"), ("extended_history", "extend_history")]
        {
            world.server.run(&["client", "features", "set", "acme", feature, "off"]).expect("a switch");
            let refused = user.post(&format!("/members/{}/{kind}", guid(&member)), &json!({})).await;
            assert_eq!((refused.status.as_u16(), refused.error_code()), (403, Some(4031)), "{kind}");
        }
        let wrong = json!({"include_transactions": "yes"});
        let refused = user.post(&format!("/members/{}/verify", guid(&member)), &wrong).await;
        assert_eq!(refused.error_code(), Some(4002));
    }
}
