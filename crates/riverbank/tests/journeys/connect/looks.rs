//! How the pages look.

use super::*;
use crate::journeys::forced::STATUSES;
use crate::journeys::looks::{VIEWS, fits};
use crate::journeys::world::connect;

/// A page of Connect fits its window and hinders nobody.
async fn is_fit(browser: &Chromium, view: &str, page: &str) {
    fits(browser, view, &format!("connect-{page}")).await;
}

#[tokio::test]
async fn every_step_fits_every_window() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let bank = test_bank("")["member"]["institution_guid"].clone();
    for (view, looks) in VIEWS {
        browser.look_with(looks).await;
        world.user(view).await;
        let opened = address(&world, view, &json!({})).await;
        browser.go(&opened).await;
        comes_to(&browser, "Choose your institution").await;
        is_fit(&browser, view, "search").await;
        choose(&browser, "MX Bank").await;
        comes_to(&browser, "Sign in to MX Bank").await;
        is_fit(&browser, view, "credentials").await;
        for kind in ["text", "token", "options", "image_data", "image_options"] {
            let user = world.user(&format!("{view}-{kind}")).await;
            let made = user.post("/members", &test_bank(kind)).await.root("member");
            settled(&user, &made).await;
            let options = json!({"current_member_guid": made["guid"]});
            browser.go(&address(&world, &format!("{view}-{kind}"), &options).await).await;
            comes_to(&browser, "Riverbank Test Bank has a question for you").await;
            is_fit(&browser, view, kind).await;
        }
        browser.go(&address(&world, view, &json!({"current_institution_guid": bank})).await).await;
        sign_in(&browser, "any").await;
        comes_to(&browser, "Riverbank Test Bank is connected").await;
        browser.wait_for("return document.getElementById('poll') === null", &json!(true)).await;
        browser.click("a[href$='/members']").await;
        comes_to(&browser, "Your connections").await;
        is_fit(&browser, view, "connections").await;
        browser.click("a[href$='/remove']").await;
        comes_to(&browser, "Remove Riverbank Test Bank?").await;
        is_fit(&browser, view, "remove").await;
        browser.click("main form button").await;
        comes_to(&browser, "Your connections").await;
        browser.go(&address(&world, view, &json!({"current_institution_code": "mx_bank_oauth"})).await).await;
        comes_to(&browser, "Sign in at MX Bank (OAuth)").await;
        is_fit(&browser, view, "oauth").await;
        browser.go(&opened).await;
        comes_to(&browser, "This page is no longer valid").await;
        is_fit(&browser, view, "ended").await;
    }
    is_content(&browser).await;
}

#[tokio::test]
async fn every_status_fits_in_every_language() {
    let world = World::on(Backend::Sqlite).await;
    let browser = Chromium::start().await;
    let user = world.user("user").await;
    let member = connect(&user, "any").await;
    settled(&user, &member).await;
    let path = format!("/members/{}", member["guid"].as_str().unwrap());
    let chosen = [("en", VIEWS[2]), ("es", VIEWS[1]), ("fr-CA", VIEWS[0])];
    for (language, (view, looks)) in chosen {
        browser.look_with(looks).await;
        let options = json!({"current_member_guid": member["guid"], "language": language});
        browser.go(&address(&world, "user", &options).await).await;
        for status in STATUSES {
            user.put(&path, &json!({"member": {"connection_status": status}})).await.root("member");
            browser.run("location.reload()").await;
            let state = format!(
                "const told = document.getElementById('speech').dataset.messages; return told.includes('\"connection_status\":{}')",
                read(&user, &member).await["connection_status_id"]
            );
            browser.wait_for(&state, &json!(true)).await;
            assert_eq!(browser.run("return document.documentElement.lang").await, json!(language));
            is_fit(&browser, view, &format!("{}-{language}", status.to_lowercase())).await;
        }
    }
    is_content(&browser).await;
}
