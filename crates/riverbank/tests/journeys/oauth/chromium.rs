//! The way in a real browser: what a page of the partner's opens, and what it hears.

use riverbank_testkit::chromium::Chromium;

use super::*;

/// What a page does that opens the way: it listens, and opens a window.
fn opening(window: &str) -> String {
    let uri = json!(window);
    format!(
        "window.heard = []; addEventListener('message', event => heard.push(event.data)); open({uri}); return null;"
    )
}

/// Goes the way in a window of its own up to the bank's page, in which the browser then is; the window of the opener.
async fn opened(browser: &Chromium, window: &str) -> String {
    let [opener] = browser.windows().await.try_into().expect("one window");
    browser.run(&opening(window)).await;
    let windows = browser.wait_for_windows(2).await;
    let bank = windows.iter().find(|handle| **handle != opener).expect("another window");
    browser.switch(bank).await;
    assert_eq!(browser.text("h1").await, "MX Bank (OAuth)");
    opener
}

#[tokio::test]
async fn the_opener_hears_of_the_end_and_the_window_closes() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let member = pending(&user, &json!({})).await;
    let browser = Chromium::start().await;
    let opener = opened(&browser, window(&member)).await;
    let background =
        browser.run("return getComputedStyle(document.querySelector('button.main')).backgroundColor").await;
    assert_eq!(background, "rgb(31, 111, 139)", "the style is not there");
    browser.click("button.main").await;
    browser.wait_for_windows(1).await;
    browser.switch(&opener).await;
    browser.wait_for("return heard.length", &json!(1)).await;
    assert_eq!(
        browser.run("return heard").await,
        json!([{
            "mx": true,
            "type": "mx/connect/oauthComplete/success",
            "metadata": {"user_guid": member["user_guid"], "member_guid": member["guid"]},
        }])
    );
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
}

#[tokio::test]
async fn after_a_failure_the_window_stays_until_it_is_closed() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    let member = pending(&user, &json!({})).await;
    let browser = Chromium::start().await;
    let opener = opened(&browser, window(&member)).await;
    browser.click("button[value=cancel]").await;
    browser.click("#close").await;
    browser.wait_for_windows(1).await;
    browser.switch(&opener).await;
    browser.wait_for("return heard.length", &json!(1)).await;
    let heard = browser.run("return heard").await;
    assert_eq!(heard[0]["type"], "mx/connect/oauthComplete/error");
    assert_eq!(heard[0]["metadata"]["error_reason"], "CANCELLED");
}

#[tokio::test]
async fn the_policy_of_the_pages_stands_in_nobodys_way() {
    let world = World::on(Backend::Sqlite).await;
    let user = world.user("user").await;
    // The app's address is another origin, at the end of the redirects after a form.
    let fields = json!({"client_redirect_url": "http://localhost:9/return", "referral_source": "APP"});
    let member = pending(&user, &fields).await;
    let browser = Chromium::start().await;
    browser.go(window(&member)).await;
    browser.click("button.main").await;
    browser.wait_for("return document.readyState + location.host", &json!("completelocalhost:9")).await;
    let console = browser.console().await;
    assert!(!console.iter().any(|line| line.contains("Content Security Policy")), "{console:?}");
    assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
}
