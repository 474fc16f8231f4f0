//! What a member is for decides what is fetched for it and what may be asked of it.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, guid, mx_bank, settled};

fn for_cases(login: &str, cases: &[&str]) -> Value {
    let mut body = mx_bank(login, "password");
    body["member"]["use_cases"] = json!(cases);
    body
}

fn count(of: &Value) -> usize {
    of.as_array().expect("a list").len()
}

journeys! {
    async fn a_member_for_money_movement_only_has_accounts_and_no_transactions(world: &World) {
        let user = world.user("user").await;
        let made = user.post("/members", &for_cases("mxuser", &["MONEY_MOVEMENT"])).await.root("member");
        let moving = settled(&user, &made).await;
        assert_eq!(moving["connection_status"], "CONNECTED");
        assert_eq!(count(&user.get("/accounts").await.root("accounts")), 6);
        assert_eq!(count(&user.get("/transactions").await.root("transactions")), 0);
        for path in [
            format!("/members/{}/aggregate", guid(&moving)),
            format!("/members/{}/refresh", guid(&moving)),
            "/members/aggregate".to_owned(),
            "/members/refresh".to_owned(),
        ] {
            let refused = user.get(&path).await;
            assert_eq!((refused.status.as_u16(), refused.error_code()), (403, Some(4031)), "{refused}");
        }
        for (case, members, accounts) in [("PFM", 0, 0), ("MONEY_MOVEMENT", 1, 6)] {
            assert_eq!(count(&user.get(&format!("/members?use_case={case}")).await.root("members")), members);
            assert_eq!(count(&user.get(&format!("/accounts?use_case={case}")).await.root("accounts")), accounts);
        }

        // With PFM it gets them, and may be asked for them.
        let path = format!("/members/{}", guid(&moving));
        user.put(&path, &json!({"use_cases": ["PFM", "MONEY_MOVEMENT"]})).await.root("member");
        assert_eq!(user.get(&format!("{path}/aggregate")).await.status.as_u16(), 200);
        settled(&user, &moving).await;
        assert_eq!(count(&user.get("/transactions?use_case=PFM").await.root("transactions")), 25);
    }
}
