use serde_json::{Value, json};

use crate::testing::Server;

const STARBUCKS: &str = "MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb";

#[tokio::test]
async fn the_catalogue_is_listed_by_pages_and_each_merchant_is_read() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let catalogue = server.bench.engine.catalogue().await.unwrap();
    let known = catalogue.merchants();
    let answer = user.get("/merchants?page=2&records_per_page=10").await.json();
    let names: Vec<_> = answer["merchants"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    let expected: Vec<_> = known.page(10, 10).map(|view| Value::from(&*view.merchant.name)).collect();
    assert_eq!(names, expected.iter().collect::<Vec<_>>());
    assert_eq!(answer["pagination"]["total_entries"], known.count());
    let read = user.get(&format!("/merchants/{STARBUCKS}")).await.root("merchant");
    let expected = json!({
        "created_at": "2026-01-01T00:00:00.000Z",
        "guid": STARBUCKS,
        "logo_updated_at": null,
        "logo_url": null,
        "name": "Starbucks",
        "updated_at": "2026-01-01T00:00:00.000Z",
        "website_url": "https://starbucks.com",
    });
    assert_eq!(read, expected);
    let beyond = user.get("/merchants?page=1000000&records_per_page=1000").await.json();
    assert_eq!(beyond["merchants"], json!([]));
}

#[tokio::test]
async fn a_place_is_read_with_whose_it_is() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    let catalogue = server.bench.engine.catalogue().await.unwrap();
    let starbucks = catalogue.merchants().merchant(&STARBUCKS.parse().unwrap()).unwrap();
    let place = &starbucks.merchant.locations[0];
    let read = user.get(&format!("/merchant_locations/{}", place.guid)).await.root("merchant_location");
    let expected = json!({
        "city": "Seattle",
        "country": "United States",
        "created_at": "2026-01-01T00:00:00.000Z",
        "guid": place.guid.to_string(),
        "latitude": 47.6101,
        "longitude": -122.3421,
        "merchant_guid": STARBUCKS,
        "phone_number": null,
        "postal_code": "98101",
        "region_code": "WA",
        "street_address": "1912 Pike Pl",
        "updated_at": "2026-01-01T00:00:00.000Z",
    });
    assert_eq!(read, expected);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let server = Server::start().await;
    let user = server.session("acme", "u").await;
    for path in [
        "/merchants/MCH-00000000-0000-4000-8000-000000000000",
        "/merchants/Starbucks",
        "/merchant_locations/MCL-00000000-0000-4000-8000-000000000000",
        "/merchant_locations/MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb",
    ] {
        assert_eq!(user.get(path).await.error_code(), Some(4041), "{path}");
        assert_eq!(server.caller().get(path).await.error_code(), Some(4011), "{path}");
    }
}
