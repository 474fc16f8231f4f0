//! What users write of their accounts and transactions, over what is told and beside it.

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::Story;
use crate::journeys::world::{EDUCATION, guid};

/// Everything is written, read and taken back.
pub(super) async fn written(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    by_hand(&jane).await;
    let told = jane.get("/transactions?records_per_page=1000").await.root("transactions");
    let latest = &told[0];
    jane.put(&format!("/transactions/{}", guid(latest)), &json!({"transaction": {"memo": "Mine"}})).await;
    rules(story, &jane, latest).await;
    tags(&jane, latest).await;
    budgets(&jane).await;
    goals(&jane).await;
    scheduled_payments(&jane).await;
    spending_plan(&jane).await;
    cards(story, &jane).await;
    notifications(&jane).await;
    positions(&jane).await;
    let fed = jane.get("/accounts?is_manual=false").await.root("accounts");
    jane.put(&format!("/accounts/{}/block", guid(&fed[0])), &json!({})).await;
    jane.get("/accounts").await;
}

/// An account and what stands in it.
async fn by_hand(jane: &Caller) {
    let body = json!({"account": {"name": "Purse", "account_type": 9, "balance": 120.5}});
    let account = format!("/accounts/{}", guid(&jane.post("/accounts", &body).await.root("account")));
    jane.put(&account, &json!({"account": {"nickname": "Pocket"}})).await;
    let body = json!({"transaction": {
        "amount": 12.3, "date": "2026-02-10", "description": "Lunch", "transaction_type": 2,
    }});
    let all = format!("{account}/transactions");
    let made = jane.post(&all, &body).await.root("transaction");
    let one = format!("/transactions/{}", guid(&made));
    jane.put(&one, &json!({"transaction": {"category_guid": EDUCATION}})).await;
    let parts = json!({"transactions": [{"amount": 10}, {"amount": 2.3, "description": "Tip"}]});
    jane.post(&format!("{one}/split"), &parts).await;
    jane.get(&all).await;
    jane.delete(&format!("{one}/unsplit")).await;
    jane.post("/transactions", &json!({"transaction": {"parent_guid": made["guid"], "amount": 2}})).await;
    jane.get(&all).await;
    jane.get(&format!("{account}/monthly_account_balance")).await;
    jane.put(&format!("{account}/block"), &json!({})).await;
    let words = json!({"transactions": [{"description": "SQ *BLUE BOTTLE 0423", "amount": 4.5}]});
    jane.post("/transactions/categorize_and_describe", &words).await;
    jane.delete(&one).await;
    jane.get(&all).await;
    let body = json!({"account": {"name": "Box", "account_type": 9}});
    let other = jane.post("/accounts", &body).await.root("account");
    let both = json!({"accounts": [account.trim_start_matches("/accounts/"), other["guid"]]});
    jane.put("/accounts/merge", &both).await;
    jane.delete(&account).await;
}

/// A rule for what is described as a transaction is.
async fn rules(story: &Story<'_>, jane: &Caller, like: &Value) {
    let rule =
        json!({"transaction_rule": {"category_guid": EDUCATION, "match_description": like["description"]}});
    let rule = jane.post("/transaction_rules", &rule).await.root("transaction_rule");
    let rule = format!("/transaction_rules/{}", guid(&rule));
    story.pass(1).await;
    jane.get(&format!("{rule}/progress")).await;
    jane.put(&rule, &json!({"transaction_rule": {"description": "Ours"}})).await;
    story.pass(1).await;
    jane.get(&rule).await;
    jane.get("/transactions").await;
    jane.delete(&rule).await;
    jane.get("/transaction_rules").await;
}

async fn tags(jane: &Caller, on: &Value) {
    let tag = async |name: &str| jane.post("/tags", &json!({"tag": {"name": name}})).await.root("tag");
    let (travel, work) = (tag("Travel").await, tag("Work").await);
    let tagging = json!({"tagging": {"tag_guid": travel["guid"], "transaction_guid": on["guid"]}});
    let tagging = jane.post("/taggings", &tagging).await.root("tagging");
    jane.post("/taggings", &json!({"tagging": {"tag_guid": work["guid"], "transaction_guid": on["guid"]}}))
        .await;
    jane.put(&format!("/tags/{}", guid(&work)), &json!({"tag": {"name": "Office"}})).await;
    let path = format!("/taggings/{}", guid(&tagging));
    jane.put(&path, &json!({"tagging": {"tag_guid": work["guid"]}})).await;
    jane.get("/taggings").await;
    jane.delete(&path).await;
    jane.delete(&format!("/tags/{}", guid(&travel))).await;
    jane.get("/tags").await;
}

async fn notifications(jane: &Caller) {
    let said = json!({"notification": {"subject": "Statement", "content": "Your statement is ready."}});
    let notification = jane.post("/notifications", &said).await.root("notification");
    let path = format!("/notifications/{}", guid(&notification));
    let content = json!({"deliverable": {"channel": "IN_APP", "content": "It is ready."}});
    let made = jane.post(&format!("{path}/deliverables"), &content).await.root("deliverable_notification");
    jane.get(&path).await;
    jane.get("/notifications").await;
    jane.get(&format!("{path}/deliverables")).await;
    jane.get(&format!("{path}/deliverables/{}", guid(&made))).await;
}

async fn budgets(jane: &Caller) {
    let budget = json!({"budget": {"category_guid": EDUCATION, "amount": 10, "metadata": "m"}});
    let budget = jane.post("/budgets", &budget).await.root("budget");
    jane.post("/budgets/generate", &json!({})).await;
    jane.put(&format!("/budgets/{}", guid(&budget)), &json!({"budget": [{"amount": 12.5}]})).await;
    jane.get(&format!("/budgets/{}", guid(&budget))).await;
    jane.get("/budgets").await;
    jane.get("/monthly_cash_flow_profile").await;
    let estimated = json!({"monthly_cash_flow_profile": {"uses_estimated_goals_contribution": true}});
    jane.put("/monthly_cash_flow_profile", &estimated).await;
    jane.delete(&format!("/budgets/{}", guid(&budget))).await;
}

