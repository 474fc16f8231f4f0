//! What a member's page tells of the requests that touched it.

use super::super::world::{connected, guid};
use super::*;

async fn requests_are_told_by_minute(backend: Backend) {
    let mut world = with_console(backend).await;
    let ada = Operator::add(&world.server, "ada", "reader");
    let user = world.user("user").await;
    let stranger = world.user("stranger").await;
    let member = connected(&user, "any").await;
    let path = format!("/members/{}", guid(&member));
    // More than the polls that found it connected, and of an operation that nothing else calls.
    for _ in 0..14 {
        assert_eq!(user.get(&format!("{path}/accounts")).await.status, 200);
    }
    assert_eq!(stranger.get(&format!("{path}/holdings")).await.status, 404);
    assert_eq!(stranger.put(&path, &serde_json::json!({"member": {"name": 1}})).await.status, 400);
    // What is not written yet is written by a server that stops.
    world.server.stop().expect("a stop");
    world.server.start_again().expect("a start");
    let browser = ada.logs_in(&world.server).await;
    let page = browser.open(&format!("{}/console{path}", world.server.base_url())).await.html;
    let sums: Vec<&str> = page.split("<td>requests</td><td>").skip(1).collect();
    let told = |what: &str, answered: &str| {
        let of = sums.iter().filter(|sum| sum.starts_with(&format!("<code>{what}</code> × ")));
        let counts = of.filter_map(|sum| {
            let (_, rest) = sum.split_once(" × ")?;
            let (count, rest) = rest.split_once(", ")?;
            rest.starts_with(&format!("answered {answered}, longest ")).then(|| count.parse::<u32>().ok())?
        });
        counts.sum::<u32>()
    };
    assert_eq!(told("GET /members/{member_guid}/accounts", "200"), 14, "{page}");
    assert!(told("GET /members/{member_guid}", "200") > 0, "{page}");
    // A stranger leaves nothing, however it was refused.
    assert!(!page.contains("/holdings") && !page.contains("PUT /members/{member_guid}"), "{page}");
}

#[tokio::test]
async fn requests_that_touch_a_member_are_told_by_minute_on_sqlite() {
    requests_are_told_by_minute(Backend::Sqlite).await;
}

#[tokio::test]
async fn requests_that_touch_a_member_are_told_by_minute_on_postgres() {
    requests_are_told_by_minute(Backend::Postgres).await;
}

#[tokio::test]
async fn where_requests_are_kept_for_no_day_none_are_counted() {
    let settings = [("RIVERBANK_CONSOLE", "true"), ("RIVERBANK_MEMBER_REQUEST_DAYS", "0")];
    let mut world = World::with(Backend::Sqlite, &settings).await;
    let ada = Operator::add(&world.server, "ada", "reader");
    let user = world.user("user").await;
    let member = connected(&user, "any").await;
    world.server.stop().expect("a stop");
    world.server.start_again().expect("a start");
    let browser = ada.logs_in(&world.server).await;
    let page =
        browser.open(&format!("{}/console/members/{}", world.server.base_url(), guid(&member))).await.html;
    assert!(page.contains("CONNECTED") && !page.contains("<td>requests</td>"), "{page}");
}
