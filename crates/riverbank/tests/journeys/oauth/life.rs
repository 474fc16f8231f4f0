//! The life of a consent: refreshed, revoked, given anew, given by another login.

use super::*;
use crate::journeys::raw::texts;

/// The consents that a test bank has back.
const REVOKED: &str = "select guid from bank_consents where is_revoked";

async fn aggregated(user: &Caller, member: &Value) -> Value {
    user.get(&format!("/members/{}/aggregate", guid(member))).await;
    settled(user, member).await
}

journeys! {
    async fn tokens_are_refreshed_before_they_are_used(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        // Each time the access token has died meanwhile, and the refresh token was replaced.
        for _ in 0..3 {
            world.advance(20 * 60).await;
            assert_eq!(aggregated(&user, &member).await["connection_status"], "CONNECTED");
        }
    }

    async fn a_consent_that_has_run_out_impairs_its_member_until_it_is_given_anew(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        let rests = json!({"member": {"background_aggregation_is_disabled": true}});
        user.put(&format!("/members/{}", guid(&member)), &rests).await.root("member");
        world.advance(366 * 24 * 3600).await;
        let user = world.acme.session("user").await;
        let done = aggregated(&user, &member).await;
        assert_eq!(done["connection_status"], "IMPAIRED");
        assert_eq!(done["needs_updated_credentials"], true);
        let job = user.get(&format!("/jobs/{}", done["most_recent_job_guid"].as_str().unwrap())).await.root("job");
        assert_eq!(job["error_message"], "the consent was revoked or has run out");
        // What is dead is not tried again.
        let again = user.get(&format!("/members/{}/aggregate", guid(&member))).await;
        assert_eq!(again.status.as_u16(), 202);
        let window = new_window(&user, &member).await;
        goes(&Browser::new(world.server.base_url()), &window, "authorize").await;
        let anew = settled(&user, &member).await;
        assert_eq!((&anew["guid"], &anew["connection_status"]), (&member["guid"], &json!("CONNECTED")));
    }

    async fn the_partner_is_told_of_a_consent_and_of_its_end(world: &World) {
        let control = world.control();
        let url = format!("{}/control/sink/mine", world.server.base_url());
        let webhook = json!({"client_id": "acme", "url": url, "events": ["member", "connection_status"]});
        control.post("/control/webhooks", &webhook).await.root("webhook");
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        let revoke = format!("/control/members/{}/revoke_consent", guid(&member));
        assert_eq!(control.post(&revoke, &json!({})).await.status.as_u16(), 200);
        assert_eq!(aggregated(&user, &member).await["connection_status"], "IMPAIRED");
        assert_eq!(control.post(&revoke, &json!({})).await.error_code(), Some(4091));
        // What is due is delivered by then.
        world.advance(1).await;
        let sink = control.get("/control/sinks/mine").await.root("sink");
        let told = sink["received"].as_array().unwrap().iter().map(|received| {
            let body: Value = serde_json::from_str(received["body"].as_str().unwrap()).unwrap();
            let status = body.get("member").unwrap_or(&body)["connection_status"].clone();
            (body["action"].clone(), status)
        });
        let expected = [("created", "PENDING"), ("updated", "CREATED"), ("CHANGED", "IMPAIRED")];
        assert_eq!(told.collect::<Vec<_>>(), expected.map(|(action, status)| (json!(action), json!(status))));
    }

    async fn a_login_that_another_member_holds_leads_to_that_member(world: &World) {
        let user = world.user("user").await;
        let first = connected(world, &user).await;
        let second = pending(&user, &json!({"referral_source": "APP"})).await;
        let left = goes(&Browser::new(world.server.base_url()), window(&second), "authorize").await;
        assert_eq!(left.parameters()["member_guid"], guid(&first));
        let gone = user.get(&format!("/members/{}", guid(&second))).await;
        assert_eq!(gone.error_code(), Some(4041));
        let path = format!("?outbound_member_guid={}", guid(&second));
        let state = front_end(&user, &path).await.root("oauth_states")[0].clone();
        assert_eq!((&state["auth_status"], &state["inbound_member_guid"]), (&json!(2), &first["guid"]));
        assert_eq!(settled(&user, &first).await["connection_status"], "CONNECTED");
        assert_eq!(user.get("/members").await.root("members").as_array().unwrap().len(), 1);
        // Another login is another member.
        let third = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, window(&third)).await;
        browser.submit(&page, &[("login", "somebody"), ("decision", "authorize")]).await;
        assert_eq!(settled(&user, &third).await["connection_status"], "DENIED");
        assert_eq!(user.get("/members").await.root("members").as_array().unwrap().len(), 2);
    }

    async fn a_member_with_a_history_stays_when_its_way_leads_to_another(world: &World) {
        let user = world.user("user").await;
        let first = connected(world, &user).await;
        let second = pending(&user, &json!({})).await;
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, window(&second)).await;
        browser.submit(&page, &[("login", "other"), ("decision", "authorize")]).await;
        settled(&user, &second).await;
        let window = new_window(&user, &second).await;
        let end = goes(&browser, &window, "authorize").await;
        assert!(end.html.contains(&format!("data-member=\"{}\"", guid(&first))), "{}", end.html);
        assert_eq!(read(&user, &second).await["guid"], second["guid"]);
        settled(&user, &first).await;
    }

    async fn a_failed_way_leaves_a_connected_member_as_it_was(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        for decision in ["deny", "impede", "cancel"] {
            let window = new_window(&user, &member).await;
            goes(&Browser::new(world.server.base_url()), &window, decision).await;
            assert_eq!(read(&user, &member).await["connection_status"], "CONNECTED", "{decision}");
        }
        assert_eq!(aggregated(&user, &member).await["connection_status"], "CONNECTED");
    }

    async fn two_ways_of_one_login_at_once_lead_to_one_member(world: &World) {
        let user = world.user("user").await;
        let members = [pending(&user, &json!({})).await, pending(&user, &json!({})).await];
        let browsers = [Browser::new(world.server.base_url()), Browser::new(world.server.base_url())];
        let pages = [
            at_bank(&browsers[0], window(&members[0])).await,
            at_bank(&browsers[1], window(&members[1])).await,
        ];
        let decision: &[(&str, &str)] = &[("decision", "authorize")];
        let ends = tokio::join!(browsers[0].submit(&pages[0], decision), browsers[1].submit(&pages[1], decision));
        for end in [ends.0, ends.1] {
            assert!(end.html.contains("You are connected"), "{end:?}");
        }
        let left = user.get("/members").await.root("members");
        assert_eq!(left.as_array().unwrap().len(), 1, "{left}");
        assert_eq!(settled(&user, &left[0]).await["connection_status"], "CONNECTED");
    }

    async fn deleting_a_user_gives_the_consents_of_its_members_back(world: &World) {
        let user = world.user("user").await;
        connected(world, &user).await;
        let browser = Browser::new(world.server.base_url());
        let other = pending(&user, &json!({})).await;
        let page = at_bank(&browser, window(&other)).await;
        browser.submit(&page, &[("login", "other"), ("decision", "authorize")]).await;
        settled(&user, &other).await;
        let stays = connected(world, &world.user("stays").await).await;
        let deleted = world.acme.mdx().delete("/mdx/acme/users/user").await;
        assert_eq!(deleted.status.as_u16(), 204, "{deleted}");
        // What is under way is waited for.
        world.advance(0).await;
        assert_eq!(texts(&world.server, REVOKED).await.len(), 2);
        let revoke = format!("/control/members/{}/revoke_consent", guid(&stays));
        assert_eq!(world.control().post(&revoke, &json!({})).await.status.as_u16(), 200);
    }

    async fn deleting_a_member_gives_its_consent_back(world: &World) {
        let user = world.user("user").await;
        let member = connected(world, &user).await;
        user.delete(&format!("/members/{}", guid(&member))).await;
        assert_eq!(user.get(&format!("/members/{}", guid(&member))).await.error_code(), Some(4041));
        world.advance(0).await;
        assert_eq!(texts(&world.server, REVOKED).await.len(), 1);
        // The same login makes a new member, which the deleted one is purged for.
        let again = connected(world, &user).await;
        assert_ne!(again["guid"], member["guid"]);
        assert_eq!(again["connection_status"], "CONNECTED");
    }
}
