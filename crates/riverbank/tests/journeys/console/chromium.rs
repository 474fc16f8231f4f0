//! The console in a real browser: whether its pages work under their policy, fit a narrow screen, and how they look.

use riverbank_testkit::chromium::Chromium;
use serde_json::json;

use super::*;
use crate::journeys::looks::{VIEWS, fits};
use crate::journeys::world::mx_bank;

const PAGES: [(&str, &str); 6] = [
    ("overview", "/console"),
    ("clients", "/console/clients"),
    ("client", "/console/clients/acme"),
    ("institutions", "/console/institutions"),
    ("audit", "/console/audit"),
    ("operators", "/console/audit/operators"),
];

/// The page fits in each view.
async fn picture(browser: &Chromium, name: &str) {
    for (view, looks) in VIEWS {
        browser.look_with(looks).await;
        fits(browser, view, &format!("console-{name}")).await;
    }
}

#[tokio::test]
async fn every_page_works_in_chromium_under_its_policy_and_fits_320_pixels() {
    let world = with_console(Backend::Sqlite).await;
    let server = &world.server;
    let user = world.user("user").await;
    for (login, password) in [("one", "any"), ("two", "INVALID")] {
        user.post("/members", &mx_bank(login, password)).await;
    }
    let ada = Operator::add(server, "ada", "operator");
    let browser = Chromium::start().await;
    browser.go(&format!("{}/console", server.base_url())).await;
    assert_eq!(browser.text("h1").await, "Log in");
    browser.fill_in("input[name=name]", "ada").await;
    browser.fill_in("input[name=password]", "wrong password").await;
    browser.fill_in("input[name=code]", "000000").await;
    browser.click(".login button").await;
    assert!(browser.text("[role=alert]").await.starts_with("Name, password or code are wrong"));
    picture(&browser, "login").await;
    browser.fill_in("input[name=name]", "ada").await;
    browser.fill_in("input[name=password]", PASSWORD).await;
    browser.fill_in("input[name=code]", &ada.code_in(0)).await;
    // The refusal is told by its status too, which the browser says aloud.
    browser.complaints().await;
    browser.click(".login button").await;
    assert_eq!(browser.text("h1").await, "The last 24 hours");
    for (name, path) in PAGES {
        browser.go(&format!("{}{path}", server.base_url())).await;
        picture(&browser, name).await;
    }
    browser.go(&format!("{}/console/clients/acme", server.base_url())).await;
    browser.click("button[name=state]").await;
    browser
        .wait_for("return document.body.innerText.includes('Switch identification on')", &json!(true))
        .await;
    browser.click("header button").await;
    assert_eq!(browser.text("h1").await, "Log in");
    assert_eq!(browser.complaints().await, [""; 0]);
}
