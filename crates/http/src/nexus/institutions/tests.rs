use serde_json::{Value, json};

use crate::testing::Server;

const MX_BANK: &str = "INS-1572a04c-912b-59bf-5841-332c7dfafaef";

fn names(answer: &Value) -> Vec<&str> {
    let institutions = answer["institutions"].as_array().unwrap();
    institutions.iter().map(|institution| institution["name"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_search_finds_by_name_keyword_and_address_with_and_without_its_root() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "u").await;
    for terms in [
        json!({"institution": {"name": "mx bank"}}),
        json!({"name": "GRINGOTTS"}),
        json!({"institution": {"url": "MX.COM", "account_types": "CHECKING", "name": "mx bank"}}),
    ] {
        let answer = user.post("/institutions/search", terms.clone()).await.json();
        assert!(names(&answer).contains(&"MX Bank"), "{terms}");
        let total = &answer["pagination"]["total_entries"];
        assert_eq!(answer["pagination_data"]["total_records_found"], *total);
        assert_eq!(answer["pagination_data"]["records_on_current_page"], *total);
    }
    let answer = user.post("/institutions/search", json!({"name": "no such bank"})).await.json();
    assert_eq!(answer["institutions"], json!([]));
    assert_eq!(answer["pagination"]["total_pages"], json!(1));
}

#[tokio::test]
async fn a_search_needs_a_name_or_an_address_and_lawful_values() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "u").await;
    let rows = [
        ("", json!({}), 4001),
        ("", json!({"institution": {"supports_account_verification": true}}), 4001),
        ("", json!({"name": null, "url": null}), 4001),
        ("", json!({"name": 5}), 4002),
        ("", json!({"name": "x".repeat(1025)}), 4002),
        ("", json!({"name": "", "supports_account_verification": "yes"}), 4002),
        ("?iso_country_code[]=us", json!({"name": ""}), 4002),
    ];
    for (query, body, code) in rows {
        let answer = user.post(&format!("/institutions/search{query}"), body.clone()).await;
        assert_eq!(answer.error_code(), Some(code), "{query} {body}");
    }
    let anyone = server.caller().post("/institutions/search", json!({"name": ""})).await;
    assert_eq!(anyone.error_code(), Some(4011));
}

#[tokio::test]
async fn countries_narrow_a_search_and_the_misspelt_page_size_counts() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "u").await;
    let search = async |query: &str| {
        user.post(&format!("/institutions/search?{query}"), json!({"name": ""})).await.json()
    };
    let all = search("").await["pagination"]["total_entries"].as_u64().unwrap();
    assert!(all >= 4);
    let american = search("iso_country_code[]=US&iso_country_code=CA&records_per_age=10").await;
    assert_eq!(american["pagination"]["per_page"], json!(10));
    assert!(american["pagination"]["total_entries"].as_u64().unwrap() <= all);
    assert_eq!(search("page=2").await["institutions"], json!([]));
}

#[tokio::test]
async fn an_institution_is_read_with_the_fields_of_its_login() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "u").await;
    let bank = user.get(&format!("/institutions/{MX_BANK}")).await.root("institution");
    assert_eq!((&bank["code"], &bank["is_test"]), (&json!("mxbank"), &json!(true)));
    assert_eq!(bank["created_at"], json!("2026-01-01T00:00:00.000Z"));
    let fields = user.get(&format!("/institutions/{MX_BANK}/credentials")).await.root("credentials");
    let shown =
        |place: usize| (&fields[place]["guid"], &fields[place]["field_type_name"], &fields[place]["label"]);
    assert_eq!(
        [shown(0), shown(1)],
        [
            (&json!("CRD-9f61fb4c-912c-bd1e-b175-ccc7f0275cc1"), &json!("LOGIN"), &json!("Username")),
            (&json!("CRD-e3d7ea81-aac7-05e9-fbdd-4b493c6e474d"), &json!("PASSWORD"), &json!("Password")),
        ]
    );
    for path in ["/institutions/INS-1", "/institutions/INS-1/credentials", "/institutions/MBR-1"] {
        assert_eq!(user.get(path).await.error_code(), Some(4041), "{path}");
    }
}

#[tokio::test]
async fn the_whole_list_is_a_csv_document_of_the_documented_columns() {
    let server = Server::with_test_banks().await;
    let user = server.session("acme", "u").await;
    for user in [user.clone(), user.with("accept", "text/csv")] {
        let answer = user.get("/institutions").await;
        assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
        let mut reader = csv::Reader::from_reader(answer.body.as_slice());
        assert_eq!(
            reader.headers().unwrap().iter().collect::<Vec<_>>().join(","),
            "guid,name,instructions,created_at,updated_at,url,popularity,is_hidden,has_checking_accounts,\
             has_savings_accounts,has_loan_accounts,has_credit_card_accounts,has_investment_accounts,\
             has_line_of_credit_accounts,has_mortgage_accounts,external_guid,medium_logo_url,small_logo_url"
        );
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
        let catalogue = server.bench.engine.catalogue().await.unwrap();
        assert_eq!(rows.len(), catalogue.institutions().len());
        let bank = rows.iter().find(|row| row.get(0) == Some(MX_BANK)).unwrap();
        assert_eq!(bank.get(1), Some("MX Bank"));
        assert_eq!(bank.get(3), Some("2026-01-01T00:00:00+00:00"));
        assert_eq!(bank.get(15), Some(""));
    }
}
