//! Users and clients cannot see each other through any path that carries a guid.

use std::collections::BTreeMap;

use riverbank_testkit::client::{Caller, Method};
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, EDUCATION, World, challenges, connected, first_insight, guid, mx_bank};

/// Guids of one user's things, by the name of the path parameter.
async fn belongings(user: &Caller) -> BTreeMap<&'static str, String> {
    let member = connected(user, "password").await;
    let account = user.get("/accounts").await.root("accounts")[0]["guid"].as_str().unwrap().to_owned();
    let transaction =
        user.get("/transactions").await.root("transactions")[0]["guid"].as_str().unwrap().to_owned();
    let category = json!({"category": {"name": "Chess", "parent_guid": EDUCATION}});
    let category = user.post("/categories", &category).await.root("category");
    let category = guid(&category).to_owned();
    let holder = json!({"first_name": "Ada", "last_name": "Doe", "email": "ada@example.com"});
    let deposit = user.post("/micro_deposits", &json!({"micro_deposit": holder})).await.root("micro_deposit");
    let tag = user.post("/tags", &json!({"tag": {"name": "Trip"}})).await.root("tag");
    let body = json!({"tagging": {"tag_guid": tag["guid"], "transaction_guid": transaction}});
    let tagging = user.post("/taggings", &body).await.root("tagging");
    let rule = json!({"transaction_rule": {"category_guid": EDUCATION, "match_description": "Chess"}});
    let rule = user.post("/transaction_rules", &rule).await.root("transaction_rule");
    let budget = json!({"budget": {"category_guid": EDUCATION, "amount": 10}});
    let budget = user.post("/budgets", &budget).await.root("budget");
    let profile = json!({"monthly_cash_flow_profile": {"goals_contribution": 10}});
    user.put("/monthly_cash_flow_profile", &profile).await.root("monthly_cash_flow_profile");
    let goal = json!({"goal": {
        "account_guid": account, "amount": 10, "goal_type_name": "PAYOFF", "meta_type_name": "OTHER", "name": "x",
    }});
    let goal = user.post("/goals", &goal).await.root("goal");
    let bill = json!({"amount": 1, "description": "Chess", "occurs_on": "2026-01-15", "transaction_type": 2});
    let bill =
        user.post("/scheduled_payments", &json!({"scheduled_payment": bill})).await.root("scheduled_payment");
    // Little is left in it, which is told.
    let spent = json!({"account": {"name": "Checking", "account_type": 1, "balance": 1}});
    user.post("/accounts", &spent).await.root("account");
    let insight = first_insight(user).await;
    let notification = json!({"notification": {"subject": "Chess", "content": "Your move."}});
    let notification = user.post("/notifications", &notification).await.root("notification");
    let deliverables = format!("/notifications/{}/deliverables", guid(&notification));
    let deliverables = user.get(&deliverables).await.root("deliverable_notifications");
    let plan = user.post("/spending_plans", &json!({})).await.root("spending_plan");
    let plan_path = format!("/spending_plans/{}", guid(&plan));
    let plan_accounts =
        user.get(&format!("{plan_path}/spending_plan_account")).await.root("spending_plan_accounts");
    let items = format!("{plan_path}/iterations/current/iteration_items");
    let item = user.post(&items, &json!({"planned_amount": 1})).await.root("iteration_item");
    let holdings = user.get("/holdings").await.root("holdings");
    BTreeMap::from([
        ("micro_deposit_guid", guid(&deposit).to_owned()),
        ("member_guid", guid(&member).to_owned()),
        ("job_guid", member["most_recent_job_guid"].as_str().unwrap().to_owned()),
        ("account_guid", account),
        ("category_guid", category),
        ("budget_guid", guid(&budget).to_owned()),
        ("goal_guid", guid(&goal).to_owned()),
        ("guid", guid(&bill).to_owned()),
        ("insight_guid", insight.clone()),
        ("beat_guid", insight),
        ("notification_guid", guid(&notification).to_owned()),
        ("deliverable_guid", guid(&deliverables[0]).to_owned()),
        ("spending_plan_guid", guid(&plan).to_owned()),
        ("spending_plan_account_guid", guid(&plan_accounts[0]).to_owned()),
        ("iteration_item_guid", guid(&item).to_owned()),
        ("transaction_rule_guid", guid(&rule).to_owned()),
        ("holding_guid", guid(&holdings[0]).to_owned()),
        ("tag_guid", guid(&tag).to_owned()),
        ("tagging_guid", guid(&tagging).to_owned()),
        ("transaction_guid", transaction),
    ])
}

/// A lawful body for each operation that has one.
fn body(path: &str, method: &Method) -> Option<Value> {
    match (method.as_str(), path) {
        ("PUT", "/members/{member_guid}/resume") => {
            Some(json!({"challenges": [{"guid": "CRD-1", "value": "x"}]}))
        }
        ("PUT", "/micro_deposits/{micro_deposit_guid}") => {
            Some(json!({"deposit_amount_1": 0.09, "deposit_amount_2": 0.09}))
        }
        ("POST", "/accounts/{account_guid}/transactions") => Some(json!({"transaction": {
            "amount": 1, "date": "2026-01-15", "description": "x", "transaction_type": 1,
        }})),
        ("POST", "/transactions/{transaction_guid}/split") => {
            Some(json!({"transactions": [{"amount": 1}, {"amount": 2}]}))
        }
        ("POST", "/notifications/{notification_guid}/deliverables") => {
            Some(json!({"deliverable": {"channel": 1, "content": "x"}}))
        }
        ("PUT", "/budgets/{budget_guid}") => Some(json!({"budget": {"amount": 1}})),
        ("PUT", "/goals/{goal_guid}") => Some(json!({"goal": {"name": "stolen"}})),
        ("PUT", "/scheduled_payments/{guid}") => Some(json!({"scheduled_payment": {"amount": 2}})),
        ("PUT", "/insights/{insight_guid}") => Some(json!({"insight": {"is_dismissed": true}})),
        ("PUT", "/beats/{beat_guid}") => Some(json!({"beat": {"is_dismissed": true}})),
        (
            "POST" | "PUT",
            "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items"
            | "/spending_plans/{spending_plan_guid}/iterations/current/iteration_items/{iteration_item_guid}",
        ) => Some(json!({"planned_amount": 2})),
        ("PUT", "/tags/{tag_guid}") => Some(json!({"tag": {"name": "stolen"}})),
        ("PUT", "/taggings/{tagging_guid}") => Some(json!({"tagging": {"tag_guid": "TAG-1"}})),
        ("PUT", _) => Some(json!({"member": {"name": "stolen"}})),
        ("POST", _) => Some(json!({"credential_guid": "CRD-1", "value": "x"})),
        _ => None,
    }
}

