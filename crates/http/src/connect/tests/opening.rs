//! Opening the pages, who may show them, and where they begin.

use super::*;

const SITE: &str = "https://app.acme.example";

#[tokio::test]
async fn an_address_opens_the_pages_once_and_is_gone_after_that() {
    let bench = bench().await;
    let browser = Browser::at(&bench);
    let address = address(&bench, PageOptions::default()).await;
    let looked = browser.send("HEAD", &address, None).await;
    assert_eq!(looked.status, 204, "what looks ahead spends nothing");
    let opened = browser.send("GET", &address, None).await;
    assert!(opened.location().starts_with("/connect/s/"));
    assert_eq!(
        (opened.header("cache-control"), opened.header("referrer-policy")),
        ("no-store", "no-referrer")
    );
    let again = browser.send("GET", &address, None).await;
    assert_eq!(again.status, 410);
    keeps_the_rules(&again);
    assert!(again.says("This page is no longer valid"), "{}", again.body);
    assert!(!again.body.contains("id=\"speech\""), "{}", again.body);
    let page = browser.send("GET", &opened.location(), None).await;
    assert_eq!(page.status, 200);
    bench.advance(31 * 60);
    let dead = browser.send("GET", &opened.location(), None).await;
    assert_eq!(dead.status, 410);
    keeps_the_rules(&dead);
}

#[tokio::test]
async fn a_visit_that_has_ended_says_so_in_the_frame_of_its_clients_site_and_of_no_other() {
    let bench = bench().await;
    for (client, site) in [("acme", SITE), ("other", "https://other.example")] {
        bench.partner(client).await;
        bench.clients().add_origin(client, site, Mode::Sandbox).await.unwrap();
    }
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let unopened = address(&bench, PageOptions::default()).await;
    bench.advance(31 * 60);
    for path in [browser.base.as_str(), &format!("{}/members", browser.base), &unopened] {
        let dead = browser.send("GET", path, None).await;
        assert_eq!(dead.status, 410);
        let policy = dead.header("content-security-policy");
        assert!(policy.contains(&format!("frame-ancestors {SITE} http://localhost:*")), "{policy}");
    }
    let nobodys = browser.send("GET", "/connect/s/nobody", None).await;
    assert!(!nobodys.header("content-security-policy").contains("example"), "{:?}", nobodys.headers);
}

#[tokio::test]
async fn only_registered_sites_may_show_the_pages_and_hear_of_them() {
    let bench = bench().await;
    bench.partner("acme").await;
    bench.clients().add_origin("acme", SITE, Mode::Sandbox).await.unwrap();
    let browser = Browser::visiting(&bench, PageOptions::default()).await;
    let page = browser.get("").await;
    let policy = page.header("content-security-policy");
    assert!(policy.contains(&format!("frame-ancestors {SITE} http://localhost:*")), "{policy}");
    assert_eq!(page.attribute("target"), SITE);
    assert_eq!((page.attribute("version").as_str(), page.attribute("app").as_str()), ("4", ""));
}

#[tokio::test]
async fn an_app_and_an_older_page_hear_in_their_own_form() {
    let bench = bench().await;
    let options = PageOptions {
        message_version: MessageVersion::Text(2),
        is_mobile_webview: true,
        webview_url_scheme: Some("acme".to_owned()),
        color_scheme: Some(ColorScheme::Dark),
        ..PageOptions::default()
    };
    let page = Browser::visiting(&bench, options).await.get("").await;
    assert_eq!((page.attribute("version").as_str(), page.attribute("app").as_str()), ("2", "acme"));
    assert!(page.body.contains("data-scheme=\"dark\""));
}

#[tokio::test]
async fn a_visit_begins_where_the_partner_said() {
    let bench = bench().await;
    let caller = bench.session("acme", "U-1").await.caller;
    let member = bench.mx_bank_member(&caller, "any").await.member.guid;
    bench.run_jobs().await;
    let code = PageOptions { current_institution_code: Some("mxbank".to_owned()), ..PageOptions::default() };
    let member = PageOptions { current_member_guid: Some(member.to_string()), ..PageOptions::default() };
    let update = PageOptions { update_credentials: true, ..member.clone() };
    let only = PageOptions { disable_institution_search: true, ..code.clone() };
    for (options, title, step) in [
        (code, "Sign in to MX Bank", "enterCreds"),
        (member, "MX Bank is connected", "connected"),
        (update, "Enter your credentials for MX Bank", "enterCreds"),
        (only, "Sign in to MX Bank", "enterCreds"),
    ] {
        let browser = Browser::visiting(&bench, options.clone()).await;
        let page = browser.get("").await;
        assert!(page.says(title), "{}", page.body);
        assert_eq!(page.messages()[1].1["initial_step"], step);
        assert_eq!(page.body.contains("data-back"), !options.disable_institution_search);
        let search = browser.get("/institutions").await;
        assert_eq!(search.status == 303, options.disable_institution_search);
    }
}
