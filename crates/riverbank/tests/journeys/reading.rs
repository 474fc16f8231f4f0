//! Reading what a connection brought: institutions, accounts, transactions and their filters.

use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, LOGIN, MX_BANK, PASSWORD, World, connected, guid, mx_bank};

journeys! {
    async fn an_institution_is_found_and_says_what_it_asks_for(world: &World) {
        let user = world.user("user").await;
        let found = user.post("/institutions/search", &json!({"institution": {"name": "mx bank"}})).await.json();
        assert_eq!(found["institutions"][0]["guid"], MX_BANK, "{found}");
        assert_eq!(found["pagination"]["current_page"], 1);
        assert_eq!(found["pagination_data"]["current_page"], 1);
        // By keyword, un-rooted.
        let keyword = user.post("/institutions/search", &json!({"name": "gringotts"})).await.root("institutions");
        assert!(keyword.as_array().unwrap().iter().any(|found| found["guid"] == MX_BANK), "{keyword}");
        for url in ["https://mx.com", "http://www.mx.com/", "MX.COM"] {
            let found = user.post("/institutions/search", &json!({"institution": {"url": url}})).await;
            let found = found.root("institutions");
            assert!(found.as_array().unwrap().iter().any(|found| found["guid"] == MX_BANK), "{url}: {found}");
        }
        assert_eq!(user.post("/institutions/search", &json!({"institution": {}})).await.status.as_u16(), 400);
        let read = user.get(&format!("/institutions/{MX_BANK}")).await.root("institution");
        assert_eq!((&read["code"], &read["is_test"]), (&json!("mxbank"), &json!(true)));
        let fields = user.get(&format!("/institutions/{MX_BANK}/credentials")).await.root("credentials");
        assert_eq!((&fields[0]["guid"], &fields[0]["field_type"]), (&json!(LOGIN), &json!(3)));
        assert_eq!((&fields[1]["guid"], &fields[1]["field_type"]), (&json!(PASSWORD), &json!(1)));
        let list = user.get("/institutions").await;
        assert!(list.header("content-type").unwrap().starts_with("text/csv"), "{list}");
        assert!(String::from_utf8(list.body).unwrap().contains(MX_BANK));
    }

    async fn a_transaction_names_its_merchant_and_its_place_and_whether_it_comes_again(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let all = user.get("/transactions?records_per_page=1000").await.root("transactions");
        let all = all.as_array().unwrap();
        let named = |field: &str| all.iter().find(|one| !one[field].is_null()).unwrap();
        let bought = named("merchant_guid");
        let merchant = format!("/merchants/{}", bought["merchant_guid"].as_str().unwrap());
        assert_eq!(user.get(&merchant).await.root("merchant")["name"], bought["description"]);
        let there = named("merchant_location_guid");
        let place = format!("/merchant_locations/{}", there["merchant_location_guid"].as_str().unwrap());
        let place = user.get(&place).await.root("merchant_location");
        assert_eq!(place["merchant_guid"], there["merchant_guid"]);
        let city = place["city"].as_str().unwrap().to_uppercase();
        assert!(there["feed_description"].as_str().unwrap().contains(&city), "{there} in {place}");
        assert_eq!(named("is_recurring")["is_recurring"], true);

        let explained = world.server.run(&["explain", guid(bought)]).unwrap();
        assert!(explained.contains("It was new: no stored one fitted what the feed told."), "{explained}");
        let name = bought["description"].as_str().unwrap();
        assert!(explained.contains(&format!("is described as {name:?}, since the words")), "{explained}");
        let nothing = "TRN-00000000-0000-4000-8000-000000000000";
        let refused = world.server.output(&["explain", nothing]).unwrap();
        assert!(!refused.status.success());
        assert!(String::from_utf8_lossy(&refused.stderr).contains("there is no transaction TRN-00000000"));
    }

    async fn transactions_are_listed_by_account_date_and_category(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let accounts = user.get(&format!("/members/{}/accounts", guid(&member))).await.root("accounts");
        let mut sum = 0;
        for account in accounts.as_array().unwrap() {
            let list = user.get(&format!("/accounts/{}/transactions", guid(account))).await.json();
            sum += list["pagination"]["total_entries"].as_i64().unwrap();
            let same = user.get(&format!("/transactions?account_guids[]={}", guid(account))).await.json();
            assert_eq!(list, same);
        }
        let all = user.get("/transactions?records_per_page=1000").await.json();
        assert_eq!(all["pagination"]["total_entries"], sum);
        let list = all["transactions"].as_array().unwrap();
        let key = |one: &Value| (std::cmp::Reverse(one["date"].as_str().unwrap().to_owned()), guid(one).to_owned());
        assert!(list.is_sorted_by_key(key), "newest first, then by guid");

        let (newest, oldest) = (&list[0]["date"], &list[list.len() - 1]["date"]);
        let day = newest.as_str().unwrap();
        let of_day = user.get(&format!("/transactions?from_date={day}&to_date={day}&records_per_page=1000")).await.root("transactions");
        assert_eq!(of_day.as_array().unwrap().len(), list.iter().filter(|one| one["date"] == *newest).count());
        assert_ne!(newest, oldest);

        let category = list[0]["category_guid"].as_str().unwrap();
        let window = format!("by_date/{}/{}", oldest.as_str().unwrap(), day);
        let path = format!("/transactions/by_category_guid/{category}/{window}?records_per_page=1000");
        let by_category = user.get(&path).await.root("transactions");
        assert_eq!(by_category.as_array().unwrap().len(), list.iter().filter(|one| one["category_guid"] == category).count());
        let top = list[0]["top_level_category_guid"].as_str().unwrap();
        let path = format!("/transactions/by_top_level_category_guid/{top}/{window}?records_per_page=1000");
        let by_top = user.get(&path).await.root("transactions");
        assert_eq!(by_top.as_array().unwrap().len(), list.iter().filter(|one| one["top_level_category_guid"] == top).count());

        let one = user.get(&format!("/transactions/{}", guid(&list[0]))).await.root("transaction");
        assert_eq!(one, list[0]);
        let today = &one["created_at"].as_str().unwrap()[..10];
        let created = user.get(&format!("/transactions/created_between/{today}/{today}")).await.json();
        assert_eq!(created["pagination"]["total_entries"], sum);
        let before = user.get("/transactions/updated_between/2020-01-01/2020-12-31").await.root("transactions");
        assert_eq!(before, json!([]));
    }

    async fn use_cases_narrow_lists_and_bar_aggregation(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let mut money = mx_bank("mxuser2", "password");
        money["member"]["use_cases"] = json!(["MONEY_MOVEMENT"]);
        money["member"]["skip_aggregation"] = json!(true);
        let money = user.post("/members", &money).await.root("member");
        assert_eq!(money["use_cases"], json!(["MONEY_MOVEMENT"]));
        let listed = user.get("/members?use_case=MONEY_MOVEMENT").await.root("members");
        assert_eq!(listed.as_array().unwrap().len(), 1);
        assert_eq!(listed[0]["guid"], money["guid"]);
        assert_eq!(user.get("/members?use_case=OTHER").await.error_code(), Some(4002));
        let barred = user.get(&format!("/members/{}/aggregate", guid(&money))).await;
        assert_eq!(barred.error_code(), Some(4031), "{barred}");
        assert_eq!(user.get("/members/aggregate").await.status.as_u16(), 200);
        assert_eq!(user.get("/accounts?use_case=MONEY_MOVEMENT").await.root("accounts"), json!([]));
    }

    async fn pages_follow_the_rule(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        for (asked, used) in [("10", 10), ("9", 25), ("1000", 1000), ("1001", 25), ("x", 25), ("-1", 25)] {
            let page = user.get(&format!("/transactions?records_per_page={asked}")).await.json();
            assert_eq!(page["pagination"]["per_page"], used, "{asked}");
        }
        let first = user.get("/transactions?records_per_page=10&page=1").await.root("transactions");
        let second = user.get("/transactions?records_per_page=10&page=2").await.root("transactions");
        assert!(first.as_array().unwrap().iter().all(|one| !second.as_array().unwrap().contains(one)));
        let beyond = user.get("/transactions?page=900000").await;
        assert_eq!(beyond.root("transactions"), json!([]));
        assert_eq!(user.get("/transactions?page=1000001").await.error_code(), Some(4002));
    }

    async fn old_clients_are_understood(world: &World) {
        let user = world.user("user").await;
        let member = connected(&user, "password").await;
        let old = user.clone().header("accept", "application/vnd.moneydesktop.v1+json").header("md-api-key", "surplus");
        assert_eq!(old.get(&format!("/members/{}.json", guid(&member))).await.root("member")["guid"], member["guid"]);
        assert_eq!(old.get("/members.json?page=1").await.status.as_u16(), 200);
        assert_eq!(old.get("/user.json").await.root("user")["external_guid"], "user");
    }
}
