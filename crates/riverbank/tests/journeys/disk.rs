//! A disk that fails under SQLite: what was acknowledged is there, what was not is answered so, and a disk that works
//! again is all it takes.

use std::collections::BTreeSet;

use riverbank_testkit::client::{Answer, Caller};
use riverbank_testkit::disk::{Disk, Fault};
use riverbank_testkit::server::ServerOptions;
use serde_json::json;

use super::world::{World, assert_unavailable, told_apart};

const AT_ONCE: usize = 16;

/// Creates members at once, whose commits are shared; by their external guids.
async fn create_at_once(user: &Caller, prefix: &str) -> Vec<(String, Answer)> {
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..AT_ONCE {
        let (user, login) = (user.clone(), format!("{prefix}-{number}"));
        tasks.spawn(async move {
            let mut body = told_apart(&login);
            body["member"]["skip_aggregation"] = json!(true);
            let answer = user.post("/members", &body).await;
            (login, answer)
        });
    }
    tasks.join_all().await
}

async fn all_created(user: &Caller, prefix: &str) -> Vec<String> {
    let created = create_at_once(user, prefix).await;
    created
        .into_iter()
        .inspect(|(_, answer)| assert_eq!(answer.status, 200, "{answer}"))
        .map(|(login, _)| login)
        .collect()
}

async fn all_refused(user: &Caller, prefix: &str) -> Vec<String> {
    let refused = create_at_once(user, prefix).await;
    refused.into_iter().inspect(|(_, answer)| assert_unavailable(answer)).map(|(login, _)| login).collect()
}

async fn there(user: &Caller) -> BTreeSet<String> {
    let members = user.get("/members?records_per_page=1000").await.root("members");
    let members = members.as_array().unwrap().iter();
    members.map(|member| member["external_guid"].as_str().unwrap().to_owned()).collect()
}

async fn ready(world: &World) -> u16 {
    let caller = Caller::new(world.server.base_url());
    assert_eq!(caller.get("/health/live").await.status, 200);
    caller.get("/health/ready").await.status.as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_fails_loses_nothing_that_was_acknowledged() {
    let disk = Disk::new().expect("a disk");
    let mut world = World::start(disk.under(ServerOptions::default())).await;
    let mut user = world.user("user").await;
    let (mut kept, mut refused) = (BTreeSet::new(), Vec::new());
    for fault in [Fault::Full, Fault::Torn, Fault::Sync] {
        kept.extend(all_created(&user, &format!("{fault:?}-before")).await);
        // The use of a session that is a minute old wants to be written.
        world.advance(61).await;
        disk.fail(fault).unwrap();
        refused.extend(all_refused(&user, &format!("{fault:?}-during")).await);
        assert_eq!(there(&user).await, kept, "what is there can be read");
        assert_eq!(ready(&world).await, 503);
        disk.heal().unwrap();
        assert_eq!(ready(&world).await, 200);
        kept.extend(all_created(&user, &format!("{fault:?}-after")).await);
    }
    let log = world.server.logged("the database can be written again").await;
    for words in ["the database cannot be written", "the database can be written again"] {
        let told = log.matches(&format!("riverbank_store::db::outage: {words}")).count();
        assert!((1..=3).contains(&told), "{told} times: {words}\n{log}");
    }

    for fault in [Fault::Full, Fault::Sync] {
        disk.fail(fault).unwrap();
        refused.extend(all_refused(&user, &format!("{fault:?}-killed")).await);
        world.server.kill9();
        disk.heal().unwrap();
        world.server.start_again().unwrap();
        user = user.at(world.server.base_url());
    }
    let left = there(&user).await;
    assert!(left.is_superset(&kept), "acknowledged and lost: {:?}", kept.difference(&left));
    for login in refused {
        let again = user.post("/members", &told_apart(&login)).await;
        let expected = if left.contains(&login) { Some(4220) } else { None };
        assert_eq!(again.error_code(), expected, "{again}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disk_that_cannot_be_read_is_told_so_and_one_that_writes_in_pieces_is_no_failure() {
    let disk = Disk::new().expect("a disk");
    let mut world = World::start(disk.under(ServerOptions::default())).await;
    let mut user = world.user("user").await;
    disk.fail(Fault::Short).unwrap();
    let kept: BTreeSet<String> = all_created(&user, "short").await.into_iter().collect();
    world.server.kill9();
    disk.heal().unwrap();
    // With nothing of it in memory.
    world.server.start_again().unwrap();
    user = user.at(world.server.base_url());
    disk.fail(Fault::Read).unwrap();
    for _ in 0..AT_ONCE {
        // SQLite takes an unreadable file for a damaged one, of which a retry is not promised to help.
        let refused = user.get("/members").await;
        assert!([Some(5031), Some(5001)].contains(&refused.error_code()), "{refused}");
    }
    assert_eq!(ready(&world).await, 503);
    disk.heal().unwrap();
    assert_eq!(there(&user).await, kept);
    assert_eq!(ready(&world).await, 200);
    all_created(&user, "after").await;
}
