use serde_json::{Value, json};

use crate::testing::{Caller, Server};

/// A server whose user `u` of `acme` is connected to MX Bank.
async fn connected() -> Server {
    let server = Server::with_test_banks().await;
    server.connect_to_mx_bank("acme", "u").await;
    server
}

async fn total(user: &Caller<'_>, path: &str) -> u64 {
    user.get(path).await.json()["pagination"]["total_entries"].as_u64().unwrap()
}

fn listed(answer: &Value) -> Vec<Value> {
    answer["transactions"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_transaction_is_shown_whole_with_who_set_what() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let transaction = &listed(&user.get("/transactions").await.json())[0];
    for (field, who) in [("amount", 1), ("date", 1), ("status", 1), ("description", 3), ("category", 3)] {
        assert_eq!(transaction[format!("{field}_set_by")], json!(who), "{field}");
    }
    assert_eq!(transaction["category_set_by_name"], json!("SYSTEM"));
    assert_eq!(transaction["amount"], transaction["feed_amount"]);
    assert_eq!(transaction["status_name"], json!("POSTED"));
    assert_eq!(transaction["member_is_managed_by_user"], json!(true));
    assert_eq!(transaction["check_number_set_by"], Value::Null);
    for guid in ["category_guid", "top_level_category_guid"] {
        assert!(transaction[guid].as_str().unwrap().starts_with("CAT-"), "{guid}");
    }
    let path = format!("/transactions/{}", transaction["guid"].as_str().unwrap());
    assert_eq!(user.get(&path).await.root("transaction"), *transaction);
    let stranger = server.session("acme", "v").await;
    assert_eq!(stranger.get(&path).await.error_code(), Some(4041));
}

#[tokio::test]
async fn pages_are_newest_first_and_join_to_the_whole() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let all = total(&user, "/transactions").await;
    assert!((850..=950).contains(&all), "{all} transactions");
    let whole = listed(&user.get("/transactions?records_per_page=1000").await.json());
    assert_eq!(u64::try_from(whole.len()).unwrap(), all);
    let place = |row: &Value| (std::cmp::Reverse(row["date"].to_string()), row["guid"].to_string());
    assert!(whole.is_sorted_by_key(place));
    let mut joined = Vec::new();
    for page in 1..=all.div_ceil(100) {
        let path = format!("/transactions?records_per_page=100&page={page}");
        joined.extend(listed(&user.get(&path).await.json()));
    }
    assert_eq!(joined, whole);
}

#[tokio::test]
async fn accounts_are_named_in_every_documented_spelling() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let accounts = user.get("/accounts").await.json();
    let guid = |place: usize| accounts["accounts"][place]["guid"].as_str().unwrap().to_owned();
    let (one, two) = (guid(0), guid(2));
    let first = total(&user, &format!("/accounts/{one}/transactions")).await;
    let second = total(&user, &format!("/accounts/{two}/transactions")).await;
    assert!(first > 0 && second > 0);
    for (query, expected) in [
        (format!("account_guid={one}"), first),
        (format!("account_guid[]={one}"), first),
        (format!("account_guids[]={one}&account_guids[]={two}"), first + second),
        (format!("account_guid%5B%5D={one}&account_guids%5B%5D={two}"), first + second),
        (format!("account_guid={one}&account_guid={one}"), first),
        ("account_guid=ACT-00000000-0000-4000-8000-000000000000".to_owned(), 0),
        ("account_guid=nonsense".to_owned(), 0),
    ] {
        assert_eq!(total(&user, &format!("/transactions?{query}")).await, expected, "{query}");
        let today = "/transactions/created_between/2026-01-15/2026-01-15";
        assert_eq!(total(&user, &format!("{today}?{query}")).await, expected, "{query}");
    }
}

#[tokio::test]
async fn dates_are_days_with_both_ends_and_wrong_ones_are_refused() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let day = total(&user, "/transactions?from_date=2026-01-10&to_date=2026-01-10").await;
    let next = total(&user, "/transactions?from_date=2026-01-11&to_date=2026-01-11").await;
    let both = total(&user, "/transactions?from_date=2026-01-10&to_date=2026-01-11").await;
    assert!(both > 0);
    assert_eq!(day + next, both);
    assert_eq!(total(&user, "/transactions?from_date=2026-01-11&to_date=2026-01-10").await, 0);
    for path in [
        "/transactions?from_date=yesterday",
        "/transactions?to_date=2026-02-30",
        "/transactions/created_between/2026-01-01/x",
        "/transactions/updated_between/2026-13-01/2026-01-01",
        "/transactions?use_case=OTHER",
    ] {
        assert_eq!(user.get(path).await.error_code(), Some(4002), "{path}");
    }
}

#[tokio::test]
async fn lists_by_creation_and_change_cover_the_day_of_the_aggregation() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let all = total(&user, "/transactions").await;
    let accounts = user.get("/accounts").await.json();
    let account = accounts["accounts"][0]["guid"].as_str().unwrap();
    let of_account = total(&user, &format!("/accounts/{account}/transactions")).await;
    for kind in ["created_between", "updated_between"] {
        assert_eq!(total(&user, &format!("/transactions/{kind}/2026-01-15/2026-01-15")).await, all);
        assert_eq!(total(&user, &format!("/transactions/{kind}/2026-01-16/2026-12-31")).await, 0);
        let path = format!("/accounts/{account}/transactions/{kind}/2026-01-01/2026-01-31");
        assert_eq!(total(&user, &path).await, of_account);
        let unknown = format!("/accounts/ACT-1/transactions/{kind}/2026-01-01/2026-01-31");
        assert_eq!(user.get(&unknown).await.error_code(), Some(4041));
    }
    let ruled = "/transactions?user_transaction_rule_guid=TXR-a080e0f9-a2d4-4d6f-9e03-672cc357a4d3";
    assert_eq!(total(&user, ruled).await, 0);
}

#[tokio::test]
async fn a_top_level_category_holds_those_below_it() {
    let server = connected().await;
    let user = server.session("acme", "u").await;
    let whole = listed(&user.get("/transactions?records_per_page=1000").await.json());
    let below = whole.iter().find(|row| row["category_guid"] != row["top_level_category_guid"]).unwrap();
    let (child, top) =
        (below["category_guid"].as_str().unwrap(), below["top_level_category_guid"].as_str().unwrap());
    let count = |field: &str, guid: &str| {
        u64::try_from(whole.iter().filter(|row| row[field] == guid).count()).unwrap()
    };
    let dates = "by_date/2025-09-01/2026-01-31";
    for (path, expected) in [
        (format!("by_category_guid/{child}"), count("category_guid", child)),
        (format!("by_category_guid/{top}"), count("category_guid", top)),
        (format!("by_top_level_category_guid/{top}"), count("top_level_category_guid", top)),
    ] {
        assert_eq!(total(&user, &format!("/transactions/{path}/{dates}")).await, expected, "{path}");
    }
    let unknown = "CAT-00000000-0000-4000-8000-000000000000";
    for kind in ["by_category_guid", "by_top_level_category_guid"] {
        let path = format!("/transactions/{kind}/{unknown}/{dates}");
        assert_eq!(user.get(&path).await.error_code(), Some(4041), "{path}");
    }
}
