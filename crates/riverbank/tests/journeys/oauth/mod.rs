//! OAuth members: from the address that works once to a consent, by every end, and past every attack.

mod attacks;
mod bank;
mod chromium;
mod ends;
mod faults;
mod life;
mod links;
mod nodes;
mod states;
mod windows;

use riverbank_testkit::browser::{Browser, Seen};
use riverbank_testkit::client::{Answer, Caller};
use serde_json::{Value, json};

use super::journeys;
use super::world::{
    Backend, MX_BANK, MX_BANK_OAUTH, World, answer, credentials, guid, mx_bank, read, settled,
};

/// The test bank that takes requests beforehand, from a client with a secret.
const MXCU_OAUTH: &str = "INS-de484b28-7251-5e53-964f-48d56b54d42c";

fn oauth() -> Value {
    json!({"member": {"institution_guid": MX_BANK_OAUTH, "is_oauth": true}})
}

/// A new OAuth member with these fields besides.
async fn pending(user: &Caller, fields: &Value) -> Value {
    let mut body = oauth();
    for (name, value) in fields.as_object().into_iter().flatten() {
        body["member"][name] = value.clone();
    }
    user.post("/members", &body).await.root("member")
}

/// What a front end asks for in the name of a user: it is in no document.
async fn front_end(user: &Caller, path: &str) -> Answer {
    user.clone().unchecked().get(&format!("/connect/api/oauth_states{path}")).await
}

fn window(member: &Value) -> &str {
    member["oauth_window_uri"].as_str().expect("an address")
}

/// A fresh address of a member.
async fn new_window(user: &Caller, member: &Value) -> String {
    let window = user.get(&format!("/members/{}/oauth_window_uri", guid(member))).await.root("member");
    window["oauth_window_uri"].as_str().expect("an address").to_owned()
}

/// Opens an address and comes to the bank's page.
async fn at_bank(browser: &Browser, window: &str) -> Seen {
    let page = browser.follow(window).await;
    assert!(page.html.contains("Accounts to share"), "{page:?}");
    page
}

/// Goes the whole way with the bank's page as it is, and this button.
async fn goes(browser: &Browser, window: &str, decision: &str) -> Seen {
    let page = at_bank(browser, window).await;
    browser.submit(&page, &[("decision", decision)]).await
}

/// A member that has gone the whole way, its job ended.
async fn connected(world: &World, user: &Caller) -> Value {
    let member = pending(user, &json!({})).await;
    let browser = Browser::new(world.server.base_url());
    let done = goes(&browser, window(&member), "authorize").await;
    assert!(done.html.contains("You are connected"), "{done:?}");
    settled(user, &member).await
}
