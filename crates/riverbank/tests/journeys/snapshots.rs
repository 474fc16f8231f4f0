//! What a sandbox holds is kept and put back: in place, under load, on two nodes, by way of a file, and with a death in the
//! middle of it.

mod deaths;

use std::time::Duration;

use riverbank_testkit::client::{Answer, Caller, Method};
use riverbank_testkit::postgres::PostgresCluster;
use riverbank_testkit::server::{Server, ServerOptions};
use serde_json::{Value, json};

use super::journeys;
use super::world::{Backend, CONTROL_KEY, World, connect, connected, guid, mx_bank, settled, until};

const CORNER_BANK: &str = r#"
[[institution]]
code = "corner"
name = "Corner Bank"
is_test = true
connector = "script"
[[institution.credential]]
field_name = "LOGIN"
label = "Username"
type = "LOGIN"
[[institution.script.login]]
when = { LOGIN = "ada" }
"#;

/// A sandbox with something of everything, its clock standing still, and a session of its user.
async fn furnished(world: &World) -> Caller {
    let control = world.control();
    control.post("/control/clock/freeze", &json!({})).await.root("clock");
    control.post("/control/clock/set", &json!({"at": "2026-03-02T09:00:00Z"})).await.root("clock");
    let url = format!("{}/control/sink/mine", world.server.base_url());
    let hook = json!({"webhook": {"client_id": "acme", "url": url, "events": ["member", "aggregation"]}});
    assert!(control.post("/control/webhooks", &hook).await.status.is_success());
    let user = world.user("ada").await;
    assert_eq!(connected(&user, "password").await["connection_status"], "CONNECTED");
    let uploaded = control.post_text("/control/institutions", "application/toml", CORNER_BANK).await;
    let corner = uploaded.json()["institutions"][0]["guid"].clone();
    let form = user.get(&format!("/institutions/{}/credentials", corner.as_str().unwrap())).await;
    let field = form.root("credentials")[0]["guid"].clone();
    let body = json!({"member": {
        "institution_guid": corner, "credentials": [{"credential_guid": field, "value": "ada"}],
    }});
    let member = user.post("/members", &body).await.root("member");
    settled(&user, &member).await;
    let asked = world.user("bob").await;
    assert_eq!(connected(&asked, "challenge").await["connection_status"], "CHALLENGED");
    let fault = json!({"fault": {"institution": "mxbank", "kind": "REFUSAL", "connection_status": "LOCKED", "count": 3,
        "call": "RESUME"}});
    control.post("/control/faults", &fault).await.root("fault");
    // What webhooks tell of it is delivered when this returns.
    world.advance(0).await;
    user
}

/// All that callers see of it, text by text; nothing of it is random.
async fn look(world: &World, user: &Caller) -> Vec<String> {
    let control = world.control();
    let mut seen = Vec::new();
    for path in ["/members", "/accounts", "/transactions?records_per_page=1000", "/user", "/institutions"] {
        seen.push(successful(&user.get(path).await));
    }
    for path in ["/control/clock", "/control/faults", "/control/institutions", "/control/webhooks"] {
        seen.push(successful(&control.get(path).await));
    }
    let hooks = control.get("/control/webhooks").await.root("webhooks");
    for hook in hooks.as_array().unwrap() {
        seen.push(successful(&control.get(&format!("/control/webhooks/{}/messages", guid(hook))).await));
    }
    seen.push(successful(&world.acme.mdx().get("/mdx/acme/users/bob").await));
    seen
}

fn successful(answer: &Answer) -> String {
    assert!(answer.status.is_success(), "{answer}");
    answer.to_string()
}

async fn snapshot(control: &Caller, name: &str) -> Value {
    control.post("/control/state/snapshots", &json!({"snapshot": {"name": name}})).await.root("snapshot")
}

async fn restore(control: &Caller, name: &str) -> Answer {
    control.post(&format!("/control/state/snapshots/{name}/restore"), &json!({})).await
}

