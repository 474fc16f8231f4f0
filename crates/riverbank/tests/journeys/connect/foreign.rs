//! The pages in frames of sites whose names are not those of this machine, as everywhere but in a sandbox: who is registered shows
//! them, and nobody else.

use std::time::Duration;

use riverbank_testkit::client::Partner;
use riverbank_testkit::site::Site;

use super::*;

const ENDED: &str = "This page is no longer valid";

/// A page that shows an address in a frame and lets it know nothing of where it stands.
fn silent_page(address: &str) -> String {
    format!(
        r#"<!doctype html>
<meta name="referrer" content="no-referrer">
<title>Acme</title>
<iframe src="{address}" width="600" height="700"></iframe>"#
    )
}

/// A fresh address of pages for a user of the partner.
async fn fresh(partner: &Partner) -> String {
    let body = json!({"url": {"type": "connect_widget"}});
    let made = partner.sso().post("/sso/acme/users/user/urls", &body).await.root("url");
    made["url"].as_str().expect("an address").to_owned()
}

/// Where a site is by a name that browsers know to be of this machine, and the server does not.
fn origin(site: &Site) -> String {
    site.origin().replace("localhost", "site.localhost")
}

/// Opens a site and goes on in its frame.
async fn enter(browser: &Chromium, site: &Site) {
    browser.go(&origin(site)).await;
    browser.enter_frame("iframe").await;
}

/// Shows another address in the frame of the site that is open, and goes on there.
async fn show(browser: &Chromium, address: &str) {
    browser.leave_frames().await;
    browser.run(&format!("document.querySelector('iframe').src = {}", json!(address))).await;
    browser.enter_frame("iframe").await;
}

/// The browser says that it shows nobody's page to who may not show it.
async fn is_refused(browser: &Chromium) {
    for _ in 0..400 {
        if browser.complaints().await.iter().any(|line| line.contains("frame-ancestors")) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the browser has refused nothing");
}

#[tokio::test]
async fn the_browser_shows_the_pages_and_their_end_in_the_frames_of_registered_sites_alone() {
    let world = World::on(Backend::Sqlite).await;
    let (server, partner) = (&world.server, &world.acme);
    partner.create_user("user").await;
    let registered = Site::showing_over_tls(silent_page(&fresh(partner).await)).await.unwrap();
    let foreign = Site::showing_over_tls(silent_page(&fresh(partner).await)).await.unwrap();
    server.run(&["client", "origins", "add", "acme", &origin(&registered)]).unwrap();
    let browser = Chromium::start().await;

    enter(&browser, &registered).await;
    comes_to(&browser, "Choose your institution").await;
    let visit = browser.run("return location.href").await;
    let visit = visit.as_str().expect("an address");

    // Whoever loads the partner's page again loads an address that is spent.
    enter(&browser, &registered).await;
    comes_to(&browser, ENDED).await;
    show(&browser, visit).await;
    comes_to(&browser, "Choose your institution").await;
    partner.sso().delete("/sso/acme/users/user/sessions").await;
    show(&browser, visit).await;
    comes_to(&browser, ENDED).await;

    // Neither the pages nor their end are for anybody else.
    enter(&browser, &foreign).await;
    is_refused(&browser).await;
    show(&browser, visit).await;
    is_refused(&browser).await;
    show(&browser, &format!("{}/connect/nobodys", server.base_url())).await;
    is_refused(&browser).await;
}
