//! The pages of Connect in a real browser, in the frame of a partner's page and by themselves.

mod chromium;
mod foreign;
mod hardship;
mod kit;
mod looks;
mod verification;

use riverbank_testkit::chromium::Chromium;
use serde_json::{Value, json};

use super::world::{Backend, MX_BANK, World, read, settled, test_bank};

/// A fresh address of pages for a new or a known user of acme.
async fn address(world: &World, user: &str, options: &Value) -> String {
    let mut body = json!({"url": {"type": "connect_widget", "ui_message_version": 4}});
    for (name, value) in options.as_object().into_iter().flatten() {
        body["url"][name] = value.clone();
    }
    let made = world.acme.sso().post(&format!("/sso/acme/users/{user}/urls"), &body).await.root("url");
    made["url"].as_str().expect("an address").to_owned()
}

/// Waits until the page has this title.
async fn comes_to(browser: &Chromium, title: &str) {
    browser.wait_for_text("h1", title).await;
}

/// Goes by the search to an institution.
async fn choose(browser: &Chromium, name: &str) {
    comes_to(browser, "Choose your institution").await;
    // The page's script listens by then. What is typed letter by letter may be searched for more than once.
    browser.wait_for("return document.readyState", &json!("complete")).await;
    let name_it = format!("const field = document.querySelector('#q'); field.value = {}; ", json!(name));
    browser.run(&(name_it + "field.dispatchEvent(new Event('input', { bubbles: true }))")).await;
    let first = "return document.querySelector('#found h2')?.textContent + document.querySelector('#found strong')?.textContent";
    browser.wait_for(first, &json!(format!("Institutions found{name}"))).await;
    browser.click("#found a").await;
}

/// Fills in the form of two credentials and sends it.
async fn sign_in(browser: &Chromium, password: &str) {
    browser.fill_in("input[autocomplete=username]", "mxuser").await;
    browser.fill_in("input[type=password]", password).await;
    browser.click("button[type=submit]").await;
}

/// The browser has complained of nothing that a page did, or may not do.
async fn is_content(browser: &Chromium) {
    let complaints = browser.complaints().await;
    // What the browser asks for by itself, and answers that are refusals.
    let passed = ["favicon.ico", "Failed to load resource"];
    let others: Vec<_> =
        complaints.iter().filter(|line| !passed.iter().any(|known| line.contains(known))).collect();
    assert!(others.is_empty(), "{others:?}");
}
