//! Ways to the pages of test banks, and back.

use riverbank_testkit::browser::{Browser, Seen};
use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use super::Story;
use crate::journeys::world::{MX_BANK_OAUTH, guid};

/// The test bank that takes requests beforehand.
const MXCU_OAUTH: &str = "INS-de484b28-7251-5e53-964f-48d56b54d42c";

pub(super) async fn ways(story: &Story<'_>) {
    let stranger = story.transcript.following(story.world.stranger());
    for bank in ["mx_bank_oauth", "mxcu_oauth"] {
        stranger.get(&format!("/banks/{bank}/.well-known/openid-configuration")).await;
        stranger.get(&format!("/banks/{bank}/jwks")).await;
        stranger.get(&format!("/banks/{bank}/consent")).await;
    }
    let june = story.session("june", true).await;
    let member = begun(&june, MX_BANK_OAUTH, "BROWSER").await;
    let path = format!("/members/{}", guid(&member));
    june.get(&path).await;
    let ends = format!("/connect/api/oauth_states?outbound_member_guid={}", guid(&member));
    for decision in ["cancel", "fail", "deny", "authorize"] {
        let window = june.get(&format!("{path}/oauth_window_uri")).await.root("member");
        goes(story, &window, decision).await;
        story.pass(0).await;
        june.get(&path).await;
        let states = june.get(&ends).await.root("oauth_states");
        june.get(&format!("/connect/api/oauth_states/{}", guid(&states[0]))).await;
    }
    june.get("/accounts").await;
    // The same login leads to the same member, another bank to another.
    for institution in [MX_BANK_OAUTH, MXCU_OAUTH] {
        let other = begun(&june, institution, "APP").await;
        goes(story, &other, "authorize").await;
        story.pass(0).await;
        june.get("/members").await;
    }
    story.pass(20 * 60).await;
    let june = story.session("june", true).await;
    june.get(&format!("{path}/aggregate")).await;
    story.pass(0).await;
    story.control.post(&format!("/control{path}/revoke_consent"), &json!({})).await;
    june.get(&format!("{path}/aggregate")).await;
    story.pass(0).await;
    june.get(&path).await;
    june.delete(&path).await;
    // Nobody comes back from this one.
    begun(&june, MX_BANK_OAUTH, "BROWSER").await;
    story.pass(2 * 60 * 60).await;
    story.session("june", true).await.get("/members").await;
}

async fn begun(user: &Caller, institution: &str, source: &str) -> Value {
    let member = json!({"institution_guid": institution, "is_oauth": true, "referral_source": source});
    user.post("/members", &json!({"member": member})).await.root("member")
}

/// Goes the way of a window to its end, with this button of the bank's page.
async fn goes(story: &Story<'_>, window: &Value, decision: &str) {
    let browser = Browser::new(story.world.server.base_url());
    let opened = browser.open(window["oauth_window_uri"].as_str().expect("an address")).await;
    let page = followed(story, &browser, opened).await;
    let left = browser.send_form(&page, &[("decision", decision)]).await;
    followed(story, &browser, left).await;
}

/// Writes down each step as far as the way stays at the server.
async fn followed(story: &Story<'_>, browser: &Browser, mut seen: Seen) -> Seen {
    loop {
        story.transcript.seen(&seen);
        match &seen.left_to {
            Some(next) if next.starts_with(story.world.server.base_url()) => {
                seen = browser.open(&next.clone()).await;
            }
            _ => return seen,
        }
    }
}