async fn goals(jane: &Caller) {
    let profile = json!({"monthly_cash_flow_profile": {
        "goals_contribution": 150, "uses_estimated_goals_contribution": false,
    }});
    jane.put("/monthly_cash_flow_profile", &profile).await;
    let account = jane.get("/accounts").await.root("accounts")[0]["guid"].clone();
    let make = async |kind: &str, position: i64| {
        let goal = json!({"goal": {
            "account_guid": account, "amount": 4500.5, "goal_type_name": kind, "meta_type_name": "VACATION", "name": kind,
            "position": position,
        }});
        jane.post("/goals", &goal).await.root("goal")
    };
    let (save, pay) = (make("SAVE_AMOUNT", 1).await, make("PAYOFF", 1).await);
    let both =
        json!({"goals": [{"guid": save["guid"], "position": 1}, {"guid": pay["guid"], "position": 2}]});
    jane.put("/goals/reposition", &both).await;
    jane.put(&format!("/goals/{}", guid(&pay)), &json!({"goal": {"is_complete": true}})).await;
    jane.get(&format!("/goals/{}", guid(&pay))).await;
    jane.delete(&format!("/goals/{}", guid(&save))).await;
    jane.get("/goals").await;
}

async fn scheduled_payments(jane: &Caller) {
    let bill = json!({"amount": 45.63, "description": "Power bill", "occurs_on": "2026-05-31", "transaction_type": 2});
    let bill = jane.post("/scheduled_payments", &json!({"scheduled_payment": bill})).await;
    let bill = format!("/scheduled_payments/{}", guid(&bill.root("scheduled_payment")));
    let monthly = json!({"is_recurring": true, "recurrence_type": 3, "recurrence_day": 31});
    jane.put(&bill, &json!({"scheduled_payment": monthly})).await;
    jane.get(&bill).await;
    let all = jane.get("/scheduled_payments").await.root("scheduled_payments");
    jane.delete(&format!("/scheduled_payments/{}", guid(&all[0]))).await;
    jane.get("/scheduled_payments").await;
}

/// A card, which is found when the clock goes on.
async fn cards(story: &Story<'_>, jane: &Caller) {
    let body = json!({"account": {"name": "Checking", "account_type": 1, "balance": 12}});
    let account = jane.post("/accounts", &body).await.root("account");
    let body = json!({"transaction": {
        "amount": 640, "date": "2026-03-01", "description": "Starbucks", "transaction_type": 2, "category_guid": EDUCATION,
    }});
    let path = format!("/accounts/{}/transactions", guid(&account));
    let purchase = jane.post(&path, &body).await.root("transaction");
    story.pass(1).await;
    let found = jane.get("/insights").await.root("insights");
    jane.get("/beats").await;
    jane.get(&format!("/accounts/{}/insights", guid(&account))).await;
    jane.get(&format!("/transactions/{}/insights", guid(&purchase))).await;
    let card = guid(&found[0]);
    for what in ["accounts", "categories", "merchants", "scheduled_payments", "transactions"] {
        jane.get(&format!("/insights/{card}/{what}")).await;
    }
    jane.put(&format!("/insights/{card}"), &json!({"insight": {"has_been_displayed": true}})).await;
    jane.get(&format!("/insights/{card}")).await;
    jane.put(&format!("/beats/{card}"), &json!({"beat": {"is_dismissed": true}})).await;
    jane.get(&format!("/beats/{card}")).await;
}

async fn spending_plan(jane: &Caller) {
    let plan = jane.post("/spending_plans", &json!({})).await.root("spending_plan");
    let plan = format!("/spending_plans/{}", guid(&plan));
    jane.get("/spending_plans").await;
    jane.get(&plan).await;
    for spelling in ["spending_plan_account", "spending_plan_accounts"] {
        let all = format!("{plan}/{spelling}");
        let accounts = jane.get(&all).await.root("spending_plan_accounts");
        let account = format!("{all}/{}", guid(&accounts[0]));
        jane.get(&account).await;
        jane.delete(&account).await;
    }
    let items = format!("{plan}/iterations/current/iteration_items");
    for item_type in 0..4 {
        jane.post(&items, &json!({"planned_amount": 10, "item_type": item_type}))
            .await
            .root("iteration_item");
    }
    let item = jane.post(&items, &json!({"planned_amount": 10, "category_guid": EDUCATION})).await;
    let item = format!("{items}/{}", guid(&item.root("iteration_item")));
    jane.put(&item, &json!({"iteration_item": {"planned_amount": 12.5, "item_type": "1"}})).await;
    jane.get(&items).await;
    jane.get(&item).await;
    jane.delete(&item).await;
    jane.get(&format!("{plan}/iterations")).await;
    jane.get(&format!("{plan}/iterations/current")).await;
    jane.delete(&plan).await;
}

async fn positions(jane: &Caller) {
    let holdings = jane.get("/holdings").await.root("holdings");
    let holding = format!("/holdings/{}", guid(&holdings[0]));
    jane.put(&holding, &json!({"holding": {"cost_basis": 12.5}})).await;
    jane.get(&holding).await;
    for owner in ["account", "member"] {
        let of = holdings[0][format!("{owner}_guid")].as_str().expect("a guid");
        jane.get(&format!("/{owner}s/{of}/holdings")).await;
    }
}