/// Changes of every kind.
async fn change(world: &World, user: &Caller) {
    let control = world.control();
    let members = user.get("/members").await.root("members");
    assert!(user.delete(&format!("/members/{}", guid(&members[0]))).await.status.is_success());
    connect(user, "any").await;
    world.user("carl").await;
    assert!(world.acme.mdx().delete("/mdx/acme/users/bob").await.status.is_success());
    world.advance(3 * 24 * 60 * 60).await;
    control.post("/control/clock/speed", &json!({"speed": 60})).await.root("clock");
    assert!(control.delete("/control/faults").await.status.is_success());
    let hooks = control.get("/control/webhooks").await.root("webhooks");
    assert!(control.delete(&format!("/control/webhooks/{}", guid(&hooks[0]))).await.status.is_success());
    let other = CORNER_BANK.replace("corner", "other").replace("Corner", "Other");
    let uploaded = control.post_text("/control/institutions", "application/toml", &other).await;
    assert!(uploaded.status.is_success(), "{uploaded}");
    world.server.create_client("late").unwrap();
}

journeys! {
    async fn what_was_kept_is_shown_again_byte_by_byte(world: &World) {
        let user = furnished(world).await;
        let control = world.control();
        let before = look(world, &user).await;
        let kept = snapshot(&control, "evening").await;
        assert_eq!((&kept["name"], &kept["speed"], &kept["is_restorable"]), (&json!("evening"), &json!(0), &json!(true)));
        let again = control.post("/control/state/snapshots", &json!({"name": "evening"})).await;
        assert_eq!(again.error_code(), Some(4091), "{again}");
        for _ in 0..2 {
            change(world, &user).await;
            assert_eq!(user.get("/members").await.error_code(), Some(4011), "the session has ended");
            let restored = restore(&control, "evening").await.root("snapshot");
            assert_eq!(restored, kept);
            let after = look(world, &user).await;
            for (one, other) in before.iter().zip(&after) {
                assert_eq!(one, other);
            }
        }
        // What was sealed opens: the member is aggregated with its credentials, and the other answers.
        world.advance(4 * 60 * 60).await;
        let user = world.acme.session("ada").await;
        let member = user.get("/members").await.root("members")[0].clone();
        user.get(&format!("/members/{}/aggregate", guid(&member))).await.root("member");
        let done = settled(&user, &member).await;
        assert_eq!(done["connection_status"], "CONNECTED", "{done}");
        assert_ne!(done["most_recent_job_guid"], member["most_recent_job_guid"]);

        let list = control.get("/control/state/snapshots").await.root("snapshots");
        assert_eq!(list, json!([kept]));
        assert_eq!(control.delete("/control/state/snapshots/evening").await.status.as_u16(), 204);
        for gone in [
            control.delete("/control/state/snapshots/evening").await,
            restore(&control, "evening").await,
            control.get("/control/state/snapshots/evening/file").await,
        ] {
            assert_eq!(gone.error_code(), Some(4041), "{gone}");
        }
        for name in ["", "a/b", "a.b", &"a".repeat(65)] {
            let refused = control.post("/control/state/snapshots", &json!({"name": name})).await;
            assert!(matches!(refused.error_code(), Some(4001 | 4002)), "{refused}");
        }
    }

    async fn a_restore_under_load_breaks_no_call_and_lets_nothing_of_the_undone_appear(world: &World) {
        const CALLERS: usize = 8;
        const RESTORES: usize = 3;
        let control = world.control();
        let mut users = Vec::new();
        for number in 0..20 {
            users.push(world.user(&format!("user-{number}")).await);
        }
        snapshot(&control, "empty").await;
        for round in 0..RESTORES {
            for user in &users {
                connect(user, "password").await;
            }
            // Requests come in while the jobs run and everything is put back.
            let mut callers = tokio::task::JoinSet::new();
            for (caller, user) in users.iter().take(CALLERS).enumerate() {
                let (user, acme) = (user.clone().unchecked(), world.acme.mdx().unchecked());
                callers.spawn(async move {
                    let mut answers = Vec::new();
                    for number in 0..5 {
                        let id = format!("late-{round}-{caller}-{number}");
                        let body = json!({"user": {"id": id}});
                        answers.push(acme.post("/mdx/acme/users", &body).await);
                        answers.push(user.get("/members").await);
                        answers.push(user.post("/members", &mx_bank("mxuser", "password")).await);
                        answers.push(user.get("/transactions").await);
                    }
                    answers
                });
            }
            tokio::time::sleep(Duration::from_millis(40 * u64::try_from(round).unwrap())).await;
            let restored = restore(&control, "empty").await;
            assert!(restored.status.is_success(), "{restored}");
            for answer in callers.join_all().await.into_iter().flatten() {
                let status = answer.status.as_u16();
                assert!(status < 500 || status == 503, "{answer}");
            }
            // Again, with nobody there: what runs now writes nothing afterwards.
            let restored = restore(&control, "empty").await;
            assert!(restored.status.is_success(), "{restored}");
            tokio::time::sleep(Duration::from_millis(300)).await;
            for user in &users {
                assert_eq!(user.get("/members").await.root("members"), json!([]), "round {round}");
                assert_eq!(user.get("/transactions").await.root("transactions"), json!([]), "round {round}");
            }
            let late = world.acme.mdx().get(&format!("/mdx/acme/users/late-{round}-0-0")).await;
            assert_eq!(late.error_code(), Some(4041), "{late}");
        }
    }
}

