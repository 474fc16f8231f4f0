//! Budgets: what a user means to spend in a month, and what is spent of it.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, EDUCATION, World, connected, guid};

const INCOME: &str = "CAT-bf9f3294-4c40-1677-d269-54fbc189faf3";
const FOOD: &str = "CAT-bd56d35a-a9a7-6e10-66c1-5b9cc1b6c81a";

journeys! {
    async fn budgets_are_generated_changed_refused_and_deleted(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2026-03-03T12:00:00Z"})).await;
        let user = world.user("user").await;
        let early = user.post("/budgets/generate", &json!({})).await;
        assert_eq!((early.status.as_u16(), early.error_code()), (422, Some(4221)), "{early}");
        assert_eq!(early.json()["error"]["message"], "There aren't enough transactions to automatically create any budgets");
        connected(&user, "password").await;
        let made = user.post("/budgets/generate", &json!({})).await.root("budgets");
        assert!(made.as_array().unwrap().len() > 3, "{made}");
        assert_eq!(user.post("/budgets/generate", &json!({})).await.root("budgets"), made, "nothing changes");
        assert_eq!(user.get("/budgets").await.root("budgets"), made);
        let food = made.as_array().unwrap().iter().find(|one| one["category_guid"] == FOOD).unwrap();
        assert_eq!((&food["name"], &food["parent_guid"], &food["off_track_percentage"]), (&json!("Food & Dining"), &Value::Null, &Value::Null));
        let number = |field: &str| food[field].as_f64().unwrap();
        let percent = number("transaction_total") / number("amount") * 100.0;
        assert!((number("percent_spent") - percent).abs() <= 0.005_001, "{food}");
        assert_eq!(food["is_exceeded"], number("transaction_total") > number("amount"));
        assert_eq!(food["is_off_track"], number("projected_spending") > number("amount"));
        assert!(number("projected_spending") >= number("transaction_total"));

        let path = format!("/budgets/{}", guid(food));
        let listed = json!({"budget": [{"amount": 20.5, "metadata": "of ours"}]});
        let changed = user.put(&path, &listed).await.root("budget");
        assert_eq!((&changed["amount"], &changed["metadata"]), (&json!(20.5), &json!("of ours")));
        assert_eq!(user.put(&path, &json!({"budget": {"amount": 30}})).await.root("budget")["amount"], 30);
        assert_eq!(user.put(&path, &json!({"amount": 40})).await.root("budget")["amount"], 40);
        for wrong in [json!([]), json!([{"amount": 1}, {"amount": 2}]), json!(1), json!({"amount": -1}), json!([{"amount": "1"}])] {
            assert_eq!(user.put(&path, &json!({"budget": wrong})).await.error_code(), Some(4002), "{wrong}");
        }

        let categories = user.get("/categories").await.root("categories");
        let groceries = categories.as_array().unwrap().iter().find(|one| one["name"] == "Groceries").unwrap();
        let below = |amount: i64| json!({"budget": {"category_guid": guid(groceries), "parent_guid": guid(food), "amount": amount}});
        let much = user.post("/budgets", &below(41)).await;
        assert_eq!((much.status.as_u16(), much.error_code()), (422, Some(4220)), "{much}");
        let made = user.post("/budgets", &below(40)).await.root("budget");
        assert_eq!((&made["name"], &made["parent_guid"]), (&json!("Groceries"), &food["guid"]));
        assert_eq!(user.post("/budgets", &below(1)).await.error_code(), Some(4220), "one of a category");
        assert_eq!(user.put(&path, &json!({"budget": {"amount": 39}})).await.error_code(), Some(4220));
        assert_eq!(user.post("/budgets", &json!({"budget": {"amount": 1}})).await.error_code(), Some(4001));
        assert_eq!(user.post("/budgets", &json!({"budget": {"category_guid": "CAT-1"}})).await.error_code(), Some(4002));
        assert_eq!(user.post("/budgets", &json!({"category_guid": EDUCATION})).await.root("budget")["amount"], 0);
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
        assert_eq!(user.get(&format!("/budgets/{}", guid(&made))).await.error_code(), Some(4041), "it went along");
    }

    async fn a_month_begins_anew(world: &World) {
        let control = world.control();
        control.post("/control/clock/freeze", &json!({})).await;
        control.post("/control/clock/set", &json!({"at": "2026-01-31T23:59:00Z"})).await;
        let user = world.user("user").await;
        let account = json!({"account": {"name": "Purse", "account_type": 9, "currency_code": "USD"}});
        let account = user.post("/accounts", &account).await.root("account");
        let path = format!("/accounts/{}/transactions", guid(&account));
        let lunch = json!({"transaction": {
            "amount": 31, "date": "2026-01-31", "description": "Lunch", "transaction_type": 2, "category_guid": FOOD,
        }});
        user.post(&path, &lunch).await.root("transaction");
        let made = user.post("/budgets", &json!({"budget": {"category_guid": FOOD, "amount": 30}})).await.root("budget");
        let told = |one: &Value| (one["transaction_total"].clone(), one["projected_spending"].clone(), one["percent_spent"].clone(), one["is_exceeded"].clone());
        assert_eq!(told(&made), (json!(31), json!(31), json!(103.33), json!(true)));
        world.advance(60).await;
        let user = world.acme.session("user").await;
        let read = user.get(&format!("/budgets/{}", guid(&made))).await.root("budget");
        // 31 in the 62 days of December and January, and 27 days left.
        assert_eq!(told(&read), (json!(0), json!(13.5), json!(0), json!(false)));
    }

    async fn what_is_set_aside_follows_from_budgets_or_is_said(world: &World) {
        let user = world.user("user").await;
        let made = user.get("/monthly_cash_flow_profile").await.root("monthly_cash_flow_profile");
        assert!(guid(&made).starts_with("MCF-"), "{made}");
        let told = |profile: &Value| {
            ["budgeted_income", "budgeted_expenses", "goals_contribution", "estimated_goals_contribution"].map(|name| profile[name].clone())
        };
        assert_eq!(told(&made), [json!(0), json!(0), json!(0), Value::Null]);
        assert_eq!(user.get("/monthly_cash_flow_profile").await.root("monthly_cash_flow_profile"), made);
        for (category, amount) in [(INCOME, 1200.12), (FOOD, 1000.0)] {
            let budget = json!({"budget": {"category_guid": category, "amount": amount}});
            user.post("/budgets", &budget).await.root("budget");
        }
        let set = async |fields: Value| user.put("/monthly_cash_flow_profile", &fields).await;
        let rooted = json!({"monthly_cash_flow_profile": {"goals_contribution": 150, "uses_estimated_goals_contribution": false}});
        let said = set(rooted).await.root("monthly_cash_flow_profile");
        assert_eq!(told(&said), [json!(1200.12), json!(1000), json!(150), Value::Null]);
        let flat = set(json!({"uses_estimated_goals_contribution": true})).await.root("monthly_cash_flow_profile");
        assert_eq!(told(&flat), [json!(1200.12), json!(1000), json!(150), json!(200.12)]);
        for wrong in [json!({}), json!({"goals_contribution": -1}), json!({"goals_contribution": "1"}), json!({"uses_estimated_goals_contribution": 1})] {
            assert_eq!(set(json!({"monthly_cash_flow_profile": wrong})).await.error_code(), Some(4002), "{wrong}");
        }
        let neighbour = world.user("neighbour").await;
        let theirs = neighbour.get("/monthly_cash_flow_profile").await.root("monthly_cash_flow_profile");
        assert_ne!(theirs["guid"], made["guid"]);
        assert_eq!(told(&theirs), told(&made));
    }
}
