//! Categories that a user makes beside those that everyone has.

use serde_json::json;

use super::journeys;
use super::world::{Backend, EDUCATION, World, connected, guid};

journeys! {
    async fn a_category_is_made_listed_renamed_and_deleted(world: &World) {
        let user = world.user("user").await;
        let body = json!({"category": {"name": "Chess lessons", "parent_guid": EDUCATION, "metadata": "of ours"}});
        let made = user.post("/categories", &body).await.root("category");
        let listed = user.get("/categories").await.root("categories");
        let listed = listed.as_array().unwrap();
        assert_eq!((listed.len(), listed.last()), (119, Some(&made)));
        let path = format!("/categories/{}", guid(&made));
        let renamed = user.put(&path, &json!({"category": {"name": "Go lessons"}})).await.root("category");
        assert_eq!((&renamed["name"], &renamed["metadata"]), (&json!("Go lessons"), &json!("of ours")));
        let neighbour = world.user("neighbour").await;
        assert_eq!(neighbour.get(&path).await.error_code(), Some(4041));
        assert_eq!(neighbour.get("/categories").await.root("categories").as_array().unwrap().len(), 118);
        assert_eq!(user.delete(&path).await.status.as_u16(), 204);
        assert_eq!(user.get(&path).await.error_code(), Some(4041));
    }

    async fn the_defaults_stay_as_they_are(world: &World) {
        let user = world.user("user").await;
        let path = format!("/categories/{EDUCATION}");
        assert_eq!(user.put(&path, &json!({"category": {"name": "School"}})).await.error_code(), Some(4002));
        assert_eq!(user.delete(&path).await.error_code(), Some(4002));
        assert_eq!(user.get(&path).await.root("category")["name"], "Education");
    }

    async fn totals_follow_the_transactions(world: &World) {
        let user = world.user("user").await;
        connected(&user, "password").await;
        let newest = user.get("/transactions?records_per_page=10").await.root("transactions")[0].clone();
        let day = newest["date"].as_str().unwrap();
        let totals = user.get(&format!("/date_range_category_totals/from/{day}/to/{day}")).await;
        let totals = totals.root("date_range_category_totals");
        let of_newest = totals.as_array().unwrap().iter().find(|one| one["category_guid"] == newest["category_guid"]);
        assert!(of_newest.is_some_and(|one| one["total"].is_number()), "{totals}");
        let none = user.get("/date_range_category_totals/from/2001-01-01/to/2001-12-31").await;
        assert_eq!(none.root("date_range_category_totals"), json!([]));
    }
}
