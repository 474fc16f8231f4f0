//! Each end of the way: the page, the app's address, the app's scheme; success and every failure.

use super::*;

/// The buttons of the bank's page, and what each leads to.
const FAILURES: [(&str, &str, &str, i64); 4] = [
    ("cancel", "CANCELLED", "PENDING", 1),
    ("deny", "DENIED", "DENIED", 2),
    ("impede", "IMPEDED", "IMPEDED", 3),
    ("fail", "PROVIDER_ERROR", "PENDING", 4),
];

journeys! {
    async fn a_browser_ends_on_a_page_that_tells_its_opener(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({"client_redirect_url": "http://localhost:3000/x"})).await;
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, window(&member)).await;
        let policy = page.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert!(!page.html.contains("<script"), "the bank's page works without script");
        let done = browser.submit(&page, &[("decision", "authorize")]).await;
        assert_eq!(done.status.as_u16(), 200);
        assert!(done.url.starts_with(&format!("{}/oauth/callback?", world.server.base_url())));
        assert!(done.html.contains("You are connected"), "{}", done.html);
        assert!(done.html.contains(&format!("data-member=\"{}\" data-reason=\"\"", guid(&member))));
        for (name, value) in [("cache-control", "no-store"), ("referrer-policy", "no-referrer")] {
            assert_eq!(done.header(name), Some(value));
        }
        let script = browser.open(&format!("{}/oauth/complete.js", world.server.base_url())).await;
        assert!(script.html.contains("mx/connect/oauthComplete/"));
        let settled = settled(&user, &member).await;
        assert_eq!(settled["connection_status"], "CONNECTED");
        assert_eq!(settled["oauth_window_uri"], Value::Null);
        assert_eq!(user.get("/accounts").await.root("accounts").as_array().unwrap().len(), 6);
    }

    async fn an_app_ends_at_its_registered_address(world: &World) {
        let user = world.user("user").await;
        let url = "https://app.example/return?from=bank";
        world.server.run(&["client", "redirect-urls", "add", "acme", url]).unwrap();
        let fields = json!({"client_redirect_url": url, "referral_source": "APP"});
        let member = pending(&user, &fields).await;
        let browser = Browser::new(world.server.base_url());
        let left = goes(&browser, window(&member), "authorize").await;
        let expected = format!("{url}&status=success&member_guid={}", guid(&member));
        assert_eq!(left.left_to.as_deref(), Some(expected.as_str()));
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn an_app_ends_at_its_scheme(world: &World) {
        let user = world.user("user").await;
        for (scheme, expected) in [(Some("com.acme.app"), "com.acme.app"), (None, "mx")] {
            let member = pending(&user, &json!({"referral_source": "APP", "ui_message_webview_url_scheme": scheme})).await;
            let left = goes(&Browser::new(world.server.base_url()), window(&member), "cancel").await;
            let address = format!(
                "{expected}://oauth_complete?status=error&member_guid={}&error_reason=CANCELLED",
                guid(&member)
            );
            assert_eq!(left.left_to, Some(address));
        }
    }

    async fn every_failure_has_its_reason_at_every_end(world: &World) {
        for (decision, reason, status, number) in FAILURES {
            let user = world.user(decision).await;
            for source in ["BROWSER", "APP"] {
                let member = pending(&user, &json!({"referral_source": source})).await;
                let end = goes(&Browser::new(world.server.base_url()), window(&member), decision).await;
                if source == "APP" {
                    let parameters = end.parameters();
                    assert_eq!(parameters["status"], "error");
                    assert_eq!(parameters["error_reason"], reason);
                    assert_eq!(parameters["member_guid"], guid(&member));
                } else {
                    assert!(end.html.contains(&format!("data-reason=\"{reason}\"")), "{}", end.html);
                }
                assert_eq!(read(&user, &member).await["connection_status"], status, "{decision}");
                let path = format!("?outbound_member_guid={}", guid(&member));
                let states = front_end(&user, &path).await.root("oauth_states");
                assert_eq!((&states[0]["auth_status"], &states[0]["error_reason"]), (&json!(3), &json!(number)));
                // Whatever happened, a new address leads on.
                let again = new_window(&user, &member).await;
                goes(&Browser::new(world.server.base_url()), &again, "cancel").await;
            }
        }
    }

    async fn a_way_without_aggregation_leaves_a_member_that_is_created(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({"skip_aggregation": true})).await;
        goes(&Browser::new(world.server.base_url()), window(&member), "authorize").await;
        let done = read(&user, &member).await;
        assert_eq!((&done["connection_status"], &done["is_being_aggregated"]), (&json!("CREATED"), &json!(false)));
        assert_eq!(done["most_recent_job_guid"], Value::Null);
        user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn the_bank_gives_what_was_picked_and_no_more(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, window(&member)).await;
        let none = browser.submit(&page, &[("account", ""), ("decision", "authorize")]).await;
        assert!(none.html.contains("at least one account"), "{}", none.html);
        browser.submit(&none, &[("account", "savings"), ("decision", "authorize")]).await;
        settled(&user, &member).await;
        let accounts = user.get("/accounts").await.root("accounts");
        let names: Vec<_> = accounts.as_array().unwrap().iter().map(|one| one["account_type_name"].clone()).collect();
        assert_eq!(names, ["SAVINGS"]);
    }

    async fn what_is_typed_at_the_bank_decides_as_at_a_bank_with_a_login_form(world: &World) {
        for (password, status) in [("challenge", "CHALLENGED"), ("LOCKED", "LOCKED"), ("UNAVAILABLE", "FAILED"), ("INVALID", "DENIED")] {
            let user = world.user(password).await;
            let member = pending(&user, &json!({})).await;
            let browser = Browser::new(world.server.base_url());
            let page = at_bank(&browser, window(&member)).await;
            browser.submit(&page, &[("password", password), ("decision", "authorize")]).await;
            let done = settled(&user, &member).await;
            assert_eq!(done["connection_status"], status, "{password}");
            if status == "CHALLENGED" {
                let done = answer(&user, &member, "correct").await;
                assert_eq!(done["connection_status"], "CONNECTED");
            }
        }
    }

    async fn a_bank_that_takes_requests_beforehand_is_asked_so(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({"institution_guid": MXCU_OAUTH})).await;
        let browser = Browser::new(world.server.base_url());
        let left = browser.open(window(&member)).await;
        let names: Vec<_> = left.parameters().into_keys().collect();
        assert_eq!(names, ["client_id", "request_uri"]);
        let page = browser.follow(left.left_to.as_deref().unwrap()).await;
        let done = browser.submit(&page, &[("decision", "authorize")]).await;
        assert!(done.html.contains("You are connected"), "{done:?}");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
    }
}
