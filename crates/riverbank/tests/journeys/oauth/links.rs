//! A database that goes away while an end user is on the way: what the browser shows is always a page.

use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::proxy::{ChaosProxy, Weather};
use riverbank_testkit::server::ServerOptions;

use super::*;

/// Only what takes a consent in asks the database for this: who of a user has signed in as this login.
const KEEPS: &str = "select guid from members where user_guid = $1 and institution_guid = $2";

/// A world behind a proxy, on a database server of its own.
async fn world() -> (PostgresCluster, ChaosProxy, World) {
    let cluster = PostgresCluster::start().unwrap();
    let (proxy, url) = ChaosProxy::before(&cluster.create_database().unwrap()).unwrap();
    (cluster, proxy, World::start(ServerOptions::on(url)).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_that_is_not_known_yet_ends_on_a_page_that_says_so() {
    let (_cluster, proxy, world) = world().await;
    let member = pending(&world.user("user").await, &json!({})).await;
    let base = world.server.base_url();
    let browser = Browser::new(base);
    proxy.set(Weather::Cut);
    for address in [window(&member).to_owned(), format!("{base}/oauth/callback?state=s&code=c")] {
        let seen = browser.open(&address).await;
        assert_eq!(seen.status.as_u16(), 503, "{seen:?}");
        assert!(seen.header("content-type").unwrap().starts_with("text/html"), "{seen:?}");
        assert!(seen.html.contains("This does not work right now"), "{}", seen.html);
    }
    proxy.set(Weather::Fair);
    // Nothing was spent.
    at_bank(&browser, window(&member)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_consent_that_the_database_does_not_take_is_a_server_error_at_either_end() {
    let (_cluster, proxy, world) = world().await;
    let user = world.user("user").await;
    let members = [
        pending(&user, &json!({"referral_source": "BROWSER"})).await,
        pending(&user, &json!({"referral_source": "APP"})).await,
    ];
    proxy.set(Weather::LosesAnswerTo(KEEPS));
    let [page, app] = &members;
    let end = goes(&Browser::new(world.server.base_url()), window(page), "authorize").await;
    assert!(end.html.contains("data-reason=\"SERVER_ERROR\""), "{end:?}");
    let left = goes(&Browser::new(world.server.base_url()), window(app), "authorize").await;
    assert_eq!(left.parameters()["error_reason"], "SERVER_ERROR");
    assert_eq!(proxy.answers_lost(), 2);
    proxy.set(Weather::Fair);
    for (member, login) in members.iter().zip(["mxuser", "other"]) {
        let states = front_end(&user, &format!("?outbound_member_guid={}", guid(member))).await;
        let state = &states.root("oauth_states")[0];
        assert_eq!((&state["auth_status"], &state["error_reason"]), (&json!(3), &json!(5)));
        // The member waits as before, and a new way leads on.
        assert_eq!(read(&user, member).await["connection_status"], "PENDING");
        let browser = Browser::new(world.server.base_url());
        let page = at_bank(&browser, &new_window(&user, member).await).await;
        browser.submit(&page, &[("login", login), ("decision", "authorize")]).await;
        let expected = if login == "mxuser" { "CONNECTED" } else { "DENIED" };
        assert_eq!(settled(&user, member).await["connection_status"], expected);
    }
}
