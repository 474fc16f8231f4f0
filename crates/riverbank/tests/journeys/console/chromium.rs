//! The console in a real browser: whether its pages work under their policy, fit a narrow screen, and how they look.

use riverbank_testkit::chromium::Chromium;
use serde_json::json;

use super::*;
use crate::journeys::looks::{VIEWS, fits};
use crate::journeys::world::{MX_BANK, guid, mx_bank, settled};

const PAGES: [(&str, &str); 12] = [
    ("overview", "/console"),
    ("clients", "/console/clients"),
    ("client", "/console/clients/acme"),
    ("institutions", "/console/institutions"),
    ("all-institutions", "/console/institutions/all"),
    ("jobs", "/console/jobs"),
    ("open-jobs", "/console/jobs?list=open"),
    ("search", "/console/search"),
    ("sandbox", "/console/sandbox"),
    ("bank", "/console/sandbox/banks/mxbank"),
    ("audit", "/console/audit"),
    ("operators", "/console/audit/operators"),
];

/// The views that a page is looked at in each language: every language in a narrow one, and every view.
const LANGUAGES: [(&str, &[usize]); 3] = [("es", &[0, 3]), ("fr-CA", &[1, 2]), ("en", &[0, 1, 2, 3])];

/// A page fits in every language.
async fn pictures(browser: &Chromium, name: &str, url: &str) {
    for (language, views) in LANGUAGES {
        browser.speak(language).await;
        browser.go(url).await;
        assert_eq!(browser.run("return document.documentElement.lang").await, json!(language), "{url}");
        for (view, looks) in views.iter().map(|place| VIEWS[*place]) {
            browser.look_with(looks).await;
            fits(browser, view, &format!("console-{name}-{language}")).await;
        }
    }
}

/// The page fits in each view.
async fn picture(browser: &Chromium, name: &str) {
    for (view, looks) in VIEWS {
        browser.look_with(looks).await;
        fits(browser, view, &format!("console-{name}")).await;
    }
}

/// Finds a member by the box in the head, has what is hidden shown, and disables it.
async fn finds_and_acts(browser: &Chromium, member: &str) {
    browser.fill_in("header input[name=q]", member).await;
    browser.click("header form[role=search] button").await;
    browser.wait_for_text("h1", &format!("Member {member}")).await;
    assert!(browser.text("main").await.contains("hidden"));
    browser.click("form[action$=reveal] button").await;
    browser.wait_for("return document.body.innerText.includes('is shown this once')", &json!(true)).await;
    picture(browser, "member-shown").await;
    browser.click("form[action$=disable] button").await;
    let is_disabled = "return document.body.innerText.includes('CHALLENGED → DISABLED')";
    browser.wait_for(is_disabled, &json!(true)).await;
}

#[tokio::test]
async fn every_page_works_in_chromium_under_its_policy_and_fits_320_pixels() {
    let world = with_console(Backend::Sqlite).await;
    let server = &world.server;
    let user = world.user("user").await;
    for (login, password) in [("one", "any"), ("two", "INVALID")] {
        let made = user.post("/members", &mx_bank(login, password)).await;
        settled(&user, &made.root("member")).await;
    }
    let asked = user.post("/members", &mx_bank("mxuser", "options")).await;
    let asked = settled(&user, &asked.root("member")).await;
    let ada = Operator::add(server, "ada", "operator");
    let browser = Chromium::start().await;
    browser.go(&format!("{}/console", server.base_url())).await;
    browser.wait_for_text("h1", "Log in").await;
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
    browser.wait_for_text("h1", "The last 24 hours").await;
    for (name, path) in PAGES {
        pictures(&browser, name, &format!("{}{path}", server.base_url())).await;
    }
    let (member, user) = (guid(&asked), asked["user_guid"].as_str().unwrap());
    let job = asked["most_recent_job_guid"].as_str().unwrap();
    for (name, path) in [
        ("member", format!("/console/members/{member}")),
        ("user", format!("/console/users/{user}")),
        ("job", format!("/console/jobs/{job}")),
        ("institution", format!("/console/institutions/{MX_BANK}")),
    ] {
        pictures(&browser, name, &format!("{}{path}", server.base_url())).await;
    }
    finds_and_acts(&browser, member).await;
    browser.go(&format!("{}/console/clients/acme", server.base_url())).await;
    browser.click("button[name=state]").await;
    browser
        .wait_for("return document.body.innerText.includes('Switch identification on')", &json!(true))
        .await;
    browser.click("header form[method=post] button").await;
    browser.wait_for_text("h1", "Log in").await;
    assert_eq!(browser.complaints().await, [""; 0]);
}
