//! Accounts and transactions, whole and narrowed, now and weeks later.

use serde_json::json;

use super::Story;
use crate::journeys::world::{EDUCATION, guid};

pub(super) async fn everything(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    let accounts = jane.get("/accounts").await.root("accounts");
    let account = format!("/accounts/{}", guid(&accounts[0]));
    jane.get(&account).await;
    jane.get(&format!("/members/{}/accounts", accounts[0]["member_guid"].as_str().expect("a guid"))).await;
    let all = jane.get("/transactions?records_per_page=1000").await.root("transactions");
    jane.get("/transactions?from_date=2026-02-01&to_date=2026-02-07&page=2").await;
    jane.get(&format!("/transactions/{}", guid(&all[0]))).await;
    jane.get(&format!("{account}/transactions?records_per_page=50")).await;
    for of in [account.as_str(), ""] {
        for between in ["created_between", "updated_between"] {
            jane.get(&format!("{of}/transactions/{between}/2026-03-01/2026-03-02")).await;
        }
    }
    for (by, field) in
        [("by_category_guid", "category_guid"), ("by_top_level_category_guid", "top_level_category_guid")]
    {
        let category = all[0][field].as_str().expect("a guid");
        jane.get(&format!("/transactions/{by}/{category}/by_date/2026-01-01/2026-03-01")).await;
    }
    let tester =
        story.transcript.following(story.world.stranger()).header("md-session-token", "test_session");
    for path in ["/user", "/members", "/members/test_member", "/accounts", "/transactions"] {
        tester.get(path).await;
    }
}

/// Categories of everyone's and of one's own.
pub(super) async fn categories(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    let category = json!({"category": {"name": "Chess lessons", "parent_guid": EDUCATION}});
    let category = jane.post("/categories", &category).await.root("category");
    jane.get("/categories").await;
    let path = format!("/categories/{}", guid(&category));
    jane.put(&path, &json!({"category": {"name": "Go lessons"}})).await;
    jane.get(&path).await;
    jane.delete(&path).await;
    jane.get("/date_range_category_totals/from/2026-02-01/to/2026-02-28").await;
}

/// Days later, with refreshes in the background meanwhile, all is read again; then one user goes.
pub(super) async fn weeks(story: &Story<'_>) {
    for days in [1, 3, 15] {
        for _ in 0..days {
            story.pass(24 * 60 * 60).await;
        }
        // Aggregations start with it.
        story.session("jane", false).await;
        story.pass(0).await;
        for user in ["jane", "joan", "june"] {
            let session = story.session(user, true).await;
            session.get("/members").await;
            session.get("/accounts").await;
            session.get("/transactions?records_per_page=1000").await;
        }
    }
    story.mdx.delete("/mdx/acme/users/joan").await;
    story.mdx.get("/mdx/acme/users/joan").await;
    story.mdx.post("/mdx/acme/users", &json!({"user": {"id": "joan"}})).await;
}
