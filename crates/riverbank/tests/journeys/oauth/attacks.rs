//! What an attacker may try, and that it leads nowhere.

use super::*;

/// Goes the way up to the return, which is kept.
async fn about_to_return(browser: &Browser, window: &str) -> String {
    let page = at_bank(browser, window).await;
    let left = browser.send_form(&page, &[("decision", "authorize")]).await;
    left.left_to.unwrap_or_else(|| panic!("{}", left.html))
}

/// An address with a parameter changed, or taken away.
fn with(address: &str, name: &str, value: Option<&str>) -> String {
    let (path, query) = address.split_once('?').expect("a query");
    let pairs: Vec<String> = query
        .split('&')
        .filter_map(|pair| match (pair.split_once('=')?.0 == name, value) {
            (true, Some(value)) => Some(format!("{name}={value}")),
            (true, None) => None,
            (false, _) => Some(pair.to_owned()),
        })
        .collect();
    format!("{path}?{}", pairs.join("&"))
}

fn parameter(address: &str, name: &str) -> String {
    let (_, query) = address.split_once('?').expect("a query");
    let pair = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    pair.unwrap_or_else(|| panic!("no {name} in {address}")).to_owned()
}

async fn is_pending(user: &Caller, member: &Value) -> bool {
    read(user, member).await["connection_status"] == "PENDING"
}

journeys! {
    async fn an_address_leads_on_once_even_for_two_at_the_same_moment(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browsers = [(); 8].map(|()| Browser::new(world.server.base_url()));
        let opening = browsers.iter().map(|browser| browser.open(window(&member)));
        let mut statuses: Vec<u16> = futures_util::future::join_all(opening).await.iter().map(|seen| seen.status.as_u16()).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 404, 404, 404, 404, 404, 404, 404]);
    }

    async fn an_expired_address_leads_nowhere(world: &World) {
        let user = world.user("user").await;
        let waiting = pending(&user, &json!({})).await;
        let member = connected(world, &user).await;
        let anew = new_window(&user, &member).await;
        world.advance(61 * 60).await;
        for address in [window(&waiting), anew.as_str()] {
            let opened = Browser::new(world.server.base_url()).open(address).await;
            assert_eq!(opened.status.as_u16(), 404, "{opened:?}");
            assert!(opened.html.contains("no longer works"));
        }
    }

    async fn a_return_works_once(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let back = about_to_return(&browser, window(&member)).await;
        // Looking ahead ends nothing.
        let returning = futures_util::future::join_all([(); 4].map(|()| browser.open(&back))).await;
        let done = returning.iter().filter(|seen| seen.html.contains("You are connected")).count();
        assert_eq!(done, 1, "{returning:?}");
        assert_eq!(settled(&user, &member).await["connection_status"], "CONNECTED");
        assert_eq!(browser.open(&back).await.status.as_u16(), 404);
    }

    async fn a_return_in_another_browser_leads_nowhere_and_spoils_nothing(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let back = about_to_return(&browser, window(&member)).await;
        let victim = Browser::new(world.server.base_url()).open(&back).await;
        assert_eq!(victim.status.as_u16(), 403, "{victim:?}");
        assert!(is_pending(&user, &member).await);
        assert!(browser.open(&back).await.html.contains("You are connected"));
    }

    async fn a_state_that_is_missing_doubled_or_made_up_leads_nowhere(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let back = about_to_return(&browser, window(&member)).await;
        let state = parameter(&back, "state");
        for forged in [
            with(&back, "state", None),
            with(&back, "state", Some("made-up")),
            with(&back, "state", Some("")),
            format!("{back}&state={state}"),
            format!("{back}&code=other"),
        ] {
            let seen = browser.open(&forged).await;
            assert_eq!(seen.status.as_u16(), 404, "{forged}");
        }
        assert!(is_pending(&user, &member).await);
    }

    async fn swapped_states_and_codes_lead_nowhere(world: &World) {
        let browser = Browser::new(world.server.base_url());
        let (ada, bob) = (world.user("ada").await, world.user("bob").await);
        let (hers, his) = (pending(&ada, &json!({})).await, pending(&bob, &json!({})).await);
        let her_way = about_to_return(&browser, window(&hers)).await;
        let his_way = about_to_return(&browser, window(&his)).await;
        // His code on her way: the verifier is not the one of its challenge.
        let swapped = with(&her_way, "code", Some(&parameter(&his_way, "code")));
        let seen = browser.open(&swapped).await;
        assert!(seen.html.contains("data-reason=\"PROVIDER_ERROR\""), "{seen:?}");
        assert!(is_pending(&ada, &hers).await && is_pending(&bob, &his).await);
    }

    async fn a_code_that_was_exchanged_before_revokes_what_it_gave(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let back = about_to_return(&browser, window(&member)).await;
        let code = parameter(&back, "code");
        browser.open(&back).await;
        settled(&user, &member).await;
        let other = pending(&user, &json!({})).await;
        let replay = with(&about_to_return(&browser, window(&other)).await, "code", Some(&code));
        let seen = browser.open(&replay).await;
        assert!(seen.html.contains("data-reason=\"PROVIDER_ERROR\""), "{seen:?}");
        // Whoever had it, the bank takes it for stolen.
        user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(settled(&user, &member).await["connection_status"], "IMPAIRED");
    }

    async fn an_answer_of_another_issuer_is_none(world: &World) {
        for forged in [Some("https%3A%2F%2Fevil.example"), None] {
            let user = world.user(&format!("user-{}", forged.is_some())).await;
            let member = pending(&user, &json!({})).await;
            let browser = Browser::new(world.server.base_url());
            let back = about_to_return(&browser, window(&member)).await;
            let seen = browser.open(&with(&back, "iss", forged)).await;
            assert!(seen.html.contains("data-reason=\"PROVIDER_ERROR\""), "{seen:?}");
            assert!(is_pending(&user, &member).await);
        }
    }

    async fn another_users_member_gets_no_address(world: &World) {
        let (ada, bob) = (world.user("ada").await, world.user("bob").await);
        let hers = pending(&ada, &json!({})).await;
        let stolen = bob.get(&format!("/members/{}/oauth_window_uri", guid(&hers))).await;
        assert_eq!(stolen.error_code(), Some(4041));
        assert_eq!(read(&ada, &hers).await["oauth_window_uri"], hers["oauth_window_uri"]);
    }

    async fn a_member_that_is_deleted_on_the_way_is_not_brought_back(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let back = about_to_return(&browser, window(&member)).await;
        user.delete(&format!("/members/{}", guid(&member))).await;
        let seen = browser.open(&back).await;
        assert_eq!(seen.status.as_u16(), 404, "{seen:?}");
        assert_eq!(user.get("/members").await.root("members"), json!([]));
    }
}
