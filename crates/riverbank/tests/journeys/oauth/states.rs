//! The states that front ends poll.

use super::*;

journeys! {
    async fn a_state_is_there_as_soon_as_the_address_is_opened(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        let list = format!("?outbound_member_guid={}&auth_status=1", guid(&member));
        assert_eq!(front_end(&user, &list).await.root("oauth_states"), json!([]));
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, window(&member)).await;
        let state = front_end(&user, &list).await.root("oauth_states")[0].clone();
        assert!(guid(&state).starts_with("OAS-"));
        assert_eq!(state["outbound_member_guid"], member["guid"]);
        assert_eq!(state["user_guid"], member["user_guid"]);
        for absent in ["inbound_member_guid", "error_reason", "first_retrieved_at"] {
            assert_eq!(state[absent], Value::Null, "{absent}");
        }
        let one = format!("/{}", guid(&state));
        let first = front_end(&user, &one).await.root("oauth_state");
        assert!(first["first_retrieved_at"].is_string());
        assert_eq!(front_end(&user, &one).await.root("oauth_state"), first);
        browser.submit(&page, &[("decision", "authorize")]).await;
        let done = front_end(&user, &one).await.root("oauth_state");
        assert_eq!((&done["auth_status"], &done["inbound_member_guid"]), (&json!(2), &member["guid"]));
        assert_eq!(front_end(&user, &list).await.root("oauth_states"), json!([]));
        for nothing in ["?auth_status=9", "?outbound_member_guid=ACT-1"] {
            let none = front_end(&user, nothing).await;
            assert_eq!(none.root("oauth_states"), json!([]), "{nothing}");
        }
    }

    async fn states_are_the_users_own(world: &World) {
        let user = world.user("user").await;
        let member = pending(&user, &json!({})).await;
        Browser::new(world.server.base_url()).open(window(&member)).await;
        let state = front_end(&user, "").await.root("oauth_states")[0].clone();
        let other = world.user("other").await;
        assert_eq!(front_end(&other, "").await.root("oauth_states"), json!([]));
        let path = format!("/{}", guid(&state));
        assert_eq!(front_end(&other, &path).await.error_code(), Some(4041));
        assert_eq!(front_end(&world.stranger(), &path).await.error_code(), Some(4011));
    }

    async fn a_way_that_takes_too_long_ends_and_is_forgotten_later(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        let window = new_window(&user, &member).await;
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, &window).await;
        let state = front_end(&user, "?auth_status=1").await.root("oauth_states")[0].clone();
        world.advance(61 * 60).await;
        let user = world.acme.session("user").await;
        let path = format!("/{}", guid(&state));
        let ended = front_end(&user, &path).await.root("oauth_state");
        assert_eq!((&ended["auth_status"], &ended["error_reason"]), (&json!(3), &json!(6)));
        let late = browser.submit(&page, &[("decision", "authorize")]).await;
        assert_eq!(late.status.as_u16(), 404, "{late:?}");
        assert_eq!(read(&user, &member).await["connection_status"], "CONNECTED");
        world.advance(15 * 24 * 3600).await;
        let user = world.acme.session("user").await;
        assert_eq!(front_end(&user, &path).await.error_code(), Some(4041));
    }
}