/// Calls every path with a guid of a user's things; gives the answers without what differs from call to call.
async fn knock(
    caller: &Caller,
    document: &Value,
    guids: &BTreeMap<&'static str, String>,
) -> Vec<(String, u16, Value)> {
    let mut answers = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        let is_named = guids.keys().any(|name| path.contains(&format!("{{{name}}}")));
        if !is_named || path.starts_with("/sso") || path.starts_with("/mdx") {
            continue;
        }
        let named =
            guids.iter().fold(path.clone(), |path, (name, guid)| path.replace(&format!("{{{name}}}"), guid));
        let concrete = named
            .replace("{iteration_number}", "1")
            .replace("{start_date}", "2026-01-01")
            .replace("{end_date}", "2026-01-31");
        for method in item.as_object().unwrap().keys() {
            let method: Method = method.to_uppercase().parse().unwrap();
            let answer = caller
                .send(method.clone(), &concrete, body(path, &method).as_ref())
                .await
                .expect("an answer");
            answers.push((format!("{method} {path}"), answer.status.as_u16(), answer.json()));
        }
    }
    answers
}

journeys! {
    async fn someone_elses_guid_is_a_guid_that_does_not_exist(world: &World) {
        let document = Caller::new(world.server.base_url()).get("/openapi.json").await.json();
        let owner = world.user("owner").await;
        let guids = belongings(&owner).await;
        world.other.create_user("owner").await;
        let neighbours = [world.user("neighbour").await, world.other.session("owner").await];
        let nobodys = guids.iter().map(|(name, guid)| (*name, format!("{}-00000000-0000-4000-8000-000000000000", &guid[..3]))).collect();
        for neighbour in neighbours {
            let theirs = knock(&neighbour, &document, &guids).await;
            assert!(theirs.len() >= 21, "{} paths", theirs.len());
            for (operation, status, _) in &theirs {
                assert_eq!(*status, 404, "{operation}");
            }
            assert_eq!(theirs, knock(&neighbour, &document, &nobodys).await);
        }
        // Nothing of the owner's was changed by it.
        assert_eq!(owner.get("/members").await.root("members")[0]["name"], "MX Bank");
        assert_eq!(owner.get("/accounts").await.root("accounts").as_array().unwrap().len(), 7);
    }

    async fn a_challenge_is_answered_by_its_own_user_only(world: &World) {
        let owner = world.user("owner").await;
        let neighbour = world.user("neighbour").await;
        let asked = connected(&owner, "challenge").await;
        let own = connected(&neighbour, "challenge").await;
        let question = challenges(&owner, &asked).await[0]["guid"].clone();
        let answers = json!({"challenges": [{"guid": question, "value": "correct"}]});
        let refused = neighbour.put(&format!("/members/{}/resume", guid(&own)), &answers).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
    }

    async fn a_filter_by_someone_elses_account_finds_nothing(world: &World) {
        let owner = world.user("owner").await;
        let guids = belongings(&owner).await;
        let neighbour = world.user("neighbour").await;
        connected(&neighbour, "password").await;
        let path = format!("/transactions?account_guid={}", guids["account_guid"]);
        assert_eq!(neighbour.get(&path).await.root("transactions"), json!([]));
    }

    async fn a_key_opens_its_own_client_only(world: &World) {
        world.other.create_user("user").await;
        let refusals = [
            world.acme.mdx().get("/mdx/other/users/user").await,
            world.acme.sso().get("/sso/other/users/user/api_token.json").await,
            world.acme.sso().delete("/sso/other/users/user/sessions").await,
            world.acme.mdx().delete("/mdx/other/users/user").await,
            world.stranger().get("/mdx/other/users/user").await,
            world.stranger().header("md-api-key", "wrong").get("/sso/other/users/user/api_token").await,
            world.acme.sso().get("/sso/nobody/users/user/api_token.json").await,
        ];
        for refused in refusals {
            assert_eq!(refused.error_code(), Some(4011), "{refused}");
        }
        assert_eq!(world.acme.mdx().get("/mdx/acme/users/user").await.error_code(), Some(4041));
    }

    async fn one_client_may_use_an_external_guid_that_another_uses(world: &World) {
        let mine = world.user("user").await;
        world.other.create_user("user").await;
        let theirs = world.other.session("user").await;
        let mut member = mx_bank("mxuser", "password");
        member["member"]["external_guid"] = json!("the-same");
        assert_eq!(mine.post("/members", &member).await.status.as_u16(), 200);
        assert_eq!(theirs.post("/members", &member).await.status.as_u16(), 200);
        let second = world.user("second").await;
        assert_eq!(second.post("/members", &member).await.error_code(), Some(4220));
    }
}
