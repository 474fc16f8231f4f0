//! What the partner does in its own name.

use serde_json::json;

use super::Story;
use crate::journeys::world::{MX_BANK, credentials};

pub(super) async fn users(story: &Story<'_>) {
    let jane = json!({"user": {"id": "jane", "first_name": "Jane", "birthdate": "1959-07-17", "phone": "5055551234"}});
    story.mdx.post("/mdx/acme/users", &jane).await;
    story.mdx.post("/mdx/acme/users", &jane).await;
    story.mdx.put("/mdx/acme/users/jane", &json!({"user": {"metadata": "note"}})).await;
    story.mdx.get("/mdx/acme/users/jane").await;
    story.mdx.get("/mdx/acme/users/nobody").await;
    for id in ["joan", "jules", "june"] {
        story.mdx.post("/mdx/acme/users", &json!({"user": {"id": id}})).await;
    }
    story.sso.clone().header("accept", "application/xml").get("/sso/acme/users/jane/api_token.xml").await;
    let pages = json!({"url": {"type": "connect_widget", "current_institution_code": "mxbank"}});
    story.sso.post("/sso/acme/users/jane/urls", &pages).await;
    story.sso.post("/sso/acme/users/nobody/urls", &pages).await;
    story.sso.clone().header("accept", "application/xml").post("/sso/acme/users/jane/urls.xml", &pages).await;
    let session = story.session("jane", true).await;
    let jane = session.get("/user").await.root("user");
    let kit =
        story.transcript.following(story.world.stranger()).header("authorization", "Basic YWNtZTp3cm9uZw==");
    let path = format!("/users/{}/widget_urls", jane["guid"].as_str().expect("a guid"));
    kit.post(&path, &json!({"widget_url": {"widget_type": "connect_widget"}})).await;
    session.delete("/sessions").await;
    session.get("/user").await;
    let other = story.session("jane", true).await;
    story.sso.delete("/sso/acme/users/jane/sessions").await;
    other.get("/user").await;
}

pub(super) async fn institutions(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    jane.get("/institutions").await;
    jane.post("/institutions/search", &json!({"institution": {"name": "bank"}})).await;
    jane.post("/institutions/search", &json!({})).await;
    jane.get(&format!("/institutions/{MX_BANK}")).await;
    jane.get(&format!("/institutions/{MX_BANK}/credentials")).await;
}

pub(super) async fn merchants(story: &Story<'_>) {
    let jane = story.session("jane", true).await;
    jane.get("/merchants?records_per_page=10").await;
    jane.get("/merchants/MCH-fc769ad5-b28c-884c-80d5-c3fc011324bb").await;
    jane.get("/merchant_locations/MCL-8b54e827-1b0e-850f-8613-c020f538218f").await;
}

/// Members of the partner's own.
pub(super) async fn held_members(story: &Story<'_>) {
    let members = "/mdx/acme/users/joan/members";
    let member = json!({"member": {
        "id": "held-1",
        "institution_id": MX_BANK,
        "credentials": credentials("mxuser", "password"),
    }});
    story.mdx.post(members, &member).await;
    story.mdx.post(members, &member).await;
    story.pass(0).await;
    story.mdx.get(members).await;
    story.mdx.get(&format!("{members}/held-1")).await;
    story.mdx.put(&format!("{members}/held-1"), &json!({"member": {"metadata": "theirs"}})).await;
    story.mdx.delete(&format!("{members}/held-1")).await;
    story.mdx.get(&format!("{members}/held-1")).await;
}
