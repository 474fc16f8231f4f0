//! The way in a real browser: what a partner's page opens and hears, and how the pages look.

use riverbank_testkit::chromium::Chromium;
use riverbank_testkit::site::Site;

use super::*;
use crate::journeys::looks::{VIEWS, fits};

/// A page of the partner's: it opens the way in a window of its own and writes down what it hears.
fn partners_page(window: &str) -> String {
    format!(
        r#"<!doctype html>
<title>Acme</title>
<button>Connect your bank</button>
<script>
window.heard = [];
addEventListener("message", ({{ origin, data }}) => heard.push({{ origin, data }}));
document.querySelector("button").addEventListener("click", () => open({}));
</script>"#,
        json!(window)
    )
}

/// An end user at the bank's page, which the partner's page has opened.
struct Visit {
    browser: Chromium,
    _partner: Site,
    /// The window of the partner's page.
    opener: String,
}

impl Visit {
    async fn begin(member: &Value) -> Self {
        let partner = Site::showing(partners_page(window(member))).await.unwrap();
        let browser = Chromium::start().await;
        browser.go(&partner.origin()).await;
        let [opener] = browser.windows(1).await.try_into().unwrap();
        browser.click("button").await;
        let windows = browser.windows(2).await;
        browser.switch_to(windows.iter().find(|handle| **handle != opener).unwrap()).await;
        browser.wait_for_text("h1", "MX Bank (OAuth)").await;
        Self { browser, _partner: partner, opener }
    }

    /// What the partner's page has heard, once the other window is closed.
    async fn heard(&self) -> Value {
        self.browser.windows(1).await;
        self.browser.switch_to(&self.opener).await;
        self.browser.wait_for("return heard.length > 0", &json!(true)).await;
        self.browser.run("return heard").await
    }
}

#[tokio::test]
async fn the_opener_hears_of_the_consent_and_the_window_closes() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let member = pending(&user, &json!({})).await;
    let visit = Visit::begin(&member).await;
    let browser = &visit.browser;
    browser.fill_in("input[name=login]", "mxuser").await;
    browser.fill_in("input[name=password]", "password").await;
    browser.run("document.querySelectorAll('input[name=account]').forEach(box => box.checked = false)").await;
    browser.click("input[value=savings]").await;
    browser.click("button[value=authorize]").await;
    let expected = json!({
        "mx": true,
        "type": "mx/connect/oauthComplete/success",
        "metadata": {"user_guid": member["user_guid"], "member_guid": member["guid"]},
    });
    assert_eq!(visit.heard().await, json!([{"origin": world.server.base_url(), "data": expected}]));
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    let accounts = user.get("/accounts").await.root("accounts");
    let names: Vec<_> = accounts.as_array().unwrap().iter().map(|one| &one["account_type_name"]).collect();
    assert_eq!(names, ["SAVINGS"]);
    browser.go(window(&member)).await;
    browser.wait_for_text("h1", "This address no longer works").await;
}

/// Goes the way to this button, and closes the window at its end.
async fn ends_in(decision: &str, reason: &str, status: &str) {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let member = pending(&user, &json!({})).await;
    let visit = Visit::begin(&member).await;
    let browser = &visit.browser;
    if decision != "cancel" {
        browser.click("summary").await;
    }
    browser.click(&format!("button[value={decision}]")).await;
    browser.wait_for_text("h1", "You are not connected").await;
    browser.click("#close").await;
    let expected = json!({
        "mx": true,
        "type": "mx/connect/oauthComplete/error",
        "metadata": {"user_guid": member["user_guid"], "member_guid": member["guid"], "error_reason": reason},
    });
    assert_eq!(visit.heard().await, json!([{"origin": world.server.base_url(), "data": expected}]));
    assert_eq!(read(&user, &member).await["connection_status"], status);
}

#[tokio::test]
async fn the_opener_hears_of_a_denial_and_the_window_stays_until_it_is_closed() {
    ends_in("deny", "DENIED", "DENIED").await;
}

#[tokio::test]
async fn the_opener_hears_that_the_end_user_went_back_and_the_window_stays_until_it_is_closed() {
    ends_in("cancel", "CANCELLED", "PENDING").await;
}

#[tokio::test]
async fn the_policy_of_the_pages_stands_in_nobodys_way() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    // The app is another origin, at the end of the redirects after the bank's form.
    let app = Site::showing("<!doctype html><h1>The app</h1>").await.unwrap();
    let fields = json!({"client_redirect_url": format!("{}/return", app.origin()), "referral_source": "APP"});
    let member = pending(&user, &fields).await;
    let browser = Chromium::start().await;
    browser.go(window(&member)).await;
    browser.click("button[value=authorize]").await;
    browser.wait_for_text("h1", "The app").await;
    let complaints = browser.complaints().await;
    assert!(!complaints.iter().any(|line| line.contains("Content Security Policy")), "{complaints:?}");
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
}

#[tokio::test]
async fn every_page_fits_every_window() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    for (view, looks) in VIEWS {
        browser.look_with(looks).await;
        let user = world.user(view).await;
        let member = pending(&user, &json!({})).await;
        browser.go(window(&member)).await;
        browser.click("summary").await;
        fits(&browser, view, "bank").await;
        browser.run("document.querySelectorAll('input[name=account]').forEach(box => box.click())").await;
        browser.click("button[value=authorize]").await;
        browser.wait_for_text(".alert", "Please choose at least one account.").await;
        fits(&browser, view, "bank-again").await;
        browser.click("input[name=account]").await;
        browser.click("button[value=authorize]").await;
        browser.wait_for_text("h1", "You are connected").await;
        fits(&browser, view, "connected").await;
        browser.go(window(&member)).await;
        fits(&browser, view, "spent").await;
        settled(&user, &member).await;
        browser.go(&new_window(&user, &member).await).await;
        browser.click("button[value=cancel]").await;
        browser.wait_for_text("h1", "You are not connected").await;
        fits(&browser, view, "not-connected").await;
    }
}
