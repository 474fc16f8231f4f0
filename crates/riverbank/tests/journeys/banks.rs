//! Each row of the table of MX Bank, from create to its final status.

use serde_json::json;

use super::journeys;
use super::world::{Backend, World, connect, connected, guid, mx_bank, read, settled, test_bank};

journeys! {
    async fn every_password_leads_to_its_status(world: &World) {
        let rows = [
            ("password", "CONNECTED"),
            ("correct", "CONNECTED"),
            ("challenge", "CHALLENGED"),
            ("options", "CHALLENGED"),
            ("image", "CHALLENGED"),
            ("BAD_REQUEST", "FAILED"),
            ("UNAUTHORIZED", "DENIED"),
            ("INVALID", "DENIED"),
            ("LOCKED", "LOCKED"),
            ("DISABLED", "DENIED"),
            ("SERVER_ERROR", "FAILED"),
            ("UNAVAILABLE", "FAILED"),
            // Case counts.
            ("locked", "CONNECTED"),
        ];
        for (index, (password, status)) in rows.into_iter().enumerate() {
            let user = world.user(&format!("user-{index}")).await;
            let made = connect(&user, password).await;
            assert_eq!(made["connection_status"], "CREATED");
            assert_eq!(made["is_being_aggregated"], true);
            let done = settled(&user, &made).await;
            assert_eq!(done["connection_status"], status, "{password}");
            assert_eq!(done["is_being_aggregated"], status == "CHALLENGED", "{password}");
            assert_eq!(done["most_recent_job_guid"], made["most_recent_job_guid"]);
            let job = user.get(&format!("/jobs/{}", done["most_recent_job_guid"].as_str().unwrap())).await.root("job");
            let job_status = match status {
                "CONNECTED" => "COMPLETED",
                "CHALLENGED" => "CHALLENGED",
                "DENIED" => "DENIED",
                _ => "HALTED",
            };
            assert_eq!(job["status_name"], job_status, "{password}");
            assert_eq!(job["is_authenticated"], status == "CONNECTED", "{password}");
        }
    }

    async fn another_login_is_denied(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &mx_bank("somebody", "password")).await.root("member");
        assert_eq!(settled(&user, &made).await["connection_status"], "DENIED");
    }

    async fn the_test_bank_reaches_the_statuses_that_mx_bank_does_not(world: &World) {
        for status in ["DENIED", "REJECTED", "LOCKED", "IMPEDED", "FAILED", "DELAYED", "DEGRADED", "DISCONNECTED", "DISCONTINUED"] {
            let user = world.user(status).await;
            let made = user.post("/members", &test_bank(status)).await.root("member");
            assert_eq!(settled(&user, &made).await["connection_status"], status);
        }
    }

    async fn a_slow_bank_answers_when_its_time_has_come(world: &World) {
        world.control().post("/control/clock/freeze", &json!({})).await;
        let user = world.user("user").await;
        let made = user.post("/members", &test_bank("slow")).await.root("member");
        // Whatever is due now is done: the bank has been asked, and wants to be asked again.
        world.advance(0).await;
        world.advance(29).await;
        assert_eq!(read(&user, &made).await["is_being_aggregated"], true);
        world.advance(2).await;
        let done = read(&user, &made).await;
        assert_eq!((&done["connection_status"], &done["is_being_aggregated"]), (&json!("CONNECTED"), &json!(false)));
    }

    async fn a_bank_may_behave_differently_on_a_later_attempt(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &test_bank("flaky")).await.root("member");
        for status in ["FAILED", "FAILED", "CONNECTED"] {
            assert_eq!(settled(&user, &made).await["connection_status"], status);
            user.get(&format!("/members/{}/aggregate", guid(&made))).await;
        }
    }

    async fn a_connection_brings_six_accounts_and_ninety_days(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        assert_eq!(member["connection_status_id"], 6);
        let accounts = user.get("/accounts").await.root("accounts");
        let mut kinds: Vec<_> = accounts.as_array().unwrap().iter().map(|account| account["account_type_name"].clone()).collect();
        kinds.sort_by_key(ToString::to_string);
        assert_eq!(json!(kinds), json!(["CHECKING", "CREDIT_CARD", "INVESTMENT", "LOAN", "MORTGAGE", "SAVINGS"]));
        let page = user.get("/transactions?records_per_page=1000").await.json();
        let total = page["pagination"]["total_entries"].as_i64().unwrap();
        assert!((850..=950).contains(&total), "{total} transactions");
        assert!(page["transactions"].as_array().unwrap().iter().all(|one| one["status_name"] == "POSTED"));
    }

    async fn a_second_aggregation_of_unchanged_data_changes_nothing(world: &World) {
        // At noon: a new day brings new data.
        world.control().post("/control/clock/freeze", &json!({})).await;
        let noon = world.control().post("/control/clock/set", &json!({"at": "2026-03-01T12:00:00Z"})).await;
        assert!(noon.status.is_success(), "{noon}");
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let everything = || async {
            let accounts = user.get("/accounts").await.root("accounts");
            let transactions = user.get("/transactions?records_per_page=1000").await.root("transactions");
            (accounts, transactions)
        };
        let before = everything().await;
        world.advance(60).await;
        let again = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(again.status.as_u16(), 200, "{again}");
        let done = settled(&user, &member).await;
        assert_eq!(done["connection_status"], "CONNECTED");
        assert_ne!(done["successfully_aggregated_at"], member["successfully_aggregated_at"]);
        assert!(before == everything().await, "an unchanged row was touched");
    }
}
