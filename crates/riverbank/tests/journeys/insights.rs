//! Insights: cards that are found once something has changed, shown as beats too, and what becomes of them.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, EDUCATION, World, guid};

/// A user with a checking account made by hand from which little is left, after a large purchase, on 2026-01-15.
async fn spent(world: &World) -> (Caller, Value, Value) {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await;
    control.post("/control/clock/set", &json!({"at": "2026-01-15T12:00:00Z"})).await;
    let user = world.user("user").await;
    let account =
        json!({"account": {"name": "Checking", "account_type": 1, "currency_code": "USD", "balance": 80}});
    let account = user.post("/accounts", &account).await.root("account");
    let purchase = json!({"transaction": {
        "amount": 612.5, "date": "2026-01-14", "description": "Starbucks", "transaction_type": 2, "category_guid": EDUCATION,
    }});
    let path = format!("/accounts/{}/transactions", guid(&account));
    let purchase = user.post(&path, &purchase).await.root("transaction");
    (user, account, purchase)
}

fn by_template<'a>(list: &'a Value, template: &str) -> &'a Value {
    let found = list.as_array().unwrap().iter().find(|one| one["template"] == template);
    found.unwrap_or_else(|| panic!("no {template} in {list}"))
}

journeys! {
    async fn insights_are_found_listed_and_lead_to_what_they_are_about(world: &World) {
        let (user, account, purchase) = spent(world).await;
        assert_eq!(user.get("/insights").await.root("insights"), json!([]), "the clock stands still");
        world.advance(60).await;
        let answer = user.get("/insights").await.json();
        assert_eq!(answer["pagination"], json!({"current_page": 1, "per_page": 25, "total_entries": 2, "total_pages": 1}));
        let large = by_template(&answer["insights"], "LargeTransactions");
        assert_eq!(large["description"], "You spent $612.50 at Starbucks on January 14.");
        assert_eq!((&large["micro_description"], &large["micro_title"]), (&large["description"], &json!("Large purchase")));
        assert_eq!((&large["user_guid"], &large["user_id"]), (&account["user_guid"], &json!("user")));
        assert_eq!((&large["active_at"], &large["cta_clicked_at"]), (&large["created_at"], &Value::Null));
        let low = by_template(&answer["insights"], "LowAccountBalances");
        assert_eq!((&low["description"], &low["has_associated_transactions"]), (&json!("Checking has $80.00 left."), &json!(false)));

        // What it is about is shown as it is shown by itself.
        let of = |insight: &Value, what: &str| format!("/insights/{}/{what}", guid(insight));
        assert_eq!(user.get(&of(large, "transactions")).await.root("transactions"), json!([purchase]));
        let account_now = user.get(&format!("/accounts/{}", guid(&account))).await.root("account");
        let accounts = user.get(&of(large, "accounts?records_per_page=10")).await.json();
        assert_eq!((&accounts["accounts"], &accounts["pagination"]["per_page"]), (&json!([account_now]), &json!(10)));
        let category = user.get(&format!("/categories/{EDUCATION}")).await.root("category");
        assert_eq!(user.get(&of(large, "categories")).await.root("categories"), json!([category]));
        let merchant = user.get(&format!("/merchants/{}", purchase["merchant_guid"].as_str().unwrap())).await.root("merchant");
        assert_eq!(user.get(&of(large, "merchants")).await.root("merchants"), json!([merchant]));
        for (what, is_about) in [("accounts", true), ("categories", true), ("merchants", true), ("scheduled_payments", false), ("transactions", true)] {
            assert_eq!(large[format!("has_associated_{what}")], is_about, "{what}");
        }
        assert_eq!(user.get(&of(low, "merchants")).await.root("merchants"), json!([]));
        assert_eq!(user.get(&of(low, "scheduled_payments")).await.root("scheduled_payments"), json!([]));
        let about = user.get(&format!("/transactions/{}/insights", guid(&purchase))).await.root("insights");
        assert_eq!(about, json!([large]));
        let about = user.get(&format!("/accounts/{}/insights", guid(&account))).await.root("insights");
        assert_eq!(about, answer["insights"], "newest first");
        for gone in ["/insights/BET-1", "/insights/BET-1/accounts", "/insights/BET-1/merchants", "/insights/BET-1/scheduled_payments", "/accounts/ACT-1/insights", "/transactions/TRN-1/insights", "/beats/BET-1"] {
            assert_eq!(user.get(gone).await.error_code(), Some(4041), "{gone}");
        }
        // What goes is no longer shown, and the card stays as it was.
        user.delete(&format!("/transactions/{}", guid(&purchase))).await;
        assert_eq!(user.get(&of(large, "transactions")).await.root("transactions"), json!([]));
        assert_eq!(user.get(&format!("/insights/{}", guid(large))).await.root("insight"), *large);
    }

    async fn a_card_is_an_insight_and_a_beat_and_is_displayed_and_dismissed_as_either(world: &World) {
        let (user, account, purchase) = spent(world).await;
        world.advance(60).await;
        let beats = user.get("/beats").await.root("beats");
        let insights = user.get("/insights").await.root("insights");
        let guids = |list: &Value| list.as_array().unwrap().iter().map(|one| guid(one).to_owned()).collect::<Vec<_>>();
        assert_eq!(guids(&beats), guids(&insights));
        let large = by_template(&beats, "LargeTransactions");
        assert_eq!((&large["account_guids"], &large["transaction_guids"]), (&json!([account["guid"]]), &json!([purchase["guid"]])));
        assert_eq!((&large["primary_account_guid"], &large["primary_transaction_guid"]), (&account["guid"], &purchase["guid"]));
        assert_eq!((large["digest"].as_str().unwrap().len(), &large["is_relevant"]), (24, &json!(true)));

        let insight = format!("/insights/{}", guid(large));
        let beat = format!("/beats/{}", guid(large));
        let shown = user.put(&insight, &json!({"insight": {"has_been_displayed": true}})).await.root("insight");
        assert_eq!((&shown["has_been_displayed"], &shown["is_dismissed"]), (&json!(true), &json!(false)));
        let read = user.get(&beat).await.root("beat");
        assert_eq!((&read["is_relevant"], read["displayed_at"].is_string()), (&json!(false), true));
        let dismissed = user.put(&beat, &json!({"beat": {"is_dismissed": true}})).await.root("beat");
        assert_eq!(dismissed["is_dismissed"], true);
        assert_eq!(user.get(&insight).await.root("insight")["is_dismissed"], true);
        assert_eq!(user.get("/insights").await.root("insights").as_array().unwrap().len(), 2, "it stays in the list");
        for (path, root) in [(&insight, "insight"), (&beat, "beat")] {
            assert_eq!(user.put(path, &json!({root: {}})).await.error_code(), Some(4002), "{path}");
            assert_eq!(user.put(path, &json!({root: {"is_dismissed": 1}})).await.error_code(), Some(4002), "{path}");
        }
        // The same fact again makes no second card.
        user.put(&format!("/transactions/{}", guid(&purchase)), &json!({"transaction": {"memo": "Books"}})).await;
        world.advance(60).await;
        assert_eq!(guids(&user.get("/beats").await.root("beats")), guids(&beats));
    }
}
