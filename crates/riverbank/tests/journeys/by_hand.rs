//! What users make by hand: accounts, and transactions in them.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, EDUCATION, World, connected, guid};

async fn account(user: &Caller) -> Value {
    let body =
        json!({"account": {"name": "Purse", "account_type": 9, "balance": 120.5, "currency_code": "USD"}});
    user.post("/accounts", &body).await.root("account")
}

fn lunch(amount: f64) -> Value {
    json!({"transaction": {
        "amount": amount, "date": "2026-01-10", "description": "Lunch", "transaction_type": 2, "memo": "with Ada",
    }})
}

journeys! {
    async fn an_account_made_by_hand_is_listed_changed_and_deleted(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let made = account(&user).await;
        assert_eq!((&made["is_manual"], &made["balance"], &made["balance_set_by_name"]), (&json!(true), &json!(120.5), &json!("USER")));
        assert_eq!((&made["feed_balance"], &made["feed_name"]), (&Value::Null, &Value::Null));
        assert_eq!((&made["account_type_name"], &made["institution_code"]), (&json!("CASH"), &json!("manual_institution")));
        let by_hand = user.get("/accounts?is_manual=true").await.root("accounts");
        assert_eq!(by_hand, json!([made]));
        let fed = user.get("/accounts?is_manual=false").await.root("accounts");
        assert_eq!(fed.as_array().unwrap().len(), 6);
        let members = user.get("/members").await.root("members");
        let member = &members[1];
        assert_eq!((&member["is_manual"], &member["connection_status"]), (&json!(true), &Value::Null));
        assert_eq!((&member["guid"], &member["name"]), (&made["member_guid"], &json!("Manual Institution")));
        let aggregated = user.get(&format!("/members/{}/aggregate", guid(member))).await;
        assert_eq!(aggregated.status.as_u16(), 202, "{aggregated}");

        let path = format!("/accounts/{}", guid(&made));
        let change = json!({"account": {"nickname": "Pocket", "is_hidden": true, "metadata": "m"}});
        let changed = user.put(&path, &change).await.root("account");
        assert_eq!((&changed["nickname"], &changed["name"], &changed["is_hidden"]), (&json!("Pocket"), &json!("Purse"), &json!(true)));
        assert_eq!(user.get(&path).await.root("account"), changed);
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
        let refused = user.delete(&format!("/accounts/{}", guid(&fed[0]))).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
    }

    async fn a_transaction_made_by_hand_is_changed_split_made_whole_and_deleted(world: &World) {
        let user = world.user("user").await;
        let account = account(&user).await;
        let path = format!("/accounts/{}/transactions", guid(&account));
        let made = user.post(&path, &lunch(12.3)).await.root("transaction");
        assert_eq!((&made["is_manual"], &made["amount_set_by_name"], &made["feed_amount"]), (&json!(true), &json!("USER"), &Value::Null));
        assert_eq!((&made["description_set_by_name"], &made["category_set_by_name"]), (&json!("USER"), &json!("SYSTEM")));
        assert_eq!((&made["memo"], &made["currency_code"], &made["status_name"]), (&json!("with Ada"), &json!("USD"), &json!("POSTED")));
        let one = format!("/transactions/{}", guid(&made));
        let change = json!({"transaction": {"amount": 12.35, "category_guid": EDUCATION, "is_flagged": true}});
        let changed = user.put(&one, &change).await.root("transaction");
        assert_eq!((&changed["amount"], &changed["category_name"], &changed["is_flagged"]), (&json!(12.35), &json!("Education"), &json!(true)));
        assert_eq!(changed["category_set_by_name"], "USER");

        let total = async || {
            let totals = user.get("/date_range_category_totals/from/2026-01-10/to/2026-01-10").await;
            totals.root("date_range_category_totals").as_array().unwrap().iter().map(|one| one["total"].as_f64().unwrap()).sum::<f64>()
        };
        assert!((total().await - 12.35).abs() < 1e-9);
        let parts = json!({"transactions": [{"amount": 10.1, "description": "Soup"}, {"amount": 2.25, "memo": "tip"}]});
        let split = user.post(&format!("{one}/split"), &parts).await.root("transactions");
        assert_eq!((&split[0]["description"], &split[1]["memo"]), (&json!("Soup"), &json!("tip")));
        assert_eq!((&split[0]["parent_guid"], &split[0]["is_manual"]), (&made["guid"], &json!(false)));
        assert_eq!(user.get(&one).await.root("transaction")["has_been_split"], true);
        assert!((total().await - 12.35).abs() < 1e-9, "the parts count, and the whole does not");
        let uneven = json!({"transactions": [{"amount": 10}, {"amount": 2.25}]});
        assert_eq!(user.post(&format!("{one}/split"), &uneven).await.error_code(), Some(4220), "split already");
        assert_eq!(user.delete(&format!("/transactions/{}", guid(&split[0]))).await.error_code(), Some(4002));
        assert_eq!(user.put(&one, &json!({"transaction": {"amount": 1}})).await.error_code(), Some(4002));
        assert_eq!(user.delete(&format!("{one}/unsplit")).await.status.as_u16(), 204);
        assert_eq!(user.delete(&format!("{one}/unsplit")).await.error_code(), Some(4220));
        assert_eq!(user.post(&format!("{one}/split"), &uneven).await.error_code(), Some(4002), "uneven");
        assert_eq!(user.get(&path).await.json()["pagination"]["total_entries"], 0, "120 days back only");
        let all = format!("{path}?from_date=2026-01-01&to_date=2026-01-31");
        assert_eq!(user.get(&all).await.json()["pagination"]["total_entries"], 1);

        let off = json!({"transaction": {"parent_guid": made["guid"], "amount": 2.35, "description": "Bread"}});
        let part = user.post("/transactions", &off).await.root("transaction");
        assert_eq!((&part["amount"], &part["description"]), (&json!(2.35), &json!("Bread")));
        assert_eq!(user.get(&all).await.json()["pagination"]["total_entries"], 3);
        assert_eq!(user.delete(&one).await.status.as_u16(), 204);
        assert_eq!(user.get(&all).await.json()["pagination"]["total_entries"], 0, "the parts went with it");
    }

    async fn two_accounts_that_are_one_become_one(world: &World) {
        let user = world.user("user").await;
        let (one, other) = (account(&user).await, account(&user).await);
        for account in [&one, &other] {
            user.post(&format!("/accounts/{}/transactions", guid(account)), &lunch(12.3)).await;
        }
        user.post(&format!("/accounts/{}/transactions", guid(&other)), &lunch(9.0)).await;
        let both = json!({"accounts": [other["guid"], one["guid"]]});
        let left = user.put("/accounts/merge", &both).await.root("account");
        assert_eq!(left["guid"], one["guid"], "the older");
        let path = format!("/accounts/{}/transactions?from_date=2026-01-01&to_date=2026-01-31", guid(&one));
        assert_eq!(user.get(&path).await.json()["pagination"]["total_entries"], 2);
        assert_eq!(user.get(&format!("/accounts/{}", guid(&other))).await.error_code(), Some(4041));
        assert_eq!(user.put("/accounts/merge", &both).await.error_code(), Some(4041));
        let same = json!({"accounts": [one["guid"], one["guid"]]});
        assert_eq!(user.put("/accounts/merge", &same).await.error_code(), Some(4002));
    }

    async fn what_an_institution_tells_is_neither_added_to_nor_deleted(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let told = user.get("/transactions?records_per_page=10").await.root("transactions")[0].clone();
        let account = told["account_guid"].as_str().unwrap();
        let refused = user.post(&format!("/accounts/{account}/transactions"), &lunch(1.0)).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
        let one = format!("/transactions/{}", guid(&told));
        assert_eq!(user.delete(&one).await.error_code(), Some(4002));
        assert_eq!(user.put(&one, &json!({"transaction": {"amount": 1}})).await.error_code(), Some(4002));
    }

    async fn texts_are_given_a_meaning_and_not_stored(world: &World) {
        let user = world.user("user").await;
        let body = json!({"transactions": [
            {"description": "SQ *BLUE BOTTLE 0423", "external_guid": "one", "amount": 4.5},
            {"description": "ACME CORP DIRECT DEP PAYROLL", "external_guid": "two", "amount": -2050},
        ]});
        let answers = user.post("/transactions/categorize_and_describe", &body).await.root("transactions");
        assert_eq!((&answers[0]["external_guid"], &answers[0]["description"]), (&json!("one"), &json!("Blue Bottle")));
        assert_eq!((&answers[1]["external_guid"], &answers[1]["transaction_type_name"]), (&json!("two"), &json!("CREDIT")));
        assert_eq!(answers[1]["amount"], 2050);
        assert_eq!(user.get("/transactions").await.root("transactions"), json!([]));
    }
}