async fn put_file(control: &Caller, name: &str, file: &[u8]) -> Answer {
    let control = control.clone().header("content-type", "application/octet-stream");
    let path = format!("/control/state/snapshots/{name}/file");
    control.send_bytes(Method::PUT, &path, Some(file.to_vec())).await.expect("an answer")
}

async fn file(control: &Caller, name: &str) -> Vec<u8> {
    let answer = control.get(&format!("/control/state/snapshots/{name}/file")).await;
    assert!(answer.status.is_success(), "{answer}");
    assert_eq!(answer.header("content-type"), Some("application/octet-stream"));
    answer.body
}

#[tokio::test]
async fn a_file_goes_to_the_other_database_and_back() {
    let home = World::on(Backend::Sqlite).await;
    let user = furnished(&home).await;
    snapshot(&home.control(), "evening").await;
    let mut seen = look(&home, &user).await;
    let mut carried = file(&home.control(), "evening").await;
    // Addresses name the server; all else is the same.
    let unaddressed = |world: &World, seen: Vec<String>| -> Vec<String> {
        seen.into_iter().map(|text| text.replace(world.server.base_url(), "BASE")).collect()
    };
    let hooked = home.server.base_url().to_owned();
    seen = unaddressed(&home, seen);
    for backend in [Backend::Postgres, Backend::Sqlite] {
        let mut world = World::on(backend).await;
        let control = world.control();
        let loaded = put_file(&control, "morning", &carried).await.root("snapshot");
        assert_eq!(loaded["is_restorable"], true);
        restore(&control, "morning").await.root("snapshot");
        // The client's key is the one of home now, and so is the session.
        world.acme = home.acme.clone().at(world.server.base_url());
        let there = user.clone().at(world.server.base_url());
        let texts: Vec<String> =
            look(&world, &there).await.into_iter().map(|text| text.replace(&hooked, "BASE")).collect();
        for (one, other) in seen.iter().zip(unaddressed(&world, texts)) {
            assert_eq!(*one, other, "{backend:?}");
        }
        // A login that is there is known again, although another key made its fingerprint at first.
        let twice = there.post("/members", &mx_bank("mxuser", "password")).await;
        assert_eq!(twice.error_code(), Some(4220), "{twice}");
        let member = there.get("/members").await.root("members")[0].clone();
        world.advance(4 * 60 * 60).await;
        let there = world.acme.session("ada").await;
        there.get(&format!("/members/{}/aggregate", guid(&member))).await.root("member");
        let done = settled(&there, &member).await;
        assert_eq!(done["connection_status"], "CONNECTED", "{done}");
        assert_ne!(done["most_recent_job_guid"], member["most_recent_job_guid"]);
        restore(&control, "morning").await.root("snapshot");
        snapshot(&control, "noon").await;
        carried = file(&control, "noon").await;
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_or_was_changed_is_refused_and_leaves_nothing() {
    let world = World::on(Backend::Sqlite).await;
    let control = world.control();
    furnished(&world).await;
    snapshot(&control, "evening").await;
    let whole = file(&control, "evening").await;
    for cut in 0..50 {
        let end = whole.len() * cut / 50;
        let refused = put_file(&control, "morning", &whole[..end]).await;
        assert_eq!(refused.error_code(), Some(4002), "cut at {end}: {refused}");
        let mut changed = whole.clone();
        changed[end] ^= 1;
        let refused = put_file(&control, "morning", &changed).await;
        assert!(matches!(refused.error_code(), Some(4002 | 4220)), "changed at {end}: {refused}");
    }
    // Of another schema: the name of the step stands in the head.
    let at = whole.windows(10).position(|bytes| bytes == b"\"schema\":\"").expect("a schema");
    let mut other = whole.clone();
    other[at + 10..at + 14].copy_from_slice(b"9999");
    let refused = put_file(&control, "morning", &other).await;
    assert_eq!(refused.error_code(), Some(4220), "{refused}");
    let told = refused.json()["error"]["message"].as_str().unwrap().to_owned();
    assert!(told.contains("9999_"), "{told}");
    let wrong = control.clone().header("content-type", "application/json");
    let refused = wrong.put("/control/state/snapshots/morning/file", &json!({})).await;
    assert_eq!(refused.error_code(), Some(4151), "{refused}");
    let list = control.get("/control/state/snapshots").await.root("snapshots");
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert!(put_file(&control, "morning", &whole).await.status.is_success());
    assert_eq!(put_file(&control, "morning", &whole).await.error_code(), Some(4091));
}

#[tokio::test]
async fn what_is_put_back_on_one_node_the_other_shows() {
    let cluster = PostgresCluster::shared().expect("a temporary PostgreSQL");
    let url = cluster.create_database().expect("a new database");
    let world = World::start(ServerOptions::on(&url)).await;
    let options = ServerOptions::on(&url)
        .with("RIVERBANK_CONTROL_KEY", CONTROL_KEY)
        .with("RIVERBANK_SEED", "journeys")
        .with(
            "RIVERBANK_MASTER_KEY_FILE",
            world.server.directory().join("riverbank.key").display().to_string(),
        );
    let other = Server::start(options).expect("a server");
    let user = furnished(&world).await;
    let there = user.clone().at(other.base_url());
    let count =
        async |user: &Caller| user.get("/transactions").await.json()["pagination"]["total_entries"].clone();
    let institutions = async |user: &Caller| successful(&user.get("/institutions").await);
    let before = (count(&there).await, institutions(&there).await);
    assert_eq!(before.0, count(&user).await);
    snapshot(&world.control(), "evening").await;
    for _ in 0..3 {
        change(&world, &user).await;
        restore(&world.control(), "evening").await.root("snapshot");
        let control = Caller::new(other.base_url()).header("md-control-key", CONTROL_KEY);
        let clock = async || control.get("/control/clock").await.root("clock");
        let is_back = async || clock().await["now"] == "2026-03-02T09:00:00.000000Z";
        until("the other node follows the clock", is_back).await;
        assert_eq!((count(&there).await, institutions(&there).await), before);
    }
}
