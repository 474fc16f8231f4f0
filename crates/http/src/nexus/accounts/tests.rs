use serde_json::{Value, json};

use crate::testing::Server;

/// A server whose user `u` of `acme` is connected to MX Bank, and its member's id.
async fn connected() -> (Server, String) {
    let server = Server::with_test_banks().await;
    let member = server.connect_to_mx_bank("acme", "u").await;
    (server, member)
}

const NOBODYS: &str = "00000000-0000-4000-8000-000000000000";

#[tokio::test]
async fn the_six_accounts_of_mx_bank_are_listed_whole() {
    let (server, member) = connected().await;
    let user = server.session("acme", "u").await;
    let answer = user.get("/accounts").await.json();
    let accounts = answer["accounts"].as_array().unwrap();
    let kinds: Vec<_> =
        accounts.iter().map(|account| account["account_type_name"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["CHECKING", "SAVINGS", "CREDIT_CARD", "LOAN", "MORTGAGE", "INVESTMENT"]);
    assert_eq!(
        answer["pagination"],
        json!({"current_page": 1, "per_page": 25, "total_entries": 6, "total_pages": 1})
    );
    let checking = &accounts[0];
    assert_eq!(checking["member_guid"], json!(member));
    assert_eq!(checking["institution_code"], json!("mxbank"));
    assert_eq!(checking["member_is_managed_by_user"], json!(true));
    assert_eq!(checking["is_manual"], json!(false));
    assert_eq!(checking["created_at"], json!("2026-01-15T12:00:00.000Z"));
    for told in ["account_type", "balance", "name", "currency_code", "account_number"] {
        assert!(!checking[told].is_null(), "{told}");
        assert_eq!(checking[told], checking[format!("feed_{told}")], "{told}");
        assert_eq!(checking[format!("{told}_set_by")], json!(1), "{told}");
        assert_eq!(checking[format!("{told}_set_by_name")], json!("FEED"), "{told}");
    }
    for untold in ["death_benefit", "nickname"] {
        assert_eq!(checking[untold], Value::Null, "{untold}");
        assert_eq!(checking[format!("{untold}_set_by")], Value::Null, "{untold}");
        assert_eq!(checking[format!("{untold}_set_by_name")], Value::Null, "{untold}");
    }
}

#[tokio::test]
async fn accounts_are_narrowed_by_what_their_member_is() {
    let (server, _) = connected().await;
    let user = server.session("acme", "u").await;
    for (query, count) in [
        ("use_case=PFM", 6),
        ("use_case=MONEY_MOVEMENT", 0),
        ("member_is_managed_by_user=true", 6),
        ("member_is_managed_by_user=false", 0),
        ("is_manual=false", 6),
        ("is_manual=true", 0),
    ] {
        let answer = user.get(&format!("/accounts?{query}")).await.json();
        assert_eq!(answer["accounts"].as_array().unwrap().len(), count, "{query}");
        assert_eq!(answer["pagination"]["total_entries"], json!(count), "{query}");
    }
    for query in ["use_case=pfm", "is_manual=1"] {
        assert_eq!(user.get(&format!("/accounts?{query}")).await.error_code(), Some(4002), "{query}");
    }
}

#[tokio::test]
async fn an_account_is_read_by_its_user_and_by_nobody_else() {
    let (server, member) = connected().await;
    let user = server.session("acme", "u").await;
    let listed = user.get(&format!("/members/{member}/accounts")).await.json();
    let account = &listed["accounts"][3];
    let guid = account["guid"].as_str().unwrap();
    assert_eq!(user.get(&format!("/accounts/{guid}")).await.root("account"), *account);
    assert_eq!(user.get(&format!("/accounts/{guid}.json")).await.root("account"), *account);
    for (client, id) in [("acme", "v"), ("globex", "u")] {
        let stranger = server.session(client, id).await;
        for path in [
            format!("/accounts/{guid}"),
            format!("/accounts/{guid}/transactions"),
            format!("/accounts/{guid}/transactions/created_between/2026-01-01/2026-02-01"),
            format!("/members/{member}/accounts"),
        ] {
            assert_eq!(stranger.get(&path).await.error_code(), Some(4041), "{path}");
        }
        assert_eq!(stranger.get("/accounts").await.json()["accounts"], json!([]));
    }
    for path in [
        format!("/accounts/ACT-{NOBODYS}"),
        format!("/members/MBR-{NOBODYS}/accounts"),
        format!("/accounts/{member}"),
        "/accounts/%00".to_owned(),
    ] {
        assert_eq!(user.get(&path).await.error_code(), Some(4041), "{path}");
    }
    assert_eq!(server.caller().get(&format!("/accounts/{guid}")).await.error_code(), Some(4011));
}
