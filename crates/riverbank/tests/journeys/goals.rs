//! Goals: what a user saves for, one after the other.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, connected, guid};

/// So much to be saved in an account.
fn saved(account: &Value, name: &str, amount: f64) -> Value {
    json!({
        "account_guid": account["guid"], "amount": amount, "goal_type_name": "SAVE_AMOUNT", "meta_type_name": "VACATION",
        "name": name,
    })
}

fn names(goals: &Value) -> Vec<(&str, i64)> {
    goals
        .as_array()
        .unwrap()
        .iter()
        .map(|goal| (goal["name"].as_str().unwrap(), goal["position"].as_i64().unwrap()))
        .collect()
}

journeys! {
    async fn goals_are_made_put_into_order_reached_and_deleted(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2026-01-31T18:00:00Z"})).await;
        let user = world.user("user").await;
        let account = json!({"account": {"name": "Purse", "account_type": 2, "balance": 1651.27}});
        let account = user.post("/accounts", &account).await.root("account");
        let europe = json!({"goal": saved(&account, "Save for Europe.", 4500.0)});
        let early = user.post("/goals", &europe).await;
        assert_eq!((early.status.as_u16(), early.error_code()), (422, Some(4220)), "{early}");
        assert_eq!(early.json()["error"]["message"], "Goals need a monthly contribution.");
        let profile = json!({"monthly_cash_flow_profile": {"goals_contribution": 150}});
        user.put("/monthly_cash_flow_profile", &profile).await.root("monthly_cash_flow_profile");

        let made = user.post("/goals", &europe).await.root("goal");
        assert!(guid(&made).starts_with("GOL-"), "{made}");
        let shown = json!({
            "account_guid": account["guid"], "amount": 4500, "completed_at": null, "current_amount": 1651.27,
            "goal_type_name": "SAVE_AMOUNT", "guid": made["guid"], "has_been_spent": false, "is_complete": false,
            "meta_type_name": "VACATION", "metadata": null, "name": "Save for Europe.", "position": 1,
            "projected_to_complete_at": "2027-08-31T12:00:00.000Z", "targeted_to_complete_at": null,
            "track_type_name": "SAVINGS_TRACK", "user_guid": account["user_guid"],
        });
        assert_eq!(made, shown);
        let path = format!("/goals/{}", guid(&made));
        assert_eq!(user.get(&path).await.root("goal"), made);

        let mut car = saved(&account, "The car", 1801.27);
        car["position"] = json!(1);
        car["track_type_name"] = json!("EMERGENCY_FUND_TRACK");
        let car = user.post("/goals", &car).await.root("goal");
        assert_eq!((&car["projected_to_complete_at"], &car["track_type_name"]), (&json!("2026-02-28T12:00:00.000Z"), &json!("EMERGENCY_FUND_TRACK")));
        let later = user.get("/goals").await.root("goals");
        assert_eq!(names(&later), [("The car", 1), ("Save for Europe.", 2)]);
        assert_eq!(later[1]["projected_to_complete_at"], "2027-09-30T12:00:00.000Z", "19.99 months");

        let put = async |goals: Value| user.put("/goals/reposition", &json!({"goals": goals})).await;
        let turned = put(json!([{"guid": made["guid"], "position": 1}])).await.root("goals");
        assert_eq!(names(&turned), [("Save for Europe.", 1), ("The car", 2)]);
        assert_eq!(user.get("/goals").await.root("goals"), turned);
        for wrong in [
            json!([{"guid": made["guid"], "position": 0}]),
            json!([{"guid": made["guid"], "position": 1}, {"guid": made["guid"], "position": 2}]),
            json!([{"guid": made["guid"], "position": 1}, {"guid": car["guid"], "position": 1}]),
            json!({"guid": made["guid"], "position": 1}),
        ] {
            assert_eq!(put(wrong.clone()).await.error_code(), Some(4002), "{wrong}");
        }
        assert_eq!(put(json!([{"guid": made["guid"]}])).await.error_code(), Some(4001));
        let unknown = put(json!([{"guid": "GOL-1", "position": 1}])).await;
        assert_eq!((unknown.status.as_u16(), unknown.error_code()), (404, Some(4041)), "{unknown}");

        let bare = json!({"account_guid": account["guid"], "amount": 1});
        assert_eq!(user.post("/goals", &json!({"goal": bare})).await.error_code(), Some(4001));
        let elsewhere = saved(&json!({"guid": "ACT-1"}), "Nowhere", 1.0);
        assert_eq!(user.post("/goals", &json!({"goal": elsewhere})).await.error_code(), Some(4041));
        for (field, wrong) in [
            ("amount", json!(-1)), ("goal_type_name", json!("SAVE")), ("meta_type_name", json!(1)), ("name", json!("")),
            ("position", json!(0)), ("completed_at", json!("2015-06-19")), ("track_type_name", json!("TRACK")),
        ] {
            let mut goal = saved(&account, "Wrong", 1.0);
            goal[field] = wrong;
            assert_eq!(user.post("/goals", &json!({"goal": goal})).await.error_code(), Some(4002), "{field}");
            assert_eq!(user.put(&path, &json!({"goal": {field: goal[field].clone()}})).await.error_code(), Some(4002), "{field}");
        }

        let done = user.put(&path, &json!({"goal": {"completed_at": "2015-06-19T10:37:04-06:00", "metadata": "m"}})).await.root("goal");
        assert_eq!((&done["is_complete"], &done["completed_at"]), (&json!(true), &json!("2015-06-19T16:37:04.000Z")));
        assert_eq!((&done["projected_to_complete_at"], &done["metadata"]), (&Value::Null, &json!("m")));
        let balance = json!({"account": {"balance": 1801.27}});
        user.put(&format!("/accounts/{}", guid(&account)), &balance).await.root("account");
        let car = user.get(&format!("/goals/{}", guid(&car))).await.root("goal");
        assert_eq!((&car["is_complete"], &car["completed_at"]), (&json!(true), &json!("2026-01-31T18:00:00.000Z")));
        let spent = user.put(&format!("/goals/{}", guid(&car)), &json!({"has_been_spent": true})).await.root("goal");
        assert_eq!((&spent["has_been_spent"], &spent["is_complete"]), (&json!(true), &json!(true)));
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        assert_eq!(user.delete(&path).await.error_code(), Some(4041));
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
        assert_eq!(names(&user.get("/goals").await.root("goals")), [("The car", 1)]);
    }

    async fn a_goal_follows_what_a_bank_tells_of_its_account(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let accounts = user.get("/accounts").await.root("accounts");
        let account = accounts.as_array().unwrap().iter().find(|one| one["balance"].as_f64() > Some(1.0)).unwrap();
        let profile = json!({"monthly_cash_flow_profile": {"goals_contribution": 1}});
        user.put("/monthly_cash_flow_profile", &profile).await.root("monthly_cash_flow_profile");
        let all = user.post("/goals", &json!({"goal": saved(account, "All of it", account["balance"].as_f64().unwrap())})).await;
        assert_eq!(all.root("goal")["is_complete"], true);
        let mut debt = saved(account, "A debt", account["balance"].as_f64().unwrap());
        debt["goal_type_name"] = json!("PAYOFF");
        let debt = user.post("/goals", &json!({"goal": debt})).await.root("goal");
        assert_eq!((&debt["current_amount"], &debt["track_type_name"]), (&json!(0), &json!("DEBT_TRACK")));
        user.delete(&format!("/members/{}", guid(&member))).await;
        let goals = user.get("/goals").await.root("goals");
        assert_eq!(names(&goals), [("All of it", 1), ("A debt", 2)], "goals outlive accounts");
        assert!(goals.as_array().unwrap().iter().all(|goal| goal["current_amount"] == 0), "{goals}");
    }
}
