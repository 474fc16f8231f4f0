//! A server that dies while a snapshot is put back.

use std::collections::BTreeSet;

use riverbank_testkit::client::{Caller, Method, Partner};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::json;
use tokio::time::Instant;

use super::{restore, snapshot};
use crate::journeys::world::{connected, guid, until};

async fn deaths(mut server: Server) {
    const DEATHS: u32 = 12;
    let credentials = server.create_client("acme").expect("a client");
    let control = |server: &Server| {
        Caller::new(server.base_url())
            .header("md-control-key", riverbank_testkit::server::CONTROL_KEY)
            .header("content-type", "application/json")
    };
    let acme = Partner::new(Caller::new(server.base_url()), &credentials);
    for number in 0..6 {
        let id = format!("user-{number}");
        acme.create_user(&id).await;
        let user = acme.session(&id).await;
        assert_eq!(connected(&user, "password").await["connection_status"], "CONNECTED");
    }
    let frozen = control(&server).post("/control/clock/freeze", &json!({})).await;
    assert!(frozen.status.is_success(), "{frozen}");
    snapshot(&control(&server), "old").await;
    // Which of the two: the users of the snapshot have members, those of the other state have none.
    let state = async |server: &Server| {
        let acme = Partner::new(Caller::new(server.base_url()), &credentials);
        let mut members = BTreeSet::new();
        for number in 0..6 {
            let user = acme.session(&format!("user-{number}")).await;
            let list = user.get("/members").await.root("members");
            let total = user.get("/transactions").await.json()["pagination"]["total_entries"].clone();
            members.insert((list.as_array().unwrap().len(), total.as_i64().unwrap() > 100));
        }
        assert_eq!(members.len(), 1, "half of it: {members:?}");
        members.pop_first().unwrap().0
    };
    let begun = Instant::now();
    assert!(restore(&control(&server), "old").await.status.is_success());
    let whole = begun.elapsed();
    let mut found = BTreeSet::new();
    for death in 0..DEATHS {
        let acme = Partner::new(Caller::new(server.base_url()), &credentials);
        for number in 0..6 {
            let user = acme.session(&format!("user-{number}")).await;
            for member in user.get("/members").await.root("members").as_array().unwrap() {
                assert!(user.delete(&format!("/members/{}", guid(member))).await.status.is_success());
            }
        }
        assert_eq!(state(&server).await, 0);
        let caller = control(&server);
        let restoring = tokio::spawn(async move {
            let path = "/control/state/snapshots/old/restore";
            caller
                .send(Method::POST, path, Some(&json!({})))
                .await
                .is_ok_and(|answer| answer.status.is_success())
        });
        // From its beginning to well after its end, which the last one waits for.
        if death + 1 < DEATHS {
            tokio::time::sleep(whole * death / (DEATHS / 2)).await;
        } else {
            until("the snapshot is put back", async || restoring.is_finished()).await;
        }
        server.kill9();
        let was_told = restoring.await.unwrap();
        server.start_again().expect("the server starts again on what it left");
        let members = state(&server).await;
        assert!(members == 1 || !was_told, "what was acknowledged is lost");
        found.insert(members);
    }
    assert_eq!(found.len(), 2, "all deaths were before the end, or after it: {found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_in_the_middle_of_a_restore_leaves_the_old_or_the_new_on_sqlite() {
    deaths(Server::start(ServerOptions::default()).expect("a server")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_death_in_the_middle_of_a_restore_leaves_the_old_or_the_new_on_postgres() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    deaths(
        Server::start(ServerOptions::on(cluster.create_database().expect("a new database")))
            .expect("a server"),
    )
    .await;
}
