//! Spending plans: what a user means to spend in a month, and what comes of it.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, World, connected, guid};

const FOOD: &str = "CAT-bd56d35a-a9a7-6e10-66c1-5b9cc1b6c81a";
const DAY: i64 = 24 * 60 * 60;

async fn at(world: &World, moment: &str) {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await;
    control.post("/control/clock/set", &json!({"at": moment})).await;
}

async fn spend(user: &Caller, account: &Value, day: &str, amount: f64) {
    let lunch = json!({"amount": amount, "date": day, "description": "Lunch", "transaction_type": 2, "category_guid": FOOD});
    let path = format!("/accounts/{}/transactions", guid(account));
    user.post(&path, &json!({"transaction": lunch})).await.root("transaction");
}

journeys! {
    async fn a_plan_is_made_filled_and_turned_over_at_the_end_of_its_month(world: &World) {
        at(world, "2028-02-27T12:00:00Z").await;
        let user = world.user("user").await;
        let purse = user.post("/accounts", &json!({"account": {"name": "Purse", "account_type": 9}})).await.root("account");
        assert_eq!(user.get("/spending_plans").await.root("spending_plans"), json!([]));
        let plan = user.post("/spending_plans", &json!({})).await.root("spending_plan");
        assert_eq!(plan["current_iteration_number"], 1);
        let second = user.post("/spending_plans", &json!({})).await;
        assert_eq!((second.status.as_u16(), second.error_code()), (422, Some(4220)), "{second}");
        let path = format!("/spending_plans/{}", guid(&plan));
        assert_eq!(user.get(&path).await.root("spending_plan"), plan);
        let listed = user.get("/spending_plans").await;
        assert_eq!(listed.json()["pagination"]["total_entries"], 1);
        assert_eq!(listed.root("spending_plans"), json!([plan]));

        let accounts = user.get(&format!("{path}/spending_plan_account")).await.root("spending_plan_accounts");
        assert_eq!(user.get(&format!("{path}/spending_plan_accounts")).await.root("spending_plan_accounts"), accounts);
        assert_eq!((&accounts[0]["account_guid"], accounts.as_array().unwrap().len()), (&purse["guid"], 1));
        let account = format!("{path}/spending_plan_account/{}", guid(&accounts[0]));
        assert_eq!(user.get(&account).await.root("spending_plan_account"), accounts[0]);

        let current = user.get(&format!("{path}/iterations/current")).await;
        assert_eq!(current.json().as_object().unwrap().len(), 1, "nothing beside the root");
        let current = current.root("iteration");
        assert_eq!((&current["start_on"], &current["end_on"], &current["iteration_number"]), (&json!("2028-02-01"), &json!("2028-02-29"), &json!(1)));
        assert_eq!(user.get(&format!("{path}/iterations/1")).await.root("iteration"), current);
        for none in ["0", "2", "-1", "x", "9223372036854775808"] {
            assert_eq!(user.get(&format!("{path}/iterations/{none}")).await.error_code(), Some(4041), "{none}");
        }

        let all = format!("{path}/iterations/current/iteration_items");
        let food = json!({"planned_amount": 110, "category_guid": FOOD, "item_type": 1});
        let food = user.post(&all, &food).await.root("iteration_item");
        assert_eq!((&food["item_type"], &food["top_level_category_guid"], &food["actual_amount"]), (&json!(1), &json!(FOOD), &json!(0)));
        let rooted = json!({"iteration_item": {"planned_amount": 20.5, "item_type": "2"}});
        let other = user.post(&all, &rooted).await.root("iteration_item");
        assert_eq!((&other["item_type"], &other["planned_amount"]), (&json!(2), &json!(20.5)));
        let untyped = user.post(&all, &json!({"planned_amount": 1})).await.root("iteration_item");
        assert_eq!(untyped["item_type"], Value::Null);
        spend(&user, &purse, "2028-02-28", 12.5).await;
        spend(&user, &purse, "2028-03-01", 7.0).await;
        let item = format!("{all}/{}", guid(&food));
        let read = user.get(&item).await.root("iteration_item");
        assert_eq!((&read["actual_amount"], read["transaction_guids"].as_array().unwrap().len()), (&json!(12.5), 1));
        let raised = user.put(&item, &json!({"planned_amount": 120})).await.root("iteration_item");
        assert_eq!((&raised["planned_amount"], &raised["category_guid"]), (&json!(120), &json!(FOOD)));
        for (wrong, code) in [
            (json!({"item_type": 1}), 4001),
            (json!({"planned_amount": -1}), 4002),
            (json!({"planned_amount": 1, "item_type": 4}), 4002),
            (json!({"planned_amount": 1, "item_type": "x"}), 4002),
            (json!({"planned_amount": 1, "category_guid": "CAT-1"}), 4002),
            (json!({"planned_amount": 1, "scheduled_payment_guid": "SCP-1"}), 4002),
        ] {
            assert_eq!(user.put(&item, &wrong).await.error_code(), Some(code), "{wrong}");
            assert_eq!(user.post(&all, &wrong).await.error_code(), Some(code), "{wrong}");
        }

        // Over a leap day into March.
        world.advance(3 * DAY).await;
        let user = world.acme.session("user").await;
        assert_eq!(user.get(&path).await.root("spending_plan")["current_iteration_number"], 2);
        let months = user.get(&format!("{path}/iterations")).await.root("iterations");
        assert_eq!((&months[0]["end_on"], &months[1]["start_on"]), (&json!("2028-02-29"), &json!("2028-03-01")));
        let items = user.get(&all).await.root("iteration_items");
        let told: Vec<_> = items.as_array().unwrap().iter().map(|one| (&one["planned_amount"], &one["actual_amount"])).collect();
        assert_eq!(told, [(&json!(120), &json!(7)), (&json!(1), &json!(0))], "what was planned for once stays behind");
        assert_eq!(user.get(&item).await.error_code(), Some(4041), "items of past months cannot be reached");
        world.advance(62 * DAY).await;
        let user = world.acme.session("user").await;
        let months = user.get(&format!("{path}/iterations")).await.root("iterations");
        let numbers: Vec<_> = months.as_array().unwrap().iter().map(|one| (&one["iteration_number"], &one["start_on"])).collect();
        assert_eq!(numbers[2..], [(&json!(3), &json!("2028-04-01")), (&json!(4), &json!("2028-05-01"))]);

        let items = user.get(&all).await.root("iteration_items");
        let item = format!("{all}/{}", guid(&items[0]));
        assert_eq!(user.delete(&item).await.status.as_u16(), 204);
        assert_eq!(user.delete(&item).await.error_code(), Some(4041));
        assert_eq!(user.delete(&account).await.status.as_u16(), 204);
        assert_eq!(user.get(&account).await.error_code(), Some(4041));
        assert_eq!(user.get(&format!("/accounts/{}", guid(&purse))).await.status.as_u16(), 200);
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        for gone in [path.clone(), format!("{path}/iterations"), all.clone(), format!("{path}/spending_plan_account")] {
            assert_eq!(user.get(&gone).await.error_code(), Some(4041), "{gone}");
        }
    }

    async fn what_is_predicted_is_planned_for_and_found_among_what_a_bank_tells(world: &World) {
        at(world, "2028-02-10T12:00:00Z").await;
        let user = world.user("user").await;
        let plan = user.post("/spending_plans", &json!({})).await.root("spending_plan");
        connected(&user, "password").await;
        let path = format!("/spending_plans/{}", guid(&plan));
        let accounts = user.get(&format!("{path}/spending_plan_account")).await.root("spending_plan_accounts");
        assert!(!accounts.as_array().unwrap().is_empty(), "accounts that come later join the plan");
        let payments = user.get("/scheduled_payments").await.root("scheduled_payments");
        let netflix = payments.as_array().unwrap().iter().find(|one| one["description"] == "Netflix").unwrap();
        let all = format!("{path}/iterations/current/iteration_items");
        let planned = json!({"planned_amount": 15.49, "item_type": 0, "scheduled_payment_guid": netflix["guid"]});
        user.post(&all, &planned).await.root("iteration_item");
        user.post(&all, &json!({"planned_amount": 500, "item_type": 2})).await.root("iteration_item");
        user.post(&all, &json!({"planned_amount": 3000, "item_type": 3})).await.root("iteration_item");
        world.advance(50 * DAY).await;
        let user = world.acme.session("user").await;
        let items = user.get(&all).await.root("iteration_items");
        let [recurring, income] = items.as_array().unwrap().as_slice() else { panic!("{items}") };
        assert_eq!((&recurring["item_type"], &income["item_type"]), (&json!(0), &json!(3)));
        assert_eq!((&recurring["actual_amount"], recurring["transaction_guids"].as_array().unwrap().len()), (&json!(15.49), 1));
        assert!(income["actual_amount"].as_f64().unwrap() > 0.0, "{income}");
    }
}
