//! A sandbox that is told the same shows the same: the same calls give the same bytes, on both databases.

use serde_json::json;

use super::world::{Backend, World, answer, connect, connected, guid, settled, test_bank};

/// Everything that a partner sees of one story, but for secrets.
async fn story(world: &World) -> Vec<String> {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await;
    let set = control.post("/control/clock/set", &json!({"at": "2026-03-01T09:00:00Z"})).await;
    assert!(set.status.is_success(), "{set}");
    let user = world.user("user").await;
    let first = connected(&user, "password").await;
    world.advance(3600).await;
    let user = world.acme.session("user").await;
    let asked = connect(&world.user("second").await, "options").await;
    let second = world.acme.session("second").await;
    settled(&second, &asked).await;
    answer(&second, &asked, "correct").await;
    user.delete(&format!("/members/{}", guid(&first))).await;
    let again = connected(&user, "password").await;
    let flaky = user.post("/members", &test_bank("flaky")).await.root("member");
    settled(&user, &flaky).await;
    user.get(&format!("/members/{}/aggregate", guid(&again))).await;
    settled(&user, &again).await;
    let mut seen = Vec::new();
    for (caller, path) in [
        (&user, "/user"),
        (&user, "/members"),
        (&user, "/accounts"),
        (&user, "/transactions?records_per_page=1000"),
        (&second, "/members"),
        (&second, "/accounts"),
        (&second, "/transactions?records_per_page=1000"),
        (&user, "/institutions"),
    ] {
        let shown = caller.get(path).await;
        assert!(shown.status.is_success(), "{shown}");
        seen.push(String::from_utf8(shown.body).expect("text"));
    }
    let search = user.post("/institutions/search", &json!({"institution": {"name": ""}})).await;
    seen.push(String::from_utf8(search.body).expect("text"));
    let job = user.get(&format!("/jobs/{}", again["most_recent_job_guid"].as_str().expect("a job"))).await;
    seen.push(String::from_utf8(job.body).expect("text"));
    seen
}

#[tokio::test]
async fn the_same_calls_give_the_same_bytes_on_both_databases() {
    let told = story(&World::on(Backend::Sqlite).await).await;
    assert_eq!(told, story(&World::on(Backend::Sqlite).await).await);
    assert_eq!(told, story(&World::on(Backend::Postgres).await).await);
    let otherwise = story(&World::with(Backend::Sqlite, &[("RIVERBANK_SEED", "another")]).await).await;
    assert_ne!(told[1], otherwise[1]);
}
