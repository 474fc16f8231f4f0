//! PENDING, the address that works once, and the purge.

use riverbank_testkit::client::Method;

use super::*;

/// Path and query of an address of this server.
fn local(uri: &str, base: &str) -> String {
    uri.strip_prefix(base).unwrap_or_else(|| panic!("{uri} is not on {base}")).to_owned()
}

journeys! {
    async fn a_member_waits_with_an_address_that_works_once(world: &World) {
        let user = world.user("user").await;
        let member = user.post("/members", &oauth()).await.root("member");
        assert_eq!(member["connection_status"], "PENDING");
        assert_eq!(member["is_oauth"], true);
        assert_eq!(member["is_being_aggregated"], false);
        assert_eq!(member["most_recent_job_guid"], Value::Null);
        let uri = member["oauth_window_uri"].as_str().unwrap();
        assert_eq!(read(&user, &member).await["oauth_window_uri"], uri);
        let browser = Caller::new(world.server.base_url());
        let path = local(uri, world.server.base_url());
        let ahead = browser.clone().header("sec-purpose", "prefetch").get(&path).await;
        assert_eq!(ahead.status.as_u16(), 204);
        assert_eq!(browser.send(Method::HEAD, &path, None).await.unwrap().status.as_u16(), 204);
        let opened = browser.get(&path).await;
        assert_eq!(opened.status.as_u16(), 303);
        assert_eq!(opened.header("cache-control"), Some("no-store"));
        assert_eq!(browser.get(&path).await.status.as_u16(), 404);
        assert_eq!(read(&user, &member).await["oauth_window_uri"], Value::Null);
        let window = user.get(&format!("/members/{}/oauth_window_uri", guid(&member))).await.root("member");
        assert_eq!(window["guid"], member["guid"]);
        assert_ne!(window["oauth_window_uri"], uri);
        assert_eq!(browser.get(&local(window["oauth_window_uri"].as_str().unwrap(), world.server.base_url())).await.status.as_u16(), 303);
    }

    async fn a_member_that_waits_too_long_is_purged(world: &World) {
        let user = world.user("user").await;
        let member = user.post("/members", &oauth()).await.root("member");
        world.advance(20 * 60).await;
        assert_eq!(read(&user, &member).await["connection_status"], "PENDING");
        world.advance(20 * 60).await;
        read(&user, &member).await;
        world.advance(25 * 60).await;
        let gone = user.get(&format!("/members/{}", guid(&member))).await;
        assert_eq!(gone.error_code(), Some(4041), "{gone}");
        assert_eq!(user.get("/members").await.root("members"), json!([]));
    }

    async fn what_cannot_be_is_refused(world: &World) {
        let user = world.user("user").await;
        let elsewhere = json!({"member": {"institution_guid": MX_BANK, "is_oauth": true}});
        let refused = user.post("/members", &elsewhere).await;
        assert_eq!(refused.error_code(), Some(4002), "{refused}");
        assert!(refused.json()["error"]["message"].as_str().unwrap().contains("Member cannot use OAuth"));
        let mut both = oauth();
        both["member"]["credentials"] = credentials("mxuser", "password");
        assert_eq!(user.post("/members", &both).await.error_code(), Some(4002));
        for (field, value) in [
            ("client_redirect_url", "https://evil.example/"),
            ("referral_source", "CARRIER_PIGEON"),
            ("ui_message_webview_url_scheme", "javascript"),
        ] {
            let mut body = oauth();
            body["member"][field] = json!(value);
            assert_eq!(user.post("/members", &body).await.error_code(), Some(4002), "{field}");
        }
        let plain = user.post("/members", &mx_bank("mxuser", "password")).await.root("member");
        let window = user.get(&format!("/members/{}/oauth_window_uri", guid(&plain))).await;
        assert_eq!(window.error_code(), Some(4002), "{window}");
    }

    async fn only_registered_addresses_are_come_back_to(world: &World) {
        let user = world.user("user").await;
        let mut body = oauth();
        body["member"]["client_redirect_url"] = json!("https://app.example/return");
        assert_eq!(user.post("/members", &body).await.error_code(), Some(4002));
        world.server.run(&["client", "redirect-urls", "add", "acme", "https://app.example/return"]).unwrap();
        let member = user.post("/members", &body).await.root("member");
        let path = format!("/members/{}/oauth_window_uri", guid(&member));
        let window = |url: &str| format!("{path}?client_redirect_url={url}&referral_source=APP");
        assert_eq!(user.get(&window("https%3A%2F%2Fapp.example%2Freturn")).await.status.as_u16(), 200);
        assert_eq!(user.get(&window("https%3A%2F%2Fapp.example%2Freturn%2F")).await.error_code(), Some(4002));
        assert_eq!(user.get(&window("http%3A%2F%2Flocalhost%3A3000%2Fx")).await.status.as_u16(), 200);
    }
}
