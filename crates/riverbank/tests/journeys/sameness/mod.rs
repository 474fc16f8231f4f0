//! A sandbox that is told the same shows the same: the same calls give the same bytes, on both databases.

mod ledger;
mod life;
mod micro_deposits;
mod oauth;
mod partner;
mod reading;
mod sandbox;
mod transcript;

use std::fs;
use std::path::Path;

use riverbank_testkit::client::Caller;
use serde_json::{Value, json};

use self::transcript::Transcript;
use super::world::{Backend, World};

/// What the story does not hold: with some the clock runs, and what it shows is of the machine; what puts the state of a
/// sandbox back has journeys of its own.
const LEFT_OUT: [&str; 9] = [
    "post /control/clock/resume",
    "post /control/clock/speed",
    "post /control/state/reset",
    "get /control/state/snapshots",
    "post /control/state/snapshots",
    "delete /control/state/snapshots/{name}",
    "get /control/state/snapshots/{name}/file",
    "put /control/state/snapshots/{name}/file",
    "post /control/state/snapshots/{name}/restore",
];

/// One run, and those that call in it.
struct Story<'a> {
    world: &'a World,
    transcript: Transcript,
    control: Caller,
    mdx: Caller,
    sso: Caller,
}

impl<'a> Story<'a> {
    /// A story begins on a morning of March, with the clock standing still.
    async fn begin(world: &'a World) -> Self {
        // Until it is set, the clock shows the machine's time.
        world.control().post("/control/clock/freeze", &json!({})).await;
        world.control().post("/control/clock/set", &json!({"at": "2026-03-01T09:00:00Z"})).await;
        let transcript = Transcript::of(world.server.base_url());
        Self {
            world,
            control: transcript.following(world.control()),
            mdx: transcript.following(world.acme.mdx()),
            sso: transcript.following(world.acme.sso()),
            transcript,
        }
    }

    /// Opens a session in the name of a user; aggregations start unless they are skipped.
    async fn session(&self, user: &str, skips: bool) -> Caller {
        let token = self.sso.get(&format!("/sso/acme/users/{user}/api_token")).await.root("api_token");
        let nexus =
            self.transcript.following(self.world.stranger()).header("content-type", "application/json");
        let opening = nexus.clone().header("md-api-token", token["token"].as_str().expect("a token"));
        let session = json!({"session": {"skip_aggregation": skips}});
        let opened = opening.post("/sessions", &session).await.root("session");
        nexus.header("md-session-token", opened["token"].as_str().expect("a token"))
    }

    /// Moves the clock on. With no seconds, it only waits until all jobs have done what they can, and all that is told
    /// of them has been received.
    async fn pass(&self, seconds: i64) {
        self.control.post("/control/clock/advance", &json!({"seconds": seconds})).await;
    }
}

/// Every operation at least once, over some weeks.
async fn told(world: &World) -> Vec<String> {
    let story = Story::begin(world).await;
    sandbox::endpoints(&story).await;
    partner::users(&story).await;
    partner::institutions(&story).await;
    partner::merchants(&story).await;
    life::connection(&story).await;
    life::questions(&story).await;
    life::gathering(&story).await;
    reading::everything(&story).await;
    reading::categories(&story).await;
    micro_deposits::verification(&story).await;
    ledger::written(&story).await;
    partner::held_members(&story).await;
    oauth::ways(&story).await;
    sandbox::clock(&story).await;
    sandbox::members(&story).await;
    sandbox::institutions(&story).await;
    sandbox::faults(&story).await;
    reading::weeks(&story).await;
    sandbox::messages(&story).await;
    story.transcript.lines()
}

/// Whether a path of a call is one of an operation.
fn is_at(path: &str, template: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let (path, template): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    let fits = |(part, named): (&&str, &&str)| part == named || (named.starts_with('{') && !part.is_empty());
    path.len() == template.len() && path.iter().zip(&template).all(fits)
}

/// The operations of a document that no line is an answer of.
fn untold(document: &Value, lines: &[String]) -> Vec<String> {
    let calls: Vec<(&str, &str)> =
        lines.iter().filter_map(|line| line.lines().next()?.split_once(' ')).collect();
    let mut untold = Vec::new();
    for (template, item) in document["paths"].as_object().expect("paths") {
        for method in item.as_object().expect("methods").keys().filter(|key| *key != "parameters") {
            let is_it = |(of, path): &(&str, &str)| of.eq_ignore_ascii_case(method) && is_at(path, template);
            if !calls.iter().any(is_it) {
                untold.push(format!("{method} {template}"));
            }
        }
    }
    untold
}

/// Compares line by line, so that a difference is shown without the rest; the whole is kept for a closer look.
fn assert_same(one: &[String], other: &[String], of: &str) {
    if one == other {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/transcripts");
    fs::create_dir_all(&folder).unwrap();
    for (name, lines) in [("first", one), ("other", other)] {
        fs::write(folder.join(name), lines.join("\n\n")).unwrap();
    }
    let differing = one.iter().zip(other).position(|(left, right)| left != right);
    let (number, folder) = (differing.unwrap_or(one.len().min(other.len())), folder.display());
    let call = one.get(number).and_then(|line| line.lines().next()).unwrap_or("the end");
    panic!("{of}: answer {number} of {} and {}, {call}; see {folder}", one.len(), other.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_calls_give_the_same_bytes_on_both_databases() {
    let (world, again, postgres, otherwise) = (
        World::on(Backend::Sqlite).await,
        World::on(Backend::Sqlite).await,
        World::on(Backend::Postgres).await,
        World::with(Backend::Sqlite, &[("RIVERBANK_SEED", "another")]).await,
    );
    let (first, again, postgres) = tokio::join!(told(&world), told(&again), told(&postgres));
    for (document, left_out) in [("/openapi.json", &[][..]), ("/control/openapi.json", &LEFT_OUT)] {
        let document = Caller::new(world.server.base_url()).get(document).await.json();
        assert_eq!(untold(&document, &first), left_out, "operations that the story leaves out");
    }
    assert_same(&first, &again, "a second run");
    assert_same(&first, &postgres, "PostgreSQL");
    let otherwise = Story::begin(&otherwise).await;
    partner::users(&otherwise).await;
    assert!(!first.contains(&otherwise.transcript.lines()[0]), "the seed tells nothing apart");
}
